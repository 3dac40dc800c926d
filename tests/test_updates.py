"""What became of a work: written as text, read again, and told from what is only a word in a title."""

from __future__ import annotations

import pytest

from alliancebib.model import Reference
from alliancebib.updates import (
    Update,
    is_marked_retracted,
    later_forms,
    own_updates,
    updates_as_text,
    updates_of,
)

SICI = "10.1002/(sici)1097-461x(1998)66:4<261::aid-qua1>3.0.co;2-t"
UPDATES = (
    Update(kind="retraction", doi=SICI, date="2024-02-01", source="retraction-watch"),
    Update(kind="expression_of_concern", doi="10.5555/a,b(1)"),
    Update(kind="correction", doi="10.5555/c", source="publisher", label="Author correction by the editors"),
    Update(kind="new_version", doi="10.5555/d", date="2024"),
)


def test_what_is_written_is_read_again() -> None:
    record = Reference(extra={"crossref:updated-by": updates_as_text(UPDATES)})
    assert updates_of(record) == UPDATES
    assert own_updates(record) == later_forms(record) == ()


def test_only_an_update_of_itself_is_about_a_work() -> None:
    text = updates_as_text([Update(kind="retraction", doi="10.5555/old"), Update(kind="correction", doi="10.5555/own")])
    notice = Reference(doi="10.5555/own", extra={"other:update-to": text})
    assert [update.doi for update in updates_of(notice)] == ["10.5555/own"]
    assert [update.doi for update in own_updates(notice)] == ["10.5555/old", "10.5555/own"]


def test_what_names_no_type_or_work_says_nothing() -> None:
    assert updates_as_text([Update(kind="", doi="10.5555/1"), Update(kind="retraction", doi="")]) == ""
    assert updates_as_text([Update(kind="retraction", doi="10.5555/a b", label="(x); y")]).count("; ") == 0
    assert updates_of(Reference(extra={"crossref:updated-by": "nothing", "status": "retracted"})) == ()


@pytest.mark.parametrize(
    ("title", "marked"),
    [
        ("RETRACTED: A drug", True),
        ("Retracted Article: A drug", True),
        ("[Retracted] A drug", True),
        ("WITHDRAWN: A drug", True),
        ("A drug (Retracted article)", True),
        ("A drug [RETRACTED]", True),
        ("Retracted potential landscapes", False),
        ("Retraction: A drug", False),
        ("Retraction note to: A drug", False),
        ("Why papers are retracted", False),
        ("Withdrawn and isolated states", False),
        ("Retracted", False),
    ],
)
def test_titles_that_call_their_work_retracted(title: str, marked: bool) -> None:
    assert is_marked_retracted(title) is marked
