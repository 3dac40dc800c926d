from __future__ import annotations

import pytest

from alliancebib.model import Name, Origin, Reference
from alliancebib.rules.unicode import apply


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("Cafe\u0301", "Café"),
        ("Collec\u00adtive\u200b Security", "Collective Security"),
        ("A\u00a0b\u202f c", "A b c"),
        ("two\nlines\tand a bell\x07", "two lines and a bell"),
        ("\ufeffTitle\u200e", "Title"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # the joiner is part of Persian spelling
        ("zero\u200dwidth", "zerowidth"),
        ("👩\u200d🚀", "👩\u200d🚀"),
        ("СSТО", "СSТО"),  # Cyrillic and Latin letters mixed: not for us to guess
    ],
)
def test_text_is_cleaned(given: str, clean: str) -> None:
    assert apply(Reference(title=given))[0].title == clean


def test_names_and_other_variables_are_cleaned_and_origins_are_not() -> None:
    raw = "Aris\u00a0S."
    reference = Reference(
        author=(Name(family="Ari\u00ads", given="S.\u00a0 M."),),
        extra={
            "event-title": "CSTO\u00a0Summit",
            "bibtex:annote": "as\u00a0written",
            "chair": (Name(literal="A\u200b"),),
        },
        origins=(Origin(raw=raw),),
    )
    tidy, findings = apply(reference)
    assert tidy.author == (Name(family="Aris", given="S. M."),)
    assert tidy.extra == {
        "event-title": "CSTO Summit",
        "bibtex:annote": "as\u00a0written",
        "chair": (Name(literal="A"),),
    }
    assert tidy.origin.raw == raw
    assert findings == ()
    assert tidy.provenance[-1].actor == "unicode"
    assert set(tidy.provenance[-1].fields) == {"author", "extra"}


def test_lines_of_notes_stay_lines() -> None:
    assert apply(Reference(note="One\u00a0 line\r\n\r\n\r\nanother "))[0].note == "One line\n\nanother"


def test_addresses_are_left_to_their_own_rule() -> None:
    reference = Reference(url="https://example.org/cafe\u0301", doi="10.1/A")
    assert apply(reference) == (reference, ())
