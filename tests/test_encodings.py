"""Bytes become the text that was meant, and what is no text is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliancebib.encodings import binary_format, decode

SAMPLES = {
    "Münchner Gespräche über Zürich": "latin-1 cp1252 utf-16 utf-16-le utf-16-be utf-8-sig utf-32",
    "“Quoted” – a dash’s work": "cp1252 utf-8 utf-16-le",
    "España: año nuevo en la alianza": "latin-1 cp1252",
    "Сбор ОДКБ в Минске: Путин и союзники": "cp1251 koi8-r utf-16 utf-16-le utf-16-be utf-8",
    "Zażółć gęślą jaźń w sojuszu": "cp1250",
    "İstanbul'da güvenlik görüşmeleri ışığında": "cp1254",
    "Η συμμαχία και η ασφάλεια": "cp1253",
}


@pytest.mark.parametrize(
    ("text", "encoding"), [(text, encoding) for text, names in SAMPLES.items() for encoding in names.split()]
)
def test_text_comes_back_as_it_was_meant(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text.removeprefix("\ufeff") == text


def test_a_guess_is_said_and_a_certainty_is_not() -> None:
    assert decode("Zürich".encode("cp1252")).guessed
    assert not decode("Zürich".encode()).guessed


@pytest.mark.parametrize(
    "head",
    [
        b'<html><head><meta charset="windows-1251">',
        b'<?xml version="1.0" encoding="windows-1251"?>',
        b"% Encoding: cp1251\n",
    ],
)
def test_a_declared_encoding_is_taken(head: bytes) -> None:
    found = decode(head + "ОДКБ".encode("cp1251"))
    assert found.text.endswith("ОДКБ")
    assert not found.guessed


def test_damaged_utf_8_stays_utf_8_and_is_counted() -> None:
    found = decode("Zürich, Genève, Köln ".encode() + b"\xff and more")
    assert found.encoding == "utf-8"
    assert found.replaced == 1


@pytest.mark.parametrize(
    "data", [b"%PDF-1.4\n", b"PK\x03\x04\x14\x00", b"\x89PNG\r\n\x1a\n", b"\x00\x01\x02\x03" * 30, bytes(range(32)) * 9]
)
def test_what_is_no_text_is_named(data: bytes) -> None:
    assert binary_format(data)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf_8_is_never_guessed_otherwise(text: str) -> None:
    data = text.encode()
    assert decode(data).text.removeprefix("\ufeff") == text.removeprefix("\ufeff")
    assert binary_format(b"a list: " + data) == ""


@given(st.binary())
def test_no_bytes_raise(data: bytes) -> None:
    assert isinstance(decode(data).text, str)
    assert isinstance(binary_format(data), str)
