"""The base maps that were brought, and which of them is in service: files in the state folder.

`brought/<id>/` holds what was uploaded and told.json; a map that is whole lies beside it under the
digest of its tiles, so that one in service is never written over. No tables: a map that is put
back with the folder is what it was.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import struct
import zlib
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from yike.rooms.regions.ground import TOLD, Base

BROUGHT = "brought"
BUILDING, READY, FAILED = "building", "ready", "failed"
STATES = {BUILDING: "正在制作", READY: "可以启用", FAILED: "没有做成"}
OSM, TILES = "osm", "tiles"
#: kind → endings of its files
ENDINGS = {OSM: (".osm", ".osm.gz", ".osm.bz2", ".osm.pbf"), TILES: (".pmtiles",)}
#: the directory of a PMTiles archive and what it tells of itself are small
_MOST_TOLD, _HEAD = 1_000_000, 127
_MVT = 1


class NotMapped(Exception):
    """A base map cannot be made of this file; the sentence says why and what to do."""


@dataclass(frozen=True, kw_only=True)
class Brought:
    """One base map that was brought. `name` is the digest of its tiles, "" before it is whole."""

    id: str
    file_name: str
    kind: str
    size: int
    digest: str
    at: str
    by: str
    state: str = BUILDING
    fault: str = ""
    words: tuple[str, ...] = ()
    name: str = ""
    credit: str = ""
    bounds: tuple[float, float, float, float] | None = None

    @property
    def brought_at(self) -> datetime:
        """When it was brought."""
        return datetime.fromisoformat(self.at)

    @property
    def state_name(self) -> str:
        """Its state in words."""
        return STATES[self.state]


def keep(folder: Path, row: Brought) -> None:
    """This will write what is told of a map that was brought."""
    place = folder / BROUGHT / row.id
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    _put(place / "told.json", json.dumps(asdict(row), ensure_ascii=False, indent=1).encode())


def brought(folder: Path) -> tuple[Brought, ...]:
    """This will return the maps that were brought, the newest first."""
    found = (folder / BROUGHT).glob("*/told.json")
    return tuple(sorted((_read(one) for one in found), key=lambda row: row.at, reverse=True))


def found(folder: Path, ref: UUID) -> Brought | None:
    """This will return one that was brought, None when there is none."""
    told = folder / BROUGHT / str(ref) / "told.json"
    return _read(told) if told.is_file() else None


def source_of(folder: Path, row: Brought) -> Path:
    """This will return where the uploaded file lies; its name on disk is ours."""
    ending = max((one for one in ENDINGS[row.kind] if row.file_name.lower().endswith(one)), key=len)
    return folder / BROUGHT / row.id / f"source{ending}"


def drop(folder: Path, row: Brought) -> None:
    """This will remove one that was brought, and its tiles unless they are in service or former."""
    shutil.rmtree(folder / BROUGHT / row.id, ignore_errors=True)
    _clear(folder, _held(folder))


def lay(folder: Path, file: Path) -> tuple[str, dict[str, Any]]:
    """This will copy a whole archive to where maps lie; its name and what it tells of itself.

    Raises NotMapped for one that is not whole.
    """
    about = look(file)
    folder.mkdir(parents=True, exist_ok=True)
    name = digest(file)
    for source, ending in ((file, "pmtiles"), (ground_beside(file), "gpkg")):
        if source.is_file():
            _copy(source, folder / f"{name}.{ending}")
    return name, about


def settle(folder: Path, row: Brought, file: Path, words: tuple[str, ...]) -> Brought:
    """This will make what was brought ready; the upload itself is not kept. Raises NotMapped."""
    name, about = lay(folder, file)
    made = replace(
        row, state=READY, words=words, name=name, credit=about["credit"], bounds=about["bounds"]
    )
    keep(folder, made)
    for one in (folder / BROUGHT / row.id).iterdir():
        if one.name != "told.json":
            one.unlink()
    return made


def check(folder: Path, base: Base) -> None:
    """This will see that a map lies here whole. Raises NotMapped where it changed on disk."""
    tiles = folder / f"{base.name}.pmtiles"
    if not tiles.is_file() or digest(tiles) != base.name:
        raise NotMapped("底图文件不在了，或者和登记的不一样；请重新上传。")


def use(folder: Path, base: Base) -> None:
    """This will put a map that lies here into service. Raises NotMapped where it changed on disk.

    The one used before stays, for pages that are open and for going back; older ones are deleted.
    """
    check(folder, base)
    before = in_service(folder)
    if before and not (folder / f"{before.name}.json").is_file():
        _put(folder / f"{before.name}.json", before.told().encode())
    if before and before.name != base.name:
        base = replace(base, former=before.name)
    elif before:
        base = replace(base, former=before.former)
    _put(folder / f"{base.name}.json", base.told().encode())
    _put(folder / TOLD, base.told().encode())
    _clear(folder, _held(folder))


def in_service(folder: Path) -> Base | None:
    """This will return the map in service, None without one."""
    return _base(folder / TOLD)


def former(folder: Path) -> Base | None:
    """This will return the map that was in service before, while it still lies here."""
    now = in_service(folder)
    named = now.former if now else ""
    there = named and (folder / f"{named}.pmtiles").is_file()
    return _base(folder / f"{named}.json") if there else None


def ground_beside(file: Path) -> Path:
    """This will return where water and roads of an archive are kept."""
    return file.with_suffix(".gpkg")


def look(file: Path) -> dict[str, Any]:
    """This will return bounds and credit of an archive. Raises NotMapped when it is not whole."""
    if not file.is_file():
        raise NotMapped(f"找不到文件 {file}，请检查路径。")
    with file.open("rb") as opened:
        head = opened.read(_HEAD)
        if len(head) < _HEAD or head[:8] != b"PMTiles\x03":
            raise NotMapped(f"{file.name} 不是 PMTiles 底图；请用 ./yike map build 制作。")
        numbers = struct.unpack_from("<8Q", head, 8)
        if numbers[6] + numbers[7] != file.stat().st_size:
            raise NotMapped(f"{file.name} 不完整，可能没有复制完；请重新复制或重新制作。")
        if head[99] != _MVT or head[97] != 2 or numbers[3] > _MOST_TOLD:
            raise NotMapped(f"{file.name} 不是本平台的矢量底图；请用 ./yike map build 制作。")
        opened.seek(numbers[2])
        told = _told(opened.read(numbers[3]), file.name)
    edges = tuple(degree / 1e7 for degree in struct.unpack_from("<4i", head, 102))
    return {"bounds": edges, "credit": str(told.get("attribution", ""))[:200]}


def digest(file: Path) -> str:
    """This will return the name of an archive: the first 16 digits of its SHA-256."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()[:16]


def _told(packed: bytes, name: str) -> dict[str, Any]:
    """What an archive tells of itself; what unpacks to more than it should is refused."""
    try:
        unpacking = zlib.decompressobj(wbits=31)
        raw = unpacking.decompress(packed, _MOST_TOLD)
        told = json.loads(raw) if not unpacking.unconsumed_tail else None
    except (zlib.error, ValueError, gzip.BadGzipFile, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise NotMapped(f"{name} 里的说明读不出来；请用 ./yike map build 重新制作。")
    return told


def _read(told: Path) -> Brought:
    row = json.loads(told.read_text("utf-8"))
    bounds = tuple(row["bounds"]) if row["bounds"] else None
    return Brought(**row | {"words": tuple(row["words"]), "bounds": bounds})


def _base(told: Path) -> Base | None:
    if not told.is_file():
        return None
    row = json.loads(told.read_text("utf-8"))
    return Base(**row | {"bounds": tuple(row["bounds"])})


def _held(folder: Path) -> set[str]:
    """The maps that stay: in service, the one before it, and those that wait."""
    base = in_service(folder)
    waiting = {row.name for row in brought(folder)}
    return (waiting | {base.name, base.former} if base else waiting) - {""}


def _copy(source: Path, target: Path) -> None:
    half = target.with_name(target.name + ".part")
    shutil.copyfile(source, half)
    os.replace(half, target)


def _put(target: Path, content: bytes) -> None:
    half = target.with_name(target.name + ".part")
    half.write_bytes(content)
    os.replace(half, target)


def _clear(folder: Path, kept: set[str]) -> None:
    for file in folder.iterdir():
        if file.is_file() and file.name != TOLD and file.name.split(".")[0] not in kept:
            file.unlink()
