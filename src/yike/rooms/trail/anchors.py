"""Heads of the chain written outside the database: who rewrites the table does not reach them.

`head.json` is the newest head, replaced after every sealing; `YYYY.jsonl` gains a line an hour.
They prove as much as the place they lie in: copy the folder daily to another office (README.md).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
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
    nothing.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    facts = asdict(anchor)
    del facts["source"]
    line = json.dumps(facts) + "\n"
    year = folder / f"{anchor.made_at[:4]}.jsonl"
    if not year.exists() or seconds - year.stat().st_mtime >= EVERY_SECONDS:
        with year.open("a", encoding="ascii") as out:
            out.write(line)
            out.flush()
            os.fsync(out.fileno())
        os.utime(year, (seconds, seconds))
    part = folder / f"{HEAD}.{os.getpid()}"
    with part.open("w", encoding="ascii") as out:
        out.write(line)
        out.flush()
        os.fsync(out.fileno())
    part.replace(folder / HEAD)


def read(folder: Path) -> Iterator[Anchor]:
    """This will yield all anchors in a folder. A line cut by a power failure is passed over."""
    if not folder.is_dir():
        return
    for file in sorted([*folder.glob("[0-9]*.jsonl"), *folder.glob(HEAD)]):
        for line in file.read_text(encoding="ascii", errors="replace").splitlines():
            try:
                yield Anchor(**json.loads(line), source=file.name)
            except (ValueError, TypeError):
                continue
