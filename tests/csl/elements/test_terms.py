"""Terms are raised and lowered as their language does."""

from __future__ import annotations

import pytest

from small_styles import cited

ITEM = {"type": "book", "title": "der kalte krieg", "author": [{"family": "A"}, {"family": "B"}], "page": "1"}


@pytest.mark.parametrize(("case", "right"), [("capitalize-first", "İçinde"), ("uppercase", "İÇİNDE")])
def test_terms_follow_the_letters_of_their_language(case: str, right: str) -> None:
    assert cited(f'<text term="in" text-case="{case}"/>', ITEM, locale="tr-TR") == right


@pytest.mark.parametrize("name", ["page", "et-al", "editor"])
def test_labels_and_words_behind_names_do_too(name: str) -> None:
    words = f'<locale xml:lang="tr"><terms><term name="{name}">ix</term></terms></locale>'
    layout = {
        "page": '<label variable="page" text-case="uppercase"/>',
        "et-al": '<names variable="author"><name et-al-min="1" et-al-use-first="1"/></names>',
        "editor": '<names variable="editor"><label text-case="uppercase"/></names>',
    }[name]
    # text-case is no attribute of et-al by the schema, but names in capitals have it from where they stand
    layout = layout.replace("</names>", '<et-al text-case="uppercase"/></names>') if name == "et-al" else layout
    assert cited(layout, {**ITEM, "editor": [{"family": "C"}]}, locale="tr-TR", before=words).endswith("İX")


def test_title_case_is_for_english_fields() -> None:
    layout = '<text variable="title" text-case="title"/>'
    assert cited(layout, ITEM, locale="de-DE") == "der kalte krieg"
    assert cited(layout, {**ITEM, "language": "de"}) == "der kalte krieg"
    assert cited(layout, ITEM) == "Der Kalte Krieg"
