"""The port of the web server: free, and held by one house from the first step of its start.

The server itself binds it minutes later, and in a way that lets others bind it too: two houses
started at once would both answer there. Hence a lock on a file, which goes with its process.
"""

from __future__ import annotations

import fcntl
import os
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from yike.house.config import Config

#: Seconds a port that is taken is waited for.
PATIENCE = 3.0


class PortTaken(Exception):
    """The web server cannot listen there; the sentence names a port that is free."""


@contextmanager
def held(config: Config) -> Iterator[None]:
    """This will keep the port for this house while the block runs. Refuses PortTaken.

    A process that is just dying holds the port a moment longer: it is waited for.
    """
    end = time.monotonic() + PATIENCE
    while (lock := _lock(config.port)) is None or not _is_free(config, config.port):
        if lock is not None:
            os.close(lock)
        if time.monotonic() > end:
            raise PortTaken(_taken(config, by_house=lock is None))
        time.sleep(0.1)
    try:
        yield
    finally:
        os.close(lock)


def _taken(config: Config, *, by_house: bool) -> str:
    near = range(config.port + 1, min(config.port + 100, 65_536))
    free = next((port for port in near if _nobody_holds(port) and _is_free(config, port)), 0)
    who = "another Yike that is starting or running" if by_house else "another program"
    return f"Port {config.port} on {config.host} is taken by {who}. " + (
        f"Port {free} is free: ./yike up --port {free}" if free else "Give one with --port."
    )


def _nobody_holds(port: int) -> bool:
    lock = _lock(port)
    if lock is not None:
        os.close(lock)
    return lock is not None


def _lock(port: int) -> int | None:
    """The lock of a port on this machine, whoever's house it is; None while another holds it."""
    place = Path(tempfile.gettempdir()) / f"yike-port-{port}.lock"
    try:
        opened = os.open(place, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except PermissionError:  # another account's file: it may be locked, not made
        opened = os.open(place, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(opened)
        return None
    return opened


def _is_free(config: Config, port: int) -> bool:
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((config.host, port))
            probe.listen(1)
        except PermissionError:
            raise PortTaken(f"Only root may listen on port {port}. Give one above 1023.") from None
        except OSError:
            return False
    return True
