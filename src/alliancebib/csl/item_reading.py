"""An item of CSL-JSON becomes a reference, whatever shape it has: nothing is lost, odd shapes become findings."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache

import msgspec

from alliancebib.csl.dates import date_from_csl
from alliancebib.csl.item_values import names_from_csl, text_from_csl
from alliancebib.finding import Finding
from alliancebib.identifiers import doi_of
from alliancebib.model import KINDS, ExtraValue, Name, Origin, PartialDate, Provenance, Reference, Span, reference_id
from alliancebib.variables import DATE_VARIABLES, FIELD_OF, NAME_VARIABLES, TEXT_VARIABLES

__all__ = ["FOREIGN", "OUR_NAME", "Kept", "Own", "dumped", "from_csl", "read_back"]

#: Names that other programs and services use for the types of CSL.
_TYPES = {
    "journal-article": "article-journal",
    "magazine-article": "article-magazine",
    "newspaper-article": "article-newspaper",
    "posted-content": "article",
    "preprint": "article",
    "book-chapter": "chapter",
    "book-section": "chapter",
    "book-part": "chapter",
    "edited-book": "book",
    "monograph": "book",
    "reference-book": "book",
    "proceedings": "book",
    "proceedings-article": "paper-conference",
    "conference-paper": "paper-conference",
    "dissertation": "thesis",
    "reference-entry": "entry-encyclopedia",
    "report-component": "report",
    "peer-review": "review",
    "blog-post": "post-weblog",
    "web-page": "webpage",
    "computer-program": "software",
    "misc": "document",
    "other": "document",
}
#: Before the name of what no variable holds, in ``extra``.
FOREIGN = "csl-json:"
#: What ours stands under, in ``custom``.
OUR_NAME = "alliancebib"
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S+")


class Kept(msgspec.Struct, frozen=True, rename={"written": "as"}):
    """A value that its CSL form does not tell whole; it counts as long as that form was not edited."""

    written: object
    value: ExtraValue


class Own(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What stands under ``custom.alliancebib``. ``id`` is there when the item's id is the citation key.

    ``origins`` is not there where somebody else's item was given something of ours: it stays an item of theirs.
    """

    id: str | None = None
    origins: tuple[Origin, ...] | None = None
    spans: tuple[Span, ...] = ()
    leftover: tuple[str, ...] = ()
    provenance: tuple[Provenance, ...] = ()
    archive_url: str = ""
    others: tuple[str, ...] = ()
    extra: dict[str, ExtraValue] = msgspec.field(default_factory=dict)
    kept: dict[str, Kept] = msgspec.field(default_factory=dict)


def from_csl(item: object, *, page: str = "", line: int = 0, raw: str = "") -> tuple[Reference, tuple[Finding, ...]]:
    """Read one item of any CSL-JSON; what has the wrong shape is kept in ``extra`` and becomes a finding.

    A foreign item's id becomes the citation key. ``page``, ``line`` and ``raw`` say where the item stood.

    >>> from_csl({"id": 7, "type": "book", "issued": {"raw": "May 2004"}})[0].issued.month
    5
    """
    origin = Origin(page=page, line=line, raw=raw)
    if not isinstance(item, Mapping):
        return _no_item(item, origin)
    item = {str(name): value for name, value in item.items()}
    odd = _Odd()
    own = _own(item, odd)
    values = _values(item, own, odd)
    named = {FIELD_OF[name]: value for name, value in values.items() if name in FIELD_OF and value}
    fields: dict[str, object] = {
        **named,
        **_made_by(own, origin=origin, fields=tuple(named)),
        **_identity(item, own, odd, page=page),
        "kind": _kind(item, own, odd),
    }
    fields["extra"] = {name: value for name, value in values.items() if name not in FIELD_OF} | odd.extra
    reference = msgspec.structs.replace(Reference(), **fields)
    return reference, odd.findings(reference)


def _no_item(item: object, origin: Origin) -> tuple[Reference, tuple[Finding, ...]]:
    text = dumped(item)
    reference = Reference(
        id=reference_id(origin.page, text),
        title=text,
        origins=(origin,),
        provenance=(Provenance(actor="csl-json", fields=("title",), confidence=0.0),),
    )
    odd = _Odd()
    odd.notes.append(("AB109", f"{text[:60]} is no CSL-JSON item."))
    return reference, odd.findings(reference)


class _Odd:
    """What reading one item met: texts of findings by code, and values kept because no variable holds them."""

    def __init__(self) -> None:
        self.notes: list[tuple[str, str]] = []
        self.extra: dict[str, ExtraValue] = {}

    def keep(self, name: str, value: object, *, code: str = "AB109", why: str = "") -> None:
        self.extra[FOREIGN + name] = value if isinstance(value, str) else dumped(value)
        if why:
            self.notes.append((code, why))

    def findings(self, reference: Reference) -> tuple[Finding, ...]:
        return tuple(
            Finding.of(code, text, origin=reference.origin, reference=reference.id) for code, text in self.notes
        )


def read_back(variable: str, written: object, *, others: bool) -> ExtraValue | None:
    """Say what `from_csl` will make of a written value."""
    if written is None:
        return None
    if variable in DATE_VARIABLES:
        return date_from_csl(written)[0]
    if variable in NAME_VARIABLES:
        return names_from_csl(written)[0] + ((Name(others=True),) if others else ())
    assert isinstance(written, str)
    return _checked(variable, written, _Odd())


def _own(item: Mapping[str, object], odd: _Odd) -> Own | None:
    custom = item.get("custom")
    if not isinstance(custom, Mapping) or OUR_NAME not in custom:
        return None
    try:
        return msgspec.convert(custom[OUR_NAME], Own)
    except msgspec.ValidationError as problem:
        odd.notes.append(("AB109", f"What stands under custom.{OUR_NAME} cannot be used: {problem}."))
        return None


def _values(item: Mapping[str, object], own: Own | None, odd: _Odd) -> dict[str, ExtraValue]:
    """Read every variable of an item, in the item's order; put what we kept beside it in its place."""
    kept = _still_true(own, item) if own else {}
    values: dict[str, ExtraValue] = {}
    for name, value in item.items():
        if name == "custom":
            _keep_custom(value, own, odd)
        elif name in ("id", "type", "citation-key") or name in kept or value is None:
            continue
        elif (read := _value(name, value, odd)) is not None:
            values[name] = read
    if own:
        odd.extra |= own.extra
        for name in own.others:
            if isinstance(names := values.get(name, ()), tuple) and not (names and names[-1].others):
                values[name] = (*names, Name(others=True))
    return values | kept


def _still_true(own: Own, item: Mapping[str, object]) -> dict[str, ExtraValue]:
    """Give the kept values whose written form is still in the item, and whose type is that of their variable."""
    types: dict[str, type] = dict.fromkeys(TEXT_VARIABLES, str)
    types |= dict.fromkeys(NAME_VARIABLES, tuple) | dict.fromkeys(DATE_VARIABLES, PartialDate)
    return {
        name: kept.value
        for name, kept in own.kept.items()
        if name in types and isinstance(kept.value, types[name]) and item.get(name) == kept.written
    }


def _keep_custom(value: object, own: Own | None, odd: _Odd) -> None:
    if isinstance(value, Mapping) and own:
        value = {name: part for name, part in value.items() if name != OUR_NAME}
    if value:
        odd.keep("custom", value)


def _value(name: str, value: object, odd: _Odd) -> ExtraValue | None:
    if name in NAME_VARIABLES:
        names, understood = names_from_csl(value)
        if not understood:
            odd.keep(name, value, why=f"`{name}` holds something that is no name: {dumped(value)[:60]}.")
        return names or None
    if name in DATE_VARIABLES:
        date, understood = date_from_csl(value)
        if not understood:
            odd.keep(name, value, why=f"`{name}` is no complete date: {dumped(value)[:60]}.")
        return date
    if name not in TEXT_VARIABLES:
        odd.keep(name, value)
        return None
    text = _joined(name, value, odd) if isinstance(value, (list, tuple)) else text_from_csl(value)
    if text is None:
        odd.keep(name, value, why=f"`{name}` is neither text nor number: {dumped(value)[:60]}.")
        return None
    return _checked(name, text, odd)


def _joined(name: str, value: list[object] | tuple[object, ...], odd: _Odd) -> str | None:
    """Read the lists that Crossref writes: all numbers of a serial, the first of several titles."""
    texts = [text_from_csl(part) for part in value]
    if any(text is None for text in texts):
        return None
    full = [text for text in texts if text]
    if name in ("ISSN", "ISBN"):
        return ", ".join(full)
    if len(full) > 1:
        odd.keep(name, value)
    return full[0] if full else ""


def _checked(name: str, text: str, odd: _Odd) -> str | None:
    if name == "DOI":
        doi = doi_of(text)
        if text.strip() and not doi:
            odd.keep(name, text, code="AB201", why=f"`{text}` is no DOI.")
            return None
        return doi
    if name == "URL":
        url = re.sub(r"\s+", "%20", text.strip())
        if url and not _URL.fullmatch(url):
            odd.keep(name, text, code="AB202", why=f"`{text}` is no complete address.")
            return None
        return url
    return text


def _kind(item: Mapping[str, object], own: Own | None, odd: _Odd) -> str:
    value = item.get("type")
    kept = own.kept.get("type") if own else None
    if kept and kept.written == value and isinstance(kept.value, str):
        return kept.value
    if not isinstance(value, str) or not value.strip():
        if value:
            odd.keep("type", value)
        odd.notes.append(("AB109", "The item has no type; it is taken for a document."))
        return "document"
    word = value.strip().lower().replace(" ", "-")
    for form in (value, word, word.replace("-", "_"), _TYPES.get(word.replace("_", "-"), "")):
        if form in KINDS:
            return form
    odd.keep("type", value, why=f"There is no CSL type `{value}`; the item is taken for a document.")
    return "document"


def _identity(item: Mapping[str, object], own: Own | None, odd: _Odd, *, page: str) -> dict[str, str]:
    name = text_from_csl(item.get("id")) or ""
    if own and own.origins is not None:
        return {"id": name, "key": ""} if own.id is None else {"id": own.id, "key": name}
    key = text_from_csl(item.get("citation-key")) or name
    if name and key != name:
        odd.keep("id", name)
    return {"id": reference_id(page, name or key or dumped(item)), "key": key}


def _made_by(own: Own | None, *, origin: Origin, fields: tuple[str, ...]) -> dict[str, object]:
    if own is None or own.origins is None:
        return {"origins": (origin,), "provenance": _read_by_us(fields), "archive_url": own.archive_url if own else ""}
    names = ("origins", "spans", "leftover", "provenance", "archive_url")
    return {name: getattr(own, name) for name in names}


@lru_cache(maxsize=1000)
def _read_by_us(fields: tuple[str, ...]) -> tuple[Provenance, ...]:
    return (Provenance(actor="csl-json", fields=fields),)


def dumped(value: object) -> str:
    """Give a value as JSON, the same for the same value."""
    try:
        return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    except ValueError:  # only values made in Python can be so: no JSON that Python reads holds them
        return "a number too long to be written, or a value inside itself"
