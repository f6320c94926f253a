"""The command line says what to do, in one sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

MANAGE = Path(__file__).resolve().parents[3] / "manage.py"


def said(**settings: str) -> str:
    env = {**os.environ, "OKRTRACK_SECRET_KEY": "x", **settings}
    command = [sys.executable, str(MANAGE), "migrate"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    return done.stderr.strip()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OKRTRACK_SMTP_URL", "ftp://mail.example.com"),
        ("DATABASE_URL", "mysql://localhost/plan"),
        ("OKRTRACK_DEBUG", "perhaps"),
        ("OKRTRACK_DATABASE_POOL", "many"),
    ],
)
def test_a_malformed_setting_is_one_sentence_that_names_it(name: str, value: str) -> None:
    words = said(**{name: value})
    assert words.startswith(name)
    assert "\n" not in words


def test_a_database_that_is_away_is_one_sentence() -> None:
    words = said(DATABASE_URL="postgresql://nobody@127.0.0.1:1/plan")
    last = words.splitlines()[-1]
    assert last.startswith("The database cannot be used (")
    assert last.endswith("start it, or correct DATABASE_URL.")
    assert "Traceback" not in words
