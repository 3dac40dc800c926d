"""Labelled reference strings made from records: `python training/synthetic_references.py RECORDS... --out FILE`.

Crossref records (JSON lines) and .bib files go in; out come JSON lines with ``id``, ``text``, ``tokens``, ``labels``.
Each record is formatted in styles drawn at random, in several languages, by the project's own CSL processor, which
names the variable that each piece of text came from, so that the labels are exact. Some are then damaged as copies
from PDF files and pages are: hyphens of broken lines, other dashes and quotes, blanks that are missing, numbers in
front, notes behind.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from alliancebib.bibtex.reading import read_library
from alliancebib.csl.locales import find_locale
from alliancebib.csl.processor import Processor
from alliancebib.csl.reference_items import reference_items
from alliancebib.csl.styles import Style, load_style, style_names
from alliancebib.errors import AllianceBibError
from alliancebib.files import read_source
from alliancebib.model import Name, PartialDate, Reference
from alliancebib.resolvers._records import record_to_reference

#: Variable of CSL -> label. What is missing here is a note.
LABELS = {
    "author": "author",
    "container-author": "author",
    "reviewed-author": "author",
    "director": "author",
    "editor": "editor",
    "collection-editor": "editor",
    "editorial-director": "editor",
    "translator": "translator",
    "title": "title",
    "title-short": "title",
    "container-title": "container",
    "container-title-short": "container",
    "event": "container",
    "event-title": "container",
    "volume-title": "container",
    "issued": "date",
    "original-date": "date",
    "year-suffix": "date",
    "volume": "volume",
    "issue": "volume",
    "page": "pages",
    "page-first": "pages",
    "number-of-pages": "pages",
    "publisher": "publisher",
    "publisher-place": "location",
    "event-place": "location",
    "URL": "url",
    "DOI": "doi",
    "ISBN": "isbn",
    "ISSN": "isbn",
    "collection-title": "series",
    "collection-number": "series",
    "edition": "edition",
    "citation-number": "num",
}
#: Words of a style that stand behind what they speak of; all others lead to what comes next.
BEHIND = frozenset(
    "al al. ed ed. edn edn. eds eds. editor editors editora editores hrsg hrsg. hg hg. red red. auflage aufl aufl. "
    "edition éd éd. trans. transl. übers. curatore curatori dir. dirs. coord. coords. ff colab u.a others".split()
)
#: What a style adds to what it prints of a work on the web: it belongs to no field.
MEDIUM = re.compile(r"\[[^\[\]]*\]")
#: Styles that many people use, and those of search engines, are drawn as often as all others together.
COMMON = """
    apa apa-6th-edition modern-language-association modern-language-association-8th-edition chicago-author-date
    chicago-fullnote-bibliography harvard-cite-them-right harvard1 vancouver ieee american-medical-association
    nature american-chemical-society american-institute-of-physics american-physics-society angewandte-chemie
    royal-society-of-chemistry american-physics-society-without-titles institute-of-physics-numeric
    chicago-note-bibliography elsevier-harvard elsevier-vancouver springer-basic-author-date
    springer-lecture-notes-in-computer-science iso690-author-date-de iso690-author-date-en
    deutsche-gesellschaft-fur-psychologie american-sociological-association
    american-political-science-association oscola gost-r-7-0-5-2008 ecology
    associacao-brasileira-de-normas-tecnicas din-1505-2 journal-of-clinical-oncology plos the-lancet science
    cell
""".split()
#: Field -> the share of strings that lack it.
MISSING = {"doi": 0.8, "url": 0.8, "issn": 0.85, "issue": 0.1}
LOCALES = (
    "en-US",
    "en-US",
    "en-US",
    "en-GB",
    "de-DE",
    "de-DE",
    "it-IT",
    "it-IT",
    "fr-FR",
    "es-ES",
    "pt-BR",
    "nl-NL",
    "pl-PL",
)
PLACES = [
    name.strip()
    for name in """
    London|New York|Oxford|Cambridge|Cambridge, MA|Cambridge, Massachusetts|Berlin|Paris|Moscow|Washington, DC|
    Washington, D.C.|Chicago|Boston|Amsterdam|Leiden|Dordrecht|The Hague|Geneva|Vienna|Wien|München|
    Frankfurt am Main|Frankfurt a. M.|Stuttgart|Heidelberg|Tübingen|Göttingen|Leipzig|Köln|Hamburg|Zürich|Basel|
    Bern|Roma|Milano|Torino|Bologna|Firenze|Napoli|Venezia|Padova|Pisa|Bari|Madrid|Barcelona|Lisboa|Warsaw|Kraków|
    Prague|Budapest|Bucharest|Stockholm|Oslo|Copenhagen|Helsinki|Tokyo|Beijing|Shanghai|New Delhi|Singapore|
    Canberra|Sydney|Melbourne|Toronto|Montreal|São Paulo|México|Buenos Aires|Cairo|Almaty|Tashkent|Minsk|Yerevan|
    Kyiv|Ankara|Istanbul|Princeton, NJ|Princeton|Stanford, CA|Los Angeles|San Francisco, CA|Berkeley|Philadelphia|
    Baltimore, MD|New Haven|Thousand Oaks, CA|Englewood Cliffs, N.J.|Cheltenham, UK|Basingstoke|Abingdon|Dublin|
    Edinburgh|Manchester|Bristol|Brussels|Bruxelles|Leuven|Luxembourg|Strasbourg|Rome|Milan|Munich|Bonn|Opladen|
    Wiesbaden|Baden-Baden|Freiburg im Breisgau
""".split("|")
]
PRESSES = [
    name.strip()
    for name in """
    Routledge|Oxford University Press|Cambridge University Press|Palgrave Macmillan|Springer|Springer Verlag|
    Elsevier|John Wiley & Sons|Wiley-Blackwell|Sage Publications|SAGE|MIT Press|The MIT Press|
    Harvard University Press|Polity Press|Princeton University Press|University of Chicago Press|Edward Elgar|
    Brill|Nijhoff|De Gruyter|Walter de Gruyter|Suhrkamp|C. H. Beck|Beck|Nomos|Vandenhoeck & Ruprecht|Mohr Siebeck|
    Reclam|Campus|transcript Verlag|VS Verlag für Sozialwissenschaften|Duncker & Humblot|Fischer|Rowohlt|Metzler|
    Kohlhammer|Böhlau|Peter Lang|Einaudi|Il Mulino|Laterza|Feltrinelli|Mondadori|Carocci|FrancoAngeli|Giuffrè|
    Olschki|Adelphi|Bompiani|Presses universitaires de France|Gallimard|L'Harmattan|Seuil|Academic Press|
    McGraw-Hill|Addison-Wesley|Prentice Hall|Morgan Kaufmann|World Scientific|CRC Press|Lexington Books|
    Rowman & Littlefield|Westview Press|Ashgate|Macmillan|Penguin|Basic Books|W. W. Norton|RAND Corporation|
    United Nations|World Bank|NATO Defense College|SIPRI|Nauka|Progress Publishers|Author|Self-published|
    Institute of International Relations
""".split("|")
]
DEGREES = (
    "PhD thesis",
    "Ph.D. dissertation",
    "Doctoral dissertation",
    "Master's thesis",
    "MSc thesis",
    "Dissertation",
    "Diplomarbeit",
    "Tesi di laurea",
)
NOTES = (
    "(in Russian)",
    "In Russian.",
    "in press",
    "(submitted)",
    "Unpublished manuscript.",
    "[Online]",
    "(in German)",
    "forthcoming",
    "Review.",
    "Epub ahead of print.",
    "To appear.",
)
SITES = (
    "www.osce.org",
    "www.nato.int",
    "odkb-csto.org",
    "www.example.org",
    "ec.europa.eu",
    "www.un.org",
    "www.reuters.com",
    "tass.com",
    "www.bbc.co.uk",
    "www.spiegel.de",
    "www.repubblica.it",
    "arxiv.org",
)


class Piece(NamedTuple):
    """A word and its label."""

    token: str
    label: str


def clean(text: str) -> str:
    """Give a text with single blanks, in composed form."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def records(paths: Iterable[Path], without: frozenset[str]) -> list[Reference]:
    """Read the records that have an author, a title and a date, each title once."""
    found: dict[str, Reference] = {}
    for path in paths:
        for reference in _read(path):
            title = re.sub(r"[\W_]+", "", reference.title.casefold())
            usable = len(title) > 12 and reference.issued and (reference.author or reference.editor)
            if usable and "\\" not in reference.title and title not in without and title not in found:
                found[title] = reference
    return list(found.values())


def _read(path: Path) -> Iterator[Reference]:
    if path.suffix == ".bib":
        yield from read_library(read_source(path, name=path.name).text, page=path.name)
        return
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            yield record_to_reference(json.loads(line))


class Maker:
    """Turns records into labelled strings; one seed always gives the same."""

    def __init__(self, references: Sequence[Reference], seed: int) -> None:
        self.random = random.Random(seed)
        self.references = references
        self.bodies = [one.publisher for one in references if 3 < len(one.publisher) < 50] or ["Press"]
        self.people = [one.author for one in references if one.author and not any(n.literal for n in one.author)]
        self.names = style_names()

    def style(self) -> Style:
        """Draw a style that has a bibliography."""
        while True:
            name = self.random.choice(COMMON if self.random.random() < 0.4 else self.names)
            try:
                style = load_style(name)
            except AllianceBibError:
                continue
            if style.has_bibliography:
                return style

    def varied(self, reference: Reference) -> Reference:  # noqa: C901 - one chance after the other
        """Let parts be missing, and let some articles be chapters, books, theses, reports or pages."""
        chance = self.random.random
        changes: dict[str, object] = {"extra": {}, "abstract": "", "note": "", "isbn": ""}
        for field, share in MISSING.items():
            if chance() < share:
                changes[field] = ""
        if chance() < 0.1:
            changes["page"] = ""
        elif "-" in reference.page and chance() < 0.1:
            changes["page"] = reference.page.partition("-")[0]
        author = reference.author
        if author and chance() < 0.4:
            author = tuple(self._initialled(name) for name in author)
        if len(author) > 3 and chance() < 0.3:
            author = (*author[: self.random.randint(1, 3)], Name(others=True))
        if chance() < 0.04:
            author = (Name(literal=self.random.choice(self.bodies)),)
        changes["author"] = author
        if reference.kind == "article-journal" and author and chance() < 0.12:  # as physicists and chemists do
            changes["title"] = ""
        date = reference.issued
        if date and date.month and chance() < 0.6:
            changes["issued"] = PartialDate(year=date.year)
        reference = replace(reference, **changes)
        if reference.kind != "article-journal" or chance() < 0.55:
            return self._with_publisher(reference)
        return self._other_kind(reference)

    def _initialled(self, name: Name) -> Name:
        return replace(name, given=" ".join(f"{part[0]}." for part in re.split(r"[\s.-]+", name.given) if part))

    def _with_publisher(self, reference: Reference) -> Reference:
        if reference.kind in ("article-journal", "article-newspaper", "article-magazine"):
            return replace(reference, publisher="") if self.random.random() < 0.9 else reference
        publisher = reference.publisher or self.random.choice(PRESSES)
        place = reference.publisher_place or (self.random.choice(PLACES).strip() if self.random.random() < 0.7 else "")
        return replace(reference, publisher=publisher.strip(), publisher_place=place)

    def _other_kind(self, reference: Reference) -> Reference:
        pick, chance = self.random.choice, self.random.random
        other = pick(self.references)
        place = pick(PLACES).strip() if chance() < 0.8 else ""
        press = (pick(PRESSES) if chance() < 0.7 else pick(self.bodies)).strip()
        own = replace(reference, issue="", issn="", doi="" if chance() < 0.9 else reference.doi)
        kind = pick(
            (
                "chapter",
                "chapter",
                "paper-conference",
                "book",
                "book",
                "thesis",
                "report",
                "webpage",
                "article-newspaper",
            )
        )
        volume = reference.volume if chance() < 0.15 else ""
        series = other.container_title if chance() < 0.2 else ""
        edition = str(self.random.randint(2, 6)) if chance() < 0.15 else ""
        if kind in ("chapter", "paper-conference"):
            editors = pick(self.people)[:3] if self.people and chance() < 0.7 else ()
            container = other.title if chance() < 0.7 else f"Proceedings of the {other.container_title}"
            return replace(
                own,
                kind=kind,
                container_title=container,
                editor=editors,
                volume=volume,
                publisher=press,
                publisher_place=place,
                collection_title=series,
                edition=edition,
            )
        if kind == "book":
            edited = chance() < 0.2
            return replace(
                own,
                kind=kind,
                container_title="",
                volume=volume,
                page="",
                publisher=press,
                edition=edition,
                publisher_place=place,
                collection_title=series,
                author=() if edited else own.author,
                editor=own.author if edited else (),
            )
        if kind == "thesis":
            school = f"University of {place or 'Oxford'}" if chance() < 0.6 else f"Universität {pick(PLACES).strip()}"
            return replace(
                own,
                kind=kind,
                container_title="",
                volume="",
                page="",
                genre=pick(DEGREES),
                publisher=school,
                publisher_place=place,
                author=own.author[:1],
            )
        if kind == "report":
            return replace(
                own,
                kind=kind,
                container_title="",
                volume="",
                page="",
                publisher=press,
                publisher_place=place,
                genre=pick(("Technical report", "Working paper", "Report", "")),
            )
        slug = re.sub(r"[^a-z0-9]+", "-", reference.title.lower())[:50].strip("-")
        url = f"https://{pick(SITES)}/{pick(('news', 'en', '2021/03', 'docs', 'articles'))}/{slug}"
        seen = PartialDate(
            year=self.random.randint(2005, 2025), month=self.random.randint(1, 12), day=self.random.randint(1, 28)
        )
        if kind == "webpage":
            return replace(
                own,
                kind=kind,
                volume="",
                page="",
                url=url,
                accessed=seen,
                publisher="",
                container_title=press if chance() < 0.5 else "",
            )
        date = reference.issued or PartialDate(year=2010)
        day = PartialDate(year=date.year, month=self.random.randint(1, 12), day=self.random.randint(1, 28))
        return replace(
            own,
            kind=kind,
            volume="",
            page=own.page if chance() < 0.3 else "",
            issued=day,
            url=url if chance() < 0.4 else "",
            accessed=seen if chance() < 0.2 else None,
            publisher="",
        )

    def strings(self, style: Style, references: Sequence[Reference]) -> Iterator[list[Piece]]:
        """Format references and give the labelled words of each."""
        own = style.default_locale
        locale = own or find_locale(self.random.choice(LOCALES))
        processor = Processor(style, locale=locale, output="text", one_line=True)
        processor.register_items(reference_items(references, style))
        for entry in processor.bibliography(all_items=True, labels=True):
            pieces = labelled([(run.label.partition(":")[0], run.text) for run in entry.runs])
            labels = {piece.label for piece in pieces}
            if len(labels - {"num", "note", "other"}) >= 3 and 4 <= len(pieces) <= 120:
                yield self.damaged(pieces)

    def damaged(self, pieces: list[Piece]) -> list[Piece]:
        """Do to a string what copying does."""
        chance = self.random.random
        text = [list(piece) for piece in pieces]
        if chance() < 0.5:
            swap = dict(zip("“”‘’–—", "\"\"''--", strict=True))
            text = [["".join(swap.get(sign, sign) for sign in token), label] for token, label in text]
        elif chance() < 0.2:
            text = [[token.replace("–", self.random.choice(("--", "-", "–"))), label] for token, label in text]
        if chance() < 0.12:  # the quotes are lost
            text = [[token.strip('“”"') or token, label] for token, label in text]
        if chance() < 0.25:
            text = list(self._hyphenated(text))
        if chance() < 0.12:
            text = list(self._run_together(text))
        if text and text[0][1] != "num" and chance() < 0.25:
            number = self.random.randint(1, 120)
            text.insert(
                0, [self.random.choice((f"[{number}]", f"{number}.", f"({number})", f"{number}", f"{number})")), "num"]
            )
        elif text and text[0][1] == "num" and chance() < 0.5:
            text = [pair for pair in text if pair[1] != "num"]
        if chance() < 0.05:
            text += [[word, "note"] for word in self.random.choice(NOTES).split()]
        if text and chance() < 0.15:
            text[-1][0] = text[-1][0].rstrip(".") or text[-1][0]
        return [Piece(token, label) for token, label in text if token]

    def _hyphenated(self, text: Sequence[Sequence[str]]) -> Iterator[list[str]]:
        for token, label in text:
            if len(token) > 7 and token.isalpha() and self.random.random() < 0.08:
                cut = self.random.randint(3, len(token) - 3)
                yield [token[:cut] + "-", label]
                yield [token[cut:], label]
            else:
                yield [token, label]

    def _run_together(self, text: Sequence[Sequence[str]]) -> Iterator[list[str]]:
        """Lose blanks behind points and commas within a field."""
        held: list[str] = []
        for token, label in text:
            if held and held[1] == label and held[0][-1:] in ".,;:" and self.random.random() < 0.2:
                held = [held[0] + token, label]
                continue
            if held:
                yield held
            held = [token, label]
        if held:
            yield held


def labelled(runs: Sequence[tuple[str, str]]) -> list[Piece]:
    """Divide runs into words at white space; a word has the label that most of its letters and digits have."""
    letters: list[tuple[str, str]] = []
    labels = [LABELS.get(variable, "note") if variable else "" for variable, _ in runs]
    for place, (_, text) in enumerate(runs):
        before = next((label for label in reversed(labels[:place]) if label), "")
        after = next((label for label in labels[place + 1 :] if label), "")
        if labels[place]:
            letters += [(sign, labels[place]) for sign in text]
        else:
            letters += _between(text, before, after)
    pieces: list[Piece] = []
    word: list[tuple[str, str]] = []
    for sign, label in [*letters, (" ", "")]:
        if not sign.isspace():
            word.append((sign, label))
            continue
        if word:
            if word[0][1] in ("doi", "url") or word[-1][1] == "doi":  # an address is one, whatever it leads to
                text = "".join(one for one, _ in word)
                word = [(one, "url" if "://" in text else label) for one, label in word]
            counted = [label for one, label in word if one.isalnum()] or [label for _, label in word]
            pieces.append(Piece("".join(one for one, _ in word), max(counted, key=counted.count)))
        word = []
    return _attached(pieces)


def _between(text: str, before: str, after: str) -> list[tuple[str, str]]:
    """Label what stands between two variables: marks go with what is before them, words with what they lead to."""
    words = list(re.finditer(r"\S+", text))
    plain = [re.sub(r"[^\w.]", "", word[0]).lower() for word in words]
    behind = 0
    for place, word in enumerate(plain):
        led = place + 1 < len(plain) and plain[place + 1] in ("by", "von", "di", "da", "par", "por", "door", "przez")
        if (word in BEHIND or word.rstrip(".") in BEHIND) and not led:
            behind = words[place].end()
    if not after:
        known = before if behind or not re.search(r"\w", text) else "note"
        return [(sign, known) for sign in text]
    first = re.match(r"[^\w\s\[(“\"«„]*", text)
    cut = max(behind, first.end() if first else 0)
    signs = [(sign, before or after if place < cut else after) for place, sign in enumerate(text)]
    if medium := MEDIUM.search(text):
        signs[medium.start() : medium.end()] = [(sign, "note") for sign in medium[0]]
    return signs


def _attached(pieces: list[Piece]) -> list[Piece]:
    """Give words of marks alone the label of the word before them."""
    done: list[Piece] = []
    for piece in pieces:
        lonely = not any(map(str.isalnum, piece.token)) and done and piece.token != "&"
        done.append(Piece(piece.token, done[-1].label if lonely else piece.label or "note"))
    return done


def make(references: Sequence[Reference], count: int, *, seed: int, each: int = 12) -> Iterator[dict[str, object]]:
    """Give so many labelled strings; ``each`` is the number of references formatted in one draw of a style."""
    maker = Maker(references, seed)
    made = 0
    while made < count:
        drawn = [maker.varied(one) for one in maker.random.sample(references, each)]
        drawn = [replace(one, id=str(number), key=f"k{number}") for number, one in enumerate(drawn)]
        for pieces in maker.strings(maker.style(), drawn):
            tokens, labels = [piece.token for piece in pieces], [piece.label for piece in pieces]
            text = " ".join(tokens)
            name = hashlib.sha256(text.encode()).hexdigest()[:12]
            yield {"id": f"synthetic-{name}", "text": text, "tokens": tokens, "labels": labels}
            made += 1
            if made == count:
                return


def titles_of(paths: Iterable[Path]) -> frozenset[str]:
    """Give the titles in labelled files, in normal form: records with these must not be drawn."""
    found = set()
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                words = (token for token, label in zip(row["tokens"], row["labels"], strict=True) if label == "title")
                found.add(re.sub(r"[\W_]+", "", "".join(words).casefold()))
    return frozenset(found)


def main() -> None:
    """Run the program."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", nargs="+", type=Path, help=".jsonl(.gz) of Crossref records, .bib files")
    parser.add_argument("--count", type=int, default=8000)
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--without", type=Path, nargs="*", default=[], help="labelled sets whose titles are left out")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    references = records(given.records, titles_of(given.without))
    sys.stderr.write(f"{len(references)} records\n")
    with gzip.open(given.out, "wt", encoding="utf-8") as file:
        for row in make(references, given.count, seed=given.seed):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
