"""Opens a GeoPackage or a zipped Shapefile that somebody sent: in a process of its own.

It has limits of time, memory and bytes written, and nothing of the house's environment.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from tempfile import NamedTemporaryFile
from typing import Any

SECONDS, MEGABYTES = 20, 2048
_GRACE = 15


class NotOpened(Exception):
    """The file cannot be read; the sentence is for people."""


@dataclass(frozen=True, kw_only=True)
class Opened:
    """Cells by the file's own names, and the place: degrees, None, or "odd" for no point."""

    rows: tuple[tuple[dict[str, str], Any], ...]
    crs: str
    #: the file held metres, which are degrees by now
    projected: bool


def kind_of(raw: bytes) -> str:
    """This will return "gpkg", "zip", or "" for what is neither; by the bytes, not by the name."""
    if raw[:15] == b"SQLite format 3":
        return "gpkg"
    return "zip" if raw[:4] in (b"PK\x03\x04", b"PK\x05\x06") else ""


def opened(raw: bytes, kind: str, *, wanted: str, most: int) -> Opened:
    """This will read at most so many rows. Refuses with NotOpened."""
    if kind == "gpkg" and raw[68:72] not in (b"GPKG", b"GP10", b"GP11"):
        raise NotOpened("这个 SQLite 文件不是 GeoPackage。")
    with NamedTemporaryFile(suffix=f".{kind}") as kept:
        kept.write(raw)
        kept.flush()
        asked = {"path": kept.name, "kind": kind, "wanted": wanted, "most": most,
                 "seconds": SECONDS, "megabytes": MEGABYTES}  # fmt: skip
        told = _answer(json.dumps(asked))
    if "fault" in told:
        raise NotOpened(str(told["fault"]))
    rows = tuple((cells, place) for cells, place in told["rows"])
    return Opened(rows=rows, crs=told["crs"], projected=told["projected"])


def _answer(asked: str) -> dict[str, Any]:
    try:
        done = subprocess.run(
            [sys.executable, "-m", "yike.rooms.exchange.unpacking"],
            input=asked, capture_output=True, text=True, check=False, env=_environment(),
            timeout=SECONDS + _GRACE,
        )  # fmt: skip
        told: dict[str, Any] = json.loads((done.stdout.splitlines() or [""])[-1])
    except (subprocess.TimeoutExpired, ValueError):
        raise NotOpened("规定的时间和内存里没有读完这个文件，请检查后重新导出。") from None
    return told


def _environment() -> dict[str, str]:
    paths = os.pathsep.join(path for path in sys.path if path)
    return {
        "PATH": os.environ.get("PATH", ""), "PYTHONPATH": paths, "PYTHONIOENCODING": "utf-8",
        "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1",
    }  # fmt: skip
