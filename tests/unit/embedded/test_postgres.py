"""The embedded server: made, started, found again, private to its owner."""

import os
import socket
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from embedded.folder import DataFolder, is_locked
from embedded.postgres import ensure_running, find_running, stop
from embedded.postmaster import running_pid

Holder = Callable[[DataFolder], "subprocess.Popen[str]"]


def test_first_start_makes_a_database_in_utf8_with_the_builtin_locale(empty: DataFolder) -> None:
    server = ensure_running(empty.root)
    with server.connect("okrtrack") as connection:
        row = connection.execute(
            "SELECT pg_encoding_to_char(encoding), datlocprovider, datlocale"
            " FROM pg_database WHERE datname = 'okrtrack'"
        ).fetchone()
    assert row == ("UTF8", "b", "C.UTF-8")


def test_only_this_machine_with_the_password_gets_in(data: DataFolder) -> None:
    server = ensure_running(data.root)
    with server.connect() as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("127.0.0.1",)
        assert connection.execute("SHOW unix_socket_directories").fetchone() == ("",)
    for password in ("", "wrong"):
        address = f"postgresql://okrtrack:{password}@127.0.0.1:{server.port}/okrtrack"
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(address)


def test_password_is_readable_by_its_owner_only_and_never_shown(empty: DataFolder) -> None:
    server = ensure_running(empty.root)
    for path in (empty.password_file, empty.port_file, empty.log_file):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(empty.root.stat().st_mode) == 0o700
    assert len(server.password) >= 32
    assert server.password not in repr(server)


def test_server_never_runs_as_root_and_parents_keep_their_modes(data: DataFolder) -> None:
    before = [(path, path.stat().st_mode) for path in data.root.parents]
    ensure_running(data.root)
    pid = running_pid(data.cluster)
    assert Path(f"/proc/{pid}").stat().st_uid != 0
    assert data.cluster.stat().st_uid != 0
    assert before == [(path, path.stat().st_mode) for path in data.root.parents]


def test_second_start_finds_its_data_on_the_same_port(data: DataFolder) -> None:
    first = ensure_running(data.root)
    with first.connect("okrtrack") as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    assert stop(data.root)
    assert find_running(data.root) is None
    second = ensure_running(data.root)
    assert second == first
    with second.connect("okrtrack") as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)


def test_another_port_is_taken_when_somebody_sits_on_the_old_one(data: DataFolder) -> None:
    old = ensure_running(data.root).port
    stop(data.root)
    with socket.socket() as squatter:
        squatter.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        squatter.bind(("127.0.0.1", old))
        squatter.listen()
        server = ensure_running(data.root)
        assert server.port != old
        server.connect().close()


def test_two_processes_at_once_start_one_server(empty: DataFolder, start_holder: Holder) -> None:
    holders = [start_holder(empty) for _ in range(3)]
    ports = {holder.stdout.readline() for holder in holders if holder.stdout}
    assert len(ports) == 1
    assert ensure_running(empty.root).port == int(ports.pop())


def test_server_stays_while_another_process_uses_it(data: DataFolder, start_holder: Holder) -> None:
    server = ensure_running(data.root)
    holder = start_holder(data)
    assert holder.stdout
    assert int(holder.stdout.readline()) == server.port
    assert not stop(data.root)
    assert find_running(data.root) == server
    holder.kill()
    holder.wait()
    assert stop(data.root)


def test_find_running_starts_nothing(empty: DataFolder) -> None:
    assert find_running(empty.root) is None
    assert not empty.root.exists()
    assert not is_locked(empty.keeper_lock)


def test_leftover_of_a_broken_first_start_is_cleared(empty: DataFolder) -> None:
    leftover = empty.root / "postgres.new-abc"
    leftover.mkdir(parents=True)
    (leftover / "PG_VERSION").write_text("18")
    ensure_running(empty.root)
    assert not list(empty.root.glob("postgres.new-*"))


def test_files_of_root_in_a_persons_folder_belong_to_that_person(empty: DataFolder) -> None:
    empty.root.mkdir()
    if os.geteuid() == 0:
        os.chown(empty.root, 65534, 65534)
    owner = empty.root.stat().st_uid
    ensure_running(empty.root)
    assert {path.stat().st_uid for path in empty.root.iterdir()} == {owner}


def test_a_copy_made_by_root_is_given_back_to_the_account(data: DataFolder) -> None:
    ensure_running(data.root)
    stop(data.root)
    account = data.cluster.stat()
    for path in (data.cluster, *data.cluster.rglob("*")):
        os.chown(path, os.geteuid(), os.getegid(), follow_symlinks=False)
    ensure_running(data.root)
    assert data.cluster.stat().st_uid == account.st_uid


def test_big_log_is_put_aside(empty: DataFolder) -> None:
    empty.root.mkdir()
    empty.log_file.write_bytes(b"x" * (6 * 2**20))
    ensure_running(empty.root)
    assert empty.log_file.stat().st_size < 2**20
    assert (empty.root / "postgres.log.1").stat().st_size == 6 * 2**20
