"""Where the parts of an entry meet: doubled punctuation is swallowed, spaces are not repeated, quotes take commas in.

A stream comes in, a mended one goes out. Only what the style adds (affixes, delimiters) gives way; text of a field is
never changed, but for the mark at its very end that a stronger one takes the place of. The table of pairs is that of
the official test suite (``punctuation_FullMontyPlain``).
"""

from __future__ import annotations

from collections.abc import Iterable

from alliancebib.csl.output.stream import Mark, Piece, Token

__all__ = ["mended"]

_MARKS = frozenset(".,;:!?")
#: (mark there, mark that comes) where one of the two goes: which one stays.
_WINNER = {
    (":", "."): ":",
    ("!", "."): "!",
    ("?", "."): "?",
    (";", "."): ";",
    (";", ":"): ";",
    ("!", ":"): "!",
    ("?", ":"): "?",
    (":", "!"): "!",
    (":", "?"): "?",
    (";", "!"): "!",
    (";", "?"): "?",
} | {(mark, mark): mark for mark in _MARKS}
#: What American usage moves inside closing quotation marks (``punctuation_FullMontyQuotesIn``).
_INTO_QUOTES = frozenset(".,!?")
_SPACES = frozenset(" \u00a0")


def mended(tokens: Iterable[Token], *, punctuation_in_quote: bool = False) -> list[Token]:
    """Mend the seams of a stream.

    >>> [piece.text for piece in mended([Piece("Who knows?"), Piece(". ", affix=True)])]
    ['Who knows?', ' ']
    """
    work = _Mending(into_quotes=_INTO_QUOTES if punctuation_in_quote else frozenset())
    for token in tokens:
        work.take(token)
    return work.tokens


class _Mending:
    """The stream as mended so far, and where its visible pieces stand."""

    def __init__(self, *, into_quotes: frozenset[str]) -> None:
        self.tokens: list[Token] = []
        self._visible: list[int] = []
        self._into_quotes = into_quotes

    def take(self, token: Token) -> None:
        if isinstance(token, Mark):
            self.tokens.append(token)
            return
        text = token.text
        if text and token.affix and self._visible and (text[0] in _MARKS or text[0] in _SPACES):
            text = self._after_seam(token)
        if not text:
            last = self._last()
            if last is not None and token.text and not token.place:  # a delimiter that went still parts the two
                last.place = "suffix"
            return
        if token.affix and text[0] in _MARKS and self._crosses_display():
            place = self._visible[-1] + 1
            self.tokens.insert(place, Piece(text[0], affix=True))
            self._visible.append(place)
            text = text[1:]
            if not text:
                return
        self._visible.append(len(self.tokens))
        self.tokens.append(token if text == token.text else token.reading(text))

    def _last(self, back: int = 1) -> Piece | None:
        if back > len(self._visible):
            return None
        token = self.tokens[self._visible[-back]]
        assert isinstance(token, Piece)
        return token

    def _keeps_blank(self, token: Piece, last: Piece) -> bool:
        """Say whether a blank stays behind another one, where a style parts the two; citeproc-js keeps them there.

        A blank inside a style that opens stays, and one behind a style that ended with a blank, but for the suffix of
        the styled part; so does the blank of a prefix behind a dressed part that stands beside it.
        """
        since = self.tokens[self._visible[-1] + 1 :]
        styles = [mark for mark in since if isinstance(mark, Mark) and mark.name not in ("display", "link")]
        if any(mark.opens or not token.place.endswith("dressed suffix") for mark in styles):
            return True
        return last.place == "dressed suffix" and token.place == "prefix"

    def _crosses_display(self) -> bool:
        """Say whether a display block ended since the last text: punctuation belongs to what is before it."""
        if not self._visible:
            return False
        since = self.tokens[self._visible[-1] + 1 :]
        return any(isinstance(token, Mark) and token.name == "display" and not token.opens for token in since)

    def _after_seam(self, token: Piece) -> str:
        """Give what is left of an affix when it meets what stands before it."""
        text = token.text
        while text:
            mark, last = text[0], self._last()
            if last is None:
                return text
            if last.quote == "close" and mark in _MARKS:
                if not self._at_quotes(mark, direct=token.owner == last.owner):
                    return text
                text = text[1:]
                continue
            before = last.text[-1]
            if mark in _SPACES:
                kept = before != mark or not last.affix or self._keeps_blank(token, last)
                return text if kept else text[1:]
            if (before, mark) not in _WINNER:
                return text
            if _WINNER[before, mark] == mark != before:
                self._shorten(last)
                continue
            text = text[1:]
        return text

    def _at_quotes(self, mark: str, *, direct: bool) -> bool:
        """Settle a mark that comes after closing quotes; True where it is moved or swallowed.

        ``direct``: the mark stands right beside the quotation, not further out. There a stop or colon is kept behind a
        quoted question, as citeproc-js keeps it.
        """
        back = 1
        while (piece := self._last(back)) is not None and piece.quote == "close":
            back += 1
        if piece is None or piece.quote == "open":
            return False
        before = piece.text[-1]
        winner = _WINNER.get((before, mark), "")
        moves = mark in self._into_quotes
        if before == mark or (winner == before and (moves or not direct or piece.affix)):
            return True
        if not moves:
            return False
        if winner:  # a stronger mark takes its place
            piece.text = piece.text[:-1]
        self._insert(mark, before=self._visible[-(back - 1)])
        return True

    def _insert(self, mark: str, *, before: int) -> None:
        self.tokens.insert(before, Piece(mark, affix=True))
        place = self._visible.index(before)
        self._visible[place:] = [before, *(later + 1 for later in self._visible[place:])]

    def _shorten(self, piece: Piece) -> None:
        self.tokens[self._visible[-1]] = piece.reading(piece.text[:-1])
        if len(piece.text) == 1:
            self._visible.pop()
