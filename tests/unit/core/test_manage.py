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
        ("OKRTRACK_DATABASE_POOL", "0"),
        ("OKRTRACK_LOG_LEVEL", "LOUD"),
        ("OKRTRACK_SITE_URL", "http://[::1"),
        ("OKRTRACK_SITE_URL", "http://localhost:port"),
        ("DATABASE_URL", "postgresql://localhost"),
    ],
)
def test_a_malformed_setting_is_one_sentence_that_names_it(name: str, value: str) -> None:
    words = said(**{name: value})
    assert words.startswith(name)
    assert "\n" not in words


def test_outside_the_demo_the_secret_has_to_be_set() -> None:
    words = said(DATABASE_URL="postgresql://nobody@127.0.0.1:1/plan", OKRTRACK_SECRET_KEY="")
    assert words == "Set OKRTRACK_SECRET_KEY: it has no default outside the local demo."


@pytest.mark.parametrize("is_file", [True, False])
def test_a_data_folder_that_cannot_keep_the_secret_is_one_sentence(
    tmp_path: Path, *, is_file: bool
) -> None:
    folder = tmp_path / "data"
    folder.write_text("a file in the way") if is_file else (folder / "secret.key").mkdir(
        parents=True
    )
    words = said(DATABASE_URL="", OKRTRACK_SECRET_KEY="", OKRTRACK_DATA=str(folder))
    assert str(folder) in words
    assert "OKRTRACK_DATA=folder" in words
    assert "\n" not in words


@pytest.mark.long
def test_a_database_that_is_away_is_one_sentence() -> None:
    words = said(DATABASE_URL="postgresql://nobody@127.0.0.1:1/plan")
    last = words.splitlines()[-1]
    assert last.startswith("The database cannot be used (")
    assert last.endswith("start it, or correct DATABASE_URL.")
    assert "Traceback" not in words
