"""The jobs of `reference_parsers.py`, each in a process of its own: ``reference_jobs.py PARSER TEXTS REPEAT``.

A file of reference strings, one a line, comes in; figures go out as JSON: CPU seconds until the first string is read,
then those for all strings, and all strings anew so many times in one process, as a page that is so many times as long.
The standard library and the parser are all that is imported, so that a peer needs no more than its own environment.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

#: A string that every parser reads before the measuring.
FIRST = "Doe, J. & Roe, M. (2018). The war of words. The Journal of Peace, 11(3), 297-338."


def labels() -> Callable[[str], Any]:
    """Label the words with the model, no more."""
    from alliancebib.labelling import label_words, split_words

    return lambda text: label_words(split_words(text))


def rules() -> Callable[[str], Any]:
    """Label the words, and make fields of them."""
    from alliancebib.page import Line, Section
    from alliancebib.parsers import labelled

    return lambda text: labelled.parse(Line(number=1, text=text), Section(title=""), page="page")


def whole() -> Callable[[str], Any]:
    """Ask all parsers of this library, as ``parse`` does."""
    from alliancebib.parsers import parse_reference

    return parse_reference


def refextract() -> Callable[[str], Any]:
    """Ask refextract, which finds journals of physics by knowledge bases."""
    from refextract import extract_references_from_string  # type: ignore[import-not-found]

    return lambda text: extract_references_from_string(text, is_only_references=True)


def refparse() -> Callable[[str], Any]:
    """Ask refparse, which reads the lines that Web of Science exports."""
    from refparse import parse  # type: ignore[import-not-found]

    return lambda text: parse(text, "wos")


PARSERS = {"labels": labels, "rules": rules, "whole": whole, "refextract": refextract, "refparse": refparse}


def measure(name: str, texts: list[str], repeat: int) -> dict[str, float]:
    """Give the seconds until the first string is read, for the strings when they are new, and for so many times all."""
    logging.disable()
    before = time.process_time()
    read = PARSERS[name]()
    read(FIRST)
    loaded = time.process_time()
    for text in texts:
        read(text)
    once = time.process_time()
    for _ in range(repeat):
        for text in texts:
            read(text)
    return {"load": loaded - before, "new": once - loaded, "again": time.process_time() - once}


if __name__ == "__main__":
    strings = Path(sys.argv[2]).read_text("utf-8").splitlines()
    json.dump(measure(sys.argv[1], strings, int(sys.argv[3])), sys.stdout)
