"""What several rules do to text: take out what nobody sees, and keep in the note what left its field.

Text comes in, text goes out; a second run over what came out changes nothing.
"""

from __future__ import annotations

import html
import re
import unicodedata

__all__ = ["clean_block", "clean_line", "noted", "unescaped"]

#: Invisible and never needed in running text: controls, soft hyphen, zero-width space, marks of direction, word joiner,
#: byte order mark. White space among the controls is dealt with as space.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
#: Joiners shape words of Persian, Indic and Mongolian scripts and join emoji; elsewhere they are remains of copying.
_JOINER = re.compile("(?<![\u0600-\u109f\u1780-\u18af\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_LINE_END = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")


def clean_line(text: str) -> str:
    r"""Give text as one line in NFC, without invisible characters, with single plain spaces.

    Letters that only look like others stay: which script was meant is not for a program to guess.

    >>> clean_line("The\u00a0Collec\u00adtive  Security\n Treaty\u200b")
    'The Collective Security Treaty'
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    previous = None
    while text != previous:  # what comes together may compose anew; each turn makes the text shorter or leaves it
        previous = text
        text = _JOINER.sub("", _INVISIBLE.sub("", unicodedata.normalize("NFC", text)))
        text = unicodedata.normalize("NFC", " ".join(text.split()))
    return text


def clean_block(text: str) -> str:
    r"""Do the same to text of several lines, which stay lines; empty ones at the ends and repeated ones go.

    >>> clean_block("First  paragraph.\r\n\r\n\r\nSecond.")
    'First paragraph.\n\nSecond.'
    """
    lines = "\n".join(clean_line(line) for line in _LINE_END.split(text))
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n")


def unescaped(text: str) -> str:
    """Read character entities until none is left: what was escaped twice is no different.

    >>> unescaped("Q&amp;amp;A &#8211; R&D; &unknown;")
    'Q&A – R&D; &unknown;'
    """
    previous = None
    while text != previous:
        previous = text
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    return text


def noted(note: str, words: str, value: str) -> str:
    """Give a note with a value that left its field, once.

    >>> noted("Reprint", "DOI as given", "10/x")
    'Reprint; DOI as given: 10/x'
    """
    sentence = f"{words}: {clean_line(value)}"
    if sentence in note:
        return note
    return f"{note}; {sentence}" if note else sentence
