# ruff: noqa: E501 - patterns read best in one piece
"""The signs of one line: addresses, date in front, outlet behind, shape of a reference, sentences, capitals.

A line comes in, a `Signs` value goes out. Nothing here looks at the lines around it; that is done in `roles`.
"""

from __future__ import annotations

import re
from functools import cache

import msgspec

from alliancebib.outline.addresses import Address, addresses_of
from alliancebib.outline.credits import source_of
from alliancebib.outline.dates import FoundDate, date_at, date_ending
from alliancebib.outline.outlets import Outlets
from alliancebib.outline.tails import outlet_at_end, outlet_at_start
from alliancebib.outline.words import is_note, is_one_of, is_stopword, is_verb, plain
from alliancebib.page import Line

__all__ = ["TOO_LONG", "Signs", "looks_cited", "looks_like_reference", "numbering_of", "sentences_of", "signs_of"]

#: A line of more characters is a document without line breaks, or data; it is never looked at more closely.
TOO_LONG = 20_000

_UPPER = "A-ZÀ-ÖØ-ÞĀ-ŽА-ЯЁІЇЄҐΑ-ΩԱ-Ֆ"
_YEAR = r"(?:18|19|20)\d\d"
_EDITORS = r"(?:\((?:[Ee]ds?|[Hh]rsg|[Hh]g|[Рр]ед|coords?|dirs?)\.?\)[.,]?\s*)?"
#: What stands in the place of the year.
_NO_YEAR = r"n\.\s?d\.|[Nn]o date|[Ii]n press|[Ff]orthcoming|[Ii]m Erscheinen|o\.\s?J\.|s\.\s?f\.|б\.\s?г\.|в печати"
_NUMBER = r"(?:[\[(]?\d{1,3}[\].)]{1,2}\s*|[*†‡]{1,3}\s?)?"
_WORD = rf"[{_UPPER}][\w'’-]{{1,40}}"
#: "Doe JA, Roe M, editors.": names without full stops, as physicians write them.
_BARE_NAMES = rf"{_WORD}(?:\s{_WORD})?\s[{_UPPER}]{{1,3}}(?:,\s{_WORD}(?:\s{_WORD})?\s[{_UPPER}]{{1,3}}){{0,12}}(?:,\s(?:et al|eds?|editors?))?\.\s"
#: "Doe, Jane M.": one name in full, as books and libraries begin.
_FULL_NAME = rf"{_WORD}(?:\s{_WORD})?,\s[{_UPPER}][\w.'’-]{{0,30}}(?:\s[{_UPPER}][\w.'’-]{{0,30}}){{0,3}}\.\s"
_THESIS = (
    r"(?i:\b(?:thesis|dissertation|habilitationsschrift|diss\.|praca magisterska|disertační práce|diplomová práce))"
)
#: Shapes that only references have; any one is enough.
_REFERENCE = tuple(
    re.compile(shape)
    for shape in (
        rf"(?<![\w'’-])[{_UPPER}][\w'’-]{{1,40}},?\s+(?:[{_UPPER}]\.[\s-]?){{1,4}}[^()]{{0,400}}{_EDITORS}\((?:{_YEAR}[a-z]?(?:,[^()]{{1,40}})?|{_NO_YEAR})\)",
        (
            rf"^{_NUMBER}[{_UPPER}][\w'’-]+(?:\s[{_UPPER}][\w'’-]+)?,\s[{_UPPER}][^()?!:\"“]{{0,200}}{_EDITORS}"
            rf"(?:\((?:\d{{1,2}}\s)?(?:[{_UPPER}]\w{{2,9}}\s)?{_YEAR}[a-z]?(?:,[^()]{{1,40}})?\)[.:,]?\s+[{_UPPER}\"“«„]|"
            rf"(?<=\.)\s?(?:[(\[]{_YEAR}(?:[–-]\d{{2,4}})?[)\]]\s)?{_YEAR}[a-z]?\.\s+[{_UPPER}\"“«„])"
        ),
        rf"^[^()\"“«?!]{{2,300}}\s\({_YEAR}[a-z]?(?:,\s[^()]{{1,40}})?\)[.:,]\s+\S",
        r"\b\d{1,4}\s?\(\s?\d{1,4}(?:\s?[-–/]\s?\d{1,4})?\s?\)\s?[,:]\s?(?:pp?\.\s?|S\.\s?|[Pp]ages?\s)?[A-Za-z]?\d+",
        r"\((?:[^()]{0,60}[,;]\s?)?(?:pp?|S|pág|págs|s|С|с)\.\s?\d+\s?(?:[-–—]\s?\d+)?\)",
        (
            r"\b(?:pp|vol|no|Vol|No|Nr|Jg|Bd|Т|С|№|Heft|roč|č|t|z)\.\s?\d+\b[^.]{0,40}\b(?:18|19|20)\d\d|"
            r"\b(?:18|19|20)\d\d\b.{0,60}(?:\bpp?\.\s?\d|\b(?:S|s)\.\s?\d+\s?[-–]|\bss\.\s?\d|\bС\.\s?\d|№\s?\d)"
        ),
        rf"\({_YEAR}\)\s?:\s?\d+(?:[-–]\d+)?|{_YEAR}(?:\s\w{{3,9}})?(?:\s\d{{1,2}})?;\s?\d+(?:\([^()]{{1,12}}\))?:",
        rf"^(?:\[\d+\]\s*)?[{_UPPER}][^\"“«»”]{{2,200}}[.,]\s*[\"“«][^\"”»]{{3,400}}[.,?!]?[\"”»][.,]?\s.{{3,400}}{_YEAR}",
        rf"\S\s//\s\S.{{3,300}}{_YEAR}",
        rf"^(?:\[?\d{{1,3}}[\].)]\s*)?[{_UPPER}][\w'’-]+,\s(?:[{_UPPER}][\w.'’-]*\s?){{1,4}}(?:(?:,|\sand|\s&|;)\s[^.]{{3,200}})?,\s{_YEAR}[a-z]?\.\s",
        rf"^(?:\[?\d{{1,3}}[\].)]\s*)?[{_UPPER}][\w'’-]+,\s[{_UPPER}][\w'’-]+[^.]{{0,120}}\.\s[^.]{{5,300}}\.\s[^.]{{3,120}},\s{_YEAR}\.$",
        r"\b(?:doi:|DOI:|doi\s)\s?10\.\d{4,9}/",
        r"\bISBN(?:-1[03])?:?\s?\d",
        rf"\((?:[^():]{{2,60}}:\s[^():]{{2,90}}|[^()]{{0,90}}\b[Ee]ds?\.),\s(?:[^\W\d_]{{3,9}}\s)?{_YEAR}\)",
        rf":\s[^:.,]{{2,60}},\s{_YEAR}\.\s(?:[–—-]\s)?\d{{2,4}}\s?(?:с|p|S|s|pp)\.$",
        # By volume and page, as lawyers cite: "131 Harv. L. Rev. 1201 (2018)", "3 U.S.T. 3420", "Pub. L. No. 118-31".
        rf",\s\d{{1,4}}\s[{_UPPER}][^,()\d]{{1,60}}\s\d{{1,5}}(?:,\s[\d–-]{{1,11}})?\s\([^()]{{0,30}}{_YEAR}\)",
        rf"\[{_YEAR}\]\s(?:\d{{1,3}}\s)?[{_UPPER}][A-Za-z]{{1,8}}(?:\s[A-Z][A-Za-z]{{0,8}})?\s[A-Z]?\d{{1,5}}|\({_YEAR}\)\s\d{{1,4}}\s[{_UPPER}][\w.\s]{{1,50}}\s\d{{1,5}}\.?$",
        r"[\s,]\d{1,4}\s(?:U\.?S\.?T|U\.?N\.?T\.?S|L\.?N\.?T\.?S|I\.?L\.?M|Stat|U\.S\.C|F\.(?:2d|3d))\.?\s(?:§\s?)?\d",
        # Names in a style's form in front, and behind them a year where that style has it.
        rf"^{_NUMBER}{_BARE_NAMES}.{{10,500}}{_YEAR}",
        rf"^{_NUMBER}{_FULL_NAME}.{{5,400}}(?:{_THESIS}.{{0,100}}|:\s[^:.,]{{2,60}},\s){_YEAR}|^{_NUMBER}{_FULL_NAME}.{{5,300}}\s{_YEAR}\.\s.{{0,100}}{_THESIS}",
        rf"^[{_UPPER}][^.()\"“”?!:;]{{2,80}}\.\s{_YEAR}[a-z]?\.\s+[{_UPPER}\"“«„]",
        rf"^(?:{_WORD}\s){{1,3}}{_WORD}\s\({_YEAR}\)\s[{_UPPER}‘“\"][^()]{{5,300}},\s[^,]{{2,60}},\s[^,\d]{{2,40}}\.$",
        rf"^(?:—{{2,}}|[–_-]{{3,}})[.,:]?\s.{{3,600}}{_YEAR}",  # a line in the place of the names above
        r",\s\[(?:w|in|в|у)\s?:\s?\]\s|,\s\[(?:w|in|в|у)\]:\s",
        r"\bPub\. L\. (?:No\. )?\d|\b(?:T\.I\.A\.S|E\.T\.S|U\.K\.T\.S)\. No\. \d|\b\d{2,3}(?:st|nd|rd|th)\sCong\.",
    )
)
#: A word is looked at from its beginning only, and so far; else long runs of letters would be gone over and over.
_SENTENCE_END = re.compile(
    r"(?<![^\s.!?؟。！？)\"”’»\]])(?P<word>[^\s.!?]{0,200})(?P<mark>[.!?؟。！？]+)[)\"”’»\]]*(?=\s|$|[^\W\d_a-zA-Z])"
)
_SEEN_ON = (
    r"accessed|retrieved|viewed|\(read|lest|läst|last visited|cited|abgerufen|aufgerufen|geprüft|zugriff|"
    r"consult(?:é|ado|ato)|recuperado|accesso|acceso|acesso em|дата обращения|дата звернення|dostęp|erişim|geraadpleegd"
)
#: What tells a reference from sentences among other references, and nowhere else: a year behind names, at the end or
#: between full stops; a quoted title with a mark in its quotation; the day on which an address was seen.
_CITED = tuple(
    re.compile(shape)
    for shape in (
        rf"^(?P<names>.{{2,200}}?)\s\((?:{_YEAR}[a-z]?(?:,[^()]{{1,40}})?|{_NO_YEAR})\)[.,:]?\s+[^\s]",
        rf"^(?P<names>.{{2,200}}?),\s{_YEAR}[a-z]?\.\s",
        rf"(?:[\d.,;:]|[{_UPPER}][\w.’'-]*)\s\(?{_YEAR}[a-z]?\)?(?:,\s(?:pp?|S|С|с)\.\s[\d\s–-]+)?\.?$",
        rf"[.;]\s{_YEAR}(?:\s\w{{3,9}}\.?)?(?:\s\d{{1,2}})?[.,;:]\s?",
        r"(?:\.\s?[–—-]\s|\d{4},\s(?:pp\.\s)?)\d{1,4}(?:\s?(?:с|p|S|s|pp)\.?|\.)$",
        rf",\s{_YEAR},\s\d{{1,2}}\s?(?:st|nd|rd|th|[eaªº]|\.)?\s(?:[eé]d|Aufl|ed|edn|edizione|edición)\b",
        rf"[.,]\s[Ii]n:\s.{{3,300}}{_YEAR}",
        r"^(?:\[\d+\]\s*)?[\"“«„][^\"”»“]{3,300}(?:[.,?!][\"”»“]|[\"”»“][.,])\s.{3,}https?://",
        rf"(?i:(?<!\w)(?:{_SEEN_ON})\b).{{0,40}}{_YEAR}",
    )
)
_SEEN = _CITED[-1]
_ABBREVIATIONS = frozenset(
    """
    dr prof mr mrs ms st no nos vol vols pp p ed eds vs e.g i.e etc al jr sr inc ltd co corp u.s u.k u.n gen
    col lt sen rep gov approx fig jan feb mar apr jun jul aug sep sept oct nov dec ca cf bzw z.b u.a s d.h bd
    nr hrsg т с г р стр им г-н sgt capt maj adm
""".split()
)
_DOTTED = re.compile(r"(?:[A-Z]{0,3}\d{1,3}(?:\.\d{1,3}){1,5}\.?|[A-Z]{1,2}\d{1,3}\.)\s+(?=[^\W\d_a-z])")


class Signs(msgspec.Struct, frozen=True, kw_only=True):
    """What can be seen of a line alone. ``evidence`` says in words what makes it an entry, "" where nothing does.

    ``dated`` and ``seen``: beside an address stands a date at the end, the day on which the address was seen.
    """

    line: Line
    key: str = ""
    addresses: tuple[Address, ...] = ()
    evidence: str = ""
    reference: bool = False
    cited: bool = False
    sentences: int = 0
    words: int = 0
    headline: bool = False
    dotted: bool = False
    source: bool = False
    dated: bool = False
    seen: bool = False
    too_long: bool = False

    @property
    def text(self) -> str:
        """The text of the line."""
        return self.line.text

    @property
    def urls(self) -> tuple[str, ...]:
        """The addresses that lead elsewhere than to a place of the same page."""
        return tuple(address.url for address in self.addresses if not address.url.startswith("#"))

    @property
    def only_address(self) -> bool:
        """The line is one address in the open, perhaps with a word that leads to it."""
        if len(self.addresses) != 1 or self.addresses[0].has_text or not self.urls:
            return False
        address = self.addresses[0]
        rest = (self.text[: address.start] + self.text[address.end :]).strip(" \t<>()[]:：-–—→•*.,")
        return not rest or is_one_of(rest, "label", "address")


def signs_of(line: Line, *, outlets: Outlets) -> Signs:
    """Look at a line."""
    text = line.text.strip()
    if len(text) > TOO_LONG:
        return Signs(line=line, key=text[:200], too_long=True, sentences=9, words=99)
    addresses = addresses_of(line)
    reference = looks_like_reference(text)
    words = text.split()
    return Signs(
        line=line,
        key=plain(text[numbering_of(text) :]),
        addresses=addresses,
        reference=reference,
        evidence="the shape of a reference" if reference else _evidence(line, addresses, outlets),
        cited=reference or looks_cited(text),
        sentences=sentences_of(_without_bracket(text)),
        words=len(words) if text.isascii() or len(words) > 2 else max(len(words), len(text) // 3),
        headline=_is_headline(text),
        dotted=_DOTTED.match(text) is not None,
        dated=bool(addresses) and _ends_with_date(text),
        seen=bool(addresses) and _SEEN.search(text[:1500]) is not None,
        source=source_of(line, outlets=outlets) is not None,
    )


def _evidence(line: Line, addresses: tuple[Address, ...], outlets: Outlets) -> str:
    text = line.text
    urls = tuple(address.url for address in addresses if not address.url.startswith("#"))
    if urls:
        return "a link"
    start = numbering_of(text)
    found = date_at(text, start)
    if found and _is_set_off(text, found):
        return "a date in front"
    if outlet_at_end(text, start, len(text), outlets=outlets) or outlet_at_start(
        text, start, len(text), outlets=outlets
    ):
        return "an outlet"
    if _ends_with_date(text):
        return "a date behind"
    bracket = _without_bracket(text)
    if len(bracket) < len(text) and is_note(text[len(bracket) :].strip(" ()[]")):
        return "a remark on its form"
    return ""


def _is_set_off(text: str, found: FoundDate) -> bool:
    """Say whether a mark divides a date from the headline behind it; behind a year alone a comma is not enough."""
    mark = text[found.end : found.end + 1]
    marks = ".:)]–—|" if found.is_year else ".:,;)] –—-|"
    return bool(mark) and mark in marks and len(text) - found.end > 15


def _ends_with_date(text: str) -> bool:
    """Say whether a line ends with a date that a comma or bracket sets off: ", 2023:", "(12 May 2023)"."""
    stripped = text.rstrip(" :.)]")
    found = date_ending(stripped, len(stripped))
    before = text[: found.start].rstrip() if found else ""
    if found is None or len(before) <= 15:
        return False
    marks = ",;|" if found.date.day is None else ",;|."  # behind a full stop a day alone is no sentence
    return before[-1] in marks or (before[-1] in "([" and text.rstrip()[-1] in ")]")


def looks_like_reference(text: str) -> bool:
    """Say whether a line has a shape that only reference strings have.

    >>> looks_like_reference("Deyermond, R. (2018). The alliance. In Routledge Handbook (pp. 421-429). Routledge.")
    True
    >>> looks_like_reference("Putin says bloc (2023) has developed contacts")
    False
    """
    return len(text) <= TOO_LONG and any(shape.search(text[:1500]) for shape in _REFERENCE)


def looks_cited(text: str) -> bool:
    """Say whether a line among references is one: by a year or a day of access where references have them."""
    text = text[numbering_of(text) : 1500]
    for shape in _CITED:
        if match := shape.search(text):
            names = match.groupdict().get("names") or ""
            small = [word for word in names.split() if word[0].islower() and len(word) > 3 and not is_stopword(word)]
            if len(small) < 2:
                return True
    return False


def sentences_of(text: str) -> int:
    """Count the sentences that end in a text; abbreviations and initials end none."""
    return sum(
        1
        for match in _SENTENCE_END.finditer(text[:5000])
        if match["mark"] != "." or _may_end_a_sentence(match["word"], first=match.start() == 0)
    )


def _may_end_a_sentence(word: str, *, first: bool) -> bool:
    """Say whether a full stop behind a word can end a sentence: not behind an initial, nor a number that is no year."""
    if word.isdigit():
        return len(word) == 4 and not first
    return word.casefold() not in _ABBREVIATIONS and len(word) > 1


def numbering_of(text: str) -> int:
    """Give the length of a bullet or number in front of a line ("[12] ", "• ", "3. "); 0 where there is none."""
    match = _bullets().match(text)
    return match.end() if match else 0


@cache
def _bullets() -> re.Pattern[str]:
    return re.compile(
        r"\s*(?:[•▪◦‣●■□◆►▶➤✓*+·–—-]\s+|[*†‡]{1,3}(?=[^\W\d_][^*†‡]*$)|\[\d{1,4}\]\s*|\(\d{1,3}\)\s+|\d{1,3}[.)]\s+(?=\S)|#{1,6}\s+)"
    )


def _without_bracket(text: str) -> str:
    """Give a text without the bracket at its end, however deep."""
    end = text.rstrip(" .")
    if not end.endswith((")", "]")):
        return text
    depth = 0
    for place in range(len(end) - 1, -1, -1):
        depth += (end[place] in ")]") - (end[place] in "([")
        if depth == 0:
            return end[:place].rstrip() or text
    return text


def _is_headline(text: str) -> bool:
    """Say whether a text reads like a sentence rather than like the name of a section.

    In scripts with capitals: five words or more of which some long ones are small or are verbs; elsewhere by length.
    """
    words = [word.strip(".,:;!?\"'“”‘’()«»") for word in text.split()]
    words = [word for word in words if word]
    cased = [word for word in words if word[0].upper() != word[0].lower()]
    if not cased:
        return len(words) >= 6 or (len(words) <= 2 and len(text) >= 14)
    if text.rstrip('"”»)').endswith(("?", "!")):
        return len(words) >= 3
    small = [word for word in cased[1:] if word[0].islower() and len(word) >= 4 and not is_stopword(word)]
    return len(words) >= 5 and (len(small) * 4 >= len(cased) or any(is_verb(word) for word in cased[1:]))
