from __future__ import annotations

import pytest

from alliancebib.model import Reference
from alliancebib.rules.titles import apply


@pytest.mark.parametrize(
    ("given", "tidy"),
    [
        ("“Managed security”", "Managed security"),
        ('"Managed security."', "Managed security"),
        ("«Роль ОДКБ».", "Роль ОДКБ"),
        ("„Das Bündnis“", "Das Bündnis"),
        ("‘Russia’s war’", "Russia’s war"),
        ("The summit ends.", "The summit ends"),
        ("Security in Eurasia (1992).", "Security in Eurasia (1992)"),
        ("To arms!.", "To arms!"),
        ("Whither the CSTO?.", "Whither the CSTO?"),
        ("Q&amp;A on &quot;peace&quot; &#8211; part 2", 'Q&A on "peace" – part 2'),
        ("R&amp;amp;D", "R&D"),
        ("Alliances&nbsp;today", "Alliances today"),
    ],
)
def test_what_came_with_copying_goes(given: str, tidy: str) -> None:
    assert apply(Reference(title=given))[0].title == tidy


@pytest.mark.parametrize(
    "title",
    [
        '"Peace" and "war"',
        "“Peace”: a word and its “friends”",
        "'Tis the alliance",
        "Russia and the U.S.",
        "A history of Boeing Inc.",
        "Treaties, vol.",
        "Portrait of George W.",
        "Die NATO, 3. Bd.",
        "And then ...",
        "And then…",
        "And then….",
        "PUTIN SAYS CSTO BLOC WILL HOLD",
        "AT&T and R&D",
        "“”",
        ".",
    ],
)
def test_what_belongs_to_a_title_stays(title: str) -> None:
    reference = Reference(title=title)
    assert apply(reference)[0] is reference


def test_full_stops_of_containers_stay_and_entities_are_read() -> None:
    tidy, _ = apply(Reference(container_title="Int. Aff. &amp; Def.", collection_title="Ser. B &lt;new&gt;."))
    assert (tidy.container_title, tidy.collection_title) == ("Int. Aff. & Def.", "Ser. B <new>.")
