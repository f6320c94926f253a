"""The JSON Schema and the docs say what the reader takes."""

from __future__ import annotations

import json
import re
from typing import Any

import jsonschema
import pytest
import yaml

from scripts.plan_file_docs import DOCS, SCHEMA, docs_text, schema_text
from tests.unit.planfile.files import SHIPPED, SMALL, changed, problems_of

SCHEMA_DATA = json.loads(SCHEMA.read_text(encoding="utf-8"))


def schema_errors(text: str) -> list[str]:
    data: Any = yaml.load(text, Loader=_Loader)  # noqa: S506
    validator = jsonschema.Draft202012Validator(SCHEMA_DATA)
    return [error.message for error in validator.iter_errors(data)]


class _Loader(yaml.SafeLoader):
    """YAML as JSON Schema editors see it: dates stay texts."""


_Loader.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def test_the_committed_schema_and_docs_are_those_of_the_reader() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == schema_text()
    assert DOCS.read_text(encoding="utf-8") == docs_text()
    jsonschema.Draft202012Validator.check_schema(SCHEMA_DATA)


@pytest.mark.parametrize("text", [SMALL, SHIPPED.read_text(encoding="utf-8")])
def test_good_files_fit_the_schema(text: str) -> None:
    assert schema_errors(text) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("time_zone:", "timezone:"),
        ("  months: 12\n", ""),
        ("months: 12", "months: twelve"),
        ("direction: binary", "direction: sideways"),
        ("start: M2,", "start: soon,"),
        ("impact: 3", "impact: 6"),
        ("direction: milestones", "direction: milestone_driven"),
        ("milestones: [busy, open]", "milestones: busy"),
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(old: str, new: str) -> None:
    text = changed(old, new)
    assert schema_errors(text)
    assert problems_of(text)


def test_the_example_of_the_docs_is_a_good_plan() -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert problems_of(example) == ()
    assert problems_of(example, language="zh-hans") == ()
    assert schema_errors(example) == []
