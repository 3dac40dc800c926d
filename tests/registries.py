"""Crossref, DataCite and doi.org on one address of this machine, over a handful of records, for tests of the program.

``/works`` answers as Crossref, ``/dois`` as DataCite, ``/doiRA`` and ``/api/handles`` as doi.org.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from urllib.parse import parse_qs, unquote, urlsplit

from services import Said, Scripted

Record = dict[str, object]


class Registries:
    """What the services know: Crossref's records, DataCite's attributes, and DOIs of other agencies."""

    def __init__(
        self,
        crossref: Sequence[Record] = (),
        datacite: Sequence[Record] = (),
        elsewhere: dict[str, str] | None = None,
    ) -> None:
        self.crossref = {str(one["DOI"]).lower(): one for one in crossref}
        self.datacite = {str(one["doi"]).lower(): one for one in datacite}
        self.elsewhere = elsewhere or {}

    def serve(self) -> Scripted:
        """Give the server; it runs while it is entered."""
        return Scripted(lambda path, _: self.answer(path))

    def answer(self, path: str) -> Said:
        parts = urlsplit(path)
        room, _, rest = parts.path.removeprefix("/").partition("/")
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if room == "works":
            return self._work(unquote(rest)) if rest else self._works(query)
        if room == "dois":
            return self._data(unquote(rest)) if rest else _json({"data": []})
        if room == "doiRA":
            return _json([self._agency(unquote(doi)) for doi in rest.split(",")])
        doi = unquote(parts.path.removeprefix("/api/handles/"))
        return _json({"responseCode": 1}) if self._agency(doi).get("RA") else Said(404, b'{"responseCode": 100}')

    def _works(self, query: dict[str, str]) -> Said:
        if "filter" in query:
            dois = [part.removeprefix("doi:") for part in query["filter"].split(",")]
            found = [self.crossref[doi] for doi in dois if doi in self.crossref]
        else:
            words = set(query["query.bibliographic"].lower().split())
            ranked = sorted(
                self.crossref.values(), key=lambda one: -len(words & set(str(one["title"]).lower().split()))
            )
            found = ranked[: int(query["rows"])]
        return _json({"message": {"items": found}})

    def _work(self, doi: str) -> Said:
        if doi not in self.crossref:
            return Said(404, b"Resource not found.", {"Content-Type": "text/plain"})
        return _json({"message": self.crossref[doi]})

    def _data(self, doi: str) -> Said:
        known = self.datacite.get(doi)
        return _json({"data": {"id": doi, "attributes": known}}) if known else Said(404, b'{"errors": []}')

    def _agency(self, doi: str) -> dict[str, str]:
        known = dict.fromkeys(self.crossref, "Crossref") | dict.fromkeys(self.datacite, "DataCite") | self.elsewhere
        return {"DOI": doi, "RA": known[doi]} if doi in known else {"DOI": doi, "status": "DOI does not exist"}


def _json(value: object) -> Said:
    return Said(200, json.dumps(value).encode())
