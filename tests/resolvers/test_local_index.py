"""The index of records on this machine: what goes in, what is found, and what happens where something is wrong."""

from __future__ import annotations

import gzip
import io
import json
import sqlite3
import tarfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import ClassVar

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliancebib.errors import InputError, OutputError, UnreachableError
from alliancebib.model import Name, Origin, Reference
from alliancebib.resolvers._index import KEPT, make_index, words_of
from alliancebib.resolvers._records import record_to_reference
from alliancebib.resolvers.local import Local, Made, make
from services import record
from shared_data import shared

SICI = "10.1002/(sici)1097-461x(1998)66:4<261::aid-qua1>3.0.co;2-t"
RECORDS = [
    record(
        "10.1093/CJIP/POY008",
        "Protective Integration and Security Policy Coordination: Comparing the SCO and CSTO",
        ("Roy", "Allison"),
        2018,
        "The Chinese Journal of International Politics",
        ("11", "3", "297-338"),
        abstract="No part of a reference.",
        reference=[{"unstructured": "No part of a reference either."}],
    ),
    record("10.5555/aris", "Collective security treaty organization", ("Stephen", "Aris"), 2014, kind="book-chapter"),
    record(SICI, "Renormalized perturbation theory", ("A", "Author"), 1998),
    record("10.5555/a,b\u00e4 c%d#?&'\"", "A <i>comma</i> in its name", ("B", "Müller"), 2001),
    *(record(f"10.5555/n{number}", f"Security number {number}", ("C", "Author"), 2000) for number in range(60)),
]


def lines_of(records: Sequence[object]) -> bytes:
    return "".join(f"{json.dumps(one)}\n" for one in records).encode()


def indexed(folder: Path, content: bytes, name: str = "records.jsonl") -> tuple[Local, Made]:
    source = folder / name
    source.write_bytes(content)
    made = make_index([source], folder / "records.index")
    return Local(folder / "records.index"), made


@pytest.fixture
def local(tmp_path: Path) -> Local:
    return indexed(tmp_path, lines_of(RECORDS))[0]


def asked(text: str) -> Reference:
    return Reference(id="x", title=text, origins=(Origin(raw=text),))


FORMS = {
    "lines": lines_of(RECORDS),
    "lines with a mark of their encoding": b"\xef\xbb\xbf" + lines_of(RECORDS),
    "lines with empty ones and carriage returns": b"\r\n" + lines_of(RECORDS).replace(b"\n", b"\r\n\r\n"),
    "a list": json.dumps(RECORDS).encode(),
    "a list over several lines": json.dumps(RECORDS, indent=1).encode(),
    "a list that begins with a record": b"[" + b",\n".join(json.dumps(one).encode() for one in RECORDS) + b"]",
    "a slice of the public data file": json.dumps({"items": RECORDS}).encode(),
    "a slice over several lines": json.dumps({"items": RECORDS}, indent=2).encode(),
    "an answer": json.dumps({"status": "ok", "message-type": "work-list", "message": {"items": RECORDS}}).encode(),
    "answers, one a line": lines_of([{"message": {"items": RECORDS[:30]}}, {"message": {"items": RECORDS[30:]}}]),
}


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("form", FORMS)
def test_records_are_read_in_every_form(tmp_path: Path, form: str, *, packed: bool) -> None:
    content = gzip.compress(FORMS[form]) if packed else FORMS[form]
    local, made = indexed(tmp_path, content, "records.json")  # what it is, is seen in the file, not in its name
    assert made == Made(records=len(RECORDS), again=0, unread=0)
    found = local.lookup("10.1093/cjip/poy008")
    assert found is not None
    assert (found.page, found.author[0].family, found.year) == ("297-338", "Allison", 2018)


def test_an_answer_with_one_work_is_one_record(tmp_path: Path) -> None:
    content = json.dumps({"status": "ok", "message-type": "work", "message": RECORDS[0]}).encode()
    assert indexed(tmp_path, content)[1].records == 1
    assert indexed(tmp_path, json.dumps(RECORDS[0], indent=2).encode())[1].records == 1


def test_the_last_of_records_with_one_doi_is_kept(tmp_path: Path) -> None:
    again = [record("10.5555/ARIS", f"A later title {number}", ("Stephen", "Aris"), 2015) for number in range(20)]
    local, made = indexed(tmp_path, lines_of([*RECORDS, *again]))
    assert made == Made(records=len(RECORDS), again=20, unread=0)
    work = local.lookup("10.5555/aris")
    assert work is not None
    assert work.title == "A later title 19"
    assert [one.doi for one in local.search(asked("A later title 19 Aris 2015"), limit=5)].count("10.5555/aris") == 1


def test_a_record_that_came_twice_takes_no_place_of_others(tmp_path: Path) -> None:
    local, _ = indexed(tmp_path, lines_of([*RECORDS, *RECORDS]))
    found = local.search(asked("Security number"), limit=10)
    assert len({work.doi for work in found}) == 10


def test_lines_that_are_none_are_counted(tmp_path: Path) -> None:
    odd = [b"{", b"no json", b"[1, null]", b"null", b'"text"', b'{"title": ["no DOI"]}', b'{"DOI": 7}', b'{"DOI": " "}']
    for first in (odd[:1], odd[1:], []):
        content = b"\n".join([*first, lines_of(RECORDS).rstrip(), *odd, b"\xff\xfe"])
        _, made = indexed(tmp_path, content)
        assert made.records == len(RECORDS)
        assert made.unread == len(first) + len(odd) + 1 + ([*first, *odd].count(b"[1, null]"))


def test_records_with_odd_values_are_records(tmp_path: Path) -> None:
    odd = [
        {"DOI": "10.5555/1", "title": "Not a list", "author": "nobody", "issued": None, "volume": 3, "page": ["1"]},
        {"DOI": "10.5555/2", "title": [None, 7], "author": [None, {"family": None}, 3], "issued": {"date-parts": [[]]}},
        {"DOI": "10.5555/3", "issued": {"date-parts": [["MMXX"]]}, "posted": {"date-parts": [[1e999]]}},
        {"DOI": "10.5555/4", "title": ["\x00\u202e\ud83d\ude00 and 'quotes\" OR (x) NEAR *"]},
        {"DOI": "10.5555/5", "title": [{"a": "b"}], "container-title": {"a": 1}, "published": 5},
    ]
    content = b"".join(json.dumps(one).replace("Infinity", "1e999").encode() + b"\n" for one in odd)
    local, made = indexed(tmp_path, content)
    assert made.records == 5 - made.unread
    assert local.lookup("10.5555/1") is not None
    assert [work.doi for work in local.search(asked("'quotes\" OR (x) NEAR *"))] == ["10.5555/4"]


def test_what_a_reference_cannot_hold_is_not_kept(tmp_path: Path) -> None:
    indexed(tmp_path, lines_of(RECORDS[:1]))
    assert b"No part of a reference" not in (tmp_path / "records.index").read_bytes()


@pytest.mark.parametrize("content", [b"", b"\n\n", b"{}", b"[]", b'{"items": []}', b"DOI,title\n10.5555/1,A\n"])
def test_a_source_without_records_is_a_mistake(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(InputError, match="no record of Crossref is in it") as caught:
        indexed(tmp_path, content)
    assert caught.value.exit_code == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["records.jsonl"]


@pytest.mark.parametrize("damage", ["cut", "flipped"])
def test_a_damaged_source_leaves_the_older_index(tmp_path: Path, damage: str) -> None:
    indexed(tmp_path, lines_of(RECORDS))
    before = (tmp_path / "records.index").read_bytes()
    packed = bytearray(gzip.compress(lines_of(RECORDS)))
    damaged = packed[: len(packed) // 2] if damage == "cut" else packed[:200] + b"\xff" * 40 + packed[240:]
    (tmp_path / "new.jsonl.gz").write_bytes(damaged)
    with pytest.raises(InputError, match=r"no record could be read: .*new\.jsonl\.gz cannot be read"):
        make_index([tmp_path / "new.jsonl.gz"], tmp_path / "records.index")
    assert (tmp_path / "records.index").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new.jsonl.gz", "records.index", "records.jsonl"]


@pytest.mark.parametrize("damage", ["cut", "flipped"])
def test_a_damaged_source_costs_no_other(tmp_path: Path, damage: str) -> None:
    packed = bytearray(gzip.compress(lines_of(RECORDS)))
    damaged = packed[: len(packed) // 2] if damage == "cut" else packed[:200] + b"\xff" * 40 + packed[240:]
    (tmp_path / "1.jsonl.gz").write_bytes(damaged)
    (tmp_path / "2.jsonl").write_bytes(lines_of(RECORDS))
    made = make_index([tmp_path / "1.jsonl.gz", tmp_path / "2.jsonl"], tmp_path / "records.index")
    assert made.records == len(RECORDS)
    assert [sentence.partition(" cannot")[0] for sentence in made.damaged] == [str(tmp_path / "1.jsonl.gz")]


@pytest.mark.parametrize("packed", [False, True])
def test_an_archive_of_slices_is_read_as_it_came(tmp_path: Path, *, packed: bool) -> None:
    """The public data file: a tar file of packed slices. One of them is damaged here."""
    slices = {
        "data/0.json.gz": gzip.compress(json.dumps({"items": RECORDS[:20]}).encode()),
        "data/1.json.gz": gzip.compress(lines_of(RECORDS))[:-30],
        "data/2.jsonl": lines_of(RECORDS[20:]),
        "data/README.md": b"no record",
    }
    with tarfile.open(tmp_path / "records.tar", "w:gz" if packed else "w") as archive:
        for name, content in slices.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    made = make_index([tmp_path / "records.tar"], tmp_path / "records.index")
    assert (made.records, made.unread) == (len(RECORDS), 0)
    (sentence,) = made.damaged
    assert "records.tar: data/1.json.gz cannot be read to its end" in sentence


class Noting(dict[str, object]):
    """A record that notes which of its parts were looked at."""

    looked_at: ClassVar[set[str]] = set()

    def get(self, key: str, default: object = None) -> object:
        self.looked_at.add(key)
        return super().get(key, default)


def test_all_that_a_reference_can_hold_is_kept() -> None:
    for kind in ("journal-article", "dissertation", "posted-content", "proceedings-article"):
        record_to_reference(Noting({"type": kind, "title": ["A"], "DOI": "10.5555/1"}))
    assert Noting.looked_at - {"relation"} <= KEPT


def test_a_preprint_is_one_and_leads_to_its_article(tmp_path: Path) -> None:
    """Of the relations those to later forms are kept; a book has one to each of its chapters."""
    article = {"id-type": "doi", "id": "10.5555/article", "asserted-by": "subject"}
    relation = {"is-preprint-of": [article], "has-part": [{"id-type": "doi", "id": "10.5555/PART"}]}
    preprint = record("10.5555/pre", "A preprint", ("A", "Author"), 2020, kind="posted-content") | {
        "subtype": "preprint",
        "relation": relation,
    }
    found = indexed(tmp_path, lines_of([preprint]))[0].lookup("10.5555/pre")
    assert found is not None
    assert msgspec.structs.replace(found, provenance=()) == msgspec.structs.replace(
        record_to_reference(preprint), provenance=()
    )
    assert (found.genre, found.extra["crossref:later"]) == ("Preprint", "is-preprint-of 10.5555/article")
    assert b"10.5555/PART" not in (tmp_path / "records.index").read_bytes()


@pytest.mark.parametrize("kind", ["component", "grant"])
def test_figures_and_grants_are_no_candidates(tmp_path: Path, kind: str) -> None:
    """A supplement bears the title of its article, and has a DOI of its own, which can be looked up."""
    part = record("10.5555/part", "One title of a work", ("A", "Author"), 2001, kind=kind)
    article = record("10.5555/article", "One title of a work", ("A", "Author"), 2001)
    local, _ = indexed(tmp_path, lines_of([part, article]))
    assert [work.doi for work in local.search(asked("Author, One title of a work, 2001"), limit=1)] == [
        "10.5555/article"
    ]
    assert local.lookup("10.5555/part") is not None


def test_a_stop_in_the_middle_leaves_the_older_index(tmp_path: Path) -> None:
    local, _ = indexed(tmp_path, lines_of(RECORDS))

    def stop(what: str, done: int, whole: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_index([tmp_path / "records.jsonl"], tmp_path / "records.index", progress=stop)
    assert local.lookup("10.5555/aris")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["records.index", "records.jsonl"]


def test_records_are_not_overwritten_by_their_index(tmp_path: Path) -> None:
    source = tmp_path / "records.jsonl"
    source.write_bytes(lines_of(RECORDS))
    with pytest.raises(OutputError, match="holds records"):
        make_index([source], source)
    assert source.read_bytes() == lines_of(RECORDS)


def test_an_index_that_cannot_be_written_is_a_mistake(tmp_path: Path) -> None:
    source = tmp_path / "records.jsonl"
    source.write_bytes(lines_of(RECORDS))
    with pytest.raises(OutputError):
        make_index([source], source / "below-a-file" / "records.index")
    with pytest.raises(InputError):
        make_index([tmp_path / "missing.jsonl"], tmp_path / "records.index")
    made = make_index([source], tmp_path / "new" / "folder" / "records.index")
    assert made.records == len(RECORDS)


def test_a_link_to_an_index_stays_one(tmp_path: Path) -> None:
    indexed(tmp_path, lines_of(RECORDS[:1]))
    (tmp_path / "link").symlink_to(tmp_path / "records.index")
    (tmp_path / "records.jsonl").write_bytes(lines_of(RECORDS))
    make_index([tmp_path / "records.jsonl"], tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert Local(tmp_path / "records.index").lookup("10.5555/aris")


def test_no_index_is_said_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UnreachableError, match=r"there is no index of records .*missing\.index") as caught:
        make(base_url=str(tmp_path / "missing.index"))
    assert "alliancebib index" in caught.value.help


def test_the_index_of_another_version_is_not_asked(tmp_path: Path) -> None:
    indexed(tmp_path, lines_of(RECORDS))
    with closing(sqlite3.connect(tmp_path / "records.index")) as database:
        database.execute("UPDATE about SET value = '0'")
        database.commit()
    with pytest.raises(UnreachableError, match="another version") as caught:
        make(base_url=str(tmp_path / "records.index"))
    assert caught.value.exit_code == 3


@pytest.mark.parametrize("content", [b"", b"@article{k}\n" * 500, b"SQLite format 3\x00" + b"\x00" * 4096])
def test_what_is_no_index_is_said_in_one_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "records.index").write_bytes(content)
    with pytest.raises(UnreachableError, match="could not be asked") as caught:
        make(base_url=str(tmp_path / "records.index"))
    assert "it is no index, or is damaged" in str(caught.value)


def test_a_damaged_index_is_said_in_one_sentence(tmp_path: Path) -> None:
    indexed(tmp_path, lines_of(RECORDS))
    path = tmp_path / "records.index"
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\xa5" * (len(whole) - 8192))
    with pytest.raises(UnreachableError, match="could not be asked"):
        make(base_url=str(path)).search(asked("Protective integration Allison"))


@pytest.mark.parametrize("doi", [one["DOI"] for one in RECORDS[:4]])
def test_any_doi_is_looked_up_in_any_case(local: Local, doi: str) -> None:
    for form in (doi, doi.upper(), doi.lower()):
        found = local.lookup(form)
        assert found is not None
        assert found.doi == doi.lower()


def test_what_is_not_there_is_not_found(local: Local) -> None:
    assert local.lookup("10.5555/missing") is None
    assert local.lookup("") is None
    assert list(local.lookup_many(["10.5555/MISSING", "10.5555/N2", SICI, "10.5555/n2"])) == ["10.5555/n2", SICI]


def test_works_are_found_by_their_rarest_words(local: Local) -> None:
    line = "Allison R. Security number Security: Protective integration. Chin J Int Polit. 2018;11(3):297"
    assert local.search(asked(line))[0].doi == "10.1093/cjip/poy008"
    assert local.search(asked("[3] B. MULLER, a comma, 2001"))[0].doi.startswith("10.5555/a,b")
    assert local._rarest(["security", "allison", "nowhere"]) == ["allison", "security"]


def test_fields_are_asked_with_where_there_is_no_line(local: Local) -> None:
    wanted = Reference(title="Collective security treaty organization", author=(Name(family="Aris"),))
    found = local.search(wanted, limit=3)
    assert (found[0].doi, found[0].kind, len(found)) == ("10.5555/aris", "chapter", 3)


@pytest.mark.parametrize("text", ["", "?!", "«»", "qwertz"])
def test_nothing_to_ask_with_finds_nothing(local: Local, text: str) -> None:
    assert local.search(asked(text)) == ()
    assert local.search(Reference()) == ()


def test_threads_share_a_resolver(local: Local) -> None:
    wanted = [asked(f"Security number {number % 60}. Author, 2000") for number in range(400)]
    with ThreadPoolExecutor(8) as executor:
        found = list(executor.map(lambda one: local.search(one)[0].doi, wanted))
    assert found == [f"10.5555/n{number % 60}" for number in range(400)]


def test_the_index_is_read_from_where_nothing_may_be_written(local: Local, tmp_path: Path) -> None:
    odd = tmp_path / "a folder #1 %41?"
    odd.mkdir()
    (tmp_path / "records.index").rename(odd / "records.index")
    odd.chmod(0o555)
    try:
        assert Local(odd / "records.index").search(asked("Protective integration"))
        assert [path.name for path in odd.iterdir()] == ["records.index"]
    finally:
        odd.chmod(0o755)


def test_progress_ends_at_the_whole(tmp_path: Path) -> None:
    source = tmp_path / "records.jsonl"
    source.write_bytes(lines_of([{"DOI": f"10.5555/{number}"} for number in range(12_000)]))
    seen: list[tuple[str, int, int]] = []
    make_index([source], tmp_path / "records.index", progress=lambda *all_: seen.append(all_))
    assert [done for _, done, _ in seen] == sorted(done for _, done, _ in seen)
    assert seen[-1][1:] == (source.stat().st_size, source.stat().st_size)


@given(st.text(max_size=80))
def test_words_are_folded_and_none_holds_a_blank_or_a_mark(text: str) -> None:
    for word in words_of(text):
        assert word == "".join(word.split())
        assert 0 < len(word) <= 40
        assert not set(word) & set("\"'()*-_")


def test_the_shared_corpus_is_found_by_its_strings(tmp_path: Path) -> None:
    corpus = shared("crossref/records.jsonl.gz")
    made = make_index([corpus], tmp_path / "records.index")
    assert (made.records, made.unread) == (13_587, 0)
