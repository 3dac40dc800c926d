"""The markup that CSL allows in texts: a title with tags comes in, the same without them goes out.

``<i> <b> <sup> <sub> <sc>`` and spans say how a text is set; where it is searched, compared with what has none, or
shown in plain words, they are in the way.
"""

from __future__ import annotations

import re

__all__ = ["TAG", "without_markup", "without_nocase"]

#: A pattern of the tags that are understood.
TAG = r"</?(?:i|b|sup|sub|sc)>|<span\s+[^<>]*>|</span>"
_TAG = re.compile(TAG)
_SPAN = re.compile(r"""(<span\s+class=["']nocase["']\s*>)|<span\s+[^<>]*>|(</span>)""")


def without_markup(text: str) -> str:
    """Give a text without the tags that are understood.

    >>> without_markup('<i>The</i> <span class="nocase">NATO</span> < all')
    'The NATO < all'
    """
    return _TAG.sub("", text) if "<" in text else text


def without_nocase(text: str) -> str:
    """Give a text without the spans that keep the case of letters; other markup stays.

    >>> without_nocase('<i>The</i> <span class="nocase">NATO</span>')
    '<i>The</i> NATO'
    """
    if "nocase" not in text:
        return text
    pieces: list[str] = []
    waiting: list[int] = []  # spans that are open: where a "nocase" stands in the pieces, or -1 for another
    end = 0
    for tag in _SPAN.finditer(text):
        pieces.append(text[end : tag.start()])
        end = tag.end()
        if not tag[2]:
            waiting.append(len(pieces) if tag[1] else -1)
        elif waiting and (opened := waiting.pop()) >= 0:
            pieces[opened] = ""
            continue
        pieces.append(tag[0])
    return "".join([*pieces, text[end:]])
