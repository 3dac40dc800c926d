"""What makes two references different works before any likeness is weighed.

Each veto looks at two comparison forms and gives a reason in words, or "". The first one that speaks decides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from alliancebib.matching.forms import Forms, Group
from alliancebib.matching.kinds import apart
from alliancebib.matching.normal import fold, squeezed, words
from alliancebib.matching.similarity import are_opposites, leftovers
from alliancebib.matching.titles import TitleForm
from alliancebib.matching.vocabulary import vocabulary

__all__ = ["VETOES", "mark_veto", "number_veto", "sign_veto", "slip_veto", "veto", "word_veto"]

#: Kinds that a number of their own tells apart: reports, resolutions, standards.
_NUMBERED = {Group.REPORT, Group.LAW}
#: Between the parties of a case.
_VERSUS = re.compile(r"(.+?)\b(?:v|vs|versus|contre|gegen|против)\b\.?(.+)")
_LETTER = re.compile(r"(?<![^\W_])([^\W\d_])(?![^\W_])")
#: More words than so many that differ are no slips of the pen; words with fewer letters are not looked at.
_FEW, _WORD = 6, 4


def veto(a: Forms, b: Forms) -> str:
    """Give the reason why two references are different works; "" where no veto speaks."""
    for one in VETOES:
        if reason := one(a, b):
            return reason
    return ""


def mark_veto(a: Forms, b: Forms) -> str:
    """Give the reason why two references are different works by a mark, an edition or a number that only one has."""
    return _marks(a, b) or _editions(a, b) or _numbers(a, b)


def _marks(a: Forms, b: Forms) -> str:
    marks = a.title.marks ^ b.title.marks
    if a.doi and a.doi == b.doi:
        # A retracted article keeps its DOI and gets a word before its title.
        marks -= {"retracted"}
    if a.group is b.group is Group.REVIEW:
        marks -= {"review"}
    return f"only one is marked as {', '.join(sorted(marks))}" if marks else ""


def _editions(a: Forms, b: Forms) -> str:
    if a.edition and b.edition and a.edition != b.edition:
        return f"editions differ: {a.edition} against {b.edition}"
    return ""


def _numbers(a: Forms, b: Forms) -> str:
    if a.number and b.number and a.number != b.number and _NUMBERED & {a.group, b.group}:
        return f"numbers differ: {a.number} against {b.number}"
    return ""


def _volumes_of_books(a: Forms, b: Forms) -> str:
    if a.group is b.group is Group.BOOK and a.volume and b.volume and a.volume != b.volume:
        return f"volumes of a book differ: {a.volume} against {b.volume}"
    return ""


def _set_and_volume(a: Forms, b: Forms) -> str:
    """Hold a set of volumes and one of them apart, which often share all else."""
    if a.group is b.group is Group.BOOK and bool(a.volume) != bool(b.volume):
        whole = b if a.volume else a
        return "one is a set of volumes, the other a volume of it" if whole.volumes else ""
    return ""


def _chapters(a: Forms, b: Forms) -> str:
    """Hold chapters of one book apart: the same ISBN and container prove nothing when the pages differ."""
    if a.group is b.group is Group.PART and all(a.pages) and all(b.pages) and a.pages[0] != b.pages[0]:
        return f"chapters on different pages: {a.pages[0]} against {b.pages[0]}"
    return ""


#: Asked in this order.
VETOES: tuple[Callable[[Forms, Forms], str], ...] = (
    apart,
    _marks,
    _editions,
    _numbers,
    _volumes_of_books,
    _set_and_volume,
    _chapters,
)


def number_veto(a: Forms, b: Forms) -> str:
    """Give the reason why the numbers in two titles name different works: parts, years, counts; "" for none."""
    first, second = a.title, b.title
    parts, others = dict(first.parts), dict(second.parts)
    for label in sorted(parts.keys() & others.keys()):
        if parts[label] != others[label]:
            return f"{label} {parts[label]} against {label} {others[label]}"
    only_first, only_second = first.numbers - second.numbers, second.numbers - first.numbers
    if only_first and only_second:
        return f"numbers differ: {_listed(only_first)} against {_listed(only_second)}"
    return ""


def sign_veto(a: TitleForm, b: TitleForm) -> str:
    """Give the reason why the signs in two titles name different works: plus and minus, less and more; "" for none.

    A sign that only one has was left out, as databases do.
    """
    if a.signs == b.signs:
        return ""
    for one, other in ((a, b), (b, a)):
        for sign in sorted(one.signs - other.signs):
            if sign[0] in "<>" and ("<" if sign[0] == ">" else ">") + sign[1:] in other.signs - one.signs:
                return f"one title is of more than {sign[1:]}, the other of less"
            if "+" in sign and _has_minus(other, sign):
                return f"signs differ: {sign} against {sign.replace('+', '-')}"
    return ""


def _has_minus(title: TitleForm, sign: str) -> bool:
    word = re.escape(sign.strip("+"))
    pattern = rf"\([-−–]\)-?{word}\b" if sign[0] == "+" else rf"\b{word}\(?[-−–](?:\)|[^\w(]|$)"
    return bool(word) and bool(re.search(pattern, fold(title.text)))


def slip_veto(a: TitleForm, b: TitleForm) -> str:
    """Give the reason why two titles are two although slips of the pen might make one of the other; "" for none.

    Letters that stand alone, parties that changed places, and words that differ as no slip does.
    """
    return _letters(a, b) or _parties(a, b) or _lookalikes(a, b)


def _letters(a: TitleForm, b: TitleForm) -> str:
    """Hold "Vitamin D" and "Vitamin E" apart, whose letters are little words in some languages."""
    one, other = _single_letters(a), _single_letters(b)
    if (left := one - other) and (right := other - one):
        return f"letters differ: {_listed(list(left))} against {_listed(list(right))}"
    return ""


def _single_letters(title: TitleForm) -> Counter[str]:
    """Count the letters that stand alone; "a" where it ends a phrase, or belongs to the word before it."""
    text = fold(title.text)
    found: Counter[str] = Counter()
    for match in _LETTER.finditer(text):
        letter, before, behind = match[1], words(text[: match.start()]), text[match.end() :].lstrip()
        labelled = bool(before) and before[-1] in vocabulary().lettered
        if labelled or (before and letter not in vocabulary().empty) or (before and not behind[:1].isalnum()):
            found[letter] += 1
    return found


def _parties(a: TitleForm, b: TitleForm) -> str:
    """Hold cases apart whose parties changed places."""
    one, other = _VERSUS.fullmatch(fold(a.text)), _VERSUS.fullmatch(fold(b.text))
    if not one or not other:
        return ""
    (first, second), (third, fourth) = ([squeezed(party) for party in case.groups()] for case in (one, other))
    return "the parties changed places" if (first, second) == (fourth, third) != (third, fourth) else ""


def _lookalikes(a: TitleForm, b: TitleForm) -> str:
    """Hold words apart that differ as no slip of the pen does: by a beginning, or as two substances do."""
    only_a, only_b = set(a.written) - set(b.written), set(b.written) - set(a.written)
    if not only_a or not only_b or max(len(only_a), len(only_b)) > _FEW or squeezed(a.text) == squeezed(b.text):
        return ""
    for one in sorted(only_a):
        for other in sorted(only_b):
            if _have_other_beginnings(fold(one), fold(other)) or _are_substances(fold(one), fold(other)):
                return f"words differ: {one} against {other}"
    return ""


def _have_other_beginnings(one: str, other: str) -> bool:
    """Say whether one word is the other with one or two letters before it: "legal" and "illegal"."""
    short, long = sorted((one, other), key=len)
    before = long.removesuffix(short)
    return len(short) >= _WORD and 1 <= len(before) <= 2 and before not in vocabulary().silent


def _are_substances(one: str, other: str) -> bool:
    """Say whether two words are alike but for an ending by which substances are told apart: "nitrate", "nitrite"."""
    known = vocabulary().substances
    for size in (3, 2):
        if one[:-size] == other[:-size] and len(one) > size + 2 and {one[-size:], other[-size:]} <= known:
            return one != other
    return False


def word_veto(a: Forms, b: Forms) -> str:
    """Give the reason why the words of two titles that are not equal name different works; "" for none.

    A word without a counterpart on one side alone is no veto (a subtitle may be missing) unless it negates.
    """
    first, second = a.title, b.title
    left, right = leftovers(first.content, second.content)
    # What is told are the words of the titles: their one spelling is no language's.
    written = dict(zip(second.content + first.content, second.written + first.written, strict=True))
    for one in left:
        for other in right:
            if are_opposites(one, other):
                return f"opposite words: {written[one]} and {written[other]}"
    negated = vocabulary().negations & ({*left} ^ {*right})
    if negated and not (first.core == second.head or second.core == first.head):
        return f"only one title has the word {written[min(negated)]!r}"
    if left and right:
        return f"words differ: {_told(left, first)} against {_told(right, second)}"
    return ""


def _told(words: list[str], title: TitleForm) -> str:
    written = dict(zip(title.content, title.written, strict=True))
    return _listed([written[word] for word in words])


def _listed(values: frozenset[str] | list[str]) -> str:
    shown = sorted(values) if isinstance(values, frozenset) else values
    return " ".join(shown[:4]) + (" ..." if len(shown) > 4 else "")
