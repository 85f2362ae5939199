"""The house's keys: read from settings.KEYS_FILE, made once, never written anywhere else.

Sits below every room that seals (files, people, notices). Rotation is a command of `people`.
"""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from yike.engines.seal import KeyRing

NAME = "house"

#: The ring as last read, with what tells whether the file has changed since.
_cached: tuple[tuple[str, int, int, int], KeyRing] | None = None


class KeysError(RuntimeError):
    """The key file cannot be used; the sentence says what to do."""


def ring() -> KeyRing:
    """This will return the house's key ring, read anew whenever the file has changed.

    The file is made with fresh keys when it does not exist. Refuses a file that others can read.
    """
    global _cached
    file = settings.KEYS_FILE
    try:
        about = os.stat(file)
    except FileNotFoundError:
        _make(Path(file))
        about = os.stat(file)
    if stat.S_IMODE(about.st_mode) & 0o077:
        raise KeysError(f"{file} can be read by others: chmod 600 it, then start again.")
    mark = (str(file), about.st_ino, about.st_mtime_ns, about.st_size)
    if _cached is None or _cached[0] != mark:
        _cached = mark, KeyRing.from_json(Path(file).read_text("ascii"))
    return _cached[1]


def replace(fresh: KeyRing) -> None:
    """This will put another ring in the file's place, whole or not at all (for rotation).

    Refuses a ring with another index key: nobody could be found by phone any more. Old keys may be
    dropped by the caller once nothing is sealed under them.
    """
    old = ring()
    if old.index_key != fresh.index_key:
        raise KeysError("The new ring has another index key: nobody could be found by it.")
    file = Path(settings.KEYS_FILE)
    part = _written(file, fresh)
    part.replace(file)
    _settle(file.parent)


def _make(file: Path) -> None:
    """Makes the file unless another process was faster; a link never replaces what is there."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = _written(file, KeyRing.new(NAME))
    with suppress(FileExistsError):
        os.link(part, file)
    part.unlink()
    _settle(file.parent)


def _written(file: Path, keys: KeyRing) -> Path:
    part = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(keys.to_json())
        out.flush()
        os.fsync(out.fileno())
    return part


def _settle(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
