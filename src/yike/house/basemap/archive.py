"""Writes a PMTiles archive (version 3): tiles in the order of the Hilbert curve, equal ones once.

https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md
"""

from __future__ import annotations

import gzip
import hashlib
import json
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

#: The first request of a reader: header and root directory fit into it.
_ROOM = 16_384
_HEADER = 127
_LEAF = 4096
_GZIP, _MVT = 2, 1


@dataclass(slots=True)
class _Entry:
    tile: int
    offset: int
    length: int
    run: int = 1


@dataclass(frozen=True, kw_only=True)
class About:
    """What the header says of the archive."""

    box: tuple[float, float, float, float]
    first: int
    last: int


def tile_id(zoom: int, column: int, row: int) -> int:
    """This will return the number of a tile: those of smaller zooms first, then along the curve."""
    found, side = ((1 << 2 * zoom) - 1) // 3, 1 << zoom >> 1
    while side:
        right, down = int(column & side > 0), int(row & side > 0)
        found += side * side * (3 * right ^ down)
        if not down:
            if right:
                column, row = side - 1 - (column & (side - 1)), side - 1 - (row & (side - 1))
            column, row = row, column
        side >>= 1
    return found


def write(
    out: BinaryIO, tiles: Iterable[tuple[int, bytes]], *, about: About, metadata: dict[str, Any],
    store: Path,
) -> None:  # fmt: skip
    """This will write tiles (number ascending, gzipped) to `out`; `store` is a file it may use."""
    entries, addressed, contents = _stored(tiles, store)
    root, leaves = _directories(entries)
    told = gzip.compress(json.dumps(metadata, ensure_ascii=False).encode(), mtime=0)
    begin = [_HEADER]
    for part in (len(root), len(told), len(leaves)):
        begin.append(begin[-1] + part)
    size = store.stat().st_size
    numbers = (
        begin[0], len(root), begin[1], len(told), begin[2], len(leaves), begin[3], size,
        addressed, len(entries), contents,
    )  # fmt: skip
    out.write(_header(numbers, about) + root + told + leaves)
    with store.open("rb") as kept:
        while chunk := kept.read(1 << 20):
            out.write(chunk)


def _stored(tiles: Iterable[tuple[int, bytes]], store: Path) -> tuple[list[_Entry], int, int]:
    entries: list[_Entry] = []
    known: dict[bytes, tuple[int, int]] = {}
    addressed = end = 0
    with store.open("wb") as kept:
        for number, content in tiles:
            addressed += 1
            mark = hashlib.sha256(content).digest()
            if mark not in known:
                known[mark] = (end, len(content))
                end += kept.write(content)
            before = entries[-1] if entries else None
            if before and before.tile + before.run == number and before.offset == known[mark][0]:
                before.run += 1
            else:
                entries.append(_Entry(number, *known[mark]))
    return entries, addressed, len(known)


def _directories(entries: list[_Entry]) -> tuple[bytes, bytes]:
    """One directory if it fits into the first request, else a root that points to leaves."""
    root, size = _directory(entries), _LEAF
    leaves = b""
    while len(root) > _ROOM - _HEADER:
        leaves, pointers = b"", []
        for begin in range(0, len(entries), size):
            leaf = _directory(entries[begin : begin + size])
            pointers.append(_Entry(entries[begin].tile, len(leaves), len(leaf), 0))
            leaves += leaf
        root, size = _directory(pointers), size * 2
    return root, leaves


def _directory(entries: list[_Entry]) -> bytes:
    told = bytearray(_varint(len(entries)))
    before = 0
    for entry in entries:
        told += _varint(entry.tile - before)
        before = entry.tile
    for entry in entries:
        told += _varint(entry.run)
    for entry in entries:
        told += _varint(entry.length)
    end = -1
    for entry in entries:
        told += _varint(0 if entry.offset == end else entry.offset + 1)
        end = entry.offset + entry.length
    return gzip.compress(bytes(told), mtime=0)


def _varint(number: int) -> bytes:
    told = bytearray()
    while number > 127:
        told.append(number & 127 | 128)
        number >>= 7
    told.append(number)
    return bytes(told)


def _header(numbers: tuple[int, ...], about: About) -> bytes:
    west, south, east, north = (round(degree * 1e7) for degree in about.box)
    middle = (west + east) // 2, (south + north) // 2
    kinds = (1, _GZIP, _GZIP, _MVT, about.first, about.last)
    return (
        struct.pack("<7sB11Q6B4i", b"PMTiles", 3, *numbers, *kinds, west, south, east, north)
        + struct.pack("<B2i", about.first, *middle)
    )  # fmt: skip
