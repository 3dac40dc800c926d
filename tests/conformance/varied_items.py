"""Items to try citation processors with: a fixed hand-made set, an endless seeded one, real ones from Crossref.

CSL-JSON goes out, always the same for the same arguments and on every machine. The made ones cover all 45 types of
CSL 1.0.2, with and without authors, dates and containers; their values are in ``varied_items.toml``. Run as a
program, it writes a set: ``python tests/conformance/varied_items.py varied --count 60 --seed 1 > items.json``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

Item: TypeAlias = dict[str, Any]
Field: TypeAlias = Callable[[random.Random], Item]

HERE = Path(__file__).resolve().parent
CROSSREF = HERE.parents[2] / "shared" / "data" / "crossref" / "records.jsonl.gz"
TABLES: dict[str, Any] = tomllib.loads((HERE / "varied_items.toml").read_text("utf-8"))
SETS = ("ordinary", "varied", "crossref", "mixed", "timing")
ABSTRACT = "We ask why states that distrust each other keep their alliances. We find that institutions matter."
#: Fields that Crossref has under our name, those of which the first counts, those under another name.
CROSSREF_SAME = ("DOI", "URL", "volume", "issue", "page", "publisher", "language")
CROSSREF_FIRST = {
    "title": "title",
    "container-title": "container-title",
    "short-container-title": "container-title-short",
    "ISSN": "ISSN",
    "ISBN": "ISBN",
}
CROSSREF_RENAMED = {
    "publisher-location": "publisher-place",
    "edition-number": "edition",
    "article-number": "number",
}
TIMING_TYPES = ["article-journal"] * 6 + ["book", "chapter", "webpage", "article-newspaper", "report", "thesis"]


def ordinary_items() -> list[Item]:
    """Give some thirty works as a reviewer would choose them: real, well known, of the usual types."""
    items: list[Item] = json.loads((HERE / "ordinary_items.json").read_text("utf-8"))
    return items


def varied_items(count: int, *, seed: int = 1) -> list[Item]:
    """Make ``count`` items: every 45 of them have all types once; some share author and year with an earlier one."""
    dice = random.Random(seed)
    kinds: list[str] = []
    while len(kinds) < count:
        kinds.extend(dice.sample(list(TABLES["fields"]), len(TABLES["fields"])))
    items: list[Item] = []
    for number, kind in enumerate(kinds[:count]):
        items.append(_item(dice, f"v{number}", kind, items))
    return items


def crossref_items(count: int, *, seed: int = 1) -> list[Item]:
    """Draw real records, where they lie beside the repository, as CSL-JSON.

    Raises:
        FileNotFoundError: They are not there.
    """
    with gzip.open(CROSSREF, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    drawn = random.Random(seed).sample(records, count)
    return [_from_crossref(record, f"c{number}") for number, record in enumerate(drawn)]


def timing_items(count: int) -> list[Item]:
    """Make items for timing: half journal articles, few different family names, so that short citations collide."""
    dice = random.Random(7)
    return [_timing_item(dice, number) for number in range(count)]


def named_items(name: str, *, count: int, seed: int) -> list[Item]:
    """Give a set by its name: one of `SETS`, or the path of a CSL-JSON file."""
    if name == "ordinary":
        return ordinary_items()
    if name == "varied":
        return varied_items(count, seed=seed)
    if name == "crossref":
        return crossref_items(count, seed=seed)
    if name == "mixed":
        return [*varied_items(count - count // 2, seed=seed), *crossref_items(count // 2, seed=seed)]
    if name == "timing":
        return timing_items(count)
    given: list[Item] = json.loads(Path(name).read_text("utf-8"))
    return given


def _item(dice: random.Random, id_: str, kind: str, before: list[Item]) -> Item:
    item: Item = {"id": id_, "type": kind, "title": dice.choice(TABLES["titles"])}
    if dice.random() < 0.03:
        del item["title"]
    item.update(_author_and_date(dice, before))
    for field in TABLES["fields"][kind].split():
        if not field.endswith("?") or dice.random() < 0.5:
            item.update(_made(dice, field.removesuffix("?")))
    if dice.random() < 0.1:
        item["language"] = dice.choice(TABLES["languages"])
    return item


def _made(dice: random.Random, field: str) -> Item:
    return MAKERS[field](dice) if field in MAKERS else {field: dice.choice(TABLES["values"][field])}


def _author_and_date(dice: random.Random, before: list[Item]) -> Item:
    """Make both, either or none of the two; or take those of an earlier item, which disambiguation has to part."""
    earlier = [other for other in before if "author" in other and "issued" in other]
    if earlier and dice.random() < 0.12:
        twin = dice.choice(earlier)
        return {name: twin[name] for name in ("author", "issued")[: dice.choice((1, 2, 2))]}
    made: Item = {"author": _names(dice, dice.choice(TABLES["author_counts"])), "issued": {}}
    if dice.random() < 0.88:
        made["issued"] = _date(dice)
    return {name: value for name, value in made.items() if value}


def _names(dice: random.Random, count: int) -> list[Item]:
    return [_name(dice) for _ in range(count)]


def _name(dice: random.Random) -> Item:
    """Make a name: three of four plain, the others an institution, of another script, with particles or suffix."""
    kind = dice.choices(NAME_KINDS, NAME_SHARES)[0]
    if kind == "institution":
        return {"literal": dice.choice(TABLES["institutions"])}
    if kind == "script":
        family, given = dice.choice(TABLES["scripts"])
        return {"family": family, "given": given}
    name: Item = {"family": dice.choice(TABLES["families"])}
    if kind == "inside":
        name["family"] = dice.choice(TABLES["particles_inside"]).format(name["family"])
    if kind != "family alone":
        name["given"] = " ".join(dice.sample(TABLES["givens"], dice.choice((1, 1, 2))))
    return name | (dice.choice(TABLES[kind]) if kind in ("particles", "suffixes") else {})


NAME_KINDS = ("plain", "institution", "script", "particles", "inside", "suffixes", "family alone")
NAME_SHARES = (71, 8, 4, 6, 4, 5, 2)


def _date(dice: random.Random) -> Item:
    """Make a date: three of four are a day, a month or a year."""
    year, month, day = dice.randint(1958, 2025), dice.randint(1, 12), dice.randint(1, 28)
    if dice.random() < 0.75:
        return {"date-parts": [[year, month, day][: dice.randint(1, 3)]]}
    rare: tuple[Item, ...] = (
        {"date-parts": [[year], [year + dice.randint(1, 9)]]},
        {"date-parts": [[year, 3], [year, 5]]},
        {"date-parts": [[year, month, 2], [year, month, 9]]},
        {"date-parts": [[year, 11, 28], [year + 1, 2, 3]]},
        {"date-parts": [[year]], "season": dice.randint(1, 4)},
        {"date-parts": [[year]], "circa": True},
        {"date-parts": [[-dice.randint(20, 480)]]},
        {"date-parts": [[dice.randint(101, 999)]]},
        {"literal": "in press"},
        {"literal": f"Michaelmas term {year}"},
        {"date-parts": [[str(year), str(month)]]},
        {"raw": f"{year}-{month:02}-{day:02}"},
    )
    return dice.choice(rare)


def _listed(name: str, table: str) -> Field:
    return lambda dice: {name: dice.choice(TABLES[table])}


def _number(name: str, low: int, high: int, form: str = "{}") -> Field:
    return lambda dice: {name: form.format(dice.randint(low, high))}


def _people(name: str, *counts: int) -> Field:
    return lambda dice: {name: _names(dice, dice.choice(counts or (1, 1, 2, 3)))}


def _day(name: str, low: int, high: int) -> Field:
    return lambda dice: {name: {"date-parts": [[dice.randint(low, high), dice.randint(1, 12), dice.randint(1, 28)]]}}


def _year(name: str, low: int, high: int) -> Field:
    return lambda dice: {name: {"date-parts": [[dice.randint(low, high)]]}}


def _each(*fields: str | Field) -> Field:
    """Make several fields at once, those of ``[values]`` by their name."""

    def make(dice: random.Random) -> Item:
        item: Item = {}
        for field in fields:
            item |= _made(dice, field) if isinstance(field, str) else field(dice)
        return item

    return make


def _container_short(dice: random.Random) -> Item:
    name, short = dice.choice([pair for pair in TABLES["containers"] if pair[1]])
    return {"container-title": name, "container-title-short": short}


#: How the fields are made that are no choice of ``[values]``.
MAKERS: dict[str, Field] = {
    "DOI": _number("DOI", 1000, 99999, "10.1000/x.{}"),
    "ISBN": _number("ISBN", 100000, 999999, "978-0-19-{}-2"),
    "ISSN": _number("ISSN", 1000, 9999, "0162-{}"),
    "PMID": _number("PMID", 1000000, 9999999),
    "URL": _each(_number("URL", 1, 999, "https://example.org/a_b/{}?x=1&y=2"), _day("accessed", 1996, 2025)),
    "abstract": lambda _: {"abstract": ABSTRACT},
    "archive": _each(lambda dice: {"archive": dice.choice(TABLES["values"]["archive"])}, "archive_location"),
    "author-literal": lambda dice: {"author": [{"literal": dice.choice(TABLES["institutions"])}]},
    "chapter-number": _number("chapter-number", 1, 118),
    "collection": _each("collection-title", _number("collection-number", 1, 300)),
    "composer": _people("composer", 1),
    "container": lambda dice: {"container-title": dice.choice(TABLES["containers"])[0]},
    "container-author": _people("container-author", 1),
    "container-book": _listed("container-title", "books"),
    "container-law": _listed("container-title", "law"),
    "container-proceedings": _listed("container-title", "proceedings"),
    "container-short": _container_short,
    "director": _people("director", 1, 2),
    "editor": _people("editor"),
    "event": _each("event-title", "event-place", _day("event-date", 1990, 2025)),
    "interviewer": _people("interviewer", 1, 2),
    "number-of-pages": _number("number-of-pages", 8, 900),
    "number-of-volumes": _number("number-of-volumes", 2, 12),
    "original-date": _year("original-date", 1700, 1950),
    "performer": _people("performer", 1, 2),
    "producer": _people("producer", 1),
    "recipient": _people("recipient", 1, 2),
    "reviewed": _each(_listed("reviewed-title", "books"), _people("reviewed-author", 1, 2)),
    "submitted": _day("submitted", 1950, 2020),
    "translator": _people("translator", 1, 2),
}


def _from_crossref(record: Item, id_: str) -> Item:
    kind = record.get("type") or "document"
    item: Item = {"id": id_, "type": TABLES["crossref_types"].get(kind, kind)}
    item.update({name: record[name] for name in CROSSREF_SAME if record.get(name)})
    item.update({name: str(record[theirs][0]) for theirs, name in CROSSREF_FIRST.items() if record.get(theirs)})
    item.update({name: str(record[theirs]) for theirs, name in CROSSREF_RENAMED.items() if record.get(theirs)})
    for role in ("author", "editor", "translator"):
        if record.get(role):
            item[role] = [_crossref_name(name) for name in record[role]]
    parts = [part for part in record["issued"].get("date-parts", [[None]])[0] if part]
    return item | ({"issued": {"date-parts": [parts]}} if parts else {})


def _crossref_name(name: Item) -> Item:
    if "family" not in name:
        return {"literal": name.get("name") or name.get("given") or "Anonymous"}
    return {part: name[part] for part in ("family", "given", "suffix") if name.get(part)}


def _timing_item(dice: random.Random, number: int) -> Item:
    kind = dice.choice(TIMING_TYPES)
    words = " ".join(dice.sample(TABLES["titles"], 2)).split()[:9]
    authors = dice.choice((1, 1, 2, 2, 3, 6))
    item: Item = {"id": f"t{number}", "type": kind, "title": f"{' '.join(words)} {number}"}
    item["author"] = [
        {"family": dice.choice(TABLES["families"]), "given": dice.choice(TABLES["givens"])} for _ in range(authors)
    ]
    item |= _day("issued", 1960, 2025)(dice)
    for field in TABLES["fields"][kind].split():
        if not field.endswith("?"):
            item.update(_made(dice, field))
    return item


def main() -> None:
    """Write a set of items as CSL-JSON."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("set", choices=SETS)
    ask.add_argument("--count", type=int, default=90)
    ask.add_argument("--seed", type=int, default=1)
    given = ask.parse_args()
    items = named_items(given.set, count=given.count, seed=given.seed)
    json.dump(items, sys.stdout, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    main()
