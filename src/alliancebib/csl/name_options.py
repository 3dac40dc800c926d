"""Options of names, resolved (CSL 1.0.2, "Inheritable Name Options").

What ``cs:name`` and ``cs:et-al`` say, else ``cs:citation`` or ``cs:bibliography``, else ``cs:style``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from lxml import etree

from alliancebib.csl.elements.look import PLAIN, Look, look_of
from alliancebib.csl.elements.name_list import NameOptions
from alliancebib.csl.elements.names import NameLabel
from alliancebib.csl.elements.person import NameShape
from alliancebib.csl.elements.rendering import Options
from alliancebib.csl.numbers import number_or
from alliancebib.csl.style_file import NAMESPACE

__all__ = ["Handed", "handed_on", "inherited", "label_of", "name_options"]

_CS = f"{{{NAMESPACE}}}"
_INHERITABLE = frozenset(
    """and delimiter-precedes-et-al delimiter-precedes-last et-al-min et-al-use-first et-al-use-last
    et-al-subsequent-min et-al-subsequent-use-first initialize initialize-with name-as-sort-order sort-separator
    name-form name-delimiter names-delimiter""".split()
)
_HANDED = frozenset({"et-al-min", "et-al-use-first"})
_RENAMED = {"name-form": "form", "name-delimiter": "delimiter"}


def inherited(attributes: Mapping[str, str]) -> dict[str, str]:
    """Give those of the attributes that names below inherit."""
    return {name: value for name, value in attributes.items() if name in _INHERITABLE}


class Handed(NamedTuple):
    """What holds for names that stand in for others: where et al. begins there, and the look of the parts of a name.

    The specification hands on nothing to names with a ``cs:name`` of their own; citeproc-js does, and authors see it.
    """

    et_al: tuple[tuple[str, str], ...] = ()
    parts: tuple[tuple[str, Look], ...] = ()


def handed_on(names: etree._Element, before: Handed) -> Handed:
    """Give what a ``cs:names`` element hands on to those in its ``cs:substitute``."""
    element = names.find(f"{_CS}name")
    et_al = {**dict(before.et_al), **{name: value for name, value in _said(element).items() if name in _HANDED}}
    return Handed(tuple(sorted(et_al.items())), tuple({**dict(before.parts), **_parts(element)}.items()))


def name_options(
    names: etree._Element,
    above: Mapping[str, str],
    options: Options,
    *,
    forced: Mapping[str, str],
    handed: Handed,
) -> NameOptions:
    """Resolve the options of a ``cs:names`` element; ``forced`` are those of a sort key."""
    element = names.find(f"{_CS}name")
    inherits = {_RENAMED.get(name, name): value for name, value in above.items()}
    said = {**inherits, **dict(handed.et_al), **_said(element), **forced}
    et_al = names.find(f"{_CS}et-al")
    return NameOptions(
        shape=_shape(element, said, options, parts={**dict(handed.parts), **_parts(element)}),
        form=said.get("form", "long"),
        and_=said.get("and", ""),
        delimiter=said.get("delimiter", ", "),
        precedes_last=said.get("delimiter-precedes-last", "contextual"),
        precedes_et_al=said.get("delimiter-precedes-et-al", "contextual"),
        et_al_min=number_or(said.get("et-al-min"), 0),
        et_al_use_first=number_or(said.get("et-al-use-first"), -1),
        subsequent_min=number_or(said.get("et-al-subsequent-min"), 0),
        subsequent_use_first=number_or(said.get("et-al-subsequent-use-first"), 0),
        et_al_use_last=said.get("et-al-use-last") == "true",
        as_sort_order=said.get("name-as-sort-order", ""),
        et_al_term=et_al.get("term", "et-al") if et_al is not None else "et-al",
        et_al_look=look_of(_said(et_al)),
    )


def _said(element: etree._Element | None) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.attrib.items()} if element is not None else {}


def _parts(element: etree._Element | None) -> dict[str, Look]:
    """Give the looks of the parts of a name."""
    found = element.iterfind(f"{_CS}name-part") if element is not None else ()
    return {part.get("name", ""): look_of(_said(part)) for part in found}


def _shape(
    element: etree._Element | None, said: Mapping[str, str], options: Options, *, parts: Mapping[str, Look]
) -> NameShape:
    look = {
        name: value
        for name, value in said.items()
        if name != "text-case" and element is not None and element.get(name) == value
    }
    return NameShape(
        long=said.get("form", "long") != "short",
        initialize_with=said.get("initialize-with"),
        initialize=said.get("initialize", "true") != "false",
        hyphens=options.initialize_with_hyphen,
        sort_separator=said.get("sort-separator", ", "),
        demote=options.demote_particle,
        family=parts.get("family", PLAIN),
        given=parts.get("given", PLAIN),
        bare_family=parts.get("family", PLAIN).bare(),
        bare_given=parts.get("given", PLAIN).bare(),
        look=look_of(look),
    )


def label_of(names: etree._Element) -> NameLabel | None:
    """Read the ``cs:label`` of a ``cs:names`` element; it stands before the names where it comes before ``cs:name``."""
    label = names.find(f"{_CS}label")
    if label is None:
        return None
    attributes = _said(label)
    children = list(names)
    name = names.find(f"{_CS}name")
    return NameLabel(
        look=look_of(attributes),
        form=attributes.get("form", "long"),
        plural=attributes.get("plural", "contextual"),
        first=name is not None and children.index(label) < children.index(name),
    )
