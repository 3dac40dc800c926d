"""What each line of a page is: title, heading, navigation, contents, label, prose or entry.

A page comes in as a reader made it; it goes out with a role, a reason and a section for every line, and with its title,
author and day of change. Nothing is dropped: a line that is no entry stays, and says why.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from alliancebib.outline.head import Head, head_of
from alliancebib.outline.outlets import Outlets, load_outlets
from alliancebib.outline.roles import Decision, decide
from alliancebib.outline.several import with_entries_apart
from alliancebib.outline.signs import TOO_LONG, signs_of
from alliancebib.page import Line, Page, Role, Section

__all__ = ["TOO_LONG", "make_outline"]


def make_outline(page: Page, *, navigation: bool = False, outlets: Outlets | None = None) -> Page:
    """Say of every line what it is, and divide the page into sections.

    A line with several references becomes several lines first. A role that the reader has set already is kept. With
    ``navigation`` the links of the site's navigation become entries too. ``outlets`` (those shipped, unless given) help
    to tell a headline from a heading.

    >>> lines = ["From Newspapers", "Summit ends in Minsk, TASS"]
    >>> page = make_outline(Page(name="x", lines=tuple(Line(number=n, text=t) for n, t in enumerate(lines, 1))))
    >>> [str(line.role) for line in page.lines], page.sections[0].expects
    (['heading', 'entry'], 'news')
    """
    known = outlets or load_outlets()
    page = with_entries_apart(page)
    signs = [signs_of(line, outlets=known) for line in page.lines]
    head = head_of(page, signs)
    decisions = decide(signs, head, navigation=navigation)
    lines, sections = _divided(page.lines, decisions, head)
    return replace(
        page,
        lines=lines,
        sections=sections,
        title=head.title or page.title,
        author=head.author,
        updated=head.updated,
    )


def _divided(
    lines: Sequence[Line], decisions: Sequence[Decision], head: Head
) -> tuple[tuple[Line, ...], tuple[Section, ...]]:
    """Put each line into its section; the title heads those entries that no heading precedes."""
    sections: list[Section] = []
    notes: list[list[str]] = []
    done: list[Line] = []
    for line, decision in zip(lines, decisions, strict=True):
        if decision.role is Role.HEADING:
            sections.append(Section(title=_bare(line.text), line=line.number, expects=decision.expects))
            notes.append([])
        elif decision.role is Role.ENTRY and not sections and head.title_at >= 0 and len(done) > head.body_at - 1:
            title = lines[head.title_at]
            sections.append(Section(title=_bare(head.title), line=title.number, expects=head.expects))
            notes.append([])
        if decision.role is Role.PROSE and sections and len(line.text) <= TOO_LONG:
            notes[-1].append(line.text.strip())
        done.append(replace(line, role=decision.role, why=decision.why, section=len(sections) - 1))
    noted = (replace(section, note="\n".join(note)) for section, note in zip(sections, notes, strict=True))
    return tuple(done), tuple(noted)


def _bare(text: str) -> str:
    """Give the text of a heading without the marks that typists set around it."""
    return text.strip().strip("#*_=-–•◦▪·").strip().rstrip(":：").rstrip()
