"""The role of each line of a body, by its own signs and by the lines around it.

The signs of all lines and the head come in; roles with their reasons go out. A line that is nothing else is weighed:
heading or entry (`alliancebib.outline.headings`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from alliancebib.outline.addresses import site_of
from alliancebib.outline.dates import is_date
from alliancebib.outline.head import Head, authors_in, ends_with_update, is_furniture, updated_in
from alliancebib.outline.headings import Around, holds_references, level_of_text, weigh
from alliancebib.outline.prose import is_prose
from alliancebib.outline.signs import Signs
from alliancebib.outline.words import (
    HeadingWords,
    begins_with,
    heading_words,
    is_one_of,
    phrases,
    words_of,
)
from alliancebib.page import Role

__all__ = ["Decision", "decide"]

_NUMBER = re.compile(r"(?:[A-Z]{0,2}\d{1,3}(?:\.\d{1,3}){0,5}[.)]?|[IVXLC]{1,6}[.)]|[A-Za-z][.)]|[•▪*–-])\s+(?=\S)")
#: "C. Books": the letter or number of a heading.
_LETTERED = re.compile(r"^\s*(?:[A-Z]|[IVX]{1,5}|\d{1,2})[.)]\s+")
#: A repeated title is believed from this many characters on.
_TITLE = 15
_RULE = re.compile(r"[\W_]+")
_INTRODUCING = frozenset(
    """
    the here these this below following see find what folgende hier voici aquí ecco ниже здесь следующие
""".split()
)


class Decision(msgspec.Struct, frozen=True):
    """What a line is, and why in words. ``expects`` is what a heading announces or takes over from the one above."""

    role: Role
    why: str
    expects: str = ""
    inherits: bool = False


def decide(lines: Sequence[Signs], head: Head, *, navigation: bool) -> list[Decision]:
    """Decide what each line is."""
    walk = _Walk(lines, head, navigation=navigation)
    return [walk.decision(place) for place in range(len(lines))]


class _Walk:
    """One pass from top to bottom; remembers the section it is in. Made anew for each page, never handed out."""

    def __init__(self, lines: Sequence[Signs], head: Head, *, navigation: bool) -> None:
        self.lines, self.head, self.navigation = lines, head, navigation
        own = frozenset(words_of(head.title)) - phrases("updated", "after")
        self.topic = frozenset(word for word in own if not heading_words(word).expects)
        self.body_level = level_of_text(lines)
        numbers = [one.line.number for one in lines]
        gaps = {later - earlier > 1 for earlier, later in pairwise(numbers)}
        self.has_gaps = gaps == {True, False}
        self.last = {one.key: place for place, one in enumerate(lines) if one.key}
        self.has_entries = False
        self.expects: list[tuple[int, str]] = [(0, head.expects)]
        self.in_contents = False
        self.seen_contents: set[str] = set()
        self.navigated: set[str] = set()
        self.linked, self.bare = 0, 0

    @property
    def expected(self) -> str:
        """What the section expects, here."""
        return self.expects[-1][1]

    def decision(self, place: int) -> Decision:
        """Decide a line and remember what follows from it."""
        one = self.lines[place]
        found = self._known(place) or self._head(place) or self._furniture(place) or self._body(place)
        if found.role is Role.HEADING:
            return self._entered(place, found)
        if found.role is Role.ENTRY:
            self.in_contents, self.has_entries = False, True
            self.linked += bool(one.urls)
            self.bare += not one.urls
        elif found.role is Role.CONTENTS:
            self.seen_contents.add(one.key)
        elif found.role is Role.NAVIGATION:
            self.navigated.add(one.key)
            if self.navigation and one.urls and one.text.strip():
                return Decision(Role.ENTRY, f"a link of the site's navigation, asked for: {found.why}")
        return found

    def _entered(self, place: int, found: Decision) -> Decision:
        """Open a section: what its heading does not say, the lines below it say, or the heading above it."""
        one = self.lines[place]
        level = self._level(one) or 7
        self.in_contents = False
        self.linked = self.bare = 0
        kept = [pair for pair in self.expects if pair[0] < level]
        below_marked = bool(kept) and (self._level(one) > 0 or kept[-1][0] > 0)  # a bold line below a marked heading
        inherited = kept[-1][1] if below_marked else (self.expected if found.inherits else "")
        below = "literature" if inherited != "news" and holds_references(self.lines[place + 1 :]) else ""
        expects = found.expects or below or inherited
        self.expects = [*kept, (level, expects)]
        return msgspec.structs.replace(found, expects=expects)

    def _level(self, one: Signs) -> int:
        return 0 if one.line.level == self.body_level else one.line.level

    def _known(self, place: int) -> Decision | None:
        """Keep what the reader knows already, and sort out what is no text at all."""
        one = self.lines[place]
        if one.line.role is not None:
            return Decision(one.line.role, one.line.why or "the markup of the page says so")
        if one.too_long:
            return Decision(Role.PROSE, "too long to be a reference")
        if not one.text.strip() or _RULE.fullmatch(one.text):
            return Decision(Role.NAVIGATION, "a line without words")
        if not one.reference and (updated_in(one.text) or (not self.has_entries and ends_with_update(one.text))):
            return Decision(Role.UPDATED, "it says when the page was changed")
        return None

    def _head(self, place: int) -> Decision | None:  # noqa: PLR0911 - one way out for each place in the head
        one, head = self.lines[place], self.head
        if place == head.title_at:
            return Decision(Role.TITLE, "the title of the page")
        if head.repeated and place == head.body_at:
            words = heading_words(one.text)
            return Decision(Role.HEADING, "the title again, above the body", words.expects)
        if place >= head.body_at:
            return None
        if place < head.title_at and (self._is_contents(place) or is_prose(one, self.expected)):
            return None
        above = self.lines[head.title_at].line.level == 1 and not one.evidence
        if place < head.title_at and not (one.words <= 4 or above or set(map(site_of, one.urls)) & head.sites):
            return None
        if head.title_at < place and is_date(one.text):
            return Decision(Role.UPDATED, "a date below the title")
        return Decision(Role.NAVIGATION, "it leads to the page's own site or carries its author's name, above the body")

    def _furniture(self, place: int) -> Decision | None:
        one = self.lines[place]
        if self._level(one) == 0 and is_furniture(one.text) and not (self.in_contents or one.reference):
            strange = [url for url in one.urls if self.head.sites and site_of(url) not in self.head.sites]
            if not (strange and len(one.text) > 30):
                return Decision(Role.NAVIGATION, "part of every page of a site")
        if self._is_menu(one):
            return Decision(Role.NAVIGATION, "short links side by side")
        if one.key in self.navigated and one.urls and place > self.head.body_at:
            return Decision(Role.NAVIGATION, "the same as in the navigation above")
        return None

    def _is_menu(self, one: Signs) -> bool:
        """Say whether a line above all entries is nothing but links of a word or two, or only leads to a mailbox."""
        links = one.line.links
        if links and all(link.url.startswith("mailto:") for link in links):
            return one.words <= 6
        rest = one.text
        for link in reversed(links):
            rest = rest[: link.start] + rest[link.end :]
        short = all(len(one.text[link.start : link.end].split()) <= 3 for link in links)
        return len(links) > 1 and short and not self.has_entries and not any(map(str.isalnum, rest))

    def _body(self, place: int) -> Decision:  # noqa: PLR0911 - one way out for each role
        one = self.lines[place]
        words = heading_words(_LETTERED.sub("", one.text), self.topic) if one.words <= 30 else HeadingWords()
        if self._is_contents(place):
            return Decision(Role.CONTENTS, "a table of contents")
        if self._level(one) and not self._is_marked_entry(place, words):
            return Decision(Role.HEADING, "the markup says so", words.expects, is_date(one.text))
        if beside := self._beside(place):
            return beside
        if self._is_label(place, words):
            return Decision(Role.LABEL, "it says where the lines below were taken from")
        if words.nothing_else and not one.reference and not one.urls and one.words <= 14 and not self._is_sentence(one):
            return Decision(Role.HEADING, f"its words announce {words.expects}", words.expects)
        if is_prose(one, self.expected) or self._introduces_items(place):
            return Decision(Role.PROSE, "sentences, no reference")
        cited = one.cited and self.expected == "literature"
        if cited or (one.evidence and not self._is_parent(place)):
            return Decision(Role.ENTRY, one.evidence or "names and years among references")
        return self._without_evidence(place, words)

    def _beside(self, place: int) -> Decision | None:
        """Decide a line that goes with the one above or below: its address, its outlet, its title."""
        if self._is_address_below(place):
            return Decision(Role.LABEL, "the address of the line above")
        if self._is_address_below(place + 1) and not self.lines[place].only_address:
            return Decision(Role.ENTRY, "its address stands on the next line")
        if self._is_source_below(place):
            return Decision(Role.LABEL, "the outlet of the headline above")
        if self._is_source_below(place + 1):
            return Decision(Role.ENTRY, "its outlet stands on the next line")
        return Decision(Role.LABEL, "the title of the reference below") if self._titles_what_follows(place) else None

    def _without_evidence(  # noqa: PLR0911 - one way out for each sign of a heading
        self, place: int, words: HeadingWords
    ) -> Decision:
        one, text = self.lines[place], self.lines[place].text.strip()
        if is_date(text):
            return Decision(Role.HEADING, "a date alone", "", inherits=True)
        if text.endswith((":", "：")):
            first = words_of(text)[:1]
            if one.words <= 12 and not (first and first[0] in _INTRODUCING):
                return Decision(Role.HEADING, "it ends with a colon", words.expects)
            return Decision(Role.LABEL, "it introduces the lines below")
        if self._is_underlined(place):
            return Decision(Role.HEADING, "it is underlined", words.expects)
        if text.isupper() and 1 <= one.words <= 10 and len(text) > 4 and self.expected != "news":
            return Decision(Role.HEADING, "all in capitals", words.expects)
        weighed = weigh(one, words, self._around(place))
        if weighed.is_heading:
            return Decision(Role.HEADING, "; ".join(weighed.reasons), words.expects, weighed.heads_what_is_set_in)
        if self.expected:
            return Decision(Role.ENTRY, f"a line in a section of {self.expected}")
        return Decision(Role.ENTRY, "it reads like a headline" if one.headline else "a line of a list")

    def _around(self, place: int) -> Around:
        following = self._following(place)
        return Around(
            following=following,
            text_follows=following is not None and self._is_body_text(place + 1),
            gap_above=self.has_gaps and self._gap(place),
            gap_below=self.has_gaps and self._gap(place + 1),
            has_gaps=self.has_gaps,
            alone=self._is_alone(place),
            expected=self.expected,
            topic=self.topic,
            all_linked=self.linked > 1 and not self.bare,
        )

    def _following(self, place: int) -> Signs | None:
        """Give the next line that says something of its own."""
        for one in self.lines[place + 1 : place + 4]:
            if one.text.strip() and not _RULE.fullmatch(one.text) and not is_furniture(one.text):
                return one
        return None

    def _gap(self, place: int) -> bool:
        if not 0 < place < len(self.lines):
            return True
        return self.lines[place].line.number - self.lines[place - 1].line.number > 1

    def _is_alone(self, place: int) -> bool:
        """Say whether empty lines stand around a line, and none between the next two."""
        around = self._gap(place) and self._gap(place + 1) and place + 2 < len(self.lines)
        return self.has_gaps and around and not self._gap(place + 2)

    def _is_body_text(self, place: int) -> bool:
        return (
            is_prose(self.lines[place], self.expected)
            or self._is_label(place, HeadingWords())
            or self._is_contents(place)
        )

    def _introduces_items(self, place: int) -> bool:
        """Say whether a line is a sentence above a list, and none of its items."""
        one, following = self.lines[place], self.lines[place + 1 : place + 2]
        ended = one.text.rstrip().endswith(".") and one.words > 3
        plain_text = not (one.evidence or one.cited or one.line.item or one.line.level)
        return ended and plain_text and bool(following) and following[0].line.item

    def _is_sentence(self, one: Signs) -> bool:
        return one.text.rstrip().endswith((".", "?", "!")) and one.words > 4

    def _is_underlined(self, place: int) -> bool:
        following = self.lines[place + 1].text.strip() if place + 1 < len(self.lines) else ""
        return len(following) >= 3 and set(following) <= set("=-~_*") and len(set(following)) == 1

    def _is_parent(self, place: int) -> bool:
        """Say whether an item only heads the items set in below it."""
        one, following = self.lines[place], self._following(place)
        return (
            not one.urls
            and not one.reference
            and following is not None
            and one.line.item
            and following.line.item
            and following.line.column > one.line.column
        )

    def _is_marked_entry(self, place: int, words: HeadingWords) -> bool:
        """Say whether what is marked up as a heading is an entry: a reference, or one of a run of linked titles."""
        one = self.lines[place]
        if one.reference and not words.nothing_else:
            return True
        if not one.urls or words.nothing_else or all(site_of(url) in self.head.sites for url in one.urls):
            return False
        around = [*self.lines[max(0, place - 1) : place], *self.lines[place + 1 : place + 2]]
        alike = [other for other in around if other.urls and other.line.level == one.line.level]
        return bool(alike) or (self.expected in {"news", "literature"} and one.line.level > 2)

    def _is_label(self, place: int, words: HeadingWords) -> bool:
        one = self.lines[place]
        if one.urls or one.reference or words.nothing_else or one.words > 25:
            return False
        length = begins_with(one.text.strip(), "label", "starts")
        if not length:
            return False
        rest = one.text.strip()[length:]
        following = self.lines[place + 1].key if place + 1 < len(self.lines) else ""
        named = " ".join(words_of(rest))
        if len(named) > 8 and following.startswith(named):
            return True
        colon = rest.lstrip().startswith((":", "："))
        return (bool(authors_in(rest)) and not one.headline) or (colon and one.words <= 15 and self.expected != "news")

    def _is_address_below(self, place: int) -> bool:
        """Say whether a line is the one address of the text on the line above it."""
        if not 0 < place < len(self.lines) or not self.lines[place].only_address:
            return False
        above, following = self.lines[place - 1], self.lines[place + 1 : place + 2]
        return (
            self.lines[place].line.number - above.line.number == 1
            and above.line.role is None
            and place - 1 >= self.head.body_at
            and place - 1 != self.head.title_at
            and not (above.urls or above.line.level or above.too_long or updated_in(above.text))
            and not (
                above.text.isupper() or above.text.rstrip().endswith((":", "：")) or is_prose(above, self.expected)
            )
            and not (following and following[0].only_address)
            and heading_words(above.text, self.topic).expects not in {"news", "literature"}
            and bool(above.key)
        )

    def _is_source_below(self, place: int) -> bool:
        """Say whether a line is the outlet, with or without a date, of the headline on the line above it."""
        if not self.head.body_at < place < len(self.lines) or not self.lines[place].source:
            return False
        above = self.lines[place - 1]
        plain_text = above.evidence in {"", "a link", "a date in front"}
        return (
            self.lines[place].line.number - above.line.number <= 1
            and above.line.role is None
            and not (above.line.level or above.source or above.reference or is_prose(above, self.expected))
            and plain_text
            and above.words > 3
        )

    def _titles_what_follows(self, place: int) -> bool:
        """Say whether a line only repeats the title of the reference on the next line, as search engines show it."""
        one, following = self.lines[place], self.lines[place + 1 : place + 2]
        return (
            not one.reference
            and len(one.key) >= _TITLE
            and any(other.reference and not other.too_long and one.key in other.key for other in following)
        )

    def _is_contents(self, place: int) -> bool:  # noqa: PLR0911 - one way out for each form of contents
        one = self.lines[place]
        if one.line.links and not one.urls and len(one.addresses) == len(one.line.links):
            return True  # every link leads to a place of this page
        text = one.text.strip()
        title, _, _ = text.partition(" - ")
        if one.reference or one.urls:
            return False
        if is_one_of(title.partition(":")[0], "contents", "titles") and one.words <= 30:
            self.in_contents = True
            return True
        if self._is_repeated(place) and (self._is_repeated(place - 1) or self._is_repeated(place + 1)):
            return one.key not in self.seen_contents
        if one.dotted and self._is_numbered_list(place):
            return not self._level(one)
        if not self.in_contents:
            return False
        later = any(other.key == one.key for other in self.lines[place + 1 :]) and one.key not in self.seen_contents
        return later or (_NUMBER.match(text) is not None and not one.evidence and one.key not in self.seen_contents)

    def _is_repeated(self, place: int) -> bool:
        """Say whether a line above all entries stands again below, as in a contents list without a title."""
        if self.has_entries or not self.head.title_at < place < len(self.lines):
            return False
        one = self.lines[place]
        return bool(one.key) and self.last[one.key] > place and not (one.evidence or self._level(one))

    def _is_numbered_list(self, place: int) -> bool:
        one = self.lines[place]
        if self.in_contents or not one.text.strip()[0].isdigit() or one.text.split()[0].count(".") > 1:
            return one.key not in self.seen_contents or not self._is_parent_of_entries(place)
        near = self.lines[max(0, place - 1) : place + 2]
        return sum(other.dotted and not other.evidence for other in near) > 1

    def _is_parent_of_entries(self, place: int) -> bool:
        following = self._following(place)
        return following is not None and not following.dotted
