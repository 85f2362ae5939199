"""The reckoner: one process that keeps networks loaded and answers questions on a unix socket.

One line of JSON asks, one answers, then the line is closed. Nothing of the engines is imported
before the first question, or before the warming that follows the start when a network is there.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import resource
import signal
import socket
import sys
import threading
import time
import traceback
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from yike.rooms.reach.reckoning.shelf import MEGABYTE, Shelf

#: Bytes of one question: a whole run with its cells is the longest.
MOST_BYTES = 96 * MEGABYTE
#: Seconds in which a question must have come whole, and in which an answer must be taken.
PATIENCE = 20.0
#: An answer that takes longer is given up with the whole process; the supervisor starts another.
STUCK_SECONDS = 240.0
#: Seconds after the start at which what is there is loaded.
WARM_AFTER = 3.0
#: A path longer than this does not fit into an address of a unix socket.
_LONGEST_PATH = 100
_LISTENERS = 6


class Reckoner:
    """Answers one question at a time, from what lies on its shelf."""

    def __init__(self, *, megabytes: int = 1024, networks: Path | None = None) -> None:
        self.shelf = Shelf(megabytes)
        self.networks = networks
        self.busy_since = 0.0
        #: words that were answered since the start: what they need is loaded and compiled
        self.known: set[str] = set()
        self._turn = threading.Lock()

    def answer(self, asked: dict[str, Any]) -> dict[str, Any]:
        """This will return what the word brings, or `refused` or `fault` with a sentence."""
        if asked.get("word") == "ping":
            held = len(self.shelf)
            told = {"pid": os.getpid(), "held": held, "known": sorted(self.known)}
            return told | {"megabytes": self.shelf.size() // MEGABYTE}
        with self._turn:
            self.busy_since = time.monotonic()
            try:
                from yike.rooms.reach.reckoning import words

                told = words.answer(asked, self.shelf)
                self.known.add(str(asked.get("word")))
                return told
            finally:
                self.busy_since = 0.0

    def warm(self) -> None:
        """This will load the newest network of each mode and ask it once, if there is any."""
        if self.networks is None or not any(self.networks.glob("*.net")):
            return
        with self._turn:
            from yike.rooms.reach.reckoning import words

            self.known |= words.warm(self.networks, self.shelf)

    def is_stuck(self) -> bool:
        """This will say whether a question has been worked on for too long."""
        since = self.busy_since
        return bool(since) and time.monotonic() - since > STUCK_SECONDS


class Listener:
    """A unix socket (0600) and the few threads that read from it."""

    def __init__(self, place: Path, reckoner: Reckoner) -> None:
        self.reckoner = reckoner
        self.place = place
        self._ending = threading.Event()
        self._socket = socket.socket(socket.AF_UNIX)
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        place.unlink(missing_ok=True)
        before = os.umask(0o177)
        try:
            with address(place) as told:
                self._socket.bind(told)
        finally:
            os.umask(before)
        self._socket.listen(64)
        self._socket.settimeout(0.5)

    def serve(self) -> None:
        """This will answer until `end`; a question that fails takes no other along."""
        with ThreadPoolExecutor(_LISTENERS, thread_name_prefix="reckoner") as pool, self._socket:
            while not self._ending.is_set():
                if self.reckoner.is_stuck():
                    sys.stderr.write("The reckoner is stuck and ends.\n")
                    os._exit(5)
                with contextlib.suppress(TimeoutError):
                    line, _ = self._socket.accept()
                    pool.submit(self._talk, line)

    def end(self) -> None:
        """This will stop listening after the questions under way."""
        self._ending.set()

    def _talk(self, line: socket.socket) -> None:
        with line, contextlib.suppress(OSError):
            line.settimeout(PATIENCE)
            said = _read(line)
            line.settimeout(PATIENCE)
            line.sendall(json.dumps(self._safely(said), ensure_ascii=False).encode() + b"\n")

    def _safely(self, said: bytes) -> dict[str, Any]:
        try:
            asked = json.loads(said)
            return self.reckoner.answer(asked if isinstance(asked, dict) else {})
        except MemoryError:
            self.reckoner.shelf.clear()
            return {"fault": "内存不够用，请缩小数据范围后再试。"}
        except Exception:
            traceback.print_exc()
            return {"fault": "测算服务没有算成这个问题。"}


def main(argv: Sequence[str]) -> int:
    """This will serve until SIGTERM."""
    asked = _arguments(argv)
    most = asked.limit * MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    reckoner = Reckoner(megabytes=asked.megabytes, networks=asked.networks)
    listener = Listener(asked.socket, reckoner)
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: os._exit(0))
    threading.Thread(target=_warm_later, args=(reckoner,), daemon=True).start()
    listener.serve()
    return 0


@contextlib.contextmanager
def address(place: Path) -> Iterator[str]:
    """This will give the address of a socket; a path too long for one goes through its folder."""
    if len(os.fsencode(place)) <= _LONGEST_PATH:
        yield str(place)
        return
    folder = os.open(place.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{place.name}"
    finally:
        os.close(folder)


def _read(line: socket.socket) -> bytes:
    """One line, within the bounds of length and time; else OSError, and the line is closed."""
    end, pieces, size = time.monotonic() + PATIENCE, [], 0
    while piece := line.recv(1 << 20):
        pieces.append(piece)
        size += len(piece)
        if piece.endswith(b"\n"):
            return b"".join(pieces)
        if size > MOST_BYTES or time.monotonic() > end:
            break
    raise OSError("no whole question")


def _warm_later(reckoner: Reckoner) -> None:
    time.sleep(WARM_AFTER)
    try:
        reckoner.warm()
    except Exception:
        traceback.print_exc()


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="reckoning serve", description=__doc__)
    parser.add_argument("socket", type=Path)
    parser.add_argument("--networks", type=Path, help="folder of the networks to load at first")
    parser.add_argument("--megabytes", type=int, default=1024, help="of networks kept loaded")
    parser.add_argument("--limit", type=int, default=6144, help="megabytes of address space")
    return parser.parse_args(argv)
