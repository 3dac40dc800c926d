"""Settings from ``alliancebib.toml`` or ``[tool.alliancebib]``, found upwards from where one stands.

A `Project` is the settings together with the folder that their paths are relative to. An unknown or mistyped setting is
an error that names file and setting; a missing file is no error, the defaults are meant to be used.
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, get_args

import msgspec

from alliancebib.citation_key import DEFAULT_PATTERN, key_parts
from alliancebib.errors import SettingsError, UnknownName, UsageError
from alliancebib.files import is_address
from alliancebib.lock import THRESHOLD
from alliancebib.web.address import Address, read_address

__all__ = [
    "ACCEPTABLE",
    "AcceptedAnswer",
    "CheckSettings",
    "DedupeSettings",
    "EnrichSettings",
    "FreshFor",
    "ParseSettings",
    "Project",
    "Settings",
    "load_project",
]

FILE_NAME = "alliancebib.toml"


#: Settings whose value is one of a few words.
_CHOICES = {
    "dedupe.preset": ("strict", "balanced", "relaxed"),
    "dedupe.versions": ("link", "merge"),
    "check.fail-on": ("never", "error", "warning", "note"),
}
#: Outcomes of addresses that can be accepted: those of which there is a finding.
ACCEPTABLE = ("gone", "invalid", "refused", "unreachable", "unknown")
Seconds = Annotated[float, msgspec.Meta(gt=0)]
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Count = Annotated[int, msgspec.Meta(ge=0)]
Days = Annotated[int, msgspec.Meta(ge=0, le=3650)]
AtLeastOne = Annotated[int, msgspec.Meta(ge=1)]


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
    """Which services complete a reference, in order, and how sure one must be (0 to 1) before a DOI is attached.

    ``base_url`` is that of Crossref or of a service with its face, ``index`` the file that the resolver "local"
    searches, made by ``alliancebib index``. ``check`` asks DataCite, at ``datacite_base_url``, about the DOIs that are
    registered there, whether or not ``resolvers`` names it. A resolver of another package knows its own address.
    """

    resolvers: tuple[str, ...] = ("crossref",)
    base_url: str = "https://api.crossref.org"
    datacite_base_url: str = "https://api.datacite.org"
    index: str = "records.index"
    threshold: Share = THRESHOLD


class DedupeSettings(_Table, frozen=True):
    """How bold deduplication is: strict, balanced or relaxed.

    ``versions`` says what becomes of two versions of one text, as a preprint and its article: "link" or "merge".
    """

    preset: str = "balanced"
    versions: str = "link"


class FreshFor(_Table, frozen=True):
    """For how many days what a visit found is taken as it is, by outcome; 0: visited in every run.

    What gave no answer, and what settled nothing, is visited in every run.
    """

    ok: Days = 7
    moved: Days = 7
    refused: Days = 7
    gone: Days = 1


class AcceptedAnswer(_Table, frozen=True):
    """An answer that a host is known to give: no finding is made of it until the day named.

    ``host`` is a name, or ``*.name`` for it and all below it; ``answer`` a status, or an outcome such as refused. That
    a page is gone is accepted where the answer says so: 404, 410 or gone; a broken certificate where it says invalid.
    """

    host: str
    answer: int | str
    reason: str
    until: date | None = None

    def __post_init__(self) -> None:
        """Refuse what no address can match; msgspec makes an error of it that names the setting."""
        if not _host_of(self.host):
            raise ValueError(f"`{self.host}` is no host; write a name as www.example.org, or *.example.org")
        if isinstance(self.answer, str) and self.answer not in ACCEPTABLE:
            number = " A status is written without quotes." if self.answer.isdecimal() else ""
            problem = UnknownName("outcome", self.answer, ACCEPTABLE)
            raise ValueError(" ".join(filter(None, [f"{problem.message}{number}", problem.help])))
        if isinstance(self.answer, int) and not 100 <= self.answer <= 999:
            raise ValueError(f"{self.answer} is no status of HTTP")
        if not self.reason.strip():
            raise ValueError("`reason` is empty; say why the answer is accepted")

    def has(self, host: str) -> bool:
        """Say whether a host, as `read_address` gives it, is meant.

        >>> AcceptedAnswer(host="*.Example.org", answer=403, reason="robot filter").has("www.example.org")
        True
        """
        name = _host_of(self.host)
        return host == name or (self.host.startswith("*.") and host.endswith(f".{name}"))


class CheckSettings(_Table, frozen=True):
    """Which checks run, and how addresses are visited. Times in seconds.

    ``fail_on`` is the lowest severity that makes ``check`` end with exit code 1: note, warning, error or never.
    ``timeout`` is the longest wait for a connection or a first byte; services, whose searches take time, get twice as
    long for the latter. ``deadline`` is that of a whole run. ``doi_base_url`` is where every DOI is asked about.

    A dead address counts once it was dead in runs at least ``grace`` days apart; 0: at once. ``grace_for_gone`` is
    false where a page that is gone (404, 410) from a host that is well counts at once. ``fresh_for`` says for how long
    an earlier visit serves. ``baseline`` is a file of accepted faults. ``archive_base_url`` is where archived copies of
    dead pages are asked for; "" for nowhere.
    """

    checkers: tuple[str, ...] = ("fields", "entries", "consistency", "keys", "duplicates", "dois", "records", "links")
    fail_on: str = "error"
    timeout: Seconds = 10.0
    deadline: Seconds = 600.0
    workers: AtLeastOne = 64
    per_host: AtLeastOne = 8
    retries: Count = 2
    allow_private: bool = False
    doi_base_url: str = "https://doi.org"
    grace: Days = 3
    grace_for_gone: bool = True
    fresh_for: FreshFor = FreshFor()
    accept: tuple[AcceptedAnswer, ...] = ()
    baseline: str = ""
    archive_base_url: str = "https://archive.org"


class Settings(_Table, frozen=True):
    """Everything that can be set; each default is the best choice for one who sets nothing.

    ``output`` is a path without suffix; ``formats`` are the files written beside it. ``section_styles`` gives sections
    that expect "news", "literature" or "web" a style of their own. ``mail`` is sent to Crossref and to no one else.
    ``keys`` is the pattern of citation keys for references that have none.
    """

    inputs: tuple[str, ...] = ()
    output: str = ""
    title: str = ""
    formats: tuple[str, ...] = ("bibtex", "csl-json", "html")
    style: str = "apa"
    locale: str = ""
    section_styles: dict[str, str] = msgspec.field(default_factory=dict)
    mail: str = ""
    keys: str = DEFAULT_PATTERN
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

    @property
    def inputs(self) -> tuple[str, ...]:
        """The inputs as paths from here; addresses as they are."""
        return tuple(name if is_address(name) else str(self.path(name)) for name in self.settings.inputs)


def load_project(start: Path | None = None, *, file: Path | None = None) -> Project:
    """Read the settings of the folder ``start`` or of the nearest folder above it, or the ``file`` named.

    Raises:
        SettingsError: The file cannot be read, is no TOML, or has an unknown or mistyped setting.
    """
    if file is not None:
        return _read(file)
    folder = (start or Path()).absolute()
    for here in (folder, *folder.parents):
        if _is_there(here / FILE_NAME):
            return _read(here / FILE_NAME)
        if _is_there(here / "pyproject.toml") and _table(here / "pyproject.toml") is not None:
            return _read(here / "pyproject.toml")
    return Project(root=folder)


def _read(file: Path) -> Project:
    table = _table(file)
    _require_known(table, Settings, file)
    try:
        settings = msgspec.convert(table or {}, Settings)
    except msgspec.ValidationError as problem:
        raise SettingsError(
            _sentence(problem), place=str(file), help="`alliancebib config` lists all settings."
        ) from None
    try:
        key_parts(settings.keys)
    except UsageError as problem:
        raise SettingsError(f"setting `keys`: {problem}", place=str(file), help=problem.help) from None
    root = file.absolute().parent
    return Project(settings=_with_style_files(settings, root), root=root, file=file)


def _is_there(file: Path) -> bool:
    try:
        return file.is_file()
    except OSError:  # a folder that may not be looked into
        return False


def _require_known(table: object, struct: type[msgspec.Struct], file: Path, above: str = "") -> None:
    """Answer a setting, or a value from a short list, that there is not with the nearest that there are."""
    if not isinstance(table, dict):
        return
    fields = {field.encode_name: field.type for field in msgspec.structs.fields(struct)}
    for name, value in table.items():
        kind, setting = fields.get(name), f"{above}{name}"
        if kind is None:
            help_ = "`alliancebib config` lists all settings."
            raise UnknownName("setting", setting, [f"{above}{known}" for known in fields], place=str(file), help=help_)
        if isinstance(value, str) and value not in (choices := _CHOICES.get(setting, (value,))):
            raise UnknownName(f"`{setting}`", value, choices, place=str(file), help=f"Known: {', '.join(choices)}.")
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            _require_known(value, kind, file, f"{name}.")
        for inner in get_args(kind) if isinstance(value, list) else ():
            if isinstance(inner, type) and issubclass(inner, msgspec.Struct):
                for part in value:
                    _require_known(part, inner, file, f"{setting}.")


def _with_style_files(settings: Settings, root: Path) -> Settings:
    """Take the paths of ``.csl`` files from the folder of the settings, wherever one stands."""
    sections = {section: _style(name, root) for section, name in settings.section_styles.items()}
    return msgspec.structs.replace(settings, style=_style(settings.style, root), section_styles=sections)


def _host_of(text: str) -> str:
    """Give the host that a name of the settings means, as addresses have it; "" for what is none."""
    address = read_address(f"http://{text.removeprefix('*.')}/")
    if not isinstance(address, Address) or "*" in address.host or "@" in text:
        return ""
    return address.host if address.full_url == f"http://{address.authority}/" and address.port == 80 else ""


def _style(name: str, root: Path) -> str:
    return str(root / name) if name.lower().endswith(".csl") else name


def _table(file: Path) -> dict[str, object] | None:
    """Give the settings table of a file; None for a pyproject.toml that has none."""
    data = b""
    try:
        data = file.read_bytes()
        whole = tomllib.loads(data.decode("utf-8-sig"))
    except OSError as problem:
        message = f"the settings cannot be read: {problem.strerror}"
        raise SettingsError(message, place=str(file), help="Ask for permission to read the file.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        if file.name == "pyproject.toml" and b"tool.alliancebib" not in data:
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
