"""The most likely encoding of bytes that are not UTF-8 and say nothing: a judgement by letters and their neighbours.

A judgement of our own instead of charset-normalizer: that library comes with requests, but its answers change from
version to version, and a list must read the same with every installation. Here each encoding is tried with the
languages written in it; the letters that such a language has often count for it, capitals within words, signs within
words and mixed scripts count against it. Few letters are enough, and the same bytes always give the same answer.
"""

from __future__ import annotations

import re
from itertools import islice

__all__ = ["guess_encoding"]

#: Encodings, best known first, and the letters beyond ASCII of a language written in them, most frequent first.
_LATIN: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (
        ("cp1252", "mac-roman", "cp850"),
        ("üäößé", "éèàêçùôîâûœëï", "óíáéñúü", "ãçáéíõóêâúà", "èàùòìé", "åäöøæé", "ëéïöüè", "áðíúþæéöýó", "õäöü"),
    ),
    (
        ("cp1250", "iso8859-2", "cp852"),
        ("łąężśóćńź", "íáěéčřšžýůúďťňó", "áíéčšžýťúľôňďäóŕĺ", "áéöóőüíúű", "ăîâşţ", "čšžćđ", "üäöß"),
    ),
    (("cp1254",), ("ıüşğçöâîiû",)),
    (("cp1257",), ("ėšįųžčūą", "āīēšņūķļģčž", "õäöüšž")),
)
_OTHER: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (
        ("cp1251", "koi8-r", "koi8-u", "cp866", "iso8859-5", "mac-cyrillic"),
        (
            "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
            "оаниіртевсклудмпзяьбгчйхцжїєшщюфґ",
            "аеоинтрсвлкдпмузябъгчцйжхфшщюь",
            "аиоетнрсјувкдмлпгзбљчцшњћжхфђџ",
            "анеіртослкывдупмязўбгчьцшжхйёэюф",
        ),
    ),
    (("cp1253",), ("αοιετσνηυρπκμλςωδάγχίέόήθύφβώξζψϊ",)),
    (("cp1255",), ("יהולאמרתשנבדקעפחגסכטצזםןףךץ",)),
    (("cp1256",), ("الينمتوربدعسفهكقحجشطصخذضزثغظءئؤأإآةىپچگژ",)),
)
_PRIOR = {"cp1252": 0.1, "cp1251": 0.05}
_MARKS = frozenset("“”‘’„‚–—…«»‹›•·§©®™°№€£ \u00a0")
_SAMPLE = 2000
_WINDOW = 16
_AS_BLANKS = bytes.maketrans(b"\r\n\t", b"   ")


def guess_encoding(data: bytes) -> str:
    """Give Python's name of the most likely encoding; windows-1252 where nothing speaks for another.

    >>> guess_encoding("Саммит ОДКБ в Минске".encode("koi8-r")), guess_encoding("Müller, größer".encode("cp1252"))
    ('koi8-r', 'cp1252')
    """
    sample = _sample(data)
    best, best_score = "cp1252", -10.0
    for mixed, table in ((True, _LATIN), (False, _OTHER)):
        for codecs, alphabets in table:
            for codec in codecs:
                text = sample.decode(codec, "replace")
                score = max(_score(text, alphabet, mixed=mixed) for alphabet in alphabets) + _PRIOR.get(codec, 0.0)
                if score > best_score:
                    best, best_score = codec, score
    for codec in _EAST:
        if (score := _east_score(sample, codec)) > best_score:
            best, best_score = codec, score
    return best


def _sample(data: bytes) -> bytes:
    """Take the stretches around bytes beyond ASCII, whole words as far as they are short."""
    pieces: list[bytes] = []
    end = 0
    for match in islice(re.finditer(rb"[\x80-\xff]+", data), _SAMPLE):
        start = max(end, match.start() - _WINDOW)
        if start > end:
            pieces.append(b" ")
        end = max(end, min(match.end(), match.start() + 4000) + _WINDOW)
        pieces.append(data[start:end])
    return b"".join(pieces).translate(_AS_BLANKS) + b" "


def _score(text: str, alphabet: str, *, mixed: bool) -> float:
    """Give the mean of what speaks for each character beyond ASCII: from about -2 to 1."""
    rank = {letter: 1 - 0.7 * place / len(alphabet) for place, letter in enumerate(alphabet)}
    total, count, run = 0.0, 0, 0
    before = " "
    for place, letter in enumerate(text):
        if letter <= "\x7f":
            run = 0
            before = letter
            continue
        count += 1
        run = run + 1 if letter.isalpha() else 0
        after = text[place + 1] if place + 1 < len(text) else " "
        total += _weight(letter, before, after, rank)
        if mixed and run > 2:
            total -= 1
        elif not mixed and letter.isalpha() and ((before.isascii() and before.isalpha()) or _is_ascii_letter(after)):
            total -= 0.5
        before = letter
    return total / count if count else 0.0


def _is_ascii_letter(letter: str) -> bool:
    return letter.isascii() and letter.isalpha()


def _weight(letter: str, before: str, after: str, rank: dict[str, float]) -> float:
    if letter.isalpha():
        if letter.isupper() and before.islower():
            return -1
        return rank.get(letter.lower(), -0.5)
    if letter in _MARKS:
        within = before.isalpha() and after.isalpha()
        return 0.6 if not within or letter in "’–—\u00a0·" else -0.5
    return -2 if letter == "\ufffd" or not letter.isprintable() else -1


#: Encodings of East Asia, and the lead bytes of their common characters (level 1 of the national sets). The common
#: characters of the first are common in the fourth as well, but not the other way round: of equals the first is taken.
_EAST: dict[str, tuple[tuple[int, int], ...]] = {
    "cp949": ((0xA1, 0xA3), (0xB0, 0xC8)),
    "euc_jp": ((0xA1, 0xA5), (0xB0, 0xCF)),
    "cp932": ((0x81, 0x83), (0x88, 0x97)),
    "gb18030": ((0xA1, 0xA3), (0xB0, 0xD7)),
    "big5": ((0xA1, 0xC6),),
}
#: Fewer characters can be words of any encoding.
_FEWEST = 4
_KANA = re.compile(r"[\u3040-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def _east_score(sample: bytes, codec: str) -> float:
    """Give the share of common characters; Japanese must have kana, Korean must be hangul."""
    text = sample.decode(codec, "replace")
    letters = [letter for letter in text if letter > "\x7f"]
    if len(letters) < _FEWEST:
        return -10.0
    replaced = text.count("\ufffd")
    common = sum(1 for letter in letters if _is_common(letter, codec))
    whole = "".join(letters)
    if codec in ("euc_jp", "cp932") and len(_KANA.findall(whole)) * 6 < len(letters):
        return -10.0
    if codec == "cp949" and len(_HANGUL.findall(whole)) * 3 < len(letters):
        return -10.0
    if codec in ("gb18030", "big5") and len(_HAN.findall(whole)) * 2 < len(letters):
        return -10.0
    return 0.95 * (common / len(letters)) ** 2 - 3 * replaced / len(letters)


def _is_common(letter: str, codec: str) -> bool:
    try:
        encoded = letter.encode(codec)
    except UnicodeEncodeError:
        return False
    return len(encoded) == 2 and any(low <= encoded[0] <= high for low, high in _EAST[codec])
