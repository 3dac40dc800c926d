"""Languages by name: the 62 locales that the citation engine brings along."""

from __future__ import annotations

from citeproc import LANGUAGE_NAMES, PRIMARY_DIALECTS

from alliancebib.errors import UnknownName

__all__ = ["find_locale", "locale_names"]


def locale_names() -> tuple[str, ...]:
    """Give the names of all locales, sorted."""
    return tuple(sorted(LANGUAGE_NAMES))


def find_locale(name: str) -> str:
    """Find a locale by its name; a language alone, or with a region that has none, gives its main dialect.

    >>> find_locale("de"), find_locale("pt_br"), find_locale("de-LU")
    ('de-DE', 'pt-BR', 'de-DE')

    Raises:
        UnknownName: There is no locale for the language.
    """
    wanted = name.strip().replace("_", "-").lower()
    for known in LANGUAGE_NAMES:
        if known.lower() == wanted:
            return str(known)
    language, _, region = wanted.partition("-")
    if language in PRIMARY_DIALECTS and (not region or (region.isalnum() and len(region) in (2, 3, 4))):
        return str(PRIMARY_DIALECTS[language])
    near = [known for known in LANGUAGE_NAMES if known.lower().startswith(language[:2])] if len(language) > 1 else None
    raise UnknownName("locale", name, locale_names(), near=near or None, help="Locales are named as `de` or `en-GB`.")
