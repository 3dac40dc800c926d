"""Does a line of text speak of a work? For lines that nobody could read as a reference, but that state a DOI.

In come the line and the work that the DOI has; out comes yes or no. A line of hardly any words contradicts nothing.
"""

from __future__ import annotations

import re

from alliancebib.matching.forms import form_of
from alliancebib.matching.titles import title_form
from alliancebib.model import Reference

__all__ = ["mentions"]

#: Identifiers and addresses in a line are no words about the work.
_IDENTIFIER = re.compile(r"(?:https?://|www\.|(?:doi\s*:?\s*)?10\.\d{4,9}/)\S*", re.IGNORECASE)
#: A line with fewer meaningful words than this says nothing.
_FEW = 3
#: Share of the title's meaningful words that the line must have.
_SHARE = 0.6


def mentions(text: str, work: Reference) -> bool:
    """Say whether a line names a work: most words of its title, or one of its people with the year or volume.

    >>> mentions("Fish and chips in the north of England, doi:10.5555/1", Reference(title="Alliances after 1991"))
    False
    >>> mentions("doi:10.5555/1", Reference(title="Alliances after 1991"))
    True
    """
    said = title_form(_IDENTIFIER.sub(" ", text))
    if len(said.words) < _FEW:
        return True
    form = form_of(work)
    if form.title.words and len(form.title.words & said.words) >= _SHARE * len(form.title.words):
        return True
    people = {title_form(person.family).core for person in (*form.authors, *form.editors)}
    placed = {str(form.year or ""), form.volume} & said.numbers
    return bool(people & said.words and placed)
