"""Puts a built base map into service: checked, copied under its digest, named last."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json
import os
import shutil
import struct
from pathlib import Path
from typing import Any

from yike.house.basemap.reading import NotMapped
from yike.rooms.regions.ground import TOLD, Base


def use(file: Path, state_dir: Path) -> Base:
    """This will make an archive the base of all maps. Raises NotMapped for one that is not whole.

    The one used before stays, for pages that are open; older ones are deleted.
    """
    about = look(file)
    folder = state_dir / "maps"
    folder.mkdir(parents=True, exist_ok=True)
    before = _before(folder)
    base = Base(
        name=_digest(file),
        bounds=about["bounds"],
        credit=about["credit"],
        source=file.name,
        used_at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
    )
    for source, ending in ((file, "pmtiles"), (ground_beside(file), "gpkg")):
        if source.is_file():
            _copy(source, folder / f"{base.name}.{ending}")
    _put(folder / TOLD, base.told().encode())
    _clear(folder, {base.name, before})
    return base


def ground_beside(file: Path) -> Path:
    """This will return where water and roads of an archive are kept."""
    return file.with_suffix(".gpkg")


def look(file: Path) -> dict[str, Any]:
    """This will return bounds and credit of an archive. Raises NotMapped when it is not whole."""
    if not file.is_file():
        raise NotMapped(f"找不到文件 {file}，请检查路径。")
    with file.open("rb") as opened:
        head = opened.read(127)
        if len(head) < 127 or head[:8] != b"PMTiles\x03":
            raise NotMapped(f"{file.name} 不是 PMTiles 底图；请用 ./yike map build 制作。")
        numbers = struct.unpack_from("<8Q", head, 8)
        if numbers[6] + numbers[7] != file.stat().st_size:
            raise NotMapped(f"{file.name} 不完整，可能没有复制完；请重新复制或重新制作。")
        opened.seek(numbers[2])
        told = json.loads(gzip.decompress(opened.read(numbers[3])))
    edges = tuple(degree / 1e7 for degree in struct.unpack_from("<4i", head, 102))
    return {"bounds": edges, "credit": str(told.get("attribution", ""))}


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()[:16]


def _copy(source: Path, target: Path) -> None:
    half = target.with_name(target.name + ".part")
    shutil.copyfile(source, half)
    os.replace(half, target)


def _put(target: Path, content: bytes) -> None:
    half = target.with_name(target.name + ".part")
    half.write_bytes(content)
    os.replace(half, target)


def _before(folder: Path) -> str:
    told = folder / TOLD
    return str(json.loads(told.read_text("utf-8"))["name"]) if told.is_file() else ""


def _clear(folder: Path, kept: set[str]) -> None:
    for file in folder.iterdir():
        if file.name != TOLD and file.name.split(".")[0] not in kept:
            file.unlink()
