"""What a page says of itself: that it is not there, in many languages, or that its domain is for sale.

The markup of a page comes in, the telling words go out, with whether they are clear; nothing here judges an address.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import msgspec

from alliancebib.checkers._absence import BARE, CLEAR, NONE, WEAK, folded, strength
from alliancebib.checkers._page import Body, heads, plain, read_body, seen, word_count
from alliancebib.checkers._walls import marks

__all__ = ["Absence", "alike", "says_not_found", "says_parked"]

#: A page with more words than these has something else to say than that it is not there.
SHORT = 150
#: With fewer words than these, a bare "404" tells something.
_HARDLY_ANY = 40
#: With more words than these, shared parts included, a page is not read further. It is quicker to count than to read.
_LONG, _FIRST_PART = 1500, 50_000
#: The same of a page with so many letters in paragraphs: in pieces of text that are longer than the words of a menu and
#: do not begin with a link.
_PROSE = 2500
_PIECE = re.compile(r"<(/?[A-Za-z]\w{0,20})[^<>]{0,2000}>([^<>]{25,})")
_MARKUP = re.compile(r"<[^<>]{0,2000}>")

#: Between the name of a page and the name of its site; and between sentences.
_SITE = re.compile(r"\s*[|»«·•›‹¦]\s*|\s+(?:[-–—/~]+|::)\s+|\s*[–—]\s*|(?<=\d)\s*[-–]\s*")
_SENTENCE = re.compile(r"\s*:\s+|[.!?…؟。！？।]+(?:\s+|$|(?<=[。！？]))")
_WORD = re.compile(r"[^\W\d_]+")
_RUN = re.compile(r"[!-~]+|[^\s!-~]+")
#: In an address, a token, a number or a date.
_CHANGING = re.compile(r"[/@=%\d]")
#: So few other words in a title may be the name of the site.
_NAME_WORDS = 3


class Absence(msgspec.Struct, frozen=True):
    """The words by which a page says that it is not there; whether they can hardly mean anything else."""

    words: str
    clear: bool = True


def says_not_found(text: str) -> Absence | None:
    """Give the part of a title, of a heading or of a short text that says that there is no such page.

    >>> says_not_found("<title>Страница не найдена | Новости</title>")
    Absence(words='Страница не найдена', clear=True)
    >>> says_not_found("<title>Lost and not found: a history of the army</title>")
    """
    visible = seen(text)
    named = heads(visible)
    faint: list[Absence] = []
    for line in (*named.titles, *named.first):
        found = _in_heading(line)
        if found and found.clear:
            return found
        faint += [found] if found else []
    lesser = [found for line in named.lesser if (found := _in_heading(line))]
    body = _short_body(visible)
    if lesser and body and lesser[0].clear:
        return lesser[0]
    if body and not faint:
        faint += _in_sentences(body)
    return next(iter([*faint, *(msgspec.structs.replace(found, clear=False) for found in lesser)]), None)


def says_parked(text: str) -> str:
    """Give the words by which a page with little text offers its domain for sale, or calls it parked; "" for none.

    >>> says_parked("<h1>example.org</h1><p>This domain is for sale!</p>")
    'This domain is for sale'
    """
    lowered = text[:65_536].lower()
    if not any(map(lowered.__contains__, marks("parked"))):
        return ""
    visible = seen(text)
    if _is_long(visible) or word_count(plain(visible)) > 2 * SHORT:
        return ""
    for line in (*heads(visible).titles, *read_body(visible).lines):
        for sentence in _SENTENCE.split(line):
            if any(mark in sentence.lower() for mark in marks("parked")):
                return sentence[:120]
    return ""


def alike(one: str, other: str) -> bool:
    """Say whether two pages are the same but for a few words: an address, a number, a date, links to other pages.

    What stands outside of links and of the parts that a site's pages share must be the same; of the whole, half.
    """
    if one == other:
        return True
    first, second = read_body(seen(one)), read_body(seen(other))
    core, others = _counted(first.core), _counted(second.core)
    if min(core.total(), others.total()) < 4:
        return core == others and _overlap(_counted(first.whole), _counted(second.whole)) >= 0.85
    most = max(core.total(), others.total())
    same = (core & others).total() >= most - min(0.1 * most + 2, 0.25 * most)
    return same and _overlap(_counted(first.whole), _counted(second.whole)) >= 0.5


def _in_heading(line: str) -> Absence | None:
    """Find absence in a title or heading: in all of it, beside the site's name, or in one of its sentences."""
    found = _best([line, *(_SITE.split(line))])
    if found:
        return found
    sentences = [sentence for part in _SITE.split(line) for sentence in _SENTENCE.split(part) if sentence]
    speaking = [sentence for sentence in sentences if strength(sentence) == CLEAR]
    if not speaking:
        return None
    silent = [sentence for sentence in sentences if strength(sentence) == NONE]
    return Absence(speaking[0], clear=len(_WORD.findall(" ".join(silent))) <= _NAME_WORDS)


def _best(lines: list[str]) -> Absence | None:
    strengths = [(strength(line), line) for line in lines]
    best = max((how for how, _ in strengths), default=NONE)
    if best == NONE:
        return None
    shortest = min((line for how, line in strengths if how == best), key=len)
    return Absence(shortest, clear=best > WEAK)


def _short_body(visible: str) -> Body | None:
    """Read a page that has little text outside of the parts that a site's pages share."""
    if _is_long(visible):
        return None
    body = read_body(visible)
    return body if word_count(" ".join(body.lines)) < SHORT else None


def _is_long(visible: str) -> bool:
    # Of most pages the first part is enough to see that they are long.
    letters = 0
    for piece in _PIECE.finditer(visible, 0, _FIRST_PART):
        letters += len(piece[2]) if piece[1] not in {"a", "A"} else 0
        if letters > _PROSE:
            return True
    return any(len(_MARKUP.sub(" ", visible[:size]).split()) > _LONG for size in (_FIRST_PART, len(visible)))


def _in_sentences(body: Body) -> Iterator[Absence]:
    least = BARE if word_count(" ".join(body.lines)) < _HARDLY_ANY else CLEAR
    for line in body.lines[:80]:
        if strength(line) >= least:
            yield Absence(line, clear=False)
            return
        for sentence in _SENTENCE.split(line):
            if strength(sentence) == CLEAR:
                yield Absence(sentence, clear=False)
                return


def _counted(text: str) -> Counter[str]:
    runs = (run for run in _RUN.findall(folded(text)) if not (run.isascii() and _CHANGING.search(run)))
    return Counter(word for run in runs for word in _WORD.findall(run))


def _overlap(words: Counter[str], others: Counter[str]) -> float:
    most = max(words.total(), others.total())
    return (words & others).total() / most if most else 1.0
