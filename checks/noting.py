"""Writing down what is found now, by several processes of pytest at once: one after the other."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Callable
from pathlib import Path


def note(table: Path, change: Callable[[str], str]) -> None:
    """This will give the text of a table, as it is now, to `change` and write what it returns."""
    lock = Path(tempfile.gettempdir()) / f"yike-{os.getuid()}-{table.name}.lock"
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        before = table.read_text(encoding="utf-8") if table.exists() else ""
        half = table.with_name(f"{table.name}.part")
        half.write_text(change(before), encoding="utf-8")
        half.replace(table)
