"""Fuzz the citation processor: real and broken styles, mutated items, random edits of a document.

``python tests/property/fuzz_csl.py --seconds 3600 --seed 1``: every case is a seed; whatever is raised beside this
project's own errors, a result that differs when asked for again, unescaped HTML, or a case that takes too long is
printed with its seed, and the exit code is 1. ``--case N`` runs one seed again.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
import traceback
from collections import Counter
from typing import Any

from alliancebib.csl import Processor, load_style, parse_style, style_names
from alliancebib.csl.items import DATE_VARIABLES, NAME_VARIABLES, TEXT_VARIABLES
from alliancebib.errors import AllianceBibError
from alliancebib.model import KINDS

TOO_LONG = 20.0
TEXTS = (
    "", " ", "Who knows?", "“Quoted” and 'more'", "<i>open", "</i>", "<i>a</b></i>", "<script>alert(1)</script>",
    "a & b < c", "l'Étranger : récit", "война и мир", "日本語の題", "عنوان عربي", "\x00\x07", "\ud800", "x" * 3000,
    "((()))", "...", "12-15", "e12–e15", "2nd", "IV", "1, 2 & 3", "S12", "p. 5", "-", "–", "&", ",", "¹²³ª", "{:a: b}",
    "title: other\ntype: book\nissued: 2001", "https://example.org/?a=1&b=2", "10.1000/xyz<>", "\u202e\u200f", "'" * 60,
    '"' * 61, "<i></i>", '""', "<i>" * 1000 + "x" + "</i>" * 1000, "(“x" * 1000 + "”)" * 1000, "1" * 5000,
    "1" * 5000 + "-" + "1" * 4999 + "2", "word: of 'a' " * 300, "<i>x" * 500, "'a " * 500,
    '<span class="nocase">x</span>' * 20, "É" * 40, "1" * 400, "٣-٤", "ﬀ ǆ ß İ",
)  # fmt: skip
NAMES: tuple[Any, ...] = (
    {"family": "van der Vlist", "given": "Eric"}, {"family": "d'Aubignac"}, {"literal": "NATO"}, {}, None, 7, "plain",
    {"family": "King", "given": "Martin L., Jr."}, {"family": None, "given": None}, {"given": "Ж. П."}, {"family": []},
    {"family": "山田", "given": "太郎"}, {"family": "A", "given": "-", "suffix": "III", "dropping-particle": "de"},
    {"family": "'", "given": "."}, {"literal": ""}, {"family": "B" * 500, "given": "C-D. e-F"},
)  # fmt: skip
DATES: tuple[Any, ...] = (
    {"date-parts": [[2001, 2, 3]]}, {"date-parts": [["2004", None]]}, {"date-parts": [[None]]}, {"date-parts": [[]]},
    {"date-parts": []}, {"date-parts": [[2001], [2003, 5]]}, {"date-parts": [[0]]}, {"date-parts": [[-43, 3, 15]]},
    {"raw": "May 2004"}, {"literal": "forthcoming"}, {"season": "spring"}, {"season": 9, "date-parts": [[1999]]},
    {"date-parts": [[2001, 99, 99]]}, {"date-parts": "x"}, {"date-parts": [[10**12]]}, 5, None, [], {"circa": True},
    {"date-parts": [[2001, 21]]}, {"date-parts": [["x"]]}, {"raw": "~2001/.."}, {"date-parts": [[True, False]]},
)  # fmt: skip
#: A tag that would run something.
HANDLER = re.compile(r"<[^<>]*onmouseover=")
#: What damaged styles have in their attributes.
VALUES = (
    "", "-1", "true", "999999", "x y z", "&amp;", "ª", "9" * 5000, "&quot; onmouseover=&quot;alert(1)",
    "x&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;b&gt;",
)  # fmt: skip
ODD: tuple[Any, ...] = (None, 0, -1, 3.5, True, [], {}, [1, 2], {"a": 1}, "x", float("nan"), float("inf"), [[[]]])
LOCALES = ("", "en-US", "en-GB", "fr-FR", "de-DE", "ru-RU", "ar", "zh-CN", "tr-TR", "xx", "sr-Latn-RS")


def an_item(dice: random.Random, number: int) -> dict[str, Any]:
    """Make an item out of plausible and of senseless values."""
    item: dict[str, Any] = {"id": dice.choice([f"i{number}", f"I{number}", "same", number])}
    if dice.random() < 0.9:
        item["type"] = dice.choice([*sorted(KINDS), "nonsense", "", None])
    for variable in dice.sample(sorted(TEXT_VARIABLES), dice.randint(1, 12)):
        item[variable] = dice.choice(TEXTS) if dice.random() < 0.9 else dice.choice(ODD)
    for variable in dice.sample(sorted(NAME_VARIABLES), dice.randint(0, 4)):
        item[variable] = [dice.choice(NAMES) for _ in range(dice.choice([0, 1, 1, 2, 3, 8, 30]))]
        if dice.random() < 0.1:
            item[variable] = dice.choice(ODD)
    for variable in dice.sample(sorted(DATE_VARIABLES), dice.randint(0, 3)):
        item[variable] = dice.choice(DATES)
    return item


def a_style(dice: random.Random, names: tuple[str, ...]) -> Any:
    """Take a real style, in some cases with its XML damaged."""
    style = load_style(dice.choice(names))
    if dice.random() < 0.6:
        return style
    text = style.data.decode("utf-8")
    for _ in range(dice.randint(1, 4)):
        text = damaged(dice, text)
    return parse_style(text, name="fuzzed")


def damaged(dice: random.Random, text: str) -> str:
    """Change one attribute or one element of a style."""
    attributes = list(re.finditer(r' ([\w-]+)="([^"]*)"', text))
    one, other = dice.choice(attributes), dice.choice(attributes)
    kind = dice.randrange(5)
    if kind == 0:
        return text[: one.start()] + text[one.end() :]
    if kind == 1:
        return text[: one.start(2)] + other[2] + text[one.end(2) :]
    if kind == 2:
        return text[: one.start(2)] + dice.choice(VALUES) + text[one.end(2) :]
    elements = list(re.finditer(r"<(text|group|names|date|number|label|choose)\b[^<>]*/>", text))
    if not elements:
        return text
    element = dice.choice(elements)
    if kind == 3:
        return text[: element.start()] + text[element.end() :]
    return text[: element.end()] + dice.choice(elements)[0] + text[element.end() :]


def edits(dice: random.Random, processor: Processor, items: list[dict[str, Any]]) -> list[str]:
    """Insert, replace and delete citations; give the texts at the end."""
    known: list[tuple[str, int]] = []
    for step in range(dice.randint(0, 6)):
        if known and dice.random() < 0.3:
            known.pop(dice.randrange(len(known)))
        place = dice.randint(0, len(known))
        cites = [a_cite(dice, items) for _ in range(dice.randint(0, 4))]
        note = dice.choice([0, step + 1])
        citation = {"citationID": f"c{step}", "citationItems": cites, "properties": {"noteIndex": note}}
        processor.insert(citation, before=known[:place], after=known[place:])
        known.insert(place, (f"c{step}", note))
    return [change.text for change in processor.citations()]


def a_cite(dice: random.Random, items: list[dict[str, Any]]) -> dict[str, Any]:
    """Make a cite with some of what a cite can have."""
    cite: dict[str, Any] = {"id": dice.choice([*(item["id"] for item in items), "unknown"])}
    for name in ("locator", "prefix", "suffix"):
        if dice.random() < 0.3:
            cite[name] = dice.choice([*TEXTS, *ODD])
    if dice.random() < 0.2:
        cite["label"] = dice.choice(["page", "sub verbo", "chapter", "nonsense"])
    if dice.random() < 0.1:
        cite[dice.choice(["suppress-author", "author-only"])] = True
    return cite


def run_case(seed: int, names: tuple[str, ...]) -> str:
    """Run one case; give what happened: "done", or the name of this project's error."""
    results = []
    for _ in range(2):
        dice = random.Random(seed)
        try:
            style = a_style(dice, names)
            items = [an_item(dice, number) for number in range(dice.randint(1, 7))]
            output = dice.choice(["text", "html", "markdown", "rst", "latex"])
            one_line = dice.random() < 0.5
            processor = Processor(style, locale=dice.choice(LOCALES), output=output, one_line=one_line)
            processor.register(items)
            texts = [
                processor.cite([a_cite(dice, items) for _ in range(dice.randint(0, 5))]),
                *edits(dice, processor, items),
            ]
            book = processor.bibliography(labels=True)
            texts += [entry.text for entry in book.entries]
        except AllianceBibError as problem:
            return type(problem).__name__
        assert all(isinstance(text, str) for text in texts)
        if output == "html":
            assert not any("<script" in text or HANDLER.search(text) for text in texts), "unescaped"
        results.append(texts)
    assert results[0] == results[1], "not the same when asked again"
    return "done"


def main() -> int:
    """Run cases until the time is over."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--case", type=int, help="one seed alone")
    args = parser.parse_args()
    names = style_names()
    seen: Counter[str] = Counter()
    ends, seed = time.process_time() + args.seconds, args.case if args.case is not None else args.seed * 10_000_000
    while True:
        started = time.process_time()
        try:
            outcome = run_case(seed, names)
        except Exception as problem:  # noqa: BLE001 - this is what is looked for
            where = traceback.extract_tb(problem.__traceback__)[-1]
            outcome = (
                f"{type(problem).__name__}: {str(problem)[:80]} at {where.filename.rpartition('/')[2]}:{where.lineno}"
            )
            if not seen[outcome]:
                print(f"seed {seed}: {outcome}", flush=True)
        if time.process_time() - started > TOO_LONG:
            print(f"seed {seed}: {time.process_time() - started:.0f} s", flush=True)
        seen[outcome] += 1
        seed += 1
        if args.case is not None or time.process_time() > ends:
            break
    print(sum(seen.values()), "cases:", dict(seen.most_common()))
    return 1 if any(" at " in outcome for outcome in seen) else 0


if __name__ == "__main__":
    sys.exit(main())
