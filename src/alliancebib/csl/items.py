"""References as CSL-JSON 1.0.2 items, both ways.

`to_csl` gives a valid item and keeps under ``custom.alliancebib`` what CSL has no place for, so that `from_csl` (of
`alliancebib.csl.item_reading`) gives the same reference back; `to_plain_csl` gives what a processor needs and no more.

CSL-JSON cannot say "et al.": the name that stands for the others is left out of the name list, which processors would
print as a person, and the variables whose lists were cut are named in ``custom.alliancebib.others``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

import msgspec

from alliancebib.csl.dates import date_to_csl
from alliancebib.csl.item_reading import FOREIGN, OUR_NAME, Kept, Own, dumped, from_csl, read_back
from alliancebib.csl.item_values import names_to_csl
from alliancebib.model import KINDS, ExtraValue, PartialDate, Reference
from alliancebib.variables import DATE_VARIABLES, FIELD_OF, FIELDS, NAME_VARIABLES, TEXT_VARIABLES

__all__ = [
    "DATE_VARIABLES",
    "FOREIGN",
    "NAME_VARIABLES",
    "TEXT_VARIABLES",
    "from_csl",
    "to_csl",
    "to_plain_csl",
    "variables_of",
]


def to_plain_csl(reference: Reference) -> dict[str, object]:
    """Give the item that a CSL processor needs: valid CSL-JSON 1.0.2, nothing of ours.

    >>> to_plain_csl(Reference(id="1", kind="book", title="T"))
    {'id': '1', 'type': 'book', 'title': 'T'}
    """
    kind = reference.kind if reference.kind in KINDS else "document"
    item: dict[str, object] = {"id": reference.key or reference.id, "type": kind}
    for variable, value in variables_of(reference).items():
        if written := _written(value):
            item[variable] = written
    return item


def to_csl(reference: Reference) -> dict[str, object]:
    """Give the item with everything of ours under ``custom.alliancebib``; `from_csl` gives the reference back."""
    item = to_plain_csl(reference)
    variables = variables_of(reference)
    extra = {name: value for name, value in sorted(reference.extra.items()) if name not in variables.keys() - FIELD_OF}
    foreign = _foreign_custom(extra)
    if foreign is not None:
        del extra[FOREIGN + "custom"]
    kept = {}
    others = []
    for variable, value in variables.items():
        flag = isinstance(value, tuple) and bool(value) and value[-1].others
        if flag:
            others.append(variable)
        if read_back(variable, item.get(variable), others=flag) != value:
            kept[variable] = Kept(item.get(variable), value)
    if reference.kind != item["type"]:
        kept["type"] = Kept(item["type"], reference.kind)
    own = Own(
        id=reference.id if reference.key else None,
        origins=reference.origins,
        spans=reference.spans,
        leftover=reference.leftover,
        provenance=reference.provenance,
        archive_url=reference.archive_url,
        others=tuple(others),
        extra=extra,
        kept=kept,
    )
    item["custom"] = {OUR_NAME: _listed(msgspec.to_builtins(own)), **(foreign or {})}
    return item


def variables_of(reference: Reference) -> dict[str, ExtraValue]:
    """Give every value that CSL has a variable for, by that name; others stay out."""
    variables: dict[str, ExtraValue] = {
        variable: value
        for field, variable in FIELDS.items()
        if (value := getattr(reference, field)) not in ("", (), None)
    }
    for name, value in sorted(reference.extra.items()):
        right = (
            (isinstance(value, tuple) and name in NAME_VARIABLES)
            or (isinstance(value, PartialDate) and name in DATE_VARIABLES)
            or (isinstance(value, str) and name in TEXT_VARIABLES and name != "citation-key")
        )
        if right and name not in FIELD_OF:
            variables[name] = value
    return variables


def _written(value: ExtraValue) -> object:
    if isinstance(value, str):
        return value
    return date_to_csl(value) if isinstance(value, PartialDate) else names_to_csl(value)


def _foreign_custom(extra: Mapping[str, ExtraValue]) -> dict[str, object] | None:
    """Give what other programs keep under ``custom``, if reading it again gives the same."""
    text = extra.get(FOREIGN + "custom")
    try:
        value = json.loads(text) if isinstance(text, str) else None
    except ValueError:
        return None
    if isinstance(value, dict) and value and OUR_NAME not in value and dumped(value) == text:
        return value
    return None


def _listed(value: object) -> object:
    """Give nested values as JSON has them: lists for tuples."""
    if isinstance(value, (list, tuple)):
        return [_listed(part) for part in value]
    if isinstance(value, dict):
        return {name: _listed(part) for name, part in value.items()}
    return value
