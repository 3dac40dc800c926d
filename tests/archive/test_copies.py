"""What the availability service answers: only a copy of the page that was asked for, in the archive, is one."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliancebib.archive.copies import is_same_page, read_copy

BASE = "https://archive.org"
#: As the service answered in its documentation (https://archive.org/help/wayback_api.php), and as it does today.
RECORDED = """{"url": "example.com", "archived_snapshots": {"closest": {"status": "200", "available": true,
"url": "http://web.archive.org/web/20130919044612/http://example.com/", "timestamp": "20130919044612"}},
"timestamp": "20130919"}"""


def answer(**changes: object) -> bytes:
    value = json.loads(RECORDED)
    value["archived_snapshots"]["closest"] |= changes
    return json.dumps(value).encode()


def test_a_copy_is_given_with_https_and_its_day() -> None:
    copy = read_copy(RECORDED.encode(), "https://www.example.com/#top", base_url=BASE)
    assert copy is not None
    assert copy.url == "https://web.archive.org/web/20130919044612/http://example.com/"
    assert copy.day == date(2013, 9, 19)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"\xff",
        b"[" * 5000,
        b'{"archived_snapshots": {}}',
        b'{"archived_snapshots": null}',
        b'{"archived_snapshots": {"closest": null}}',
        b'{"archived_snapshots": {"closest": []}}',
        b'{"archived_snapshots": {"closest": {"status": "200"}}}',
        answer(status="302"),
        answer(status="404"),
        answer(status=None),
        answer(available=False),
        answer(url=7),
        answer(url="http://web.archive.org/web/20130919044612/http://example.com/other"),
        answer(url="http://web.archive.org/web/20131319044612/http://example.com/"),
        answer(url="http://web.archive.org/web/2013/http://example.com/"),
        answer(url="http://web.archive.org/web/*/http://example.com/"),
        answer(url="http://web.archive.org.evil.example/web/20130919044612/http://example.com/"),
        answer(url="http://evilarchive.org/web/20130919044612/http://example.com/"),
        answer(url="http://me:you@web.archive.org/web/20130919044612/http://example.com/"),
        answer(url="javascript:alert(1)//web.archive.org/web/20130919044612/http://example.com/"),
        answer(url="http://127.0.0.1/web/20130919044612/http://example.com/"),
        answer(url="http://web.archive.org/web/20130919044612/http://example.com/" + "a" * 10_000),
    ],
)
def test_what_is_no_copy_of_the_page_is_none(body: bytes) -> None:
    assert read_copy(body, "http://example.com", base_url=BASE) is None


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("http://web.archive.org/web/20130919044612/http://www.example.com:80/a/", "https://example.com/a"),
        ("https://web.archive.org/web/20130919044612/https:/example.com/a", "https://example.com/a"),
        ("https://web.archive.org/web/20130919044612id_/example.com/a?b=1&c=%20d", "https://example.com/a?b=1&c= d"),
        ("https://wayback.archive.org/all/20130919044612/http://xn--e1afmkfd.xn--p1ai/", "https://Пример.рф"),
    ],
)
def test_forms_of_one_address_are_one_page(url: str, asked: str) -> None:
    copy = read_copy(answer(url=url, status=200), asked, base_url=BASE)
    assert copy is not None
    assert copy.url.startswith("https://w")


def test_a_service_of_ones_own_has_its_own_copies() -> None:
    url = "http://pywb.home.arpa:8080/all/20130919044612/http://example.com/"
    copy = read_copy(answer(url=url), "http://example.com", base_url="http://pywb.home.arpa:8080")
    assert copy is not None
    assert copy.url == url
    assert read_copy(answer(url=url), "http://example.com", base_url=BASE) is None


def test_nothing_in_an_address_can_break_a_line() -> None:
    url = "http://web.archive.org/web/20130919044612/http://example.com/\x1b[31m\n} <b>\u202e"
    copy = read_copy(answer(url=url), "http://example.com/[31m} <b>\u202e", base_url=BASE)
    assert copy is None or (copy.url.isascii() and not set(copy.url) & set(" \n\x1b<>"))


@given(st.text("abzé/?&=%2_-."))
def test_an_address_is_the_same_page_as_itself_or_none(text: str) -> None:
    assert is_same_page(f"a.example/{text}", f"HTTPS://www.A.example/{text}#b")
    assert not is_same_page(f"http://a.example/{text}", "http://b.example/")


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda x: st.lists(x) | st.dictionaries(st.sampled_from(["archived_snapshots", "closest", "url", "status"]), x),
    )
)
def test_no_answer_raises(value: object) -> None:
    assert read_copy(json.dumps(value).encode(), "http://example.com", base_url=BASE) is None


@given(st.binary())
def test_no_bytes_raise(body: bytes) -> None:
    assert read_copy(body, "http://example.com", base_url=BASE) is None
