"""Titles and names as services deliver them, with HTML, JATS, MathML and entities, become plain text.

Upper and lower numbers keep their place as Unicode characters (H₂O); words that are all capitals get their case back.
"""

from __future__ import annotations

import html
import re
import unicodedata

__all__ = ["PARTICLES", "calm_name", "calm_title", "plain"]

#: An entity written out. Without its semicolon it is more often text ("R&D", "Q&A").
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TAG = re.compile(
    r"""<(?P<close>/?)(?P<name>[A-Za-z][\w:.-]*)(?P<rest>(?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+))*\s*/?)>"""
)
_COMMENT = re.compile(r"<!--.*?-->|<!\[CDATA\[|\]\]>|<\?[^<>]*\?>", re.DOTALL)
#: Tags of HTML, JATS (https://jats.nlm.nih.gov) and TeX-like markup that stand in titles.
_KNOWN = frozenset(
    """a abbr b big bdi bdo bold br cite code div em emph ext-link fn font h1 h2 h3 h4 hr i img inf ins it italic
    kbd label li list list-item math mark mml monospace named-content ol overline p q roman rt ruby s sans-serif sc scp
    sec small smallcap smallcaps span strike strong styled-content sub sup tt title u ul underline underscore
    var xref alternatives inline-formula tex-math disp-formula inline-graphic mi mo mn ms mrow mtext msub msup
    msubsup mover munder mfrac msqrt mroot mtable mtr mtd mspace mstyle mfenced menclose mphantom semantics annotation
    graphic institution etal""".split()
)
#: Elements whose content repeats the formula in another notation.
_REPEATED = re.compile(
    r"<(?:\w+:)?(tex-math|annotation(?:-xml)?)\b[^<>]*>.*?</(?:\w+:)?\1\s*>", re.DOTALL | re.IGNORECASE
)
_FORMULA = re.compile(r"<((?:\w+:)?math)\b[^<>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
#: Control characters, and halves of surrogate pairs, which are no characters.
_UNPRINTED = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_BLOCKS = frozenset("br p div li list-item title sec tr mtr".split())
_SLANTED = frozenset("i em it italic b bold strong emph".split())
_RAISED = dict(zip("0123456789+-−–=()niabcde,*", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿⁱᵃᵇᶜᵈᵉ,*", strict=True))
_LOWERED = dict(zip("0123456789+-−–=()aeoxhklmnpst", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜ", strict=True))
_SCRIPTS = {"sup": _RAISED, "sub": _LOWERED, "inf": _LOWERED}

#: Words that stay small inside a title.
_SMALL = frozenset(
    """a an and as at but by en for from if in into nor of off on or over per so than the to up v via vs with yet
    de des du et la le les und der die das von im zur y el los las del e da do dos""".split()
)
#: Abbreviations with vowels that are written in capitals wherever they stand; those without vowels need no list.
_CAPITALS = frozenset(
    """AIDS ANZUS APEC ASEAN AU AUKUS BRICS CIS COVID CSTO DNA EAEU ECOWAS EU GUAM HIV IAEA ICAO ILO IMF IRA ISIS
    NAFTA NATO OAS OAU ODKB OECD OPEC OSCE RNA SAARC SARS SCO UAE UAV UK UN UNESCO UNHCR UNICEF US USA USSR
    WHO""".split()
)
_ROMAN = re.compile(r"[IVXLC]+")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
#: Words that belong to the family name behind them.
PARTICLES = frozenset("von van der den de del della di da dos du la le ten ter zu".split())


def plain(text: object) -> str:
    """Give a value of a record as one line of plain text; "" for what is no text.

    >>> plain("Global Modeling of N<sub>2</sub>O &amp;amp; ecology and<i>Functional Ecology</i>")
    'Global Modeling of N₂O & ecology and Functional Ecology'
    """
    if not text or not isinstance(text, str):
        return ""
    for _ in range(3 if "&" in text else 0):  # some records are escaped twice
        once = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
        if once == text:
            break
        text = once
    if "<" in text:
        text = _without_tags(text)
    return _one_line(text)


def _one_line(text: str) -> str:
    if not (text.isascii() and text.isprintable()):
        text = unicodedata.normalize("NFC", _UNPRINTED.sub(" ", text))
    elif " " not in text:  # as are most names and numbers
        return text
    return " ".join(text.split())


def _without_tags(text: str) -> str:
    text = _COMMENT.sub("", text)
    if _FORMULA.search(text):
        text = _REPEATED.sub("", text)
        text = _FORMULA.sub(_formula, text)
    text = _scripts(text)
    closed = {name.lower() for name in re.findall(r"</([A-Za-z][\w:.-]*)\s*>", text)}
    pieces, end = [], 0
    for tag in _TAG.finditer(text):
        if not _is_markup(tag, closed):
            continue
        pieces.append(text[end : tag.start()])
        pieces.append(_in_place_of(tag, text))
        end = tag.end()
    pieces.append(text[end:])
    # A line break that a pretty-printer put before a mark belongs to the markup.
    return re.sub(r"(?<=\S)\s*\n\s*(?=[-‐‑,.;:)\]])", "", "".join(pieces))


def _formula(match: re.Match[str]) -> str:
    """Give a formula without the white space of its markup, apart from the words beside it."""
    inside = re.sub(r">\s+", ">", re.sub(r"\s+<", "<", match[0]))
    before = " " if match.string[: match.start()][-1:].isalnum() else ""
    after = " " if match.string[match.end() :][:1].isalnum() else ""
    return f"{before}{inside}{after}"


def _scripts(text: str) -> str:
    """Write raised and lowered numbers as characters of their own where Unicode has them all."""

    def written(match: re.Match[str]) -> str:
        table = _SCRIPTS[match["name"].lower()]
        inside = "".join(_TAG.sub("", match["inside"]).split())
        return "".join(table[char] for char in inside) if inside and all(char in table for char in inside) else inside

    return re.sub(
        r"<(?:\w+:)?(?P<name>sup|sub|inf)\b[^<>]*>(?P<inside>(?:(?!</?(?:\w+:)?(?:sup|sub|inf)\b).)*)</(?:\w+:)?(?P=name)\s*>",
        written,
        text,
        flags=re.DOTALL | re.IGNORECASE,
    )


def _is_markup(tag: re.Match[str], closed: set[str]) -> bool:
    name = tag["name"].lower()
    return bool(tag["close"] or tag["rest"].strip()) or ":" in name or name in _KNOWN or name in closed


def _in_place_of(tag: re.Match[str], text: str) -> str:
    """Give what stands for a tag: mostly nothing, a blank where two words would run together."""
    name = tag["name"].lower().rpartition(":")[2]
    if name in _BLOCKS:
        return " "
    if name not in _SLANTED:
        return ""
    before, after = text[: tag.start()], text[tag.end() :]
    inner = re.split(r"<", after, maxsplit=1)[0] if not tag["close"] else re.split(r">", before)[-1]
    glued = before[-1:].isalnum() and after[:1].isalnum()
    glued = glued or (not tag["close"] and before[-1:] in {",", ";", ":", ")"} and after[:1].isalnum())
    # Single letters are symbols ("<i>N</i>-acetyl", "x<i>y</i>"); words that touch a word lost their blank.
    return " " if glued and len(inner.strip()) >= 3 else ""


def calm_title(title: str) -> str:
    """Give a title that is all capitals in ordinary capitals; any other as it is.

    >>> calm_title("THE CSTO AND NATO: A COMPARISON, PART II")
    'The CSTO and NATO: A Comparison, Part II'
    """
    if not _is_shouted(title) or len([word for word in _WORD.findall(title) if len(word) > 1]) < 3:
        return title
    after_break = {match.end() for match in re.finditer(r"[:.?!–—]\s+[\"'“‘(]?", title)}

    def calmed(match: re.Match[str]) -> str:
        word = match[0]
        if word.lower() in _SMALL and match.start() and match.start() not in after_break:
            return word.lower()
        if word in _CAPITALS or _ROMAN.fullmatch(word) or not re.search(r"[^\W\d_]", word) or _is_vowelless(word):
            return word
        return word[0] + word[1:].lower()

    return _WORD.sub(calmed, title)


def _is_shouted(text: str) -> bool:
    return text.isupper() and sum(map(str.isupper, text)) >= 4


def _is_vowelless(word: str) -> bool:
    return word.isascii() and not re.search(r"[AEIOUY]", word)


def calm_name(name: str) -> str:
    """Give a family or given name that is all capitals in ordinary capitals; initials and any other as they are.

    >>> [calm_name(name) for name in ("WALLGREN", "O'NEIL", "VAN DER BERG", "MCDONALD", "N. F.", "DeZee")]
    ['Wallgren', "O'Neil", 'van der Berg', 'McDonald', 'N. F.', 'DeZee']
    """
    if not _is_shouted(name):
        return name
    words = name.split(" ")
    calmed = [
        word.lower() if word.lower() in PARTICLES and place < len(words) - 1 else _calm_word(word)
        for place, word in enumerate(words)
    ]
    return " ".join(calmed)


def _calm_word(word: str) -> str:
    if "." in word or len(word) == 1:
        return word
    parts = re.split(r"([-‐‑'’])", word)
    word = "".join(part[:1] + part[1:].lower() for part in parts)
    return re.sub(r"^Mc([a-z])", lambda match: f"Mc{match[1].upper()}", word)
