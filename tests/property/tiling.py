"""What every reference that was parsed keeps of its line: `untiled` says where one does not."""

from __future__ import annotations

from collections import Counter

from alliancebib.model import Reference, leftover_of

__all__ = ["untiled"]


def untiled(reference: Reference, raw: str) -> str:
    """Say how spans and leftover fail to tile the raw text; "" where they do.

    >>> from alliancebib.parsers import parse_reference
    >>> untiled(parse_reference("A title"), "A title"), untiled(parse_reference("A title"), "Another")
    ('', 'another raw text')
    """
    if reference.origin.raw != raw:
        return "another raw text"
    end = 0
    for span in reference.spans:
        if not end <= span.start < span.end <= len(raw):
            return "spans out of order"
        end = span.end
    if reference.leftover != leftover_of(raw, reference.spans):
        return "another leftover"
    kept = Counter(letter for span in reference.spans for letter in raw[span.start : span.end])
    kept += Counter("".join(reference.leftover))
    if any(count > kept[letter] for letter, count in Counter(raw).items() if not letter.isspace()):
        return "characters are lost"
    sure = (reference.confidence, *reference.confidence_of_fields().values())
    return "" if all(0 <= one <= 1 for one in sure) else "a confidence outside 0 to 1"
