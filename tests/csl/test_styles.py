"""Styles by name, path and alias; what is no style is told in one sentence and opens nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from citeproc import SCHEMA_PATH
from lxml import etree

from alliancebib.csl import load_style, parse_style, style_names, style_title
from alliancebib.errors import StyleError, UnknownName
from shared_data import ROOT
from small_styles import style_xml

INFO = "<info><title>Mine</title><id>x</id>{links}<updated>2026-01-01T00:00:00+00:00</updated></info>"
STYLE = f"""<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="note" default-locale="de-DE">{INFO}
{{macros}}<citation><layout><text variable="title"/></layout></citation></style>"""
TITLE = '<text value="{}"/>'
OURS = ("alliance-literature", "alliance-news")


def style_file(folder: Path, name: str = "mine.csl", *, parent: str = "", macros: str = "") -> Path:
    links = f'<link href="http://www.zotero.org/styles/{parent}" rel="independent-parent"/>' if parent else ""
    path = folder / name
    path.write_text(STYLE.format(links=links, macros=macros), "utf-8")
    return path


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("apa", "apa"),
        ("APA", "apa"),
        ("apa.csl", "apa"),
        ("http://www.zotero.org/styles/apa", "apa"),
        ("mla", "modern-language-association"),
        ("Chicago", "chicago-author-date"),
        ("chicago author date", "chicago-author-date"),
        ("harvard", "harvard-cite-them-right"),
        ("vancouver", "nlm-citation-sequence"),
        ("chicago-fullnote-bibliography", "chicago-notes-bibliography"),
        ("alliance-news", "alliance-news"),
    ],
)
def test_names(given: str, name: str) -> None:
    assert load_style(given).name == name


def test_a_dependent_style_has_the_layout_of_its_parent_and_its_own_title() -> None:
    style, parent = load_style("2d-materials"), load_style("institute-of-physics-numeric")
    assert (style.title, style.parent, style.data) == ("2D Materials", parent.name, parent.data)
    assert style.has_bibliography
    assert "creativecommons" in style.licence


def test_a_dependent_style_keeps_its_own_language() -> None:
    german = [name for name in style_names("zeitschrift") if load_style(name).parent]
    assert any(load_style(name).default_locale == "de-DE" for name in german)


def test_names_are_many_sorted_and_searched_by_words() -> None:
    names = style_names()
    assert len(names) > 10_000
    assert list(names) == sorted(names)
    assert set(OURS) <= set(names)
    assert set(style_names("Harvard right")) < set(style_names("harvard"))
    assert style_title("nature") == "Nature"


@pytest.mark.parametrize(
    ("given", "near"),
    [
        ("apaa", ("apa", "apa-annotated-bibliography")),
        ("chicago-autor-date", ("chicago-author-date",)),
        ("nature-comm", ("nature-communications",)),
    ],
)
def test_an_unknown_name_is_answered_with_near_ones(given: str, near: tuple[str, ...]) -> None:
    with pytest.raises(UnknownName) as caught:
        load_style(given)
    assert set(near) <= set(caught.value.near)
    assert f"`{given}`" in caught.value.message
    assert "--search" in caught.value.help


def test_a_file(tmp_path: Path) -> None:
    style = load_style(style_file(tmp_path))
    assert (style.title, style.style_class, style.default_locale) == ("Mine", "note", "de-DE")
    assert not style.has_bibliography


def test_a_file_may_depend_on_a_known_style_or_on_its_neighbour(tmp_path: Path) -> None:
    assert load_style(style_file(tmp_path, parent="apa")).data == load_style("apa").data
    neighbour = style_file(tmp_path, "theirs.csl")
    dependent = load_style(style_file(tmp_path, parent="theirs"))
    assert (dependent.parent, dependent.data) == ("theirs", load_style(neighbour).data)


def test_utf_16_is_read(tmp_path: Path) -> None:
    path = style_file(tmp_path)
    path.write_bytes(('<?xml version="1.0" encoding="utf-16"?>' + path.read_text("utf-8")).encode("utf-16"))
    assert load_style(path).title == "Mine"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no XML"),
        (b"\x89PNG\r\n\x1a\n\0\0", "no XML"),
        (b"<style", "no XML"),
        (b"<html/>", "no CSL style"),
        (b'<style xmlns="urn:other"/>', "no CSL style"),
        (b'<locale xmlns="http://purl.org/net/xbiblio/csl"/>', "locale"),
        (b'<style xmlns="http://purl.org/net/xbiblio/csl"/>', "no layout"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><style xmlns="http://purl.org/net/xbiblio/csl">&a;</style>', "document type"),
        (b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><style>&e;</style>', "document type"),
        (b"<style>" + b" " * 4_000_001 + b"</style>", "larger"),
    ],
)
def test_what_is_no_style(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "bad.csl"
    path.write_bytes(content)
    with pytest.raises(StyleError, match=words) as caught:
        load_style(path)
    assert caught.value.place.startswith(str(path))
    assert caught.value.help


def test_an_entity_bomb_is_not_expanded(tmp_path: Path) -> None:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    path = tmp_path / "bomb.csl"
    path.write_text(f'<!DOCTYPE x [<!ENTITY a0 "ha">{levels}]><style>&a11;</style>', "utf-8")
    with pytest.raises(StyleError):
        load_style(path)


@pytest.mark.parametrize(
    ("parent", "macros", "words"),
    [
        ("no-such-style-anywhere", "", "not to be found"),
        ("mine", "", "depends on itself"),
        ("", '<macro name="a"><text macro="b"/></macro>', "which it has not"),
        (
            "",
            '<macro name="a"><group><text macro="b"/></group></macro><macro name="b"><text macro="a"/></macro>',
            "end",
        ),
    ],
)
def test_what_a_style_calls_must_be_there(tmp_path: Path, parent: str, macros: str, words: str) -> None:
    with pytest.raises(StyleError, match=words):
        load_style(style_file(tmp_path, parent=parent, macros=macros))


def test_two_styles_that_depend_on_each_other(tmp_path: Path) -> None:
    style_file(tmp_path, "other.csl", parent="mine")
    with pytest.raises(StyleError, match="depends on itself"):
        load_style(style_file(tmp_path, parent="other"))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StyleError, match="cannot be read") as caught:
        load_style(tmp_path / "none.csl")
    assert caught.value.place == str(tmp_path / "none.csl")


@pytest.mark.parametrize("name", OURS)
def test_our_styles_are_valid_and_free(name: str) -> None:
    schema = etree.RelaxNG(etree.parse(SCHEMA_PATH))
    schema.assertValid(etree.parse(str(ROOT / "styles" / f"{name}.csl")))
    style = load_style(name)
    assert style.licence.endswith("/zero/1.0/")
    assert style.title


@pytest.mark.parametrize("encoding", ["iso-8859-1", "utf-16", "utf-8", "nonsense"])
def test_a_style_given_as_text_has_no_encoding_left(encoding: str) -> None:
    style = parse_style(f'<?xml version="1.0" encoding="{encoding}"?>\n{style_xml("", TITLE.format("é–"))}')
    assert "é–" in style.data.decode("utf-8")


def test_half_a_surrogate_pair_in_a_style_is_named() -> None:
    with pytest.raises(StyleError, match="surrogate"):
        parse_style(style_xml(TITLE.format("\ud800")))


@pytest.mark.parametrize(
    ("calls", "name"), [({"a": "b", "b": "c", "c": "b"}, "b"), ({"a": "a"}, "a"), ({"a": "b", "b": "c", "c": ""}, "")]
)
def test_macros_that_call_themselves_are_named(calls: dict[str, str], name: str) -> None:
    macros = [
        f'<macro name="{macro}">' + (f'<text macro="{called}"/>' if called else TITLE.format("x")) + "</macro>"
        for macro, called in calls.items()
    ]
    style = style_xml('<text macro="a"/><text macro="a"/>', before="".join(macros))
    if not name:
        assert parse_style(style).name == "style"
        return
    with pytest.raises(StyleError, match=f"`{name}` calls itself"):
        parse_style(style)
