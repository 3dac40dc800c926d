"""Rule: titles without the punctuation and the escapes that came with copying.

Entities are read in titles of works, containers and series; surrounding quotation marks and the full stop at the end
leave the title of the work. Capitals stay as they are: nobody can tell names and acronyms in a title that shouts.
"""

from __future__ import annotations

import re

from alliancebib.finding import Finding
from alliancebib.model import Reference
from alliancebib.rules._text import clean_line, unescaped

__all__ = ["apply"]

#: Opening marks and the closing ones that may answer them, in the languages that write them so.
_QUOTES = {
    '"': '"',
    "“": "”“",
    "„": "“”",
    "”": "”",
    "«": "»",
    "»": "«",
    "‘": "’",
    "‚": "‘’",
    "'": "'",
    "‹": "›",
    "「": "」",
    "『": "』",
}
_LAST_WORD = re.compile(r"([^\s()\[\]\"“”«»„]+)\.$")
#: Words that end in a full stop by right, without it. Initials and "U.S" are known by their form.
_ABBREVIATIONS = frozenset(
    """abr al appl assn aufl bros bull ca cf chap co comm conf corp dept dis div doc dr ed eds engl esp esq est etc
    ext fig gen gov hon hrsg inc inst intl jr korr ltd misc no nos nr okt orig pl pp proc prof pt pub publ repr rev
    sci sec ser sess sr st suppl supt tab tech tel trans univ usw vol vols vs гг др им итп обл руб см ст стр тыс
    jan feb apr aug sept oct nov dec""".split()
)
_VOWEL = re.compile(r"[aeiouyäöüáéíóúàèìòùâêîôûæøåœаеёиоуыэюяіїєў]", re.IGNORECASE)


def apply(reference: Reference) -> tuple[Reference, tuple[Finding, ...]]:
    """Tidy the titles of a reference; nothing is noticed.

    >>> apply(Reference(title="“Security &amp; Defence in Eurasia.”"))[0].title
    'Security & Defence in Eurasia'
    """
    changes = {
        "title": _tidied(reference.title),
        "container_title": _unescaped(reference.container_title),
        "collection_title": _unescaped(reference.collection_title),
    }
    return reference.amended("titles", changes), ()


def _tidied(title: str) -> str:
    previous, title = None, _unescaped(title)
    while title != previous:
        previous = title
        title = _without_stop(_without_quotes(title)) or title
    return title


def _unescaped(text: str) -> str:
    plain = unescaped(text)
    return text if plain == text else clean_line(plain)


def _without_quotes(title: str) -> str:
    """Take off one pair of marks that holds the whole title; `"A" and "B"` is no such pair."""
    closing = _QUOTES.get(title[:1], "")
    if len(title) < 3 or title[-1] not in closing:
        return title
    inside = title[1:-1]
    outside_words = re.sub(r"(?<=\w)['’](?=\w)", "", inside)  # an apostrophe closes nothing
    if any(mark in outside_words for mark in title[0] + closing):
        return title
    return inside.strip()


def _without_stop(title: str) -> str:
    if re.search(r"[!?]\.$", title):
        return title[:-1]
    if not title.endswith(".") or title.endswith(("..", "….")):
        return title
    word = _LAST_WORD.search(title)
    if word and _is_abbreviation(word[1]):
        return title
    return title[:-1].rstrip()


def _is_abbreviation(word: str) -> bool:
    """Say whether a last word keeps its full stop: an initial, "U.S", "Ltd", or a short word without a vowel ("Bd")."""
    letters = word.rpartition("-")[2]
    if "." in word or (len(letters) == 1 and letters.isalpha()) or letters.lower() in _ABBREVIATIONS:
        return True
    latin_or_cyrillic = re.fullmatch(r"[A-Za-zÀ-žА-яЁё]{2,4}", letters)
    return bool(latin_or_cyrillic) and not letters.isupper() and not _VOWEL.search(letters)
