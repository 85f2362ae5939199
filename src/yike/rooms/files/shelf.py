"""The sealed files on disk: written whole and synced, read in proven chunks, removed."""

from __future__ import annotations

import io
import os
import secrets
import struct
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from django.conf import settings

from yike.engines.seal import TamperedError, open_stream, seal_stream
from yike.rooms.guard import keyring

PURPOSE = "files.content"
_PART = ".part"
#: A sealed stream begins with its format and the version of its key.
_HEAD = struct.Struct(">BH")


def put(file_id: UUID, content: bytes) -> str:
    """This will seal content on disk and return its token, once disk and folder are synced."""
    token = secrets.token_hex(16)
    place = _place(token)
    _make(place.parent)
    part = place.with_name(place.name + _PART)
    with part.open("xb") as out:
        for piece in seal_stream(keyring.ring(), PURPOSE, io.BytesIO(content), file_id.bytes):
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    part.rename(place)
    _sync(place.parent)
    return token


def open_(file_id: UUID, token: str) -> Iterator[bytes]:
    """This will return the content in chunks of 1 MiB; the file is opened before it returns.

    Fails with FileNotFoundError when the disk lost it, and with TamperedError while reading when
    one bit of it was changed.
    """
    source = _place(token).open("rb")

    def chunks() -> Iterator[bytes]:
        with source:
            yield from open_stream(keyring.ring(), PURPOSE, source, file_id.bytes)

    return chunks()


def whole(file_id: UUID, token: str) -> bool:
    """This will say whether the sealed file is there and every chunk of it proves true."""
    try:
        for _ in open_(file_id, token):
            pass
    except (FileNotFoundError, TamperedError):
        return False
    return True


def is_old(token: str) -> bool:
    """This will say whether a sealed file lies under another key than the current one."""
    with _place(token).open("rb") as source:
        _, version = _HEAD.unpack(source.read(_HEAD.size))
    return int(version) != keyring.ring().current


def reseal(file_id: UUID, token: str) -> str:
    """This will seal the same content under the current key in a new place; returns its token."""
    return put(file_id, b"".join(open_(file_id, token)))


def remove(token: str) -> None:
    """This will remove a sealed file; one that is gone already is no fault."""
    with suppress(FileNotFoundError):
        _place(token).unlink()


def older_than(instant: float) -> Iterator[str]:
    """This will yield the names below FILES_DIR last written before this POSIX instant."""
    root = Path(settings.FILES_DIR)
    if not root.is_dir():
        return
    for folder in sorted(step for step in root.iterdir() if step.is_dir()):
        for file in sorted(folder.iterdir()):
            with suppress(FileNotFoundError):
                if file.stat().st_mtime < instant:
                    yield file.name


def _place(token: str) -> Path:
    return Path(settings.FILES_DIR) / token[:2] / token


def _make(folder: Path) -> None:
    """Makes a folder so that it survives a power cut: its parent is synced too."""
    if folder.is_dir():
        return
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.mkdir(exist_ok=True, mode=0o700)
    _sync(folder.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
