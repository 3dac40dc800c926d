# ruff: noqa: E501 - tables
"""Dates, addresses, outlets and heading words, each alone."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

from alliancebib.errors import SettingsError
from alliancebib.outline.addresses import date_in_url, site_of
from alliancebib.outline.dates import date_at
from alliancebib.outline.head import updated_in
from alliancebib.outline.outlets import load_outlets
from alliancebib.outline.words import heading_words
from alliancebib.page import Line, Page, Role
from alliancebib.parsers import parse_lines


@pytest.mark.parametrize(
    "text",
    [
        "29 October 2024", "Oct. 29th, 2024", "29 octobre 2024", "29 de octubre de 2024", "29 октября 2024 г.", "29. Oktober 2024",
        "29 жовтня 2024 року", "2024年10月29日", "2024 Oct 29", "29.10.2024", "10/29/2024", "2024-10-29", "29 Ekim 2024", "29 أكتوبر 2024",
    ],
)  # fmt: skip
def test_one_day_in_many_writings(text: str) -> None:
    found = date_at(text, 0)
    assert found is not None
    assert (str(found.date), found.end) == ("2024-10-29", len(text))


@pytest.mark.parametrize(
    "text", ["Latest Update: 3 May 2024", "Stand: 3.5.2024", "Mis à jour le 3 mai 2024", "Обновлено: 3 мая 2024"]
)
def test_the_day_of_change(text: str) -> None:
    assert str(updated_in(text)) == "2024-05-03"


@pytest.mark.parametrize(
    ("url", "date"),
    [
        ("https://a.org/2021/08/12/x", "2021-08-12"),
        ("https://a.org/2021/aug/12/x", "2021-08-12"),
        ("https://a.org/20210812/x", "2021-08-12"),
        ("https://a.org/story-2021-08-12/", "2021-08-12"),
        ("https://a.org/2021/08/x", "2021-08"),
        ("https://a.org/gsr/2024/e/19", "2024"),
        ("https://a.org/agenda/2063/", "None"),
        ("https://a.org/19909396", "None"),
        ("https://a.org/20211345/x", "None"),
        ("https://a.org/?d=2021/08/12", "None"),
        ("http://[bad/2021/08/12/", "None"),
    ],
)
def test_dates_of_addresses(url: str, date: str) -> None:
    assert str(date_in_url(url)) == date


def test_sites() -> None:
    assert site_of("https://en.odkb-csto.org/news") == site_of("https://odkb-csto.org") == "odkb-csto.org"


@pytest.mark.parametrize(
    ("text", "expects"),
    [
        ("Further Reading", "literature"), ("Books & Articles", "literature"), ("Aus der Presse", "news"), ("Revue de presse", "news"),
        ("Enlaces externos", "web"), ("Научная литература", "literature"), ("Статьи в СМИ", "news"), ("Gazete Haberleri", "news"),
        ("من الصحف", "news"), ("参考文献", "literature"), ("NATO in the News", "news"), ("Military Research Cooperation of China", ""),
        ("Membership", ""), ("Official Websites", "web"), ("Letteratura scientifica", "literature"), ("Література", "literature"),
    ],
)  # fmt: skip
def test_what_a_heading_announces(text: str, expects: str) -> None:
    assert heading_words(text, ["nato"]).expects == expects


def test_outlets_of_ones_own(tmp_path: Path) -> None:
    own = tmp_path / "outlets.toml"
    own.write_text('newspapers = ["Alliance Gossip"]\n', "utf-8")
    line = Line(number=1, text="Ministers meet in Minsk, Alliance Gossip", role=Role.ENTRY)
    page = Page(name="x", lines=(line,))
    assert parse_lines(page, outlets=[own])[0].container_title == "Alliance Gossip"
    assert parse_lines(page)[0].container_title == ""


@pytest.mark.parametrize("text", ["newspapers = [", None])
def test_outlets_that_cannot_be_used_are_named(tmp_path: Path, text: str | None) -> None:
    own = tmp_path / "outlets.toml"
    if text is not None:
        own.write_text(text, "utf-8")
    with pytest.raises(SettingsError) as caught:
        load_outlets([own])
    assert caught.value.place == str(own)


@pytest.mark.parametrize("name", ["dates", "addresses", "words", "outlets", "tails", "signs", "head", ""])
def test_examples_of_the_outline(name: str) -> None:
    module = importlib.import_module(f"alliancebib.outline.{name}".rstrip("."))
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize("name", ["_names", "_numbers", "_shapes", "citation", "headline", "link", ""])
def test_examples_of_the_parsers(name: str) -> None:
    module = importlib.import_module(f"alliancebib.parsers.{name}".rstrip("."))
    assert doctest.testmod(module).failed == 0
