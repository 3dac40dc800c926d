"""How the time of reading and writing grows when one thing stands in a .bib file over and over.

``python tests/property/growth_bibtex.py`` prints the repeated pieces for which four times as many cost more than eight
times as much, with CPU seconds; the exit code is 1 if there are any. ``--all`` prints every piece.
"""

from __future__ import annotations

import argparse
import operator
import sys
import time
from collections.abc import Callable
from functools import partial

from alliancebib.files import source_of
from alliancebib.readers import bibtex as reader
from alliancebib.writers import Options, bibtex

COUNTS = (500, 2000, 8000)
#: Four times as many may cost so many times as much, if that is more than so many seconds.
GROWTH = 8.0
NOTICED = 0.3
#: Seconds after which a larger number is not tried.
ENOUGH = 5.0

IN_TITLE = (
    "{", "}", "{}", "\\", "\\'", "\\'{", "$", "$x^", "`", "``", "'", "-", "~", "\\emph{", "\\textbf", "\\url{",
    "\\unknown", "\\unknown{", "<i>", "\\i ", "\\sc ", "{\\sc ", "\\(", "&", '"', "@", "\n@misc{a,", "\n@misc{a, b=",
)  # fmt: skip
IN_AUTHOR = (
    "a and ", "and ", "{a} and ", ", ", "a, ", "A b, ", "family=a, ", "{", "~", "\\'e", "d' ", "a{", "}and{",
    "others and ",
)  # fmt: skip
ALONE = (
    "@", "@misc{", "@misc{a,", "@misc{a,\n", "@misc{a,b=", "{", "}", "@a(", '"', '@misc{a,b="', "%", "%\n", "@comment{",
    "@misc{a,title={b}}", "@misc{,title={b}}", "@string{a = a # a}\n", '@string{a = "x" # a}\n', "=", ",",
    "\n% @misc{a,",
)  # fmt: skip
NUMBERED = {
    "fields": ("@misc{{k, {}}}", "f{n}={{x}},"),
    "one field": ("@misc{{k, {}}}", "f={{x{n}}},"),
    "no fields": ("@misc{{k, {}}}", "{{x{n}}} "),
    "parts": ("@misc{{k, title={{}}{}}}", " # {{x{n}}}"),
    "macros": ("{}", '@string{{m{n} = "x"}}\n@misc{{k{n}, title = m{n}}}\n'),
    "entries left open": ("{}", "@misc{{k{n}, title = {{x\n"),
    "quotes left open": ("{}", '@misc{{k{n}, title = "x\n'),
    "fields of a parent": ("@misc{{k, xdata = {{p}}}}@xdata{{p, {}}}", "f{n}={{x}},"),
    "children": ("@book{{p, title = {{P}}}}\n{}", "@inbook{{k{n}, crossref = {{p}}}}\n"),
    "parents named twice": ("{}", "@misc{{k{n}, xdata = {{k{n}0, k{n}1}}}}\n@xdata{{k{n}0, xdata = {{x, k{n}1}}}}\n"),
    "one parent over and over": ("@xdata{{p, note = {{x}}}}@misc{{k, xdata = {{{}}}}}", "p, "),
    "macros that are not there": ("@misc{{k,\n% c\n{}}}", " a{n} = a{n},\n b{n} = b{n},\n c{n} = c{n} # d{n},\n"),
    "notes of a parent": ("@xdata{{p, note = {}{{}}}}\n" + "@misc{{k, xdata = {{p}}}}\n" * 20, "m{n} #\n"),
    "one key": ("{}", "@misc{{k, title = {{{n}}}}}\n"),
}


def pieces() -> dict[str, Callable[[int], str]]:
    """Give for each piece how to make a file that has it so many times."""
    made: dict[str, Callable[[int], str]] = {}
    for field, texts in (("title", IN_TITLE), ("author", IN_AUTHOR)):
        made |= {f"{field} {text!r}": partial(_in_field, field, text) for text in texts}
    made |= {f"file {text!r}": partial(operator.mul, text) for text in ALONE}
    return made | {name: partial(_numbered, *texts) for name, texts in NUMBERED.items()}


def _in_field(field: str, text: str, count: int) -> str:
    return f"@misc{{k, {field} = {{{text * count}}}}}"


def _numbered(frame: str, piece: str, count: int) -> str:
    return frame.format("".join(piece.format(n=number) for number in range(count)))


def seconds(text: str) -> tuple[float, float]:
    """Read a file and write it anew; give the CPU seconds of both."""
    started = time.process_time()
    library = reader.read(source_of(text, name="grown.bib"))
    read = time.process_time()
    bibtex.write(library, Options(anew=True))
    return read - started, time.process_time() - read


def grows(times: list[tuple[float, float]]) -> bool:
    """Say whether the last number costs out of proportion.

    >>> grows([(0.1, 0.0), (1.6, 0.0)]), grows([(0.1, 0.1), (0.4, 0.5)])
    (True, False)
    """
    *_, fewer, many = [(0.0, 0.0), *times]
    return any(last > max(NOTICED, GROWTH * first) for first, last in zip(fewer, many, strict=True))


def main() -> int:
    """Measure every piece."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--all", action="store_true", help="print every piece")
    given = ask.parse_args()
    faults = 0
    for name, make in pieces().items():
        times: list[tuple[float, float]] = []
        for count in COUNTS:
            times.append(seconds(make(count)))
            if sum(times[-1]) > ENOUGH:
                break
        faults += grows(times)
        if grows(times) or given.all:
            row = "   ".join(f"{n}: {read:.2f} + {write:.2f}" for n, (read, write) in zip(COUNTS, times, strict=False))
            print(f"{'grows' if grows(times) else '':<6} {name:<32} {row}", flush=True)  # noqa: T201
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
