"""Where a title ends and a journal, a book or a publisher begins, when only a full stop stands between them.

A stretch ``Title. Container`` of a reference comes in; the place of that full stop goes out, and how sure it is.
The rule is the last full stop: of 12,491 articles of Crossref 2,250 have a sentence's end in their title and five one
in the name of their journal. Those five, abbreviations and initials are what the rest of this room is about.
"""

from __future__ import annotations

import re

import msgspec

from alliancebib.outline.words import is_stopword

__all__ = ["JOURNAL_WORD", "Cut", "cut_place", "last_cut", "stops_in"]

JOURNAL_WORD = re.compile(
    r"(?<!\w)(?:journals?|reviews?|quarterly|annals|annales|annali|bulletin|transactions|proceedings|"
    r"comptes rendus|acta|archives?|archiv|"
    r"zeitschrift|jahrbuch|revue|revista|rivista|cahiers|vestnik|izvestiya|zhurnal|magazine|notices|reports|letters|"
    r"вестник|журнал|известия|вопросы|труды|вісник|przegląd|dergisi|časopis|tidsskrift|tijdschrift)(?!\w)",
    re.IGNORECASE,
)
#: With these a journal's name goes on behind a full stop.
_SECTION = re.compile(
    r"(?:[Ss](?:er(?:ies|ie|\.)?|ection|ect\.)|[Pp]art|[Rr]eihe|[Аа]бт|[Сс]ерия) [^\W_]+(?:[.,:]|$| )"
)
#: Behind these no sentence ends, whatever follows.
_NEVER_LAST = frozenset(
    "st mt ft dr prof mr mrs ms vs cf e.g i.e jr sr vol no nos nr fig eds u.s.a ph ste gen col lt ser".split()
)
#: They stand behind the name of a publisher and belong to it.
_BEHIND_PUBLISHER = re.compile(r"(?:Inc|Ltd|LLC|Co|Corp|GmbH|AG|Pty|Pvt|S\.?A|KG|e\.?V|Kft|Limited|Incorporated)\b")
#: Longer names of journals and publishers occur, but the title before them is looked at first.
_MOST_WORDS = 30
_PLACE = re.compile(r"(?P<place>[^\W_][^:;\"]{1,60}?): (?=\S)")


#: "Lexington, MA: D. C. Heath": an initial of the publisher behind its place.
_INITIAL_BEHIND_PLACE = re.compile(r": (?:[^\W\d_a-z]\w{1,12} )?[^\W\d_a-z](?:\.[^\W\d_a-z])*$")


class Cut(msgspec.Struct, frozen=True):
    """Where the first part ends, where the second begins, and whether it can hardly be otherwise."""

    end: int
    start: int
    sure: bool = True


def stops_in(view: str, start: int, end: int) -> list[int]:
    """Give the places of full stops with one blank behind them that may end a title.

    >>> stops_in("NATO vs. Russia. St. Louis Law Review", 0, 37)
    [15]
    """
    found = []
    place = view.find(". ", start, end)
    while place >= 0:
        blank = max(view.rfind(" ", start, place), start - 1)
        word = view[blank + 1 : place].lstrip("([\"'“‘«")
        behind = view[place + 2 : place + 3]
        if (
            word.casefold() not in _NEVER_LAST
            and (behind.isalnum() or behind in "\"“«‘'([")
            and place > start
            and view[place - 1] != "."
        ):
            found.append(place)
        place = view.find(". ", place + 1, end)
    return found


def last_cut(view: str, start: int, end: int, *, journal: bool) -> Cut | None:
    """Find the full stop between a title and the journal (or publisher) behind it; None where there is none.

    >>> text = "Vitamin D. A review. Part two. The Lancet"
    >>> text[last_cut(text, 0, len(text), journal=True).start:]
    'The Lancet'
    >>> text = "Two neighbours. Vestnik RUDN. International Relations"
    >>> text[last_cut(text, 0, len(text), journal=True).start:]
    'Vestnik RUDN. International Relations'
    """
    stops = stops_in(view, start, end)
    if not stops:
        return None
    number = len(stops) - 1
    while number > 0 and (
        _goes_on(view, stops[number - 1] + 2, stops[number], end, journal=journal)
        or (not journal and _INITIAL_BEHIND_PLACE.search(view[max(start, stops[number] - 40) : stops[number]]))
    ):
        number -= 1
    if journal and number == len(stops) - 1 and number > 0:
        named = _named_before(view, stops, end)
        if named is not None:
            return Cut(stops[named], stops[named] + 2, sure=False)
    cut = Cut(stops[number], stops[number] + 2)
    name = view[cut.start : end]
    elsewhere = number > 0 and JOURNAL_WORD.search(view, stops[0], cut.end) and not JOURNAL_WORD.search(name)
    open_end = len(name.split()) > _MOST_WORDS or (journal and number > 0 and (_reads_as_sentence(name) or elsewhere))
    return Cut(cut.end, cut.start, sure=False) if open_end else cut


def _goes_on(view: str, start: int, stop: int, end: int, *, journal: bool) -> bool:
    """Say whether a full stop stands within a name: behind initials or abbreviations, before "Inc." or "Ser. A"."""
    words = view[start:stop].split()
    if journal and re.fullmatch(r"[IVX]+", view[start:stop]):
        return False  # the first part of several, not an initial
    following = view[stop + 2 : end]
    if _BEHIND_PUBLISHER.match(following) and len(following) < 24:
        return True
    if len(words) <= 3 and all(_is_cut(word, last=number == len(words) - 1) for number, word in enumerate(words)):
        return True
    return _SECTION.match(following) is not None and JOURNAL_WORD.search(" ".join(words)) is not None


def _is_cut(word: str, *, last: bool) -> bool:
    """Say whether a word is an initial or an abbreviation ("W", "A.M.A", "Phys" before its full stop)."""
    bare = word.replace(".", "")
    if not bare[:1].isupper():
        return word in {"&", "of"}
    return len(bare) == 1 or ("." in word and len(bare) <= 4) or (not last and word.endswith(".") and len(bare) <= 6)


def _named_before(view: str, stops: list[int], end: int) -> int | None:
    """Find a journal's name in two parts: the first part has a journal's word and the capitals of a name."""
    last = view[stops[-1] + 2 : end]
    if JOURNAL_WORD.search(last) and not _begins_as_journal(last):
        return None
    before = view[stops[-2] + 2 : stops[-1]]
    if _begins_as_journal(before) and _has_capitals(before) and _has_capitals(last) and len(before.split()) <= 8:
        return len(stops) - 2
    return None


def _begins_as_journal(text: str) -> bool:
    return JOURNAL_WORD.match(text) is not None


def _has_capitals(text: str) -> bool:
    """Say whether all words but the small ones begin with a capital."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if not (is_stopword(word) or len(word) < 3)]
    return all(word[0].isupper() or not word[0].isalpha() for word in words)


def _reads_as_sentence(text: str) -> bool:
    """Say whether a text is long and in small letters, as no journal's name but the end of a title is."""
    words = [word for word in re.findall(r"[^\W\d_]{3,}", text) if not is_stopword(word)]
    small = sum(word.islower() for word in words)
    return len(words) >= 7 and small >= len(words) - 1 and not JOURNAL_WORD.search(text)


def cut_place(view: str, start: int, end: int) -> tuple[tuple[int, int] | None, int]:
    """Tell the place from the publisher ("Chichester, UK: Wiley"): its extent, and where the publisher begins."""
    match = _PLACE.match(view, start, end)
    return ((start, match.end("place")), match.end()) if match else (None, start)
