"""Writes what is made from the plan file's field specs: the JSON Schema and the tables of the docs.

Run `python -m scripts.plan_file_docs` after a change of apps/planfile/domain/model/.
"""

from __future__ import annotations

import json
from pathlib import Path

from apps.planfile.domain.schema import field_tables, json_schema

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = ROOT / "apps" / "planfile" / "schema.json"
DOCS = ROOT / "docs" / "plan-file.md"
MARK = "<!-- made by scripts/plan_file_docs.py: do not edit below -->\n"


def schema_text() -> str:
    """The JSON Schema file."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def docs_text() -> str:
    """The documentation page with its tables made anew."""
    head, _mark, _tables = DOCS.read_text(encoding="utf-8").partition(MARK)
    return f"{head}{MARK}\n{field_tables()}"


def main() -> None:
    """Write both files."""
    SCHEMA.write_text(schema_text(), encoding="utf-8")
    DOCS.write_text(docs_text(), encoding="utf-8")


if __name__ == "__main__":
    main()
