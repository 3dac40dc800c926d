"""Particles of family names that stand unmarked in the family or given part: "van der Vlist", "Alexander von".

Lower-case words before a family name do not drop ("van der Vlist"); lower-case words behind a given name do ("Ludwig
van"), as users of reference managers type them (CSL-JSON 1.0.2, names).
"""

from __future__ import annotations

import re

__all__ = ["with_particles"]

_LEADING = re.compile(
    r"""((?:(?:\d|[^\W\d_A-ZÀ-ÖØ-Þ])[^\s'’ʼ-]*(?:\s+|(?<=[^\W\d_])['’ʼ]\s*|-(?=[A-ZÀ-Ö]))|['’ʼ]\S{1,2}\s+)+)(?=\S)"""
)
_TRAILING = re.compile(r"""\s+((?:[^\W\d_A-ZÀ-ÖØ-Þ][^\s.,]*\s+)*[^\W\d_A-ZÀ-ÖØ-Þ][^\s.,]*)$""")
_WORD = re.compile(r"[^\W\d_]")


def with_particles(family: str, given: str) -> tuple[str, str, str, str]:
    """Give family, given, dropping and non-dropping particle of a name whose particles are not marked.

    >>> with_particles("van der Vlist", "Eric"), with_particles("Humboldt", "Alexander von")
    (('Vlist', 'Eric', '', 'van der'), ('Humboldt', 'Alexander', 'von', ''))
    """
    dropping = non_dropping = ""
    if family and not family[0].isupper():
        found = _LEADING.match(family)
        if found and _cased(family[found.end() :]):
            family, non_dropping = family[found.end() :], _typed(found[1])
    if (given and family and given[-1:].islower()) or given.endswith(("'", "’")):
        found = _TRAILING.search(given)
        if found:
            given, dropping = given[: found.start()], found[1]
    return family, given, dropping, non_dropping


def _typed(particle: str) -> str:
    """Give a particle; a blank behind an apostrophe was typed on purpose and stays."""
    bare = particle.rstrip()
    return f"{bare} " if bare != particle and bare.endswith(("'", "’")) else bare


def _cased(text: str) -> bool:
    found = _WORD.search(text)
    return found is not None and found[0].isupper()
