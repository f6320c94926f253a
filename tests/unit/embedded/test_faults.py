"""What a person can get wrong: one sentence that says what to do, and nothing half-written."""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from embedded import account as accounts
from embedded.account import Account, choose_account, reachable
from embedded.binaries import find_binaries
from embedded.cluster import Cluster, extra_settings, free_port, last_fault
from embedded.errors import EmbeddedError
from embedded.folder import DataFolder
from embedded.postgres import ensure_running, stop


def fault_of(path: Path) -> str:
    with pytest.raises(EmbeddedError) as caught:
        ensure_running(path)
    stop(path)
    return str(caught.value)


def test_file_in_the_way_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    assert f"because {tmp_path / 'file'} is a file" in fault_of(tmp_path / "file" / "data")
    assert "OKRTRACK_DATA=" in fault_of(tmp_path / "file")
    assert (tmp_path / "file").read_text() == "mine"


def test_folder_that_cannot_be_written() -> None:
    assert "not writable for you" in fault_of(Path("/proc/okrtrack"))


def test_data_of_another_major_version_is_refused_and_kept(data: DataFolder) -> None:
    ensure_running(data.root)
    stop(data.root)
    (data.cluster / "PG_VERSION").write_text("12\n")
    sentence = fault_of(data.root)
    assert "made by PostgreSQL 12 and no other version can open it" in sentence
    assert "OKRTRACK_PG_BIN" in sentence
    (data.cluster / "PG_VERSION").write_text(f"{find_binaries().major}\n")
    ensure_running(data.root).connect().close()


def test_folder_named_postgres_that_is_something_else(empty: DataFolder) -> None:
    (empty.cluster / "photos").mkdir(parents=True)
    assert "exists but is not a PostgreSQL database" in fault_of(empty.root)
    assert list(empty.cluster.iterdir()) == [empty.cluster / "photos"]


def test_lost_password_file(data: DataFolder) -> None:
    ensure_running(data.root)
    stop(data.root)
    password = data.password_file.rename(data.root / "aside")
    assert "postgres.password is missing" in fault_of(data.root)
    password.rename(data.password_file)
    ensure_running(data.root).connect().close()


def test_server_that_refuses_its_settings_is_quoted(
    empty: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OKRTRACK_PG_OPTIONS", "shared_buffers=many")
    sentence = fault_of(empty.root)
    assert 'invalid value for parameter "shared_buffers"' in sentence
    assert str(empty.log_file) in sentence


def test_malformed_options(empty: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OKRTRACK_PG_OPTIONS", "fsync off")
    assert "OKRTRACK_PG_OPTIONS has the word “fsync”" in fault_of(empty.root)
    monkeypatch.setenv("OKRTRACK_PG_OPTIONS", "a.b=1  jit=on")
    assert extra_settings() == {"a.b": "1", "jit": "on"}


def test_bin_folder_without_programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OKRTRACK_PG_BIN", str(tmp_path))
    with pytest.raises(EmbeddedError, match="there are no working programs"):
        find_binaries()
    for name in ("postgres", "initdb"):
        (tmp_path / name).write_text("#!/bin/sh\nexit 3\n")
        (tmp_path / name).chmod(0o755)
    with pytest.raises(EmbeddedError, match="there are no working programs"):
        find_binaries()


def test_programs_that_are_too_old_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("postgres", "initdb"):
        (tmp_path / name).write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 13.4'\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("OKRTRACK_PG_BIN", str(tmp_path))
    with pytest.raises(EmbeddedError, match=r"17 or newer was found \(found: 13\.4 in "):
        find_binaries()
    assert find_binaries(13).bin == tmp_path


def test_programs_from_path_come_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("postgres", "initdb"):
        (tmp_path / name).write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 99.1'\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert find_binaries().major != 99
    assert find_binaries(99).bin == tmp_path


def test_free_port_prefers_the_old_one() -> None:
    port = free_port("")
    assert 20000 <= port < 30000
    assert free_port(str(port)) == port
    assert free_port("80") != 80


def test_last_fault_is_the_line_that_matters() -> None:
    log = "LOG:  starting\n2026 [1] FATAL:  could not bind\n2026 [1] LOG:  shut down\n"
    assert last_fault(log) == "could not bind."
    assert last_fault("initdb: error: no room\n") == "no room."
    assert last_fault("") == "it said nothing."


@pytest.fixture
def open_place() -> Iterator[Path]:
    """A folder that every account can reach, wherever TMPDIR points."""
    with tempfile.TemporaryDirectory(dir=accounts.COPY_PLACES[-1]) as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_unreachable_programs_are_copied_once_for_the_account(
    tmp_path: Path, open_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accounts, "COPY_PLACES", (str(open_place / "none"), str(open_place)))
    installed = find_binaries()
    closed = tmp_path / "closed"
    for tree in installed.trees:
        if (installed.root / tree).exists():
            shutil.copytree(installed.root / tree, closed / tree, symlinks=True)
    closed.chmod(0o700)
    monkeypatch.setattr(
        "embedded.binaries._package_folders",
        lambda name: [closed / name] if name in str(installed.bin) else [],
    )
    account = choose_account(tmp_path, tmp_path / "postgres")
    binaries = find_binaries()
    assert closed in binaries.bin.parents
    found = reachable(binaries, account)
    if account.uid is None:
        assert found == binaries
        return
    assert open_place in found.bin.parents
    assert stat.S_IMODE(found.bin.stat().st_mode) == 0o755
    assert Cluster.of(DataFolder.at(tmp_path)).binaries == found
    assert len(list((open_place / "okrtrack-postgres").iterdir())) == 1


def test_account_of_root_is_never_root(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setenv("OKRTRACK_PG_USER", "root")
    assert choose_account(Path("/"), tmp_path / "postgres").uid not in (0, None)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert choose_account(Path("/"), tmp_path / "postgres") == Account()
