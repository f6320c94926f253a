"""kill -9 of any part, or of all: nothing lost, nothing left running."""

import os
import signal
import subprocess
from collections.abc import Callable

from embedded.cluster import Cluster
from embedded.folder import DataFolder, is_locked
from embedded.postgres import Server, ensure_running, find_running, stop
from embedded.postmaster import exists, is_postgres_in, running_pid
from tests.unit.embedded.conftest import kill, wait_for

Holder = Callable[[DataFolder], "subprocess.Popen[str]"]


def write_row(server: Server) -> None:
    with server.connect("okrtrack") as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")


def read_row(server: Server) -> object:
    with server.connect("okrtrack") as connection:
        return connection.execute("SELECT answer FROM kept").fetchone()


def server_pid(data: DataFolder) -> int:
    pid = running_pid(data.cluster)
    assert pid is not None
    return pid


def keeper_pid(data: DataFolder) -> int:
    return int(data.read(data.keeper_lock))


def test_killed_server_is_back_by_itself_on_the_same_port(data: DataFolder) -> None:
    server = ensure_running(data.root)
    write_row(server)
    killed = server_pid(data)
    kill(killed)
    wait_for(lambda: running_pid(data.cluster) not in (None, killed))
    wait_for(lambda: find_running(data.root) == server)
    assert read_row(server) == (42,)


def test_killed_keeper_takes_its_server_along_and_the_next_use_heals(data: DataFolder) -> None:
    server = ensure_running(data.root)
    write_row(server)
    pid = server_pid(data)
    kill(keeper_pid(data))
    wait_for(lambda: not exists(pid))
    assert read_row(ensure_running(data.root)) == (42,)


def test_killed_last_user_leaves_nothing_running(data: DataFolder, start_holder: Holder) -> None:
    holder = start_holder(data)
    assert holder.stdout
    assert holder.stdout.readline().strip().isdigit()
    pid, keeper = server_pid(data), keeper_pid(data)
    holder.kill()
    wait_for(lambda: not exists(pid) and not exists(keeper))


def test_everything_killed_at_once_loses_nothing(data: DataFolder, start_holder: Holder) -> None:
    holder = start_holder(data)
    assert holder.stdout
    holder.stdout.readline()
    write_row(ensure_running(data.root))
    pid = server_pid(data)
    for victim in (holder.pid, keeper_pid(data), pid):
        os.kill(victim, signal.SIGKILL)
    wait_for(lambda: not exists(pid) and not is_locked(data.keeper_lock))
    assert read_row(ensure_running(data.root)) == (42,)


def test_terminated_keeper_ends_its_server_in_order(data: DataFolder) -> None:
    ensure_running(data.root)
    pid = server_pid(data)
    os.kill(keeper_pid(data), signal.SIGTERM)
    wait_for(lambda: not exists(pid) and not is_locked(data.keeper_lock))
    assert "database system is shut down" in data.log_file.read_text().splitlines()[-1]


def test_pid_file_of_a_living_stranger_is_not_believed(data: DataFolder) -> None:
    write_row(ensure_running(data.root))
    stop(data.root)
    for stranger in (os.getpid(), os.getppid(), 2**22 - 1):
        (data.cluster / "postmaster.pid").write_text(
            f"{stranger}\n/nowhere\n1\n5432\n\n\n\nready\n"
        )
        assert running_pid(data.cluster) is None
        assert read_row(ensure_running(data.root)) == (42,)
        stop(data.root)


def test_damaged_pid_file_is_not_believed(data: DataFolder) -> None:
    ensure_running(data.root)
    stop(data.root)
    (data.cluster / "postmaster.pid").write_bytes(b"\xff\xfe\n")
    assert running_pid(data.cluster) is None
    ensure_running(data.root).connect().close()


def test_postgres_of_another_folder_is_not_believed(data: DataFolder) -> None:
    ensure_running(data.root)
    assert is_postgres_in(server_pid(data), data.cluster)
    assert not is_postgres_in(server_pid(data), data.root / "other")


def test_server_without_keeper_is_ended_and_replaced(data: DataFolder) -> None:
    write_row(ensure_running(data.root))
    stop(data.root)
    orphan = Cluster.of(data).start(29_998)
    assert running_pid(data.cluster) == orphan.pid
    assert read_row(ensure_running(data.root)) == (42,)
    assert orphan.wait(10) is not None
