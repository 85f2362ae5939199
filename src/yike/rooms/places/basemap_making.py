"""Makes a base map of what was brought, in a process of its own; called by a job of the worker."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from uuid import UUID

from yike.rooms.core import actor as actors
from yike.rooms.guard.acting import acting
from yike.rooms.places import actions, basemaps
from yike.rooms.regions import ground

#: what the process may use; a county takes about a minute and less than a gigabyte
SECONDS, MEGABYTES, _GRACE = 900, 6144, 60
_NO_GROUND = (
    "只有瓦片，没有附带水面、道路和地名的资料：位置核对和地名查找用不上这份底图；"
    "上传 OpenStreetMap 文件由本平台制作就都有。"
)


def carry(ref: UUID) -> None:
    """This will make the map that was brought, and have it told what came of it."""
    row = basemaps.found(ground.folder(), ref)
    if row is None or row.state != basemaps.BUILDING:
        return
    fault, words, file = "", [_NO_GROUND], basemaps.source_of(ground.folder(), row)
    if row.kind == basemaps.OSM:
        made = file.with_name("made.pmtiles")
        fault, words = _make(file, made)
        file = made
    house = actors.system("places.make_base_map")
    with acting(house):
        actions.settle_base_map(
            map_id=ref, file=str(file), words=words, fault=fault, actor=house
        )  # fmt: skip


def _make(source: Path, out: Path) -> tuple[str, list[str]]:
    """The makers of maps live in the house; a room only knows how the process is called."""
    asked = {"source": str(source), "out": str(out), "seconds": SECONDS, "megabytes": MEGABYTES}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "yike.house.basemap"],
            input=json.dumps(asked), capture_output=True, text=True, check=False,
            timeout=SECONDS + _GRACE, env=_environment(),
        )  # fmt: skip
        told = json.loads((done.stdout.splitlines() or [""])[-1])
    except (subprocess.TimeoutExpired, ValueError):
        return "规定的时间和内存里没有做成；请只截取本县和周边一圈的数据。", []
    return str(told.get("fault", "")).replace(source.name, "这个文件"), [
        str(one) for one in told.get("words", ())
    ]


def _environment() -> dict[str, str]:
    paths = os.pathsep.join(path for path in sys.path if path)
    return {
        "PATH": os.environ.get("PATH", ""), "PYTHONPATH": paths, "PYTHONIOENCODING": "utf-8"
    }  # fmt: skip
