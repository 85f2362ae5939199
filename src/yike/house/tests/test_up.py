"""The whole house in its own processes: opened, wounded, closed. Slow, so few and thorough."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from yike.house import children, database, firststart, installing, postgres
from yike.house import config as house_config
from yike.house.config import ROOT, Config

PATIENCE = 300.0


class House:
    """One installation in a folder of its own, driven as a person would drive it."""

    def __init__(self, state: Path) -> None:
        self.state = state
        self.log = state / "said.txt"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("YIKE_", "DJANGO"))}
        self.environ = kept | {
            "YIKE_STATE_DIR": str(state),
            "YIKE_PORT": str(self.port),
            "YIKE_DEMO": "false",
            "PYTHONPATH": str(ROOT / "src"),
        }
        self.config = house_config.read(self.environ)
        self.process: subprocess.Popen[bytes] | None = None

    def open(self) -> None:
        """This will start `up` and wait until it says that it is open."""
        self.log.write_bytes(b"")
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "yike.house.up"],
                env=self.environ,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.wait_until(lambda: "Yike is open" in self.said() or self.process.poll() is not None)  # type: ignore[union-attr]
        assert "Yike is open" in self.said(), self.said()

    def said(self) -> str:
        return self.log.read_text()

    def answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            connection.getresponse()
        except OSError:
            return False
        else:
            return True
        finally:
            connection.close()

    def wait_until(self, holds: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < end, self.said()
            time.sleep(0.1)

    def close(self, sign: signal.Signals = signal.SIGINT) -> int:
        assert self.process is not None
        self.process.send_signal(sign)
        return self.process.wait(timeout=PATIENCE)

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", *words],
            env=self.environ,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )

    def pids(self, word: str) -> list[int]:
        """Living processes of this house whose command holds the word, oldest first."""
        found = []
        for pid in children.marked(self.state):
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
            if word.encode() in command:
                found.append(pid)
        return sorted(found)


@pytest.fixture(scope="module")
def state() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="yike-house-"))
    folder.chmod(0o755)
    yield folder
    children.end_leftovers(folder)
    postgres.stop(folder)
    shutil.rmtree(folder)


@pytest.fixture
def house(state: Path) -> Iterator[House]:
    made = House(state)
    yield made
    if made.process is not None and made.process.poll() is None:
        made.close()


def test_a_house_opens_again_and_leaves_nothing_behind(house: House) -> None:
    """Each start costs seconds of five processes, so one house goes through its day here."""
    house.open()
    assert house.answers()
    house.wait_until(lambda: bool(house.pids("yike.house.worker")))
    assert house.close() == 0
    assert not children.marked(house.state)
    assert postgres.status(house.state).pid is None
    assert "Traceback" not in house.said()
    house.open()
    _repeats_no_step(house)
    _refuses_a_second(house)
    _does_what_was_deferred(house)
    _application_role_owns_nothing(house)
    assert "Stopped" in house.run("yike.house.cli", "stop").stdout
    assert house.process is not None
    assert house.process.wait(timeout=30) == 0
    assert "Nothing was running" in house.run("yike.house.cli", "stop").stdout


def _repeats_no_step(house: House) -> None:
    assert database.is_current(house.config)
    assert installing.static_is_current(house.config)
    assert firststart.is_done(house.config)
    assert "Tables" not in house.said()
    assert "Static" not in house.said()


def _refuses_a_second(house: House) -> None:
    second = house.run("yike.house.up")
    assert second.returncode == 1
    assert "already running" in second.stderr


def _application_role_owns_nothing(house: House) -> None:
    import psycopg

    with psycopg.connect(database.app_conninfo(house.config)) as connection:
        row = connection.execute(
            "select current_user, (select count(*) from pg_tables where tableowner = current_user)"
        ).fetchone()
        assert row == ("yike_app", 0)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("select * from house_stamp")


def _does_what_was_deferred(house: House) -> None:
    deferred = house.run("yike.house.manage", "shell", "-v0", "-c", _DEFER)
    assert deferred.returncode == 0, deferred.stderr
    house.wait_until(lambda: _waiting_jobs(house) == 0)


def test_taken_port_is_said_with_a_free_one(house: House) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", house.port))
        taken.listen(1)
        refused = house.run("yike.house.up")
    assert refused.returncode == 1
    assert f"Port {house.port} on 127.0.0.1 is taken" in refused.stderr
    assert "./yike up --port" in refused.stderr


def test_whatever_is_killed_comes_back(house: House) -> None:
    house.open()
    os.kill(house.pids("granian")[0], signal.SIGKILL)
    house.wait_until(lambda: "The web ended (by SIGKILL)" in house.said())
    house.wait_until(house.answers)
    house.wait_until(lambda: bool(house.pids("yike.house.worker")))
    before = house.pids("yike.house.worker")
    os.kill(before[0], signal.SIGKILL)
    house.wait_until(lambda: house.pids("yike.house.worker") not in ([], before))
    pid = postgres.status(house.state).pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    house.wait_until(lambda: postgres.status(house.state).pid not in (None, pid))
    house.wait_until(lambda: bool(database.stamped(house.config, "tables")))
    house.wait_until(house.answers)


def test_whoever_is_killed_is_followed_by_a_clean_start(house: House) -> None:
    """The supervisor with the web server, whose workers are left and hold the port.

    Then the set-up: the tables' stamp is missing, as after a kill between migrations and stamp.
    """
    house.open()
    os.kill(house.pids("granian")[0], signal.SIGKILL)
    house.close(signal.SIGKILL)
    house.open()
    assert house.answers()
    house.wait_until(lambda: len(house.pids("yike.house.worker")) == 1)
    with database.owner(house.config) as connection:
        connection.execute("delete from house_stamp")
    (house.state / "static.made").unlink()
    house.close(signal.SIGKILL)
    house.open()
    assert "Tables and roles" in house.said()
    assert database.is_current(house.config)
    assert house.answers()


_DEFER = (
    "from procrastinate.contrib.django import app; "
    "app.configure_task('builtin:procrastinate.builtin_tasks.remove_old_jobs')"
    ".defer(max_hours=1)"
)


def _waiting_jobs(house: House) -> int:
    with database.owner(house.config) as connection:
        rows = connection.execute("select task_name, status from procrastinate_jobs").fetchall()
    assert all(status != "failed" for _, status in rows), rows
    return len(rows)


def test_config_defaults_are_one_house(house: House) -> None:
    assert house.config.state_dir == house.state
    assert Config().port == 8900
