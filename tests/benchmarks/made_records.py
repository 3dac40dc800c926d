"""Bibliographic records made up to measure deduplication on, with the truth: ``made_records.py COUNT FILE.jsonl``.

Any number of records in CSL-JSON comes out, always the same ones for a seed; fewer are the first of more, and each can
be made by itself, so that nothing need be kept. A fifth are copies of earlier ones, changed as databases and people
change them. Words, names and journals are made of syllables and are as unequal as real ones: a few are everywhere. Of
the works, two in a hundred are siblings of earlier ones (one word differs, a part II, a reply), one in two hundred has
a title that many have ("Editorial"). The standard library is all that is imported: peers have no more.

As a program it writes the records, one a line, and beside them ``FILE.truth.json``: ``{id: id of the work}``.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parents[1]))  # started as a program, it still finds the words
from benchmarks.made_words import FIRST, LAST, stock

Record = dict[str, Any]

FUNCTION_WORDS = "of the in and for on a to with from by under between as at".split()
GENERIC = ("Editorial", "Introduction", "Book reviews", "Letter to the editor", "Conclusion", "In this issue")
NOTES = (" [Review]", " [33 refs]", " (Abstract)", " [see comment]")
LATER = (". Part II", ": a reply", " revisited")
TRACKING = ("?utm_source=feed", "?utm_medium=social&utm_campaign=daily", "#comments")
COPIES, NEWS, BOOKS, SIBLINGS, GENERIC_SHARE = 0.2, 0.1, 0.05, 0.02, 0.005


class Maker:
    """Makes each record of a seed by its number, from 0."""

    def __init__(self, seed: int = 1) -> None:
        self._seed = seed

    def work(self, number: int) -> int:
        """Give the number of the record that this one is a copy of, or its own."""
        dice = self._dice(number)
        while number and dice.random() < COPIES:
            number = dice.randrange(number)
            dice = self._dice(number)
        return number

    def record(self, number: int) -> Record:
        """Make one record."""
        original = self.work(number)
        made = self._work(original)
        if original != number:
            _change(made, self._dice(number, "changes"))
        return {"id": name_of(number), **made}

    def _dice(self, number: int, purpose: str = "") -> random.Random:
        return random.Random(f"{self._seed} {number} {purpose}" if purpose else self._seed * 10**9 + number)

    def _work(self, number: int) -> Record:
        dice = self._dice(number, "work")
        if number and dice.random() < SIBLINGS:
            return _sibling(self._work(self.work(dice.randrange(number))), dice, number)
        what = dice.random()
        if what < NEWS:
            return _news(dice)
        return _book(dice, number) if what < NEWS + BOOKS else _article(dice, number)


def name_of(number: int) -> str:
    return f"r{number}"


def made_records(count: int, seed: int = 1) -> Iterator[Record]:
    """Make so many records, one after the other."""
    return map(Maker(seed).record, range(count))


def truth_of(count: int, seed: int = 1) -> dict[str, str]:
    """Give the work of each of so many records, named after its first record."""
    maker = Maker(seed)
    return {name_of(number): name_of(maker.work(number)) for number in range(count)}


def _words(dice: random.Random, count: int) -> str:
    """Draw words as in a title: one in three is a function word, the ends are none."""
    words = stock().words.draw(dice, count)
    for place in range(1, count - 1):
        if dice.random() < 0.33:
            words[place] = dice.choice(FUNCTION_WORDS)
    return " ".join(words)


def _title(dice: random.Random) -> str:
    """Draw five to fourteen words; long ones often have a subtitle."""
    count = dice.randint(5, 14)
    if count > 8 and dice.random() < 0.5:
        head = dice.randint(4, count - 4)
        return f"{_words(dice, head).capitalize()}: {_words(dice, count - head)}"
    return _words(dice, count).capitalize()


def _authors(dice: random.Random) -> list[dict[str, str]]:
    count = dice.choices((1, 2, 3, 4, 5, 6), weights=(25, 25, 18, 14, 10, 8))[0]
    families, givens = stock().families.draw(dice, count), stock().givens.draw(dice, count)
    middles = [f" {dice.choice('ABCDEFGHIJKLMNOPRSTUVW')}." if dice.random() < 0.3 else "" for _ in range(count)]
    return [{"family": a, "given": b + c} for a, b, c in zip(families, givens, middles, strict=True)]


def _year(dice: random.Random) -> int:
    """Draw a year; later ones have more works."""
    return max(dice.randint(FIRST, LAST), dice.randint(FIRST, LAST))


def _article(dice: random.Random, number: int) -> Record:
    generic = dice.random() < GENERIC_SHARE
    title = dice.choice(GENERIC) if generic else _title(dice)
    made: Record = {"type": "article-journal", "title": title, "author": _authors(dice)}
    _place(made, dice, number, int(len(stock().journals) * dice.random() ** 2), _year(dice))
    if dice.random() < 0.5 and not generic:
        made["abstract"] = " ".join(f"{_words(dice, 20).capitalize()}." for _ in range(5))
    return made


def _place(made: Record, dice: random.Random, number: int, at: int, year: int) -> None:
    """Put an article into a journal: the volume goes with the year, the page with the issue."""
    journal = stock().journals[at]
    issue = dice.randint(1, 6)
    first = (issue - 1) * 160 + dice.randint(1, 150)
    made |= {
        "issued": {"date-parts": [[year]]},
        "container-title": journal.name,
        "volume": str(year - journal.before),
        "issue": str(issue),
        "page": f"{first}-{first + dice.randint(2, 25)}",
    }
    made.pop("DOI", None)
    if dice.random() < 0.7:
        made["DOI"] = f"10.{1000 + at}/j.{year}.{number:07}"


def _news(dice: random.Random) -> Record:
    title = _words(dice, dice.randint(6, 12)).capitalize()
    outlet, date = dice.choice(stock().outlets), [_year(dice), dice.randint(1, 12), dice.randint(1, 28)]
    made: Record = {"type": "article-newspaper", "title": title, "container-title": outlet}
    made["issued"] = {"date-parts": [date]}
    made["URL"] = _address(made)
    if dice.random() < 0.2:
        made["author"] = _authors(dice)[:1]
    return made


def _address(made: Record) -> str:
    year, month, day = made["issued"]["date-parts"][0]
    host = made["container-title"].lower().replace(" ", "")
    return f"https://www.{host}.example/{year}/{month:02}/{day:02}/{made['title'].lower().replace(' ', '-')}"


def _book(dice: random.Random, number: int) -> Record:
    digits = f"978{number % 10**9:09}"
    check = -sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10
    return {
        "type": "book",
        "title": _title(dice),
        "author": _authors(dice)[:3],
        "issued": {"date-parts": [[_year(dice)]]},
        "publisher": dice.choice(stock().publishers),
        "ISBN": f"{digits}{check}",
    }


def _sibling(made: Record, dice: random.Random, number: int) -> Record:
    """Make another work of an earlier one: near in title and people, elsewhere in place and time."""
    head, colon, tail = made["title"].partition(": ")
    words = head.split()
    if made["type"] == "article-journal" and dice.random() < 0.4 and len(words) > 3:
        made["title"] += dice.choice(LATER)
    else:
        words[-1] = _words(dice, 1)
        made["title"] = " ".join(words) + colon + tail
    year = min(LAST, made["issued"]["date-parts"][0][0] + dice.randint(1, 3))
    if made["type"] == "article-journal":
        _place(made, dice, number, dice.randrange(len(stock().journals)), year)
        made.pop("abstract", None)
    elif made["type"] == "book":
        made |= {name: value for name, value in _book(dice, number).items() if name in {"ISBN", "issued"}}
    else:
        made["issued"] = {"date-parts": [[year, dice.randint(1, 12), dice.randint(1, 28)]]}
        made["URL"] = _address(made)
    return made


def _change(made: Record, dice: random.Random) -> None:
    """Change a copy in one to five ways."""
    ways = CHANGES[made["type"]]
    for way in dice.sample(ways, dice.choices((1, 2, 3, 4, 5), weights=(4, 4, 3, 2, 1))[0]):
        way(made, dice)


def _initials(made: Record, dice: random.Random) -> None:
    for author in made.get("author", ()):
        author["given"] = " ".join(f"{part[0]}." for part in author["given"].split())


def _fewer_authors(made: Record, dice: random.Random) -> None:
    made["author"] = made["author"][: dice.choice((1, 3))]


def _abbreviated(made: Record, dice: random.Random) -> None:
    made["container-title"] = stock().short[made["container-title"]]


def _no_subtitle(made: Record, dice: random.Random) -> None:
    if not made["title"].endswith(LATER):  # without that it would be the work that it follows
        made["title"] = made["title"].partition(": ")[0]


def _upper(made: Record, dice: random.Random) -> None:
    made["title"] = made["title"].upper()


def _typo(made: Record, dice: random.Random) -> None:
    """Leave a letter of the title out, double it, or exchange it with the next."""
    title = made["title"]
    at = dice.randrange(1, len(title) - 1)
    two = title[at : at + 2]
    made["title"] = title[:at] + dice.choice((two[1:], two[0] + two, two[::-1])) + title[at + 2 :]


def _noted(made: Record, dice: random.Random) -> None:
    made["title"] += dice.choice(NOTES)


def _year_off(made: Record, dice: random.Random) -> None:
    made["issued"] = {"date-parts": [[made["issued"]["date-parts"][0][0] + dice.choice((-1, 1))]]}


def _other_pages(made: Record, dice: random.Random) -> None:
    """Write the pages as 554-70, 554, pp. 554-570 or with a dash."""
    first, _, last = made.get("page", "").partition("-")
    if last:
        same = next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), 0)
        short = f"{first}-{last[same:]}" if len(first) == len(last) else f"{first}-{last}"
        made["page"] = dice.choice((short, first, f"pp. {first}-{last}", f"{first}–{last}"))


def _without(field: str) -> Callable[[Record, random.Random], None]:
    return lambda made, dice: made.pop(field, None) and None


def _doi_as_address(made: Record, dice: random.Random) -> None:
    if "DOI" in made:
        made["DOI"] = f"https://doi.org/{made['DOI'].upper()}"


def _tail(made: Record, dice: random.Random) -> None:
    made["title"] += f" - {made['container-title']}"


def _tracked(made: Record, dice: random.Random) -> None:
    if "URL" in made:
        front = dice.choice(("https://", "http://www."))
        made["URL"] = made["URL"].replace("https://www.", front) + dice.choice(TRACKING)


def _year_only(made: Record, dice: random.Random) -> None:
    made["issued"] = {"date-parts": [made["issued"]["date-parts"][0][:1]]}


CHANGES: dict[str, list[Callable[[Record, random.Random], None]]] = {
    "article-journal": [
        *(_initials, _fewer_authors, _abbreviated, _no_subtitle, _upper, _typo, _noted, _year_off, _other_pages),
        *(_doi_as_address, _without("DOI"), _without("page"), _without("issue"), _without("abstract")),
    ],
    "article-newspaper": [_tail, _tracked, _year_only, _typo, _upper, _without("URL"), _without("author")],
    "book": [_initials, _no_subtitle, _upper, _typo, _year_off, _without("ISBN"), _without("publisher")],
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("file", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with given.file.open("w", encoding="utf-8") as out:
        out.writelines(
            f"{json.dumps(record, ensure_ascii=False)}\n" for record in made_records(given.count, given.seed)
        )
    given.file.with_suffix(".truth.json").write_text(json.dumps(truth_of(given.count, given.seed)), "utf-8")


if __name__ == "__main__":
    main()
