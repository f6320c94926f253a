"""What requests keep stays readable in every version: a stored sample each."""

import json
from pathlib import Path

import pytest

from apps.approvals.kinds import request_kinds

SAMPLES = sorted((Path(__file__).parent / "payloads").glob("*.json"))


def test_there_is_a_sample_of_each_version_of_each_kind() -> None:
    wanted = {
        f"{kind.name}{part}.v{version}.json"
        for kind in request_kinds().values()
        for part, payload in (("", kind.payload), (".facts", kind.facts))
        for version in range(1, payload.VERSION + 1)
    }
    assert {path.name for path in SAMPLES} == wanted


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_sample_is_read_back(path: Path) -> None:
    kind = request_kinds()[path.name.partition(".")[0]]
    payload = kind.facts if ".facts." in path.name else kind.payload
    data = json.loads(path.read_text(encoding="utf-8"))
    read = payload.from_json(data)
    again = json.loads(json.dumps(read.to_json()))
    assert payload.from_json(again) == read
    if data["version"] == payload.VERSION:
        assert again == data
