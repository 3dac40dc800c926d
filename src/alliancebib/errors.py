"""What can stop the work, and what the person should do next.

The tree::

    AllianceBibError
    ├── UsageError              the call or the settings are wrong            (exit code 2)
    │   ├── UnknownName         no such style, format, rule ...; nearest names are offered
    │   ├── SettingsError       alliancebib.toml, decisions.toml or the lock cannot be used
    │   ├── InputError          an input cannot be opened or is not what it was said to be
    │   ├── StyleError          a CSL style cannot be used
    │   └── OutputError         a file cannot be written; what stood there before still stands
    └── UnavailableError        the answer could not be had                   (exit code 3)
        ├── OfflineError        asked to stay offline, and neither cache nor lock knows the answer
        └── UnreachableError    no network, or the service is down

Bad lines, records and answers are not exceptions: they become findings. An exception means "cannot go on".
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

__all__ = [
    "AllianceBibError",
    "InputError",
    "OfflineError",
    "OutputError",
    "SettingsError",
    "StyleError",
    "UnavailableError",
    "UnknownName",
    "UnreachableError",
    "UsageError",
]


class AllianceBibError(Exception):
    """One sentence about what happened, where, and what to do next.

    Args:
        message: One sentence, without the place.
        place: File, URL or setting, with ``:line`` where there is one.
        help: The next step, as one sentence.
    """

    exit_code = 1

    def __init__(self, message: str, *, place: str = "", help: str = "") -> None:  # noqa: A002
        super().__init__(message)
        self.message = message
        self.place = place
        self.help = help

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


class UsageError(AllianceBibError):
    """The call or the settings are wrong."""

    exit_code = 2


class UnknownName(UsageError):  # noqa: N818 - it reads as what it is
    """A name that nothing on a shelf has. ``near`` are the names to offer; else the most alike of ``known`` are.

    >>> print(UnknownName("style", "apaa", ["apa", "ieee"]).message)
    There is no style `apaa`. Did you mean `apa`?
    """

    def __init__(  # noqa: PLR0913 - what is said, all by name
        self,
        what: str,
        name: str,
        known: Iterable[str],
        *,
        near: Iterable[str] | None = None,
        place: str = "",
        help: str = "",  # noqa: A002
    ) -> None:
        known = sorted(known)
        if near is None:
            folded = {other.lower(): other for other in known}
            near = [folded[other] for other in difflib.get_close_matches(name.lower(), folded, n=3, cutoff=0.6)]
        near = tuple(near)
        hint = f" Did you mean {', '.join(f'`{other}`' for other in near)}?" if near else ""
        if not help and not near and len(known) <= 12:
            help = f"Known: {', '.join(known)}."  # noqa: A001
        super().__init__(f"There is no {what} `{name}`.{hint}", place=place, help=help)
        self.near = near


class SettingsError(UsageError):
    """Settings, decisions or the lock cannot be used."""


class InputError(UsageError):
    """An input cannot be opened, or is not what it was said to be."""


class StyleError(UsageError):
    """A CSL style cannot be used."""


class OutputError(UsageError):
    """A file cannot be written; what stood there before still stands."""


class UnavailableError(AllianceBibError):
    """The answer could not be had; it may be another time."""

    exit_code = 3


class OfflineError(UnavailableError):
    """Asked to stay offline, and nothing kept on this machine knows the answer."""


class UnreachableError(UnavailableError):
    """No network, or the service is down."""
