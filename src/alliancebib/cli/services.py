"""The services that a command asks about works, made as the settings and the call say.

One that cannot be asked at all, as an index that is not there, stops nothing while others can be: it is named once, and
what only it could have answered stays open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from alliancebib import plugins
from alliancebib.cli.streams import say
from alliancebib.config import Project
from alliancebib.decisions import load_decisions
from alliancebib.errors import UnavailableError, UsageError
from alliancebib.model import Reference
from alliancebib.resolvers import Resolver
from alliancebib.verification import Services
from alliancebib.web import Web

__all__ = ["absent", "answers_offline", "make_resolvers", "make_services", "say_absent"]


class _Absent:
    """A service that cannot be asked in this run: each question to it ends with the reason."""

    def __init__(self, name: str, problem: UnavailableError) -> None:
        self.name = name
        self.problem = problem

    def search(self, reference: Reference, *, limit: int = 10) -> tuple[Reference, ...]:  # noqa: ARG002 - the shelf's
        raise self.problem

    def lookup(self, doi: str) -> Reference | None:  # noqa: ARG002 - the shelf's
        raise self.problem


def make_resolvers(
    project: Project, web: Web, *, base_url: str = "", index: Path | None = None
) -> tuple[Resolver, ...]:
    """Make the resolvers that the settings name, in their order; with ``index`` the one over that file alone.

    Raises:
        UsageError: None of them can be asked, or an address is none.
    """
    names = ("local",) if index else project.settings.enrich.resolvers
    if base_url and "crossref" not in names:
        named = f"`resolvers` names {' and '.join(names) or 'none'}" if not index else "`--index` asks no service"
        help_ = "Leave it out, or name crossref among the `resolvers`."
        raise UsageError(f"`--base-url` names a service in the place of Crossref, and {named}", help=help_)
    made = tuple(_made(name, project, web, base_url=base_url, index=index) for name in names)
    away = [resolver for resolver in made if isinstance(resolver, _Absent)]
    if away and len(away) == len(made):
        raise UsageError(away[0].problem.message, help=away[0].problem.help)
    return made


def make_services(project: Project, web: Web, *, base_url: str = "") -> Services:
    """Make what a check of records asks: the resolvers of the settings, DataCite about its own DOIs, and people."""
    return Services(
        resolvers=make_resolvers(project, web, base_url=base_url),
        agencies={"DataCite": _resolver("datacite", project, web)},
        threshold=project.settings.enrich.threshold,
        decided=load_decisions(project.path(project.settings.decisions)).doi,
    )


def absent(resolvers: Iterable[Resolver], *, said: str = "") -> tuple[str, ...]:
    """Give one sentence about each service that cannot be asked in this run, unless its problem was ``said`` before."""
    away = (one.problem for one in resolvers if isinstance(one, _Absent))
    return tuple(
        f"{problem.message[:1].upper()}{problem.message[1:]}. {problem.help}"
        for problem in away
        if problem.message not in said
    )


def say_absent(resolvers: Sequence[Resolver], *, said: str = "") -> bool:
    """Say which services cannot be asked in this run, if it is not ``said`` already; whether there are any."""
    for sentence in absent(resolvers, said=said):
        say(sentence)
    return any(isinstance(resolver, _Absent) for resolver in resolvers)


def answers_offline(project: Project) -> bool:
    """Say whether one of the resolvers of the settings needs no network."""
    return not all(plugins.needs_web(name) for name in project.settings.enrich.resolvers)


def _made(name: str, project: Project, web: Web, *, base_url: str, index: Path | None) -> Resolver:
    try:
        return _resolver(name, project, web, base_url=base_url, index=index)
    except UnavailableError as problem:
        return _Absent(name, problem)


def _resolver(name: str, project: Project, web: Web, *, base_url: str = "", index: Path | None = None) -> Resolver:
    """Make one resolver; those of other packages know their own address."""
    settings = project.settings.enrich
    places = {
        "crossref": base_url or settings.base_url,
        "datacite": settings.datacite_base_url,
        "local": str(index or project.path(settings.index)),
    }
    return plugins.resolver(name)(web, base_url=places.get(name, ""), mail=project.settings.mail)
