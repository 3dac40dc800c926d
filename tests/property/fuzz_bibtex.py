"""Fuzz the reading and writing of .bib files: real and made files, mutated.

``python tests/property/fuzz_bibtex.py --seconds 600 --seed 1``: every case is a seed. Reading must raise nothing; every
character of the file is in exactly one block; what was read and not changed is written back byte for byte; what is
written anew gives the same references when it is read, and the same text when they are written again; time is bounded
by the length of the file. What breaks one of these is printed with its seed, once for each sort of fault, and the exit
code is 1. ``--case N`` runs one seed again, ``--reduce`` cuts its file down to what still shows the fault.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from msgspec.structs import asdict, replace

from alliancebib.bibtex.fields import FIELD_NAME, NAMES, OURS, REPORT, SOURCE
from alliancebib.bibtex.names import has_options, has_small
from alliancebib.bibtex.sources import balanced, encode_verbatim
from alliancebib.bibtex.syntax import read_blocks
from alliancebib.citation_key import safe_key
from alliancebib.csl.items import from_csl
from alliancebib.errors import AllianceBibError
from alliancebib.files import source_of
from alliancebib.library import Library
from alliancebib.model import Name, PartialDate, Reference
from alliancebib.readers import bibtex as reader
from alliancebib.writers import Options, biblatex, bibtex
from conformance.bibtex_files import bib_files, sources
from conformance.varied_items import ordinary_items, varied_items

#: CPU seconds that any file may take, and those for each character beside: some ten times of what real files take.
TOO_LONG = 1.0
TOO_LONG_EACH = 50e-6
LONGEST = 20_000
#: What is no property of the work, see NOT_HELD of the writers.
ASIDE = frozenset({"id", "key", "origins", "spans", "leftover", "provenance"})

SNIPPETS = (
    "@", "{", "}", '"', "#", "%", "\\", ",", "=", "(", ")", "\n", "\r\n", "\r", "\t", " ", "~", "$", "&", "_", "^",
    "`", "'", "{{", "}}", "\\{", "\\}", '\\"', "--", "---", " and ", " and others", "{and}", " # ", "@misc{",
    "@article(", "@string{", '@string{a = "b "}', "@string{a = a # a}", "@comment{", "@preamble{", "@comment",
    "% @misc{c,\n", "@misc{, title = {x}}", "\\'e", "{\\'e}", '{\\"{u}}', "\\c c", "\\v{", "\\i", "\\'\\i", "{\\L}",
    "\\emph{", "\\textbf{a}", "\\url{http://a_b%c}", "\\unknown{x}", "\\unknown", "\\verb|x|", "$x^2$", "$x", "``q''",
    "\x00", "\x07", "\u00a0", "\u2028", "\u202e", "\ufeff", "é", "é", "ß", "中", "😀", "\ud800", "crossref = {a}",
    "xdata = {a,b}", "date = {2020-13-45}", "date = {2020/..}", "month = jan", 'month = "1~" # feb', "year = {MMXX}",
    "year = 2020", "author = {A and B, C and {D and E}}", "author = {,}", "author = {family=A, given=B}", "title = {}",
    "title = {A}, title = {B}", "url = {http://x.org/a b}", "doi = {10.1/x}", "options = {useprefix=true}",
    "langid = {german}", "pages = {1--2}", "type = {phdthesis}", "number = 3", "eid = {e1}",
    "entrysubtype = {magazine}", "a" * 500, "{" * 200, "}" * 200, "{a" * 100 + "}" * 100, "#" * 50, "\\" * 51,
    "'" * 50,
)  # fmt: skip

SMALL = (
    "@misc{a, title = {One}, author = {Doe, Jane and others}, year = 2020}\n",
    '@string{jn = "Journal "}\n@article{b, journal = jn # {of B}, month = jan # "~1", pages = "1--2"}\n',
    "@book(c, title = {P (q)}, publisher = {{A} and {B}})\n@comment{jabref-meta: x;}\n% a comment\n",
    "@inproceedings{d,\n  crossref = {e},\n  title = {\\emph{T} {NATO} \\& $x^2$},\n}\n@proceedings{e, title = {P}}\n",
    "@online{f, url = {https://example.org/a_b%20c#d}, urldate = {2020-01-02}, note = {a \\unknown{b}}}\n",
)


class Files:
    """What is mutated: real files where they lie beside the repository, made ones, and small ones."""

    def __init__(self) -> None:
        self.real: list[str] = [source.text for source in sources(bib_files()) if source.text]
        items = [*ordinary_items(), *varied_items(200)]
        entries = [from_csl(item)[0] for item in items]
        self.made = [
            writer.write(Library(entries[start : start + 8]))
            for writer in (bibtex, biblatex)
            for start in range(0, len(entries), 8)
        ]

    def draw(self, dice: random.Random) -> str:
        """Give a file, or part of a long one."""
        text: str = dice.choice(dice.choice([self.real or self.made, self.made, list(SMALL)]))
        if len(text) <= LONGEST:
            return text
        start = text.rfind("\n@", 0, dice.randrange(len(text))) + 1
        return text[start : start + dice.randint(1, LONGEST)]


def mutated(dice: random.Random, text: str, other: str) -> str:
    """Change a file in one place."""
    start = dice.randint(0, len(text))
    if dice.random() < 0.5 and (marks := [match.start() for match in re.finditer(r"[@{}\",=#%\\]", text)]):
        start = dice.choice(marks)
    end = min(len(text), start + dice.choice([0, 1, 1, 2, 5, 20, 100]))
    kind = dice.randrange(8)
    if kind < 4:
        return text[:start] + dice.choice(SNIPPETS) + text[end if kind < 2 else start :]
    if kind == 4:
        return text[:start] + text[end:]
    if kind == 5:
        return text[:end] + text[start:end] * dice.choice([1, 2, 30]) + text[end:]
    if kind == 6:
        return text[:start] + text[end : end + 40] + text[start:end] + text[end + 40 :]
    place = dice.randint(0, len(other))
    return text[:start] + other[place : place + dice.choice([10, 100, 500])] + text[end:]


def a_file(seed: int, files: Files) -> str:
    """Make the file of a case."""
    dice = random.Random(seed)
    text, other = files.draw(dice), files.draw(dice)
    for _ in range(dice.choice([0, 1, 1, 2, 3, 5, 10])):
        text = mutated(dice, text, other)
    if dice.random() < 0.02:
        text = (text[: dice.randint(1, 400)] * 400)[: 5 * LONGEST]
    return text


def held(reference: Reference) -> dict[str, object]:
    """Give what a .bib file must hold of a reference, by field; see NOT_HELD of the writers for what it cannot."""
    fields: dict[str, object] = {
        field: getattr(reference, field) for field in Reference.__struct_fields__ if field not in {*ASIDE, "extra"}
    }
    fields |= {f"extra[{name}]": value for name, value in reference.extra.items()}
    for name in ("url", "doi", "archive_url"):
        fields[name] = encode_verbatim(str(fields[name]))
    fields["doi"] = str(fields["doi"]).lower()
    for name, value in list(fields.items()):
        if name.startswith(f"extra[{SOURCE}") and has_options(str(value)):
            del fields[name]
    if fields["genre"] == REPORT:
        fields["genre"] = ""
    return {name: _levelled(value) for name, value in fields.items()}


def _levelled(value: object) -> object:
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, PartialDate):
        return replace(value, literal=" ".join(value.literal.split()))
    if isinstance(value, tuple):
        return tuple(_alone(one) for one in value)
    return value


def _alone(name: Name) -> Name:
    """Give a name of one part as a body: which part it is cannot be told."""
    texts = {part: " ".join(text.split()) for part, text in asdict(name).items() if isinstance(text, str)}
    name = replace(name, **texts)
    parts = [part for part in (name.family, name.given, name.dropping_particle, name.literal) if part]
    return Name(literal=parts[0]) if len(parts) == 1 and not (name.suffix or name.non_dropping_particle) else name


def differing(one: Reference, other: Reference) -> dict[str, tuple[object, object]]:
    """Give the fields that differ in what a file must hold, with both values."""
    before, after = held(one), held(other)
    names = [*before, *(name for name in after if name not in before)]
    return {name: (before.get(name), after.get(name)) for name in names if before.get(name, "") != after.get(name, "")}


def fault_of(text: str) -> str:
    """Give the first fault that a file shows; the empty text for none."""
    try:
        source = source_of(text.encode("utf-8", "replace"), name="fuzzed.bib")
    except AllianceBibError:
        return ""
    blocks = tuple(read_blocks(source.text))
    if "".join(block.raw for block in blocks) != source.text:
        return "blocks do not add up to the file"
    started = time.process_time()
    library = reader.read(source)
    if time.process_time() - started > TOO_LONG + TOO_LONG_EACH * len(source.text):
        return "too long"
    if len(library) != sum(block.kind == "entry" for block in blocks):
        return "another number of references than of entries"
    if (back := bibtex.compose(library)).data != source.data:
        return f"not written back as it was ({'text alone' if back.data is None else 'other bytes'})"
    return "" if _finds_a_parent(library) else _anew(library)


def _anew(library: Library) -> str:
    """Give the first fault of what is written anew, in either dialect."""
    return _round_trip("bibtex", library, lambda found: bibtex.write(found, Options(anew=True))) or _round_trip(
        "biblatex", library, lambda found: biblatex.write(found, Options(anew=True))
    )


def _finds_a_parent(library: Library) -> bool:
    """Say whether an entry inherits from a key that BibTeX refuses, or from one that such a key becomes."""
    refused = [one.key for one in library if one.key and safe_key(one.key) != one.key]
    changed = {name.lower() for key in refused for name in (key, safe_key(key))}
    pointers = [str(one.extra.get(f"{OURS}{name}", "")) for one in library for name in ("crossref", "xdata")]
    return any(key.strip(" {}").lower() in changed for pointer in pointers for key in pointer.split(","))


def _round_trip(name: str, library: Library, write: Callable[[Library], str]) -> str:
    text = write(library)
    again = reader.read(source_of(text, name="again.bib"))
    if len(again) != len(library):
        return f"{name}: another number of references when read again"
    for one, other in zip(map(_of_one_sort, library) if name == "bibtex" else library, again, strict=True):
        if found := differing(one, other):
            sorts = sorted({_sort(field, *values, found) for field, values in found.items()})
            return f"{name}: not the same when read again: {', '.join(sorts)}"
    return "" if write(again) == text else f"{name}: not the same text when written again"


def _of_one_sort(reference: Reference) -> Reference:
    """Give a reference as classic BibTeX has it: particles of one sort, and none in capitals."""
    lists = {field: tuple(map(_in_small, getattr(reference, field))) for field in NAMES}
    more = {name: tuple(map(_in_small, value)) for name, value in reference.extra.items() if isinstance(value, tuple)}
    if any(one.non_dropping_particle for names in (*lists.values(), *more.values()) for one in names):
        lists = {field: tuple(map(_undropped, names)) for field, names in lists.items()}
        more = {name: tuple(map(_undropped, names)) for name, names in more.items()}
    return replace(reference, **lists, extra=reference.extra | more)


def _undropped(name: Name) -> Name:
    particles = " ".join(part for part in (name.dropping_particle, name.non_dropping_particle) if part)
    return replace(name, dropping_particle="", non_dropping_particle=particles)


def _in_small(name: Name) -> Name:
    particle = name.dropping_particle or name.non_dropping_particle
    if not particle or has_small(particle):
        return name
    return replace(name, dropping_particle="", non_dropping_particle="", family=f"{particle} {name.family}".strip())


def _sort(field: str, before: object, after: object, found: dict[str, tuple[object, object]]) -> str:
    """Give one name for all fields that are kept as they were typed and differ in the same way."""
    if not field.startswith("extra["):
        return field
    name = field.removeprefix("extra[").removesuffix("]").removeprefix("bibtex:")
    if name.startswith("tex:"):
        return "the source of a command"
    if not FIELD_NAME.fullmatch(name):
        return "a field with an odd name"
    if isinstance(before, str) and not balanced(before):
        return "a field without balance of braces"
    if any((before is not None and after is None and pair[1] == before) or pair[0] == after for pair in found.values()):
        return f"another name for {re.sub('(-[0-9]+)+$', '', name)}"
    return name


def outcome_of(text: str) -> str:
    """Give the fault of a file, or what it raises."""
    try:
        return fault_of(text)
    except Exception as problem:  # noqa: BLE001 - this is what is looked for
        where = traceback.extract_tb(problem.__traceback__)[-1]
        file = where.filename.rpartition("/")[2]
        return f"{type(problem).__name__}: {str(problem)[:60]} at {file}:{where.lineno}"


def reduced(text: str, fault: str, *, seconds: float = 10) -> str:
    """Cut a file down to what still shows the same fault."""
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


def differences(text: str) -> list[str]:
    """Show the values that are not the same when what was written is read again."""
    library = reader.read(source_of(text.encode("utf-8", "replace"), name="fuzzed.bib"))
    shown = []
    for writer in (bibtex, biblatex):
        again = reader.read(source_of(writer.write(library, Options(anew=True)), name="again.bib"))
        for one, other in zip(library, again, strict=False):
            shown += [f"{name}: {before!r} -> {after!r}" for name, (before, after) in differing(one, other).items()]
    return list(dict.fromkeys(shown))


def main() -> int:
    """Run cases until the time is over."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--seconds", type=float, default=60)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--case", type=int, help="one seed alone")
    ask.add_argument("--reduce", action="store_true", help="show a small file for each sort of fault")
    given = ask.parse_args()
    files = Files()
    print(f"{len(files.real)} real files, {len(files.made)} made ones, {len(SMALL)} small ones", flush=True)
    seen: Counter[str] = Counter()
    ends, seed = time.process_time() + given.seconds, given.case if given.case is not None else given.seed * 10_000_000
    while True:
        text = a_file(seed, files)
        outcome = outcome_of(text)
        seen[outcome or "sound"] += 1
        if outcome and seen[outcome] == 1:
            print(f"seed {seed}: {outcome}", flush=True)
            if given.reduce or given.case is not None:
                text = reduced(text, outcome)
                print(f"  {text!r}", *differences(text), sep="\n    ", flush=True)
        seed += 1
        if given.case is not None or time.process_time() > ends:
            break
    print(sum(seen.values()), "cases:", dict(seen.most_common()))
    return int(seen.keys() != {"sound"})


if __name__ == "__main__":
    sys.exit(main())
