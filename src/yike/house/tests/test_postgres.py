"""The private server's life: made, attached to, killed, raced for, and stopped."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from yike.house import postgres

_RACER = """
import sys
from pathlib import Path
from yike.house import postgres
postgres.ensure(Path(sys.argv[1]), name="race")
print(postgres.status(Path(sys.argv[1]), name="race").pid)
"""


@pytest.fixture
def state() -> Iterator[Path]:
    """A state directory that root's servant can enter (pytest's own is 0700)."""
    folder = Path(tempfile.mkdtemp(prefix="yike-state-"))
    folder.chmod(0o755)
    yield folder
    for name in ("pg", "race"):
        postgres.stop(folder, name=name)
    shutil.rmtree(folder)


def _ask(server: postgres.Server, sql: str) -> Any:
    with psycopg.connect(**server.owner_dsn, autocommit=True) as connection:  # type: ignore[arg-type]
        cursor = connection.execute(sql)
        return cursor.fetchone()[0] if cursor.description else None  # type: ignore[index]


def _pid(state: Path) -> int:
    pid = postgres.status(state).pid
    assert pid is not None
    return pid


def test_first_call_starts_and_second_attaches(state: Path) -> None:
    first = postgres.ensure(state)
    pid = _pid(state)
    assert postgres.ensure(state) == first
    assert _pid(state) == pid
    assert _ask(first, "select current_user") == "yike"
    assert _ask(first, "show listen_addresses") == ""


def test_socket_is_for_its_owner_only(state: Path) -> None:
    postgres.ensure(state)
    assert postgres.status(state).socket.stat().st_mode & 0o077 == 0


def test_stop_stops_and_rows_stay(state: Path) -> None:
    server = postgres.ensure(state)
    _ask(server, "create table kept as select 7 as n")
    postgres.stop(state)
    postgres.stop(state)
    assert postgres.status(state).pid is None
    assert _ask(postgres.ensure(state), "select n from kept") == 7


def test_killed_server_comes_back_with_every_row(state: Path) -> None:
    server = postgres.ensure(state)
    _ask(server, "create table kept (n int)")
    for turn in range(3):
        _ask(server, f"insert into kept values ({turn})")
        os.kill(_pid(state), signal.SIGKILL)
        server = postgres.ensure(state)
    assert _ask(server, "select count(*) from kept") == 3


def test_busy_backend_of_a_killed_server_is_gone_before_the_next_starts(state: Path) -> None:
    server = postgres.ensure(state)
    busy = psycopg.connect(**server.owner_dsn, autocommit=True)  # type: ignore[arg-type]
    backend = busy.info.backend_pid
    busy.pgconn.send_query(b"select count(*) from generate_series(1, 10000000000)")
    os.kill(_pid(state), signal.SIGKILL)
    postgres.ensure(state)
    assert not Path(f"/proc/{backend}/exe").exists()
    busy.close()


def test_unreaped_and_foreign_process_ids_are_not_the_server(state: Path) -> None:
    server = postgres.ensure(state)
    _ask(server, "create table kept as select 1 as n")
    postgres.stop(state)
    (postgres.status(state).data / "postmaster.pid").write_text(f"{os.getpid()}\n")
    assert postgres.status(state).pid is None
    assert _ask(postgres.ensure(state), "select n from kept") == 1


def test_half_made_cluster_is_made_again(state: Path) -> None:
    part = state / "pg.new"
    part.mkdir(parents=True)
    (part / "PG_VERSION").write_text("18")
    assert _ask(postgres.ensure(state), "select 1") == 1
    assert not part.exists()


def test_two_at_once_start_one(state: Path) -> None:
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", _RACER, str(state)], stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    pids = {racer.communicate(timeout=60)[0].strip() for racer in racers}
    assert [racer.returncode for racer in racers] == [0, 0]
    assert len(pids) == 1
    assert pids == {str(postgres.status(state, name="race").pid)}


def test_throwaway_ends_with_its_starter(state: Path) -> None:
    code = _RACER.replace('name="race")\nprint', 'name="race", throwaway=True)\nprint')
    done = subprocess.run(
        [sys.executable, "-c", code, str(state)], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) > 0
    for _ in range(200):
        if postgres.status(state, name="race").pid is None:
            break
        time.sleep(0.05)
    assert postgres.status(state, name="race").pid is None


def test_long_path_falls_back_to_a_short_socket(state: Path) -> None:
    deep = state / ("d" * 60) / ("e" * 60)
    server = postgres.ensure(deep)
    try:
        assert len(str(server.owner_dsn["host"])) <= postgres.LONGEST_SOCKET_DIR
        assert _ask(server, "select 1") == 1
    finally:
        socket = postgres.status(deep).socket
        postgres.stop(deep)
        shutil.rmtree(socket)


def test_cluster_of_another_major_version_is_refused(state: Path) -> None:
    postgres.ensure(state)
    postgres.stop(state)
    (postgres.status(state).data / "PG_VERSION").write_text("13\n")
    with pytest.raises(postgres.PostgresError, match="made by PostgreSQL 13"):
        postgres.ensure(state)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has a servant that may be shut out")
def test_cluster_that_became_unreachable_is_not_replaced_by_an_empty_one(state: Path) -> None:
    postgres.ensure(state)
    postgres.stop(state)
    state.chmod(0o700)
    with pytest.raises(postgres.PostgresError, match="chmod o"):
        postgres.ensure(state)
    state.chmod(0o755)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has a servant that may be shut out")
def test_root_below_a_closed_folder_keeps_the_cluster_away(state: Path) -> None:
    closed = state / "closed"
    closed.mkdir(mode=0o700)
    server = postgres.ensure(closed)
    data = postgres.status(closed).data
    try:
        assert data.is_relative_to(postgres.AWAY)
        assert _ask(server, "select 1") == 1
        closed.chmod(0o755)
        assert postgres.status(closed).data == data
        assert closed.stat().st_mode & 0o777 == 0o755
        closed.chmod(0o700)
        (closed / "pg.away").unlink()
        assert postgres.status(closed).data != data, "a new checkout must not find the old rows"
        (closed / "pg.away").write_text(str(data))
    finally:
        postgres.stop(closed)
        shutil.rmtree(data.parent)
