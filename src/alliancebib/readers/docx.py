"""Word documents (DOCX): each paragraph, heading, list item and table row is one line, with its links; notes follow.

Needs python-docx (``alliancebib[docx]``). The number of a line is that of its paragraph in the document, its column
the place in the paragraph. Bibliographies of Zotero, Mendeley and Word itself are text like any other; what was
deleted under tracked changes or is hidden is not shown. Headers, footers and comments are kept as lines with a role.
"""

from __future__ import annotations

from alliancebib.errors import InputError
from alliancebib.files import Source
from alliancebib.page import Page
from alliancebib.readers._word_package import opened
from alliancebib.readers._word_text import lines_of

__all__ = ["read", "recognises"]


def recognises(source: Source) -> float:
    """Say how sure it is that this is a Word document: `files` looked into the archive already."""
    return 1.0 if source.document == "docx" else 0.0


def read(source: Source) -> Page:
    """Make a line of every paragraph, item and row; the title is the one that the document shows.

    Raises:
        InputError: The source is no Word document or cannot be opened, or python-docx is not installed.
    """
    if source.document != "docx":
        raise InputError("this is no Word document (DOCX)", place=source.place, help="Leave out `--from docx`.")
    lines = lines_of(opened(source.data, place=source.place))
    title = next((line.text for line in lines if line.level == 1), "")
    return Page(name=source.name, lines=lines, title=title, findings=source.findings)
