# ruff: noqa: E501 - a table of pieces
"""Fuzz the reading of reference strings: real strings and made ones, mutated.

``python tests/property/fuzz_references.py --seconds 600 --seed 1``: every case is a seed. Words and marks of real
strings are deleted, doubled and swapped, two strings are mixed, odd characters put in. Each parser of the shelf must
raise nothing, spans and leftover must hold every character that is no blank, no confidence is outside 0 to 1, the same
string gives the same answer, and time is bounded by the length. What breaks one of these is printed with its seed, once
for each sort of fault, and the exit code is 1. ``--case N`` runs one seed again, ``--reduce`` cuts its string down to
what still shows the fault.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from alliancebib.csl import Processor, load_style
from alliancebib.model import Reference
from alliancebib.outline import make_outline
from alliancebib.page import Line, Page, Role, Section
from alliancebib.parsers import citation, headline, labelled, link, parse_lines, parse_reference, scholar
from conformance.varied_items import ordinary_items, varied_items
from property.tiling import untiled
from shared_data import SHARED

#: CPU seconds that any string may take, and those for each character beside: some hundred times of what real ones take.
TOO_LONG = 0.5
TOO_LONG_EACH = 200e-6
STYLES = ("apa", "modern-language-association", "vancouver", "ieee", "chicago-author-date")
SNIPPETS = (
    *".,;:()[]{}<>/\\|-–—_&%$#@!?'\"“”„«»‘’…·•*=+~^`", "\t", "\n", "\r", "\x00", "\x1b", "\x85", "\u00a0", "\u00ad",
    "\u200b", "\u200f", "\u202e", "\u2028", "\ufeff", "\ud800", "\udfff", "\u0301", "e\u0301\u0302", "İ", "ß", "ﬁ", "中",
    "。", "，", "عربي", "עברית", "😀", "١٢٣", "Ⅻ", "²", "In: ", "in ", "et al.", " and ", " & ", "(Eds.)", "pp. ", "vol. ",
    "no. ", "1(2)", "12:34", "1-2", "(2020)", "2020", "n.d.", "[1]", "1. ", "https://a.org/b(c", "doi:10.1/x", "10.1234/",
    "arXiv:1234.56789", "ISBN 978-3-16-148410-0", "Accessed 1 May 2020", " // ", "Jr.", "van der ", "J.-P.", "Ph.D. thesis",
    "special issue", "a" * 300, "A. " * 40, "1" * 60, "(" * 50, ")" * 50, '"' * 51, ", " * 40, "Doe J, " * 30,
)  # fmt: skip
PARSERS = {"scholar": scholar, "citation": citation, "labelled": labelled, "link": link, "headline": headline}
SECTIONS = (Section(title=""), Section(title="Literature", expects="literature"), Section(title="", expects="news"))


def real_strings() -> list[str]:
    """Give the strings of the labelled sets, where they lie beside the repository."""
    found: list[str] = []
    for path in sorted((SHARED / "data" / "references").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            found += [json.loads(line)["text"] for line in lines]
    return found


def made_strings() -> list[str]:
    """Format made items in several styles."""
    found: list[str] = []
    for style in STYLES:
        processor = Processor(load_style(style))
        processor.register([*ordinary_items(), *varied_items(60)])
        found += [re.sub(r"<[^>]*>", "", entry.text) for entry in processor.bibliography().entries]
    return found


def with_other_words(dice: random.Random, text: str, other: str) -> str:
    """Delete words, double them, swap them, or go on with another string."""
    words, others = text.split(" "), other.split(" ")
    place, size = dice.randrange(len(words)), dice.choice([1, 1, 2, 5])
    before, some, behind = words[:place], words[place : place + size], words[place + size :]
    changed = [
        before + behind,
        before + some + some + behind,
        before + behind[:size] + some + behind[size:],
        before + others[dice.randrange(len(others)) :],
    ]
    return " ".join(dice.choice(changed))


def with_other_letters(dice: random.Random, text: str) -> str:
    """Delete letters or marks, repeat them, or put others in their place."""
    start = dice.randint(0, len(text))
    if dice.random() < 0.5 and (marks := [mark.start() for mark in re.finditer(r"[^\w\s]", text)]):
        start = dice.choice(marks)
    end = min(len(text), start + dice.choice([0, 1, 1, 3, 20]))
    odd = "".join(chr(dice.randrange(0x110000)) for _ in range(dice.choice([1, 1, 5])))
    instead = ["", text[start:end] * dice.choice([2, 3, 30]), odd, dice.choice(SNIPPETS)]
    return f"{text[:start]}{dice.choice(instead)}{text[end:]}"


def a_string(seed: int, strings: list[str]) -> str:
    """Give the string of a seed."""
    dice = random.Random(seed)
    text = dice.choice(strings)
    for _ in range(dice.choice([0, 1, 1, 2, 4, 10])):
        other = dice.choice(strings)
        text = with_other_words(dice, text, other) if dice.random() < 0.5 else with_other_letters(dice, text)
    return text


def fault_of(text: str) -> str:
    """Say what is wrong with how a string is read; "" where nothing is."""
    before = time.process_time()
    whole = parse_reference(text)
    if time.process_time() - before > TOO_LONG + TOO_LONG_EACH * len(text):
        return "it takes too long"
    if whole != parse_reference(text):
        return "it is read otherwise the second time"
    line = Line(number=1, text=text)
    readers: dict[str, Callable[[], Reference | None]] = {
        f"{name} under {section.expects or 'nothing'}": partial(parser.parse, line, section, page="fuzz.txt")
        for name, parser in PARSERS.items()
        for section in SECTIONS
    }
    for name, read in {"parse_reference": lambda: whole, **readers}.items():
        found = read()
        if found and (fault := untiled(found, text)):
            return f"{name}: {fault}"
    page = make_outline(Page(name="fuzz.txt", lines=(line,)))
    kept = [reference.origin.raw for reference in parse_lines(page)]
    return "" if kept == [one.text for one in page.lines if one.role is Role.ENTRY] else "its page lost it"


def outcome_of(text: str) -> str:
    """Give the fault of a string, or what it raises."""
    try:
        return fault_of(text)
    except Exception as problem:  # noqa: BLE001 - this is what is looked for
        where = traceback.extract_tb(problem.__traceback__)[-1]
        return f"{type(problem).__name__}: {str(problem)[:60]} at {where.filename.rpartition('/')[2]}:{where.lineno}"


def reduced(text: str, fault: str, *, seconds: float = 10) -> str:
    """Cut a string down to what still shows the same fault."""
    ends = time.process_time() + seconds
    size = len(text) // 2
    while size and time.process_time() < ends:
        place = 0
        while place < len(text):
            shorter = text[:place] + text[place + size :]
            if outcome_of(shorter) == fault:
                text = shorter
            else:
                place += size
        size //= 2
    return text


def main() -> int:
    """Run cases until the time is over."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--seconds", type=float, default=60)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--case", type=int, help="one seed alone")
    ask.add_argument("--reduce", action="store_true", help="show a small string for each sort of fault")
    given = ask.parse_args()
    strings = [*real_strings(), *made_strings()]
    print(f"{len(strings)} strings", flush=True)
    seen: Counter[str] = Counter()
    ends, seed = time.process_time() + given.seconds, given.case if given.case is not None else given.seed * 10_000_000
    while True:
        text = a_string(seed, strings)
        outcome = outcome_of(text)
        seen[outcome or "sound"] += 1
        if outcome and seen[outcome] == 1:
            print(f"seed {seed}: {outcome}", flush=True)
            if given.reduce or given.case is not None:
                print(f"  {reduced(text, outcome)!r}", flush=True)
        seed += 1
        if given.case is not None or time.process_time() > ends:
            break
    print(sum(seen.values()), "cases:", dict(seen.most_common()))
    return int(seen.keys() != {"sound"})


if __name__ == "__main__":
    sys.exit(main())
