"""Bytes come back as the text that was meant, in whatever encoding; what had to be guessed or replaced is said."""

from __future__ import annotations

import pytest

from alliancebib.errors import InputError
from alliancebib.files import source_of

#: Text -> encodings without a mark and without a declaration in which it must be recognised.
GUESSED = {
    "Münchner Gespräche über Sicherheit in Zürich und Genève": "cp1252 latin-1 mac-roman cp850",
    "L’Arménie gèle sa participation à l’alliance ; où va-t-elle ? Ça dépend": "cp1252",
    "La organización del tratado de seguridad colectiva en Asia: ¿qué será mañana?": "cp1252 mac-roman",
    "Rusland og æraen efter: på vej mod øst, får støtte": "cp1252",
    "Polska i Węgry: bezpieczeństwo wschodniej flanki, żołnierze śledzą": "cp1250 iso8859-2",
    "Česká republika a příští summit; většina členů": "cp1250 iso8859-2",
    "Türkiye ve Şanghay İşbirliği Örgütü arasında güvenlik ilişkisi": "cp1254",
    "Lietuvos kariuomenė ir NATO sąjungininkai šiandien": "cp1257",
    "Путин заявил, что блок развил контакты. Саммит в Минске": "cp1251 koi8-r cp866 iso8859-5 mac-cyrillic",
    "Интерфакс": "cp1251 koi8-r",
    "Збройні сили України провели навчання; їхній досвід цікавить НАТО": "cp1251 koi8-u",
    "Η Ελλάδα και η συμμαχία του ΝΑΤΟ στη Μεσόγειο": "cp1253",
    "ישראל והברית הצבאית": "cp1255",
    "منظمة شنغهاي للتعاون والأمن": "cp1256",
    "上海合作组织成员国举行联合军事演习，俄罗斯总统表示": "gb18030",
    "上海協力機構の加盟国が合同軍事演習を行った": "cp932 euc_jp",
    "상하이 협력 기구 회원국은 합동 군사 훈련을 실시했다": "cp949",
}


@pytest.mark.parametrize(
    ("text", "codec"), [(text, codec) for text, codecs in GUESSED.items() for codec in codecs.split()]
)
def test_a_guess_is_right_and_said(text: str, codec: str) -> None:
    source = source_of(b"A heading\n" + text.encode(codec), name="list.txt")
    assert source.text == f"A heading\n{text}"
    assert [(found.code, found.origin.page, found.origin.line) for found in source.findings] == [
        ("AB103", "list.txt", 2)
    ]
    assert source.encoding in source.findings[0].message


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", ["Саммит ОДКБ 2024\nв Минске", "Plain words\nof a list", "会议, 2024\n"])
def test_wide_encodings_need_no_guess(codec: str, text: str) -> None:
    source = source_of(text.encode(codec))
    assert (source.text, source.findings) == (text, ())


@pytest.mark.parametrize(
    ("head", "codec"),
    [
        ('<!doctype html><meta charset="windows-1251">', "cp1251"),
        ("<meta http-equiv=Content-Type content='text/html; charset=koi8-r'>", "koi8-r"),
        ('<?xml version="1.0" encoding="ISO-8859-5"?>', "iso8859-5"),
        ("% Encoding: Cp1251\n", "cp1251"),
        ("<meta charset=gb2312>", "gb18030"),
        ("<meta charset=shift_jis>", "cp932"),
    ],
)
def test_a_declared_encoding_is_believed(head: str, codec: str) -> None:
    text = head + ("上海" if codec in ("gb18030", "cp932") else "пдлв")
    source = source_of(text.encode(codec))
    assert (source.text, source.findings) == (text, ())


@pytest.mark.parametrize("declared", ["windows-1252", "iso-8859-1", "utf-16", "no-such-name", "rot13", "base64"])
def test_a_declaration_that_the_bytes_belie_is_not_believed(declared: str) -> None:
    text = f'<meta charset="{declared}"><p>Größe — Кириллица'
    assert source_of(text.encode()).text == text


def test_what_a_server_says_counts() -> None:
    assert source_of("пдлв".encode("koi8-r"), declared="koi8-r").text == "пдлв"


def test_broken_utf_8_stays_utf_8_and_names_its_lines() -> None:
    data = "Größe\nЛинии и слова\n".encode() + b"bad \xff\nfine\nbad \xfe\xfd\n"
    source = source_of(data, name="a.txt")
    assert source.encoding == "utf-8"
    (found,) = source.findings
    assert (found.code, found.origin.line) == ("AB104", 3)
    assert "lines 3 and 5" in found.message


def test_control_characters_are_replaced_and_told() -> None:
    source = source_of("one\ntwo\x02\x1b[0m\n\tthree\x0c")
    assert source.text == "one\ntwo\ufffd\ufffd[0m\n\tthree\x0c"
    assert [(found.code, found.origin.line) for found in source.findings] == [("AB104", 2)]


def test_a_replacement_character_that_was_there_is_no_finding() -> None:
    assert source_of("a \ufffd b".encode()).findings == ()


@pytest.mark.parametrize("mark", ["\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_only_line_ends_of_files_end_a_line(mark: str) -> None:
    assert source_of(f"one{mark}two\nthree".encode()).text.count("\n") == 1


@pytest.mark.parametrize(("data", "newline"), [(b"a\r\nb", "\r\n"), (b"a\rb", "\r"), (b"a\nb", "\n"), (b"", "\n")])
def test_the_line_end_is_kept_in_mind(data: bytes, newline: str) -> None:
    source = source_of(data)
    assert source.newline == newline
    assert "\r" not in source.text


@pytest.mark.parametrize(
    ("data", "looks_like"),
    [
        (b"%PDF-1.7\n1 0 obj", "PDF"),
        (b"PK\x03\x04\x14\x00\x06\x00xl/workbook.xml", "Excel"),
        (b"PK\x03\x04\x0a\x00anything", "zip archive"),
        (b"{\\rtf1\\ansi", "Rich Text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
        (b"\x7fELF\x02\x01\x01\x00", "program"),
        (b"MZ\x90\x00\x03\x00\x00\x00", "program"),
        (b"bplist00\xd1\x01", "web archive"),
        (b"From: <Saved by a browser>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n", "MHTML"),
        (b"text \x00 with \x00\x00 zeros\x00\x00\x00", "binary data"),
        (bytes(range(1, 256)) * 3, "binary data"),
    ],
)
def test_what_is_no_text_is_refused_in_one_sentence(data: bytes, looks_like: str) -> None:
    with pytest.raises(InputError) as caught:
        source_of(data, name="list.txt", place="lists/list.txt")
    assert looks_like in str(caught.value)
    assert str(caught.value).startswith("lists/list.txt: ")
    assert "\n" not in str(caught.value)
    assert caught.value.help


@pytest.mark.parametrize("text", ["MZ is a code", "BZh", "ID3", "GIF89 was a format", "PKK and Turkey", "RIFF raff"])
def test_words_that_begin_like_a_format_are_text(text: str) -> None:
    assert source_of(text.encode()).text == text


def test_an_empty_file_is_an_empty_source() -> None:
    assert (source_of(b"").text, source_of("").text) == ("", "")


@pytest.mark.parametrize(
    ("name", "suffix"), [("A.HTML", ".html"), ("https://x.org/a.md?b=c.txt#d", ".md"), ("https://x.org", ""), ("a", "")]
)
def test_suffixes_of_files_and_addresses(name: str, suffix: str) -> None:
    assert source_of("", name=name).suffix == suffix
