"""A line that nobody could read, and the work that its DOI has: does the line speak of it?"""

from __future__ import annotations

import pytest

from alliancebib.matching import mentions
from alliancebib.model import Name, PartialDate, Reference

WORK = Reference(
    kind="article-journal",
    title="Protective integration and security policy coordination: Comparing the SCO and CSTO",
    author=(Name(family="Allison", given="Roy"),),
    issued=PartialDate(year=2018),
    volume="11",
)


@pytest.mark.parametrize(
    "text",
    [
        "10.5555/allison",
        "see https://doi.org/10.5555/allison",
        "PROTECTIVE INTEGRATION and Security Policy Coordination (SCO, CSTO) doi:10.5555/allison",
        "R. Allison, Chin. J. Int. Polit. 11, 297 doi:10.5555/allison",
        "Allison 2018 Chinese Journal pp 297 doi 10.5555/allison",
    ],
)
def test_the_line_speaks_of_it(text: str) -> None:
    assert mentions(text, WORK)


@pytest.mark.parametrize(
    "text",
    [
        "Fish and chips in the north of England, doi:10.5555/allison",
        "Allison and the fish of northern England doi:10.5555/allison",
        "Smith, Protective clothing at sea, 2018, doi:10.5555/allison",
    ],
)
def test_the_line_speaks_of_something_else(text: str) -> None:
    assert not mentions(text, WORK)
