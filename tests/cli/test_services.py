"""Which services are asked, and with which addresses."""

from __future__ import annotations

import pytest

from alliancebib import plugins
from alliancebib.cli.services import answers_offline, make_resolvers
from alliancebib.config import EnrichSettings, Project, Settings
from alliancebib.errors import UnreachableError, UsageError
from alliancebib.model import Reference
from alliancebib.web import Web
from no_web import NoWeb


class Elsewhere:
    """The resolver of another package, which notes what it was made with."""

    name = "elsewhere"

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url

    def search(self, reference: Reference, *, limit: int = 10) -> tuple[Reference, ...]:
        return ()

    def lookup(self, doi: str) -> Reference | None:
        return None


def make(web: Web, *, base_url: str, mail: str = "") -> Elsewhere:
    if base_url:
        raise UnreachableError(f"{base_url} is no address of mine")
    return Elsewhere(base_url)


def project(*resolvers: str) -> Project:
    return Project(settings=Settings(enrich=EnrichSettings(resolvers=resolvers, base_url="https://service.example")))


def test_resolvers_of_other_packages_are_not_handed_the_address_of_crossref(monkeypatch: pytest.MonkeyPatch) -> None:
    known = plugins.resolver
    monkeypatch.setattr(plugins, "resolver", lambda name: make if name == "elsewhere" else known(name))
    resolvers = make_resolvers(project("crossref", "elsewhere"), NoWeb(), base_url="https://other.example")
    assert [resolver.name for resolver in resolvers] == ["crossref", "elsewhere"]
    assert isinstance(resolvers[1], Elsewhere)
    with pytest.raises(UsageError, match="`resolvers` names elsewhere"):
        make_resolvers(project("elsewhere"), NoWeb(), base_url="https://other.example")


def test_an_address_that_is_none_is_told_though_others_could_be_asked() -> None:
    with pytest.raises(UsageError, match="base URL"):
        make_resolvers(project("datacite", "crossref"), NoWeb(), base_url="no address")


def test_only_an_index_answers_offline() -> None:
    assert [answers_offline(project(*names)) for names in (("crossref",), ("datacite", "local"), ())] == [
        False,
        True,
        False,
    ]
