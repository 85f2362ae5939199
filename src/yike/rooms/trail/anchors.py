"""Heads of the chain written outside the database: who rewrites the table does not reach them.

`head.json` is the newest head, replaced after every sealing; `YYYY.jsonl` gains a line an hour.
They prove as much as the place they lie in: copy the folder daily to another office (README.md).
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

HEAD = "head.json"
EVERY_SECONDS = 3600


@dataclass(frozen=True, kw_only=True)
class Anchor:
    """How far the chain reached at an instant: place, entry, digest (hex)."""

    seq: int
    entry_id: int
    digest: str
    #: ISO 8601, UTC
    made_at: str
    #: where this anchor was read: for sentences
    source: str = ""


def write(folder: Path, anchor: Anchor, *, seconds: float) -> None:
    """This will replace the head, and add a line to the year's file once an hour.

    `seconds` is the present instant, POSIX. Synced: an anchor that is lost in a power cut proves
    nothing. Sealers write after their commit, when the next one may already have sealed: one at a
    time, and an older head never covers a newer one.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _alone(folder):
        if any(_age(anchor) < _age(there) for there in _lines(folder / HEAD)):
            return
        facts = asdict(anchor)
        del facts["source"]
        line = json.dumps(facts) + "\n"
        _add(folder / f"{anchor.made_at[:4]}.jsonl", line, seconds=seconds)
        _replace(folder / HEAD, line)


def _age(anchor: Anchor) -> tuple[str, int]:
    """By instant first: after a restore the chain goes on from a lower place."""
    return anchor.made_at, anchor.seq


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Between threads and processes of this machine; a killed one lets go by itself."""
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _add(year: Path, line: str, *, seconds: float) -> None:
    if year.exists() and seconds - year.stat().st_mtime < EVERY_SECONDS:
        return
    with year.open("a", encoding="ascii") as out:
        out.write(line)
        out.flush()
        os.fsync(out.fileno())
    os.utime(year, (seconds, seconds))


def _replace(head: Path, line: str) -> None:
    part = head.with_name(f"{head.name}.part")
    with part.open("w", encoding="ascii") as out:
        out.write(line)
        out.flush()
        os.fsync(out.fileno())
    part.replace(head)


def read(folder: Path) -> Iterator[Anchor]:
    """This will yield all anchors in a folder. A line cut by a power failure is passed over."""
    if not folder.is_dir():
        return
    for file in sorted([*folder.glob("[0-9]*.jsonl"), *folder.glob(HEAD)]):
        yield from _lines(file)


def _lines(file: Path) -> Iterator[Anchor]:
    if not file.exists():
        return
    for line in file.read_text(encoding="ascii", errors="replace").splitlines():
        try:
            yield Anchor(**json.loads(line), source=file.name)
        except (ValueError, TypeError):
            continue
