"""Settings from ``alliancebib.toml`` or ``[tool.alliancebib]``, found upwards from where one stands.

A `Project` is the settings together with the folder that their paths are relative to. An unknown or mistyped setting is
an error that names file and setting; a missing file is no error, the defaults are meant to be used.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec

from alliancebib.errors import SettingsError

__all__ = ["CheckSettings", "DedupeSettings", "EnrichSettings", "ParseSettings", "Project", "Settings", "load_project"]

FILE_NAME = "alliancebib.toml"


class _Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab"):
    """A table of the settings file: names with hyphens, nothing unknown."""


class ParseSettings(_Table, frozen=True):
    """How a page becomes references.

    ``navigation``: links that lead back to the page's own site become entries too. ``outlets``: TOML files with further
    outlets and agencies, in the form of the one shipped.
    """

    navigation: bool = False
    outlets: tuple[str, ...] = ()


class EnrichSettings(_Table, frozen=True):
    """Which services complete a reference, in order, and how sure one must be (0 to 1) before a DOI is attached."""

    resolvers: tuple[str, ...] = ("crossref",)
    base_url: str = "https://api.crossref.org"
    threshold: float = 0.9


class DedupeSettings(_Table, frozen=True):
    """How bold deduplication is: strict, balanced or relaxed."""

    preset: str = "balanced"


class CheckSettings(_Table, frozen=True):
    """Which checks run, and how addresses are visited. Times in seconds.

    ``fail_on`` is the lowest severity that makes ``check`` end with exit code 1: note, warning, error or never.
    """

    checkers: tuple[str, ...] = ("fields", "keys", "duplicates", "dois", "links")
    fail_on: str = "error"
    timeout: float = 10.0
    deadline: float = 600.0
    workers: int = 32
    per_host: int = 4
    retries: int = 2
    allow_private: bool = False
    doi_base_url: str = "https://doi.org"


class Settings(_Table, frozen=True):
    """Everything that can be set; each default is the best choice for one who sets nothing.

    ``output`` is a path without suffix; ``formats`` are the files written beside it. ``section_styles`` gives sections
    that expect "news", "literature" or "web" a style of their own. ``mail`` is sent to Crossref and to no one else.
    """

    inputs: tuple[str, ...] = ()
    output: str = ""
    title: str = ""
    formats: tuple[str, ...] = ("bibtex", "csl-json", "html")
    style: str = "apa"
    locale: str = ""
    section_styles: dict[str, str] = msgspec.field(default_factory=dict)
    mail: str = ""
    rules: tuple[str, ...] = ("unicode", "titles", "names", "dates", "pages", "identifiers", "urls", "kinds")
    decisions: str = "references/decisions.toml"
    lock: str = "references/alliancebib.lock"
    parse: ParseSettings = ParseSettings()
    enrich: EnrichSettings = EnrichSettings()
    dedupe: DedupeSettings = DedupeSettings()
    check: CheckSettings = CheckSettings()


class Project(msgspec.Struct, frozen=True, kw_only=True):
    """Settings, the folder that their paths are relative to, and the file they came from (None: defaults)."""

    settings: Settings = Settings()
    root: Path = Path()
    file: Path | None = None

    def path(self, name: str) -> Path:
        """Give a path of the settings as one from here."""
        return self.root / name


def load_project(start: Path | None = None, *, file: Path | None = None) -> Project:
    """Read the settings of the folder ``start`` or of the nearest folder above it, or the ``file`` named.

    Raises:
        SettingsError: The file cannot be read, is no TOML, or has an unknown or mistyped setting.
    """
    if file is not None:
        return _read(file)
    folder = (start or Path()).absolute()
    for here in (folder, *folder.parents):
        if (here / FILE_NAME).is_file():
            return _read(here / FILE_NAME)
        if (here / "pyproject.toml").is_file() and _table(here / "pyproject.toml") is not None:
            return _read(here / "pyproject.toml")
    return Project(root=folder)


def _read(file: Path) -> Project:
    table = _table(file)
    try:
        settings = msgspec.convert(table or {}, Settings)
    except msgspec.ValidationError as problem:
        raise SettingsError(
            _sentence(problem), place=str(file), help="`alliancebib config` lists all settings."
        ) from None
    return Project(settings=settings, root=file.absolute().parent, file=file)


def _table(file: Path) -> dict[str, object] | None:
    """Give the settings table of a file; None for a pyproject.toml that has none."""
    try:
        whole = tomllib.loads(file.read_text("utf-8"))
    except OSError as problem:
        raise SettingsError(f"the settings cannot be read ({problem.strerror})", place=str(file)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        if file.name == "pyproject.toml":
            return None
        raise SettingsError(f"this is no valid TOML: {problem}", place=str(file), help="Mend the line named.") from None
    if file.name != "pyproject.toml":
        return whole
    tool = whole.get("tool", {})
    return tool.get("alliancebib") if isinstance(tool, dict) else None


def _sentence(problem: msgspec.ValidationError) -> str:
    """Put msgspec's words ("... - at `$.check.timeout`") into one sentence that names the setting."""
    text, _, where = str(problem).partition(" - at `$.")
    setting = where.rstrip("`")
    return f"setting `{setting}`: {text}" if setting else text
