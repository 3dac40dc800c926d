"""The cases of literature, each as a string alone: no heading says what it is, and the reading is the same.

Where it is another, the case stands in `OTHERWISE`, with the reason.
"""

from __future__ import annotations

import pytest

from alliancebib.parsers import parse_reference
from parsers.test_cases import CASES, fields_of

#: Case -> why a string alone is read in another way.
OTHERWISE = {
    "literature: nobody understands it": "A string alone may be a headline; a list of literature holds none.",
    "literature: acronym in front of Harvard": "The labels are almost certain, and find a family name of two words.",
    "heads: MLA entry of an encyclopedia": "By the labels what a known outlet has is an article of a paper.",
    "literature: MLA video": "The shape without a person's name is only looked for below a heading of literature.",
    "literature: ABNT article with two months": "Its only marks are names in capitals, as others write them.",
    "literature: ABNT newspaper with its section": "Its only marks are names in capitals, as others write them.",
    **dict.fromkeys(
        [
            "literature: Wikipedia: book of a series",
            "literature: SBL: volume and pages before the encyclopedia",
            "literature: a reprint behind",
            "literature: a newspaper in the place of the author",
            "literature: MLA: an address without its protocol",
            "literature: MLA: year before the university of a thesis",
            "literature: a numbered series between title and place",
            "literature: Harvard: a body of a broadcaster's name",
            "literature: Harvard: a press release with number and day",
            "literature: a year between a title that has the word of a body and its university",
        ],
        "The labels are surer than the style that fits, and err in a field.",
    ),
}
LITERATURE = [case for case in CASES if case[2].get("section") == "literature"]


@pytest.mark.parametrize(("name", "line", "expected"), LITERATURE, ids=[case[0] for case in LITERATURE])
def test_a_string_alone_is_read_as_below_its_heading(name: str, line: str, expected: dict[str, str]) -> None:
    wanted = {field: value for field, value in expected.items() if field != "section"}
    assert (fields_of(parse_reference(line)) == wanted) is (name not in OTHERWISE)


def test_those_read_otherwise_are_cases_and_few() -> None:
    assert set(OTHERWISE) <= {case[0] for case in LITERATURE}
    assert len(OTHERWISE) * 12 <= len(LITERATURE)
