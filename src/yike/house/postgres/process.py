"""The running server: started, recognised, and cleared away after a kill."""

from __future__ import annotations

import atexit
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psycopg

from yike.house.postgres.place import PORT, Place, PostgresError

PATIENCE_SECONDS = 60.0

LOG_BYTES = 10_000_000

_SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "max_connections": "200",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "log_min_messages": "warning",
    "timezone": "UTC",
}

_THROWAWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "300",
    # Counting a table while a test fills it, in a transaction nobody else sees, finds no rows: the
    # planner then believes that for the rest of the test. Without a count it goes by the pages.
    "autovacuum": "off",
}

#: Servers started by this process: kept, so that Python reaps them and does not complain.
_children: dict[Path, subprocess.Popen[bytes]] = {}


def start(place: Place, bins: Path, *, throwaway: bool, dies: bool) -> None:
    """This will start the server; just after a kill, while old children hold the memory, again."""
    _rotate_log(place)
    for last in (False, False, False, True):
        reap(place)
        _clear_stale(place)
        child = _launch(place, bins, throwaway=throwaway, dies=dies)
        _keep(place, child, dies=dies)
        wait(lambda child=child: child.poll() is not None or _ready(place), PATIENCE_SECONDS)  # type: ignore[misc]
        if child.poll() is None:
            return
        if last:
            raise PostgresError(f"PostgreSQL does not start. Its last words:\n{_tail(place.log)}")
        time.sleep(0.7)


def _keep(place: Place, child: subprocess.Popen[bytes], *, dies: bool) -> None:
    """Remembers the child; at exit a throwaway one is stopped, another is let go in silence."""
    _children[place.data] = child

    def let_go() -> None:
        if dies and child.poll() is None:
            child.send_signal(signal.SIGINT)
            child.wait(timeout=PATIENCE_SECONDS)
        child.returncode = child.returncode or 0

    atexit.register(let_go)


def _launch(place: Place, bins: Path, *, throwaway: bool, dies: bool) -> subprocess.Popen[bytes]:
    settings = _SETTINGS | (_THROWAWAY if throwaway else {})
    command = [str(bins / "postgres"), "-D", str(place.data), "-k", str(place.socket)]
    for key, value in {**settings, "cluster_name": place.title}.items():
        command += ["-c", f"{key}={value}"]
    uid, gid = place.servant or (None, None)
    with place.log.open("ab") as log:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            user=uid,
            group=gid,
            extra_groups=None if uid is None else [],
            start_new_session=True,
            preexec_fn=_die_with_parent() if dies else None,  # noqa: PLW1509 - one C call
        )


def _die_with_parent() -> Callable[[], None] | None:
    """A fast shutdown when the starter is gone, whatever killed it. Linux only."""
    if sys.platform != "linux":
        return None
    set_option = ctypes.CDLL(None).prctl
    death_signal = 1  # PR_SET_PDEATHSIG
    return lambda: set_option(death_signal, signal.SIGINT)


def running(place: Place) -> int | None:
    """This will return the living postmaster's id; None for a dead, unreaped or foreign process."""
    pid = _noted_pid(place)
    if pid is None:
        return None
    child = _children.get(place.data)
    if child is not None:
        child.poll()
    about = Path(f"/proc/{pid}")
    if not Path("/proc/self").exists():
        return pid if _alive(pid) else None
    try:
        zombie = about.joinpath("stat").read_text().rpartition(")")[2].split()[0] == "Z"
        command = about.joinpath("cmdline").read_bytes().split(b"\0")
    except OSError:
        return None
    return None if zombie or os.fsencode(place.data) not in command else pid


def _noted_pid(place: Place) -> int | None:
    try:
        return int((place.data / "postmaster.pid").read_text().split("\n")[0])
    except (OSError, ValueError, IndexError):
        return None


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _clear_stale(place: Place) -> None:
    """Drops the lock files of a dead server, once none of its children can write any more.

    A killed postmaster stays a zombie until process 1 reaps it, in some containers for ever, and
    PostgreSQL takes any process of the noted id for its own: it would refuse to start.
    """
    for sign in (None, signal.SIGQUIT, signal.SIGKILL):
        if sign:
            _kill_all(_orphans(place), sign)
        if wait(lambda: not _orphans(place), 3.0):
            break
    if Path("/proc/self").exists():
        (place.data / "postmaster.pid").unlink(missing_ok=True)
        for left in place.socket.glob(".s.PGSQL.*"):
            left.unlink(missing_ok=True)


def reap(place: Place) -> None:
    """This will take the exit code of a server this process started and that has ended."""
    child = _children.pop(place.data, None)
    if child is not None:
        child.wait(timeout=10)


def _orphans(place: Place) -> list[int]:
    """Children of a postmaster of this cluster: their titles carry its name (Linux only)."""
    title = f"postgres: {place.title}: ".encode()
    found = []
    for about in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if about.joinpath("cmdline").read_bytes().startswith(title):
                found.append(int(about.name))
    return found


def _kill_all(pids: list[int], sign: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, sign)


def answers(place: Place) -> bool:
    """This will say whether a server takes connections, waiting for one that starts or dies."""
    wait(lambda: running(place) is None or _ready(place), PATIENCE_SECONDS)
    if running(place) is None:
        return False
    if not _ready(place):
        raise PostgresError(f"PostgreSQL does not answer. Its last words:\n{_tail(place.log)}")
    return True


def _ready(place: Place) -> bool:
    try:
        psycopg.connect(**place.dsn, connect_timeout=5).close()  # type: ignore[arg-type]
    except psycopg.OperationalError:
        return False
    return True


def wait(until: Callable[[], bool], seconds: float) -> bool:
    """This will look again and again until it holds; False when the time is over."""
    end = time.monotonic() + seconds
    while not until():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def _rotate_log(place: Place) -> None:
    if place.log.exists() and place.log.stat().st_size > LOG_BYTES:
        place.log.replace(place.log.with_suffix(".log.1"))


def _tail(log: Path) -> str:
    return log.read_text(errors="replace")[-2000:] if log.exists() else ""
