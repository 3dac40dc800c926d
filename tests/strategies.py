"""Hypothesis strategies for the values of the model; every property test takes them from here."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from msgspec.structs import replace

from alliancebib.model import KINDS, Name, Origin, PartialDate, Provenance, Reference, Span, reference_id
from alliancebib.variables import DATE_VARIABLES, FIELDS, NAME_VARIABLES, TEXT_VARIABLES

#: Text that a person might type: letters of several scripts, digits, marks that mean something in TeX or HTML.
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZäöüßñçéøłžабвгдежзийАБВЮЯ中文عربي"
MARKS = " .,:;!?-–'\"’“”()/&%$#_~^{}\\<>@=+*|`"


def any_text(max_size: int = 30) -> SearchStrategy[str]:
    """Any text that can be encoded."""
    return st.text(st.characters(exclude_categories=["Cs"]), max_size=max_size)


def typed_text(max_size: int = 30) -> SearchStrategy[str]:
    """One line of letters and marks, without blanks at its ends and without runs of blanks; may be empty."""
    return st.text(LETTERS + MARKS + "0123456789", max_size=max_size).map(lambda text: " ".join(text.split()))


def words(min_size: int = 1, max_size: int = 5) -> SearchStrategy[str]:
    """Words of letters, as a title or a name has them."""
    word = st.text(LETTERS, min_size=1, max_size=9)
    return st.lists(word, min_size=min_size, max_size=max_size).map(" ".join)


def names(text: SearchStrategy[str] | None = None) -> SearchStrategy[Name]:
    """Any name, sensible or not."""
    part = text if text is not None else typed_text(12)
    return st.builds(
        Name,
        family=part,
        given=part,
        dropping_particle=st.just("") | part,
        non_dropping_particle=st.just("") | part,
        suffix=st.just("") | part,
        literal=st.just("") | part,
        others=st.booleans(),
    )


def sensible_names() -> SearchStrategy[Name]:
    """Names as people and bodies have them: parts of words, or a literal alone."""
    family = st.sampled_from(
        ["Aris", "Sakhariyev", "Иванов", "MacDonald", "Müller-Lüdenscheidt", "Nye", "Øre", "O'Brien"]
    )
    given = st.sampled_from(["", "Stephen", "S. M.", "Жанна", "Jean-Luc", "Ángel"])
    particle = st.sampled_from(["", "", "van der", "de la", "von"])
    person = st.builds(
        Name,
        family=family,
        given=given,
        non_dropping_particle=particle,
        suffix=st.sampled_from(["", "", "Jr.", "III"]),
    )
    body = st.sampled_from(
        ["World Health Organization", "Barnes and Noble", "ОДКБ", "United Nations, Secretariat", "UN"]
    )
    return person | body.map(lambda text: Name(literal=text))


def name_lists() -> SearchStrategy[tuple[Name, ...]]:
    """Lists of sensible names, cut or not."""
    whole = st.lists(sensible_names(), max_size=4).map(tuple)
    return whole | whole.filter(bool).map(lambda names: (*names, Name(others=True)))


def calendar_dates(min_year: int = 1, max_year: int = 9999) -> SearchStrategy[PartialDate]:
    """Dates of the calendar, of which year, month and day, or a season, are known."""
    day = st.dates().map(lambda day: (day.month, day.day))
    year = st.integers(min_year, max_year)

    def made(year: int, day: tuple[int, int], known: int) -> PartialDate:
        month, number = day
        number = min(number, 28)
        if known == 3:
            return PartialDate(year=year, season=(month - 1) // 3 + 1)
        return PartialDate(year=year, month=month if known else None, day=number if known == 2 else None)

    return st.builds(made, year, day, st.integers(0, 3))


def partial_dates() -> SearchStrategy[PartialDate]:
    """Sensible dates of every shape: parts, seasons, circa, ranges closed and open, years before 1, words."""
    point = calendar_dates() | calendar_dates(-3000, 0)
    circa = point.map(lambda date: replace(date, circa=True))
    closed = st.builds(lambda date, end: replace(date, end=end), point, point)
    opened = point.map(lambda date: replace(date, end=PartialDate()))
    return point | circa | closed | opened | words().map(lambda text: PartialDate(literal=text))


def odd_dates() -> SearchStrategy[PartialDate]:
    """Any value of the type, sensible or not."""
    number = st.none() | st.integers(-20, 3000)
    end = st.none() | st.builds(PartialDate, year=number, month=number)
    return st.builds(
        PartialDate,
        year=number,
        month=number,
        day=number,
        season=number,
        circa=st.booleans(),
        literal=any_text(8),
        end=end,
    )


def dois() -> SearchStrategy[str]:
    """DOIs, bare and in lower case."""
    return st.text("abcdefghijklmnopqrstuvwxyz0123456789().-_;/<>", min_size=1, max_size=12).map("10.1234/".__add__)


def urls() -> SearchStrategy[str]:
    """Absolute addresses with everything that is special in TeX."""
    return st.text("abcXYZ019-._~:/?#[]@!$&'()*+,;=%", max_size=15).map("https://example.org/".__add__)


def provenances() -> SearchStrategy[Provenance]:
    """Records of actors."""
    return st.builds(
        Provenance,
        actor=words(1, 1),
        fields=st.lists(st.sampled_from(["title", "issued"]), max_size=2).map(tuple),
        confidence=st.sampled_from([0.0, 0.25, 1.0]),
        note=any_text(10),
        refused=st.lists(st.tuples(st.just("title"), any_text(5)), max_size=1).map(tuple),
    )


@st.composite
def references(draw: st.DrawFn) -> Reference:
    """Any reference: what every format must take without an exception, and CSL-JSON must hold whole."""
    text = any_text(15) | typed_text(15)
    name_list = st.lists(names() | sensible_names(), max_size=3).map(tuple)
    date = partial_dates() | odd_dates()
    extra_names = st.sampled_from(sorted(NAME_VARIABLES | DATE_VARIABLES | TEXT_VARIABLES)) | any_text(8)
    fields = {name: draw(text) for name in draw(st.lists(st.sampled_from(TEXT_FIELDS), max_size=6, unique=True))}
    return Reference(
        id=draw(st.just("") | any_text(10)),
        key=draw(st.just("") | any_text(10)),
        kind=draw(st.sampled_from(sorted(KINDS)) | any_text(5)),
        author=draw(name_list),
        editor=draw(name_list),
        translator=draw(name_list),
        issued=draw(st.none() | date),
        accessed=draw(st.none() | date),
        doi=draw(st.just("") | dois() | text),
        url=draw(st.just("") | urls() | text),
        extra=draw(st.dictionaries(extra_names, text | name_list | date, max_size=3)),
        origins=draw(st.lists(st.builds(Origin, page=text, line=st.integers(0, 99), raw=text), max_size=2).map(tuple)),
        spans=draw(st.lists(st.builds(Span, text, st.integers(0, 9), st.integers(0, 9)), max_size=2).map(tuple)),
        leftover=draw(st.lists(text, max_size=2).map(tuple)),
        provenance=draw(st.lists(provenances(), max_size=2).map(tuple)),
        **fields,
    )


#: Fields of a reference that are plain text.
TEXT_FIELDS = (
    "title",
    "container_title",
    "collection_title",
    "volume",
    "issue",
    "page",
    "edition",
    "publisher",
    "publisher_place",
    "genre",
    "language",
    "isbn",
    "issn",
    "archive_url",
    "abstract",
    "note",
)


@st.composite
def csl_extras(draw: st.DrawFn) -> dict[str, str | tuple[Name, ...] | PartialDate]:
    """Sensible values of CSL variables that a reference has no field for."""
    fields = set(FIELDS.values()) | {"citation-key"}
    sorts: list[tuple[frozenset[str], SearchStrategy[str | tuple[Name, ...] | PartialDate]]] = [
        (TEXT_VARIABLES, words() | st.sampled_from(["7", "12:30", "A/52/PV.7", "978-3-16-148410-0", "1e3", "no"])),
        (NAME_VARIABLES, name_lists().filter(bool)),
        (DATE_VARIABLES, partial_dates()),
    ]
    extra: dict[str, str | tuple[Name, ...] | PartialDate] = {}
    for names, values in sorts:
        extra |= draw(st.dictionaries(st.sampled_from(sorted(names - fields)), values, max_size=3))
    return extra


@st.composite
def sensible_references(draw: st.DrawFn) -> Reference:
    """References as a careful person would write them: every field has text of its own sort."""
    titled = st.just("") | words() | typed_text(25)
    raw = draw(words())
    return Reference(
        id=reference_id("made.txt", raw),
        kind=draw(st.sampled_from(sorted(KINDS))),
        title=draw(words() | typed_text(40)),
        author=draw(name_lists()),
        editor=draw(name_lists()),
        translator=draw(name_lists()),
        issued=draw(st.none() | partial_dates()),
        accessed=draw(st.none() | calendar_dates()),
        container_title=draw(titled),
        collection_title=draw(titled),
        volume=draw(st.sampled_from(["", "3", "12", "XIV", "2.3"])),
        issue=draw(st.sampled_from(["", "1", "4-5", "Spring"])),
        page=draw(st.sampled_from(["", "12", "12-34", "e12", "1-4, 7"])),
        edition=draw(st.sampled_from(["", "2", "2nd revised"])),
        publisher=draw(titled),
        publisher_place=draw(titled),
        genre=draw(st.sampled_from(["", "PhD thesis", "Working paper"])),
        language=draw(st.sampled_from(["", "en", "ru", "de-DE"])),
        doi=draw(st.just("") | dois()),
        isbn=draw(st.sampled_from(["", "978-3-16-148410-0"])),
        issn=draw(st.sampled_from(["", "1463-1377"])),
        url=draw(st.just("") | urls()),
        abstract=draw(titled),
        note=draw(titled),
    )
