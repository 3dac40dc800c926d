"""Upper and lower case of a tree's text, as the attribute ``text-case`` asks (CSL 1.0.2, "Text-case").

A tree and the name of a case come in, a tree of the same shape goes out. Words are seen across the tree's leaves;
spans that are marked "nocase" stay as they are. That title case is for English alone is for the caller to see to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from alliancebib.csl.output.tree import Leaf, Node

__all__ = ["CASES", "recased"]

#: Words that keep their lower case in titles: articles, conjunctions, prepositions (the list of the specification),
#: and particles of names.
STOP_WORDS = frozenset(
    """a about above across afore after against al along alongside amid amidst among amongst an and anenst apropos
    apud around as aside astride at athwart atop barring before behind below beneath beside besides between beyond but
    by c ca circa d' de despite down during et except for forenenst from given in inside into lest like modulo near
    next nor notwithstanding of off on onto or out over per plus pro qua sans since so than the through thru
    throughout thruout till to toward towards under underneath until unto up upon v v. van versus via vis-à-vis von vs
    vs. with within without yet""".split()
)
_WORD = re.compile(r"[^\s/–—-]+")
_TITLE_WORD = re.compile(r"[^\s–—]+")
_LETTER = re.compile(r"[^\W\d_]")
_CLAUSE_END = re.compile(r"[:?!][\"”’'»)\]]*\s+$")
_OPENING_MARKS = re.compile(r"[\"“‘'«(\[\s]*")
#: Elided articles and particles: "John d'Doe", "l'Étranger".
_ELIDED = frozenset({"d'", "d’", "o'", "o’", "l'", "l’"})
_EDGE = "\"'“”‘’«»„()[]{}.,:;?!…"
#: What parts words inside a word: "and/or", "self-made", "function(al)", "example.org".
_SEAM = re.compile(r"([-/:.,;()\[\]]+(?=\w))")
#: What may stand before the first letter of a word; behind any other sign a letter belongs to it ("&amp;", "#tag").
_OPENING = frozenset("()[].,:;!?¿¡-–—/")
#: A Greek letter by itself is a symbol ("β-carotene").
_SYMBOL = re.compile("[α-ω](?![^\\W\\d_])")


def recased(node: Node, case: str, *, language: str = "en") -> Node:
    """Give the tree in another case; ``language`` is whose letters are raised, "en" or "tr-TR".

    >>> recased(Leaf("the art of war: a story"), "title")
    Leaf('The Art of War: A Story', '')
    """
    change = CASES.get(case)
    if change is None:
        return node
    spans = list(_spans(node, nocase=False))
    text = "".join(leaf.text for leaf, _ in spans)
    frozen = None
    if any(nocase for _, nocase in spans):
        frozen = "".join(("1" if nocase else "0") * len(leaf.text) for leaf, nocase in spans)
    after = change(text, frozen or "", language.lower()[:2])
    return node if after == text else _refilled(node, iter(_cut(after, [len(leaf.text) for leaf, _ in spans])))


def _spans(node: Node, *, nocase: bool) -> Iterator[tuple[Leaf, bool]]:
    if isinstance(node, Leaf):
        yield node, nocase
        return
    inner = nocase or any(name == "nocase" for name, _ in node.form)
    for child in node.children:
        yield from _spans(child, nocase=inner)


def _cut(text: str, lengths: list[int]) -> Iterator[str]:
    start = 0
    for length in lengths:
        yield text[start : start + length]
        start += length


def _refilled(node: Node, texts: Iterator[str]) -> Node:
    if isinstance(node, Leaf):
        return Leaf(next(texts), node.label, affix=node.affix)
    return node.holding([_refilled(child, texts) for child in node.children])


def _kept(before: str, after: str, frozen: str) -> str:
    """Put back what is marked nocase."""
    if not frozen:
        return after
    return "".join(old if mark == "1" else new for old, new, mark in zip(before, after, frozen, strict=True))


def _upper(character: str, language: str) -> str:
    if language in ("tr", "az") and character == "i":
        return "İ"
    upper = character.upper()
    return upper if len(upper) == 1 else character


def _lower(character: str, language: str) -> str:
    if language in ("tr", "az") and character in "Iİ":
        return "ı" if character == "I" else "i"
    lower = character.lower()
    return lower if len(lower) == 1 else character


def _lowercase(text: str, frozen: str, language: str) -> str:
    return _kept(text, "".join(_lower(character, language) for character in text), frozen)


def _uppercase(text: str, frozen: str, language: str) -> str:
    return _kept(text, "".join(_upper(character, language) for character in text), frozen)


def _capitalized(word: str, language: str) -> str:
    """Raise the first letter of a word that has none raised; of "o.V." the "o" is one."""
    if word[:2].lower() in _ELIDED:
        return _upper(word[0], language) + word[1:]
    head = word.partition(".")[0] or word
    if head != head.lower() or word[:1] in "¿¡":
        return word
    found = _LETTER.search(word)
    if found is None or not _OPENING.issuperset(word[: found.start()]) or _SYMBOL.match(word, found.start()):
        return word
    place = found.start()
    return word[:place] + _upper(word[place], language) + word[place + 1 :]


def _capitalize_first(text: str, frozen: str, language: str) -> str:
    found = _WORD.search(text)
    while found and not _LETTER.search(found[0]) and not any(character.isdigit() for character in found[0]):
        found = _WORD.search(text, found.end())
    if found is None:
        return text
    after = text[: found.start()] + _capitalized(found[0], language) + text[found.end() :]
    return _kept(text, after, frozen)


def _capitalize_all(text: str, frozen: str, language: str) -> str:
    return _kept(text, _WORD.sub(lambda found: _capitalized(found[0], language), text), frozen)


def _sentence(text: str, frozen: str, language: str) -> str:
    found = _WORD.search(text)
    if found is None:
        return text
    rest = _lowercase(text[found.end() :], "", language)
    return _kept(text, text[: found.start()] + _capitalized(found[0], language) + rest, frozen)


@lru_cache(maxsize=8_192)
def _title(text: str, frozen: str, language: str) -> str:
    words = list(_TITLE_WORD.finditer(text))
    after = list(text)
    opening = _OPENING_MARKS.match(text)
    begins = opening.end() if opening else 0
    for place, found in enumerate(words):
        # Only the word before and the gap are looked at, or long texts would take the square of their length.
        before = words[place - 1].start() if place else 0
        first = place == 0 or found.start() <= begins or bool(_CLAUSE_END.search(text, before, found.start()))
        changed = _title_word(found[0], language, first=first, last=place == len(words) - 1)
        after[found.start() : found.end()] = changed
    return _kept(text, "".join(after), frozen)


def _title_word(word: str, language: str, *, first: bool, last: bool) -> str:
    """Give a word of a title; parts joined by hyphens, slashes, points or brackets are words of their own."""
    parts = _SEAM.split(word)
    for place in range(0, len(parts), 2):
        at_start = first and place == 0
        at_end = last and place == len(parts) - 1
        if at_start or not _stays_small(parts, place, at_end=at_end):
            parts[place] = _capitalized(parts[place], language)
    return "".join(parts)


def _stays_small(parts: Sequence[str], place: int, *, at_end: bool) -> bool:
    """Say whether a part of a word inside a title keeps its small letter."""
    bare = parts[place].strip(_EDGE)
    begins_compound = place + 1 < len(parts) and parts[place + 1] == "-" and not any(parts[:place])
    if len(bare) == 1 and bare != "a":
        return not begins_compound  # a sign rather than a word: "07-x", "p < 0.05"; but "X-Ray"
    if bare[:2].lower() in _ELIDED:
        return True
    if bare.lower() not in STOP_WORDS and parts[place].lower() not in STOP_WORDS:
        return False
    return not at_end and not begins_compound


#: The values of ``text-case``.
CASES: dict[str, Callable[[str, str, str], str]] = {
    "lowercase": _lowercase,
    "uppercase": _uppercase,
    "capitalize-first": _capitalize_first,
    "capitalize-all": _capitalize_all,
    "sentence": _sentence,
    "title": _title,
}
