from __future__ import annotations

import pytest

from alliancebib.model import KINDS, Reference
from alliancebib.rules.kinds import apply


@pytest.mark.parametrize(
    ("reference", "kind"),
    [
        (Reference(container_title="A", volume="3"), "article-journal"),
        (Reference(container_title="A", volume="3", publisher="B", page="1-2"), "article-journal"),
        (Reference(container_title="A", page="1-2", publisher="B"), "chapter"),
        (Reference(container_title="A", page="1-2", isbn="978"), "chapter"),
        (Reference(title="A", url="https://example.org/"), "webpage"),
        (Reference(title="A", isbn="978", url="https://example.org/"), "book"),
        (Reference(title="A", publisher="B"), "book"),
    ],
)
def test_fields_show_the_kind(reference: Reference, kind: str) -> None:
    tidy, findings = apply(reference)
    assert (tidy.kind, findings) == (kind, ())
    assert tidy.provenance[-1].actor == "kinds"
    assert tidy.provenance[-1].confidence < 1


@pytest.mark.parametrize(
    "reference",
    [
        Reference(title="A"),
        Reference(container_title="A"),
        Reference(container_title="A", page="1"),
        Reference(container_title="A", volume="1", isbn="978"),
        Reference(url="https://example.org/", doi="10.1/x"),
        Reference(url="https://example.org/", publisher="B"),
    ],
)
def test_where_fields_leave_a_doubt_the_kind_stays(reference: Reference) -> None:
    assert apply(reference)[0] is reference


@pytest.mark.parametrize("kind", sorted(KINDS - {"document"}))
def test_no_other_kind_is_changed(kind: str) -> None:
    reference = Reference(kind=kind, container_title="A", volume="3", isbn="978", url="https://example.org/")
    assert apply(reference)[0] is reference
