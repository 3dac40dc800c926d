"""A title becomes its comparison form: what it says, what it leaves out, and what it says about itself.

In come titles as people and databases write them, out come `TitleForm` values: the core, alternatives of the core
(without acronym in brackets, without an outlet behind), words with content, numbers, and marks such as "erratum".
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

import msgspec

from alliancebib.matching.normal import fold, plain, roman, words
from alliancebib.matching.spelling import spelling
from alliancebib.matching.vocabulary import vocabulary

__all__ = ["TitleForm", "title_form"]

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
#: How databases name the article that a notice corrects: "(vol 9, pg 123, 2009)", "(A Journal (2009) 9 (123-129))".
_CORRECTED = re.compile(
    r"\s*[\[(](?:vol\.?\s*\w+,\s*(?:pg|pp?|art|page)\.?\s*[\w-]+,\s*\d{4}|"
    r"[^\[\]()]{3,120}\((?:\w+\.? )*\d{4}\)\s*\d+[^()]{0,12}\([^()]{1,20}\))[\])]\s*[.:]?$",
    re.IGNORECASE,
)
_CUT = re.compile(r"(?:\.\.\.|…)\s*$")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
#: Words that a sign may stand for.
_JOINERS = frozenset({"and", "und", "et", "y", "e", "и", "en"})
_LEADING_ON = frozenset({"to", "of", "on", "for", "by"})
#: Of these, "Reply to ..." and the like at the beginning make another work; "Letters on ..." need not.
_ABOUT_KINDS = frozenset({"erratum", "retraction", "reply", "comment", "review", "supplement"})


class TitleForm(msgspec.Struct, frozen=True, kw_only=True):
    """What a title is compared by.

    ``core`` is all of it without blanks, ``without_bracket`` and ``without_outlet`` the same less a tail, "" where
    there is none; ``outlet`` is that tail. ``head`` is the part before the subtitle. ``content`` are the words that
    mean something, in one spelling, ``written`` the same as they stand in the title; ``numbers`` every number in it.
    ``marks`` say that it is an erratum, a preview ...
    """

    text: str = ""
    core: str = ""
    without_bracket: str = ""
    without_outlet: str = ""
    outlet: str = ""
    head: str = ""
    content: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    parts: frozenset[tuple[str, str]] = frozenset()
    cut: bool = False
    length: int = 0
    generic: bool = False


@lru_cache(maxsize=20_000)
def title_form(title: str) -> TitleForm:
    """Make the comparison form of a title.

    >>> title_form("2023. The Alliance (CSTO)").core, title_form("PREVIEW: Drills").marks
    ('aliancecsto', frozenset({'preview'}))
    """
    text = plain(title)
    text, marks = _without_marks(_without_notes(text))
    text = _YEAR_PREFIX.sub("", text)
    cut = bool(_CUT.search(text))
    both = _both_spellings(text)
    spelled = [word for word, _ in both]
    bracket, outlet = _BRACKET_TAIL.search(text), _OUTLET_TAIL.search(text)
    head = _SUBTITLE.split(text, maxsplit=1)[0]
    empty = vocabulary().empty
    content = [(word, written) for word, written in both if word not in empty]
    core = "".join(spelled)
    return TitleForm(
        text=text,
        core=core,
        without_bracket=_core(text[: bracket.start()]) if bracket and _is_acronym(bracket[1]) else "",
        without_outlet=_core(text[: outlet.start()]) if outlet and _is_outlet(outlet[1]) else "",
        outlet="".join(words(fold(outlet[1]))) if outlet else "",
        head=_core(head) if 0 < len(head) < len(text) else "",
        content=tuple(word for word, _ in content),
        written=tuple(written for _, written in content),
        words=frozenset(word for word, _ in content),
        numbers=frozenset(number.lstrip("0") or "0" for word in spelled for number in re.findall(r"\d+", word)),
        marks=marks,
        parts=_parts(spelled),
        cut=cut,
        length=len(content) + len(_CJK.findall(text)) // 2,
        generic=_is_generic(" ".join(words(fold(text)))),
    )


def _core(text: str) -> str:
    return "".join(_spelled(text))


def _spelled(text: str) -> list[str]:
    return [word for word, _ in _both_spellings(text)]


def _both_spellings(text: str) -> list[tuple[str, str]]:
    """Give the words in one spelling, Roman numbers as digits, without an article in front; each as written too."""
    known = vocabulary()
    shouted = text.isupper()
    found: list[tuple[str, str]] = []
    originals = words(text)
    for place, original in enumerate(originals):
        word = fold(original)
        number = roman(word)
        after_part = bool(found) and found[-1][0] in known.parts
        last = place == len(originals) - 1 and place > 0 and word != "x"
        if number and (after_part or (original.isupper() and not shouted and (len(word) > 1 or last))):
            word = number
        found.append((spelling(word), original.lower()))
    if len(found) > 1 and found[0][0] in known.articles:
        found = found[1:]
    return [pair for pair in found if pair[0] not in _JOINERS] or found


def _parts(spelled: list[str]) -> frozenset[tuple[str, str]]:
    """Give what stands behind "part", "volume" and the like: a number or a single letter."""
    known = vocabulary().parts
    return frozenset(
        (_one_part(label), value)
        for label, value in pairwise(spelled)
        if label in known and (value.isdigit() or len(value) == 1)
    )


def _one_part(label: str) -> str:
    return {"pt": "part", "parts": "part", "vol": "volume", "nr": "no", "number": "no"}.get(label, label)


def _without_notes(text: str) -> str:
    """Take brackets off a title that is bracketed as a whole, and notes of databases off its end."""
    while True:
        tail = _BRACKET_TAIL.search(text)
        if tail and tail.start() == 0 and len(tail[1]) > 3:
            text = tail[1].strip()
        elif tail and tail.start() > 0 and vocabulary().note_pattern.fullmatch(" ".join(words(fold(tail[1])))):
            text = text[: tail.start()].strip()
        else:
            return text


def _without_marks(text: str) -> tuple[str, frozenset[str]]:
    """Take "Erratum:", "PREVIEW:", "(book review)" and the like off a title and say which there were."""
    marks: set[str] = set()
    if (corrected := _CORRECTED.search(text)) and corrected.start() > 0:
        text, marks = text[: corrected.start()], {"erratum"}
    for _ in range(3):
        shorter, kind = _one_mark(text)
        if not kind:
            break
        marks.add(kind)
        text = shorter
    if _ANSWER.search(text):  # it stays, as it tells answers from one another
        marks.add("reply")
    return text, frozenset(marks)


def _one_mark(text: str) -> tuple[str, str]:
    if (label := _LABEL.match(text)) and (kind := _notice(label[1])):
        return text[label.end() :], kind
    if (about := _ABOUT.match(text)) and (kind := _notice(about[0])) in _ABOUT_KINDS:
        return text[about.end() :], kind
    for pattern in (_BRACKET_TAIL, _END_LABEL):
        tail = pattern.search(text)
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


def _is_generic(folded: str) -> bool:
    bare = re.sub(r"\d+", "", folded).strip()
    bare = " ".join(bare.split())
    return not bare or bare in vocabulary().generic or bool(vocabulary().serial_pattern.match(bare))
