"""The strict grammars of Google Scholar's formats: what fits, what does not, and that no line is slow."""

# ruff: noqa: E501 - citations in one piece
from __future__ import annotations

import pytest

from alliancebib.model import Reference
from alliancebib.page import Line, Section
from alliancebib.parsers import parse_reference, scholar
from growth import in_proportion

ARTICLE = {
    "mla": 'Doe, Jane, and Max Roe. "Whose order? A U.S. view." Vestnik RUDN. International Relations 33.2-3 (2021): 283-304.',
    "apa": "Doe, J., & Roe, M. (2021). Whose order? A U.S. view. Vestnik RUDN. International Relations, 33(2-3), 283-304.",
    "chicago": 'Doe, Jane, and Max Roe. "Whose order? A U.S. view." Vestnik RUDN. International Relations 33, no. 2-3 (2021): 283-304.',
    "harvard": "Doe, J. and Roe, M., 2021. Whose order? A U.S. view. Vestnik RUDN. International Relations, 33(2-3), pp.283-304.",
    "vancouver": "Doe J, Roe M. Whose order? A U.S. view. Vestnik RUDN. International Relations. 2021 Apr 3;33(2-3):283-304.",
}  # fmt: skip
CHAPTER = {
    "mla": 'Doe, Jane. "On drills." Alliances. A handbook. Cham: Springer, 2018. 421-429.',
    "apa": "Doe, J. (2018). On drills. In Alliances. A handbook (pp. 421-429). Cham: Springer.",
    "chicago": 'Doe, Jane. "On drills." In Alliances. A handbook, pp. 421-429. Cham: Springer, 2018.',
    "harvard": "Doe, J., 2018. On drills. In Alliances. A handbook (pp. 421-429). Cham: Springer.",
    "vancouver": "Doe J. On drills. InAlliances. A handbook 2018 Jan 1 (pp. 421-429). Cham: Springer.",
}
THESIS = {
    "mla": "Doe, Jane. Drills. Diss. Harvard University, 2018.",
    "apa": "Doe, J. (2018). Drills (Doctoral dissertation, Harvard University).",
    "chicago": 'Doe, Jane. "Drills." PhD diss., Harvard University, 2018.',
    "harvard": "Doe, J., 2018. Drills (Doctoral dissertation, Harvard University).",
    "vancouver": "Doe J. Drills (Doctoral dissertation, Harvard University).",
}
BOOK = {
    "mla": "Doe, Jane, ed. Drills. Part two. Lexington, MA: D. C. Heath, 2018.",
    "apa": "Doe, J. (Ed.). (2018). Drills. Part two. Lexington, MA: D. C. Heath.",
    "harvard": "Doe, J. ed., 2018. Drills. Part two. Lexington, MA: D. C. Heath.",
    "vancouver": "Doe J, editor. Drills. Part two. Lexington, MA: D. C. Heath; 2018 Jan 1.",
}
PREPRINT = {
    "mla": 'Doe, Jane. "Drills." arXiv preprint arXiv:1234.5678 (2018).',
    "apa": "Doe, J. (2018). Drills. arXiv preprint arXiv:1234.5678.",
    "harvard": "Doe, J., 2018. Drills. arXiv preprint arXiv:1234.5678.",
    "vancouver": "Doe J. Drills. arXiv preprint arXiv:1234.5678. 2018 Jan 1.",
}


def fitted(text: str) -> Reference | None:
    return scholar.parse(Line(number=1, text=text), Section(title=""), page="x")


def read(text: str) -> Reference:
    """Read a text that must fit, and leave nothing over."""
    found = fitted(text)
    assert found is not None
    assert found.leftover == ()
    return found


@pytest.mark.parametrize("style", ARTICLE)
def test_articles_with_full_stops_in_title_and_journal(style: str) -> None:
    found = read(ARTICLE[style])
    assert (found.kind, found.title) == ("article-journal", "Whose order? A U.S. view")
    assert found.container_title == "Vestnik RUDN. International Relations"
    assert (found.volume, found.issue, found.page, found.year) == ("33", "2-3", "283-304", 2021)
    assert [name.family for name in found.author] == ["Doe", "Roe"]
    assert found.confidence >= 0.6


@pytest.mark.parametrize("style", CHAPTER)
def test_chapters(style: str) -> None:
    found = read(CHAPTER[style])
    assert (found.kind, found.title, found.page) == ("chapter", "On drills", "421-429")
    assert (found.container_title, found.publisher_place) == ("Alliances. A handbook", "Cham")
    assert (found.publisher, found.year, found.confidence) == ("Springer", 2018, 0.97)


@pytest.mark.parametrize("style", THESIS)
def test_theses(style: str) -> None:
    found = read(THESIS[style])
    assert (found.kind, found.title, found.publisher) == ("thesis", "Drills", "Harvard University")
    assert found.issued is None if style == "vancouver" else found.year == 2018


@pytest.mark.parametrize("style", BOOK)
def test_books_of_editors_whose_publisher_has_initials(style: str) -> None:
    found = read(BOOK[style])
    assert (found.kind, found.title) == ("book", "Drills. Part two")
    assert (found.publisher_place, found.publisher) == ("Lexington, MA", "D. C. Heath")
    assert [name.family for name in found.editor] == ["Doe"]


@pytest.mark.parametrize("style", PREPRINT)
def test_preprints(style: str) -> None:
    found = read(PREPRINT[style])
    assert (found.kind, found.container_title) == ("article", "arXiv preprint arXiv:1234.5678")


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("A, B., C, D., E, F., G, H., I, J., K, L., ... & De La Cruz Jr, M.-N. (2021). Title here. The Journal, 3, 4.", "A|C|E|G|I|K|De La Cruz"),
        ("Doe, J., & UNICEF. (2021). Title here. The Journal, 3(1), e1234.", "Doe|"),
        ('Doe, Jane, et al. "Title here." The Journal 3 (2021): 4.', "Doe|"),
        ('Doe, Jane, Max van der Roe, Kim Lee et al. "Title here." The Journal 3, no. 1 (2021): 4.', "Doe|Roe|Lee|"),
        ("World Health Organization. (2021). Title here. The Journal, 3(1), 4-5.", ""),
        ("van der Berg JM, O'Neill-Smith K, World Bank. Title here. The Journal. 2021;3:4-5.", "Berg|O'Neill-Smith|"),
        ('"Title here." The Journal 3 (2021): 4.', None),
        ("Title here. (2021). The Journal, 3(1), 4-5.", None),
    ],
)  # fmt: skip
def test_lists_of_names(text: str, families: str | None) -> None:
    found = read(text)
    assert found.title == "Title here"
    assert [name.family for name in found.author] == ([] if families is None else families.split("|"))


def test_quotation_marks_within_a_title() -> None:
    found = read('Doe, Jane. "" Why trust you?" Explaining it." In Proceedings of the Conference, pp. 1-10. 2016.')
    assert (found.title, found.kind) == ('" Why trust you?" Explaining it', "paper-conference")
    assert (found.container_title, found.page) == ("Proceedings of the Conference", "1-10")


def test_a_title_repeated_in_front_is_cut_off() -> None:
    found = read("Whose order? A view Doe, J. (2021). Whose order? A view of it. The Journal, 33(2), 3-4.")
    assert (found.title, found.origin.link_title) == ("Whose order? A view of it", "Whose order? A view")
    assert found.confidence == 0.97


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Summit in Minsk. Reuters, 2023.",
        "Doe, J. (2021). Title. Journal 33, pp. 3-4.",  # the journal's numbers as no format has them
        "Doe, J. (2021). Title. In M. Roe (Ed.), Book (pp. 1-2). Springer.",  # APA's own, with an editor
        "Doe, Jane. Title. 2nd ed. New York: Knopf, 1958.",
        "Doe, Jane. Title. Translated by Max Roe. New York: Knopf, 1958.",
        'Doe, J. "Title," Journal, vol. 3, pp. 4-5, 2021.',
        "J. Doe and M. Roe. Title. Springer, 2020.",
        "Doe, Jane (2001). Title. Princeton University Press.",
        "A headline about Doe, J. (2021). Title. The Journal, 3(1), 4-5.",
    ],
)
def test_other_formats_do_not_fit(text: str) -> None:
    assert fitted(text) is None


@pytest.mark.parametrize(
    "piece",
    [
        ",", '"', "(", ")", ". ", ", ", '." ', "A. ", "Aa, B., ", "Doe J, ", "a-", "a'", "In ", ". In", " (2021). ", ", 2021. ", "; 2021", ": ", "Title. ", "(Ed.)",
        "et al. ", " and ", ", & ", "1-", "1, ", " (pp. 1-2)", "van der ", "Vol. 1. ", "Diss. ", "St. ", "A A", "I", "x. Y, ",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "end", ["", " (2021). Title. Journal, 3(1), 4-5.", '. "Title." Journal 3.1 (2021): 4-5.', ". Title. Press, 2021."]
)
def test_no_line_is_slow(piece: str, end: str) -> None:
    """Up to 3,000 characters a line is tried in proportion to its length, and longer ones are no citation."""

    def text(size: int) -> str:
        return (piece * size)[: size - len(end)] + end

    in_proportion(text, fitted, 360)
    in_proportion(text, fitted, 3_100)
    in_proportion(text, parse_reference, 20_100)
