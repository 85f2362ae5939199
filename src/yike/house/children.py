"""The processes a supervisor keeps: started in groups of their own, revived with patience.

Each carries a mark in its environment, so that what a killed supervisor left behind is found.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

MARK = "YIKE_CHILD_OF"
SHORTEST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
#: A child that lived this long was healthy: the next pause is short again.
HEALTHY_SECONDS = 60.0


class Child:
    """One process, wanted alive until `end`; one that runs `once` may finish with exit code 0."""

    def __init__(
        self, name: str, command: list[str], environ: dict[str, str], *, once: bool = False
    ) -> None:
        self.name = name
        self.command = command
        self.environ = environ
        self.once = once
        self.process: subprocess.Popen[bytes] | None = None
        self.pause = SHORTEST_PAUSE
        self.started = 0.0
        self.due = 0.0
        self.finished = False

    def start(self) -> None:
        """This will start the process in a group of its own; it ends when its starter is gone."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            env=os.environ | self.environ,
            stdin=subprocess.DEVNULL,
            process_group=0,
            preexec_fn=_end_with_parent,  # noqa: PLW1509 - the supervisor has one thread
        )

    def died(self) -> bool:
        """This will say whether the process ended."""
        return self.process is not None and self.process.poll() is not None

    def revive(self) -> None:
        """This will start a dead process again when its pause is over, and say so."""
        if self.finished or not self.died():
            return
        now = time.monotonic()
        if not self.due:
            self._note_death(now)
        elif now >= self.due:
            self.due = 0.0
            self.start()

    def _note_death(self, now: float) -> None:
        assert self.process is not None
        code = self.process.returncode
        self._end_group(signal.SIGKILL)
        if self.once and code == 0:
            self.finished = True
            return
        if now - self.started > HEALTHY_SECONDS:
            self.pause = SHORTEST_PAUSE
        self.due = now + self.pause
        print(
            f"The {self.name} ended ({_cause(code)}); starting it again in {self.pause:g} s.",
            file=sys.stderr,
            flush=True,
        )
        self.pause = min(self.pause * 2, LONGEST_PAUSE)

    def ask_to_end(self) -> None:
        """This will send SIGTERM to the process; its own children are its business."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def ended(self) -> bool:
        """This will say whether nothing of the process is left to wait for."""
        return self.process is None or self.died()

    def end(self) -> None:
        """This will end the whole group by force and take its exit code."""
        if self.process is not None:
            self._end_group(signal.SIGKILL)
            self.process.wait()

    def _end_group(self, sign: signal.Signals) -> None:
        assert self.process is not None
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, sign)


def mark(state_dir: Path) -> str:
    """This will return the mark that children of this house carry."""
    return hashlib.sha256(os.fsencode(state_dir.resolve())).hexdigest()[:16]


def end_leftovers(state_dir: Path) -> bool:
    """This will end processes of a supervisor that was killed; True when there were some."""
    found = marked(state_dir)
    for sign, patience in ((signal.SIGTERM, 5.0), (signal.SIGKILL, 5.0)):
        for pid in marked(state_dir):
            with suppress(ProcessLookupError):
                os.kill(pid, sign)
        end = time.monotonic() + patience
        while marked(state_dir) and time.monotonic() < end:
            time.sleep(0.05)
    return bool(found)


def marked(state_dir: Path) -> list[int]:
    """Living processes with this house's mark (Linux only; zombies have no environment)."""
    wanted = f"{MARK}={mark(state_dir)}".encode()
    found = []
    for about in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if wanted in about.joinpath("environ").read_bytes().split(b"\0"):
                found.append(int(about.name))
    return found


def _end_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def _cause(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    with suppress(ValueError):
        return f"by {signal.Signals(-code).name}"
    return f"by signal {-code}"
