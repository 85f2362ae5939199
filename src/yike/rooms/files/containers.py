"""Looks into files that hold others: zip (OOXML, OFD), OLE (Word 97), ISO media (mp4). Pure.

Nothing is unpacked here except names and, where asked, single members within limits.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Iterator

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_MEMBERS = 5000
MOST_UNPACKED = 300 * 1024 * 1024
_FREE, _END = 0xFFFFFFFF, 0xFFFFFFFE


def holds(*names: str) -> Callable[[bytes], bool]:
    """This will make a test: a whole zip that has all these members."""
    return lambda content: set(names) <= set(members(content))


def members(content: bytes) -> list[str]:
    """This will return the names in a zip; none when it is no whole zip."""
    if content[:4] != b"PK\x03\x04":
        return []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return package.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error):
        return []


def fault_of_zip(content: bytes) -> str:
    """This will say in words why a zip is dangerous or locked; "" when it is fine or no zip."""
    if not members(content):
        return ""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        listed = package.infolist()
    if len(listed) > MOST_MEMBERS or sum(one.file_size for one in listed) > MOST_UNPACKED:
        return "解开后过大"
    if any(one.flag_bits & 1 for one in listed):
        return "加了密码"
    names = [one.filename.lower() for one in listed]
    if any(
        name.endswith(("vbaproject.bin", "vbadata.xml")) or "activex/" in name for name in names
    ):
        return "含有宏"
    return ""


def ole_with(*streams: str) -> Callable[[bytes], bool]:
    """This will make a test: an OLE file whose directory names one of these streams."""
    return lambda content: not set(streams).isdisjoint(ole_names(content))


def ole_has_macros(content: bytes) -> bool:
    """This will say whether an OLE file carries a VBA project."""
    return not {"_VBA_PROJECT", "VBA", "_VBA_PROJECT_CUR", "Macros"}.isdisjoint(ole_names(content))


def ole_names(content: bytes) -> set[str]:
    """This will return the names in an OLE file's directory ([MS-CFB] 2.6); none if it is none."""
    if content[:8] != _OLE or len(content) < 1024:
        return set()
    try:
        return set(_entries(content))
    except (struct.error, IndexError):
        return set()


def _entries(content: bytes) -> Iterator[str]:
    """Walks the directory's chain of sectors; 128 bytes an entry, its name in UTF-16."""
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    if size not in {512, 4096}:
        return
    table = _sector_table(content, size)
    sector, seen = struct.unpack_from("<I", content, 48)[0], 0
    while sector < _END - 3 and seen < 4096:
        seen += 1
        start = (sector + 1) * size
        for at in range(start, start + size, 128):
            length = struct.unpack_from("<H", content, at + 64)[0]
            if 2 <= length <= 64:
                yield content[at : at + length - 2].decode("utf-16-le", errors="replace")
        sector = table[sector]


def _sector_table(content: bytes, size: int) -> list[int]:
    table: list[int] = []
    for sector in struct.unpack_from("<109I", content, 76):
        if sector < _END - 3:
            start = (sector + 1) * size
            table += struct.unpack_from(f"<{size // 4}I", content, start)
    return table


def film(*brands: bytes) -> Callable[[bytes], bool]:
    """This will make a test: ISO media with a movie header and, if given, one of these brands."""
    return lambda content: _is_media(content) and (not brands or content[8:12] in brands)


def sound_only(content: bytes) -> bool:
    """This will tell ISO media that has a sound track and no picture track."""
    return _is_media(content) and b"soun" in _movie(content) and b"vide" not in _movie(content)


def _is_media(content: bytes) -> bool:
    return content[4:8] == b"ftyp" and bool(_movie(content))


def _movie(content: bytes) -> bytes:
    """The movie header of ISO media (ISO/IEC 14496-12, 4.2); empty when the boxes do not add up."""
    at = 0
    found = b""
    while at + 8 <= len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        kind = content[at + 4 : at + 8]
        if length == 1:
            length = int.from_bytes(content[at + 8 : at + 16], "big")
        elif length == 0:
            length = len(content) - at
        if length < 8 or at + length > len(content):
            return b""
        if kind == b"moov":
            found = content[at + 8 : at + length]
        at += length
    return found
