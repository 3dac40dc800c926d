"""A title becomes its comparison form: what it says, what it leaves out, and what it says about itself.

In come titles as people and databases write them, out come `TitleForm` values: the core, alternatives of the core
(without acronym in brackets, without an outlet behind), words with content, numbers, and marks such as "erratum".
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

import msgspec

from alliancebib.matching.normal import fold, plain, roman, squeezed, words
from alliancebib.matching.spelling import spelling
from alliancebib.matching.vocabulary import vocabulary

__all__ = ["TOO_LONG", "TitleForm", "differ_in_writing_alone", "title_form"]

#: What is longer, in meaningful words, is no title; it is not looked at word by word, which would take for ever.
TOO_LONG = 120

_YEAR_PREFIX = re.compile(r"^(?:1[5-9]|20)\d\d\s*[.:]\s+(?=\D)")
_BRACKET_TAIL = re.compile(r"\s*[\[(]([^\[\]()]*)[\])]\s*[.:]?$")
#: The last piece behind a dash: of "... bloc - PM - Reuters" it is "Reuters".
_OUTLET_TAIL = re.compile(r"\s+[-–—|]\s+((?:(?!\s[-–—]\s)[^|]){2,40})$")
_SUBTITLE = re.compile(r"\s*[:;]\s+|\s+[-–—]+\s+|(?<=[?!])\s+|(?<=[a-z)]{3})\.\s+(?=[A-Z\d])")
_LABEL = re.compile(r"^[\[(]?([^\[\](){}:.|–—]{2,30}?)(?:[\])]|\s*[:.|–—]|\s-)\s*(?=\S)")
_ABOUT = re.compile(r"^[\[(]?([\w ]{2,24}?) (?:to|of|on|for|by) (?=\S)")
_END_LABEL = re.compile(r"(?:\s*[:.–—|]\s+|\s+-\s+|[?!]\s+|—)([^:.–—|?!]{2,30})\.?$")
#: A subtitle that says that the work is an answer to another one; "a response to crises" is one of its own.
_ANSWER = re.compile(
    r"[:.?!–—]\s+(?:(?:an?|my|our|some|further)\s+)?(?:(?:reply|replies|rejoinder)\s+to|comments?\s+on)\s"
    r"|[:.?!–—]\s+(?:(?:an?|my|our)\s+)?(?:response|answer)s?\s+to\s+"
    r"(?:(?:my|our|the|his|her|their|some)\s+)?(?:critics?|criticisms?|critiques?|comment\w*|reviewers?|letters?|"
    r"objections?|[A-Z][a-zà-ÿ]+(?:\s*(?:,|and|&|et al)|\.?$))",
)
#: What must stand in a text that has a subtitle, a label behind it, or an outlet.
_PAUSE = re.compile(r"[:;.?!|–—-] ")
_DASH = re.compile(r" [-–—|] ")
_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"\d+")
#: No title that many works have is longer.
_LONGEST_GENERIC = 100
#: How databases name the article that a notice corrects: "(vol 9, pg 123, 2009)", "(A Journal (2009) 9 (123-129))".
_CORRECTED = re.compile(
    r"\s*[\[(](?:vol\.?\s*\w+,\s*(?:pg|pp?|art|page)\.?\s*[\w-]+,\s*\d{4}|"
    r"[^\[\]()]{3,120}\((?:\w+\.? )*\d{4}\)\s*\d+[^()]{0,12}\([^()]{1,20}\))[\])]\s*[.:]?$",
    re.IGNORECASE,
)
#: "Roe v. Poe, 5 U.S. 137 (1803)".
_REPORTED = re.compile(r"([^,]+ vs?\.? [^,]+), (?:\d|\[\d)")
#: Umlauts as they are written without dots, and more of them than a title has.
_WITH_E = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_MANY_UMLAUTS = 12
_CUT = re.compile(r"(?:\.\.\.|…)\s*$")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
#: One for all titles: each new one would take 200 bytes.
_NONE: frozenset[Any] = frozenset()
#: Words that a sign may stand for.
_JOINERS = frozenset({"and", "und", "et", "y", "e", "и", "en"})
_LEADING_ON = frozenset({"to", "of", "on", "for", "by"})
#: Of these, "Reply to ..." and the like at the beginning make another work; "Letters on ..." need not.
_ABOUT_KINDS = frozenset({"erratum", "retraction", "reply", "comment", "review", "supplement"})


#: A plus behind a word ("Ca(2+)", "HER2+", "C++") or before one ("(+)-catechin"), "C#", and a bound ("< 1500 g").
_SIGN = re.compile(
    r"(?<!\w)(?P<name>[a-z])(?P<own>\+\+|\#)(?!\w)|(?P<word>\w+)\(?(?P<plus>\+)(?![\w+])"
    r"|\(\+\)-?(?P<behind>\w+)|(?P<bound>[<>≤≥])\s?=?\s*(?P<number>\d+)",
    re.IGNORECASE,
)
_HAS_SIGN = re.compile(r"[+#<>≤≥]")


class TitleForm(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What a title is compared by.

    ``text`` is the title without notes and marks, ``core`` the same without blanks and in one spelling;
    ``without_bracket`` and ``without_outlet`` are the core less a tail, "" where there is none; ``outlet`` is that
    tail. ``head`` is the part before the subtitle. ``content`` are the words that mean something, in one spelling,
    ``written`` the same as they stand in the title; ``numbers`` every number in it. ``signs`` are words with a sign
    that no word says ("c++", "her2+", "<1500"). ``marks`` say that it is an erratum, a preview ...
    """

    text: str = ""
    core: str = ""
    without_bracket: str = ""
    without_outlet: str = ""
    outlet: str = ""
    head: str = ""
    content: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    numbers: frozenset[str] = frozenset()
    signs: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    parts: frozenset[tuple[str, str]] = frozenset()
    cut: bool = False
    length: int = 0
    generic: bool = False

    @property
    def words(self) -> frozenset[str]:
        """The words of the content, each once."""
        return frozenset(self.content)


@lru_cache(maxsize=20_000)
def title_form(title: str) -> TitleForm:
    """Make the comparison form of a title.

    >>> title_form("2023. The Alliance (CSTO)").core, title_form("PREVIEW: Drills").marks
    ('alliancecsto', frozenset({'preview'}))
    """
    text = plain(title)
    text, marks = _without_marks(_without_notes(text))
    if prefix := _YEAR_PREFIX.match(text):
        text = text[prefix.end() :]
    spelled = _spelled(text)
    bracket, outlet = _bracket_tail(text), _OUTLET_TAIL.search(text) if _DASH.search(text) else None
    head = _head(text)
    empty = vocabulary().empty
    telling = [word for word in spelled if word.spelled not in empty]
    content = tuple([word.spelled for word in telling])
    written = tuple([word.written for word in telling])
    core = "".join([word.spelled for word in spelled])
    return TitleForm(
        text=text,
        core=core,
        without_bracket=_core(text[: bracket.start()]) if bracket and _is_acronym(bracket[1]) else "",
        without_outlet=_core(text[: outlet.start()]) if outlet and _is_outlet(outlet[1]) else "",
        outlet="".join(words(fold(outlet[1]))) if outlet else "",
        head=_core(head) if 0 < len(head) < len(text) else "",
        content=content,
        written=content if written == content else written,
        numbers=_numbers(core, spelled),
        signs=_signs(text),
        marks=marks,
        parts=_parts([word.spelled for word in spelled]),
        cut=bool(_CUT.search(text)),
        length=len(content) if text.isascii() else len(content) + len(_CJK.findall(text)) // 2,
        generic=_is_generic(text),
    )


def differ_in_writing_alone(one: str, other: str) -> bool:
    """Say whether two texts differ by blanks at wrong places, or by umlauts that one writes with an e.

    >>> differ_in_writing_alone("Zur Bündnistreue", "Zur Buendnistreue"), differ_in_writing_alone("Aa b", "A ab")
    (True, True)
    """
    if one[:1].lower() != other[:1].lower() and one.isascii() and other.isascii():
        return False
    bare, bare_other = one.replace(" ", "").lower(), other.replace(" ", "").lower()
    if bare == bare_other:
        return True
    if (one.isascii() and other.isascii()) or abs(len(bare) - len(bare_other)) > _MANY_UMLAUTS:
        return False
    return squeezed(bare.translate(_WITH_E)) == squeezed(bare_other.translate(_WITH_E))


class _Word(NamedTuple):
    """A word of a title: folded, in one spelling, as written but for case; the number that it is in Roman letters."""

    folded: str
    spelled: str
    written: str
    number: str
    shouted: bool


@lru_cache(maxsize=100_000)
def _word(original: str) -> _Word:
    folded = fold(original)
    written = original.lower()
    spelled = spelling(folded)
    number = roman(folded)
    return _Word(folded, spelled, spelled if written == spelled else written, number, original.isupper())


def _head(text: str) -> str:
    """Give what stands before the subtitle, or before the place where a case was reported; "" for none."""
    if " v" in text and ", " in text and (case := _REPORTED.match(text)):
        return case[1]
    return _SUBTITLE.split(text, maxsplit=1)[0] if _PAUSE.search(text) else ""


def _core(text: str) -> str:
    return "".join([word.spelled for word in _spelled(text)])


def _spelled(text: str) -> list[_Word]:
    """Give the words in one spelling, Roman numbers as digits, without an article in front."""
    known = vocabulary()
    found: list[_Word] = []
    originals = words(text)
    shouted = text.isupper()
    end = len(originals) - 1
    for place, original in enumerate(originals):
        word = _word(original)
        if word.number:
            after_part = bool(found) and found[-1].spelled in known.parts
            last = place == end and place > 0 and word.folded != "x"
            if after_part or (word.shouted and not shouted and (len(word.folded) > 1 or last)):
                word = word._replace(spelled=word.number)
        found.append(word)
    if len(found) > 1 and found[0].spelled in known.articles:
        found = found[1:]
    return [word for word in found if word.spelled not in _JOINERS] or found


def _numbers(core: str, spelled: list[_Word]) -> frozenset[str]:
    if not _DIGIT.search(core):
        return _NONE
    return frozenset([number.lstrip("0") or "0" for word in spelled for number in _DIGITS.findall(word.spelled)])


def _parts(spelled: list[str]) -> frozenset[tuple[str, str]]:
    """Give what stands behind "part", "volume" and the like: a number or a single letter."""
    known = vocabulary().parts
    if known.isdisjoint(spelled):
        return _NONE
    return frozenset(
        (_one_part(label), value)
        for label, value in pairwise(spelled)
        if label in known and (value.isdigit() or len(value) == 1)
    )


def _signs(text: str) -> frozenset[str]:
    """Give the words with a plus, and the bounds of numbers."""
    if not _HAS_SIGN.search(text):
        return _NONE
    found: set[str] = set()
    for match in _SIGN.finditer(fold(text)):
        name, own, word, _, behind, bound, number = match.groups()
        if bound:
            found.add(f"{'<' if bound in '<≤' else '>'}{number}")
        else:
            found.add(f"{name}{own}" if own else f"{word}+" if word else f"+{behind}")
    return frozenset(found)


def _one_part(label: str) -> str:
    return {"pt": "part", "parts": "part", "vol": "volume", "nr": "no", "number": "no"}.get(label, label)


def _without_notes(text: str) -> str:
    """Take brackets off a title that is bracketed as a whole, and notes of databases off its end."""
    while True:
        tail = _bracket_tail(text)
        if tail and tail.start() == 0 and len(tail[1]) > 3:
            text = tail[1].strip()
        elif tail and tail.start() > 0 and _is_note(tail):
            text = text[: tail.start()].strip()
        else:
            return text


def _is_note(tail: re.Match[str]) -> bool:
    """Say whether a bracket holds notes alone; a number by itself tells parts and years apart: "(2)", "(2019)".

    Databases put the language into square brackets; in round ones it may be what the work is about.
    """
    said = " ".join(words(fold(tail[1])))
    if said.isdecimal() or not vocabulary().note_pattern.fullmatch(said):
        return False
    return tail[0].lstrip().startswith("[") or said not in vocabulary().languages


def _bracket_tail(text: str) -> re.Match[str] | None:
    """Find a bracket at the end of a text."""
    return _BRACKET_TAIL.search(text) if _ends_in_bracket(text) else None


def _ends_in_bracket(text: str) -> bool:
    return text.rstrip(" .:")[-1:] in (")", "]")


def _without_marks(text: str) -> tuple[str, frozenset[str]]:
    """Take "Erratum:", "PREVIEW:", "(book review)" and the like off a title and say which there were."""
    marks: set[str] = set()
    if _ends_in_bracket(text) and (corrected := _CORRECTED.search(text)) and corrected.start() > 0:
        text, marks = text[: corrected.start()], {"erratum"}
    for _ in range(3):
        shorter, kind = _one_mark(text)
        if not kind:
            break
        marks.add(kind)
        text = shorter
    if _PAUSE.search(text) and _ANSWER.search(text):  # it stays, as it tells answers from one another
        marks.add("reply")
    return text, frozenset(marks) if marks else _NONE


def _one_mark(text: str) -> tuple[str, str]:
    if (label := _LABEL.match(text)) and (kind := _notice(label[1])):
        return text[label.end() :], kind
    if (about := _ABOUT.match(text)) and (kind := _notice(about[0])) in _ABOUT_KINDS:
        return text[about.end() :], kind
    for tail in (_bracket_tail(text), _END_LABEL.search(text) if _PAUSE.search(text) or "—" in text else None):
        if tail and tail.start() > 0 and (kind := _notice(tail[1])):
            return text[: tail.start()], kind
    return text, ""


def _notice(phrase: str) -> str:
    """Give the kind of notice that a phrase announces, with or without "to" or "on" behind it; "" for none."""
    notices = vocabulary().notices
    found = words(fold(phrase))
    if (kind := notices.get(" ".join(found))) or not found:
        return kind or ""
    return notices.get(" ".join(found[:-1]), "") if found[-1] in _LEADING_ON else ""


def _is_acronym(text: str) -> bool:
    """Say whether a bracket holds an abbreviation of what stands before it: one or two words, mostly capitals."""
    found = words(text)
    return 1 <= len(found) <= 2 and all(
        len(word) <= 10 and sum(sign.isupper() for sign in word) >= 2 and not re.search(r"\d", word) for word in found
    )


def _is_outlet(text: str) -> bool:
    """Say whether a tail may be an outlet's name: up to four words, all with a capital; an attribution has none."""
    found = words(text)
    return (
        1 <= len(found) <= 4
        and all(word[0].isupper() or word[0].isdigit() or len(word) <= 3 for word in found)
        and (found[0][0].isupper() or "." in text)
    )


def _is_generic(text: str) -> bool:
    if len(text) > _LONGEST_GENERIC:
        return False
    bare = " ".join(_DIGITS.sub("", " ".join(words(fold(text)))).split())
    return not bare or bare in vocabulary().generic or bool(vocabulary().serial_pattern.match(bare))
