"""The one way a search is compiled: numba, kept on disk, the types of the function left as written.

No fast maths: the same input gives the same minutes on every machine.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., Any])

_HERE = Path(__file__).resolve().parent


def _shelf() -> str | None:
    """The folder of compiled searches, or None where none can be written.

    numba keeps a compiled search as long as its own file is unchanged, though it holds those that
    it calls in other files: hence a folder for each state of all engines; older ones are removed.
    """
    state = hashlib.sha256()
    for file in sorted(_HERE.rglob("*.py")):
        state.update(file.read_bytes())
    base = _HERE / "__pycache__"
    shelf = base / f"searches-{state.hexdigest()[:16]}"
    try:
        shelf.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    if not os.access(shelf, os.W_OK):
        return None
    _tidy(base, shelf)
    return str(shelf)


def _tidy(base: Path, shelf: Path) -> None:
    """Shelves a day older than this one: a younger one may still serve a running process."""
    for old in base.glob("searches-*"):
        if old.stat().st_mtime < shelf.stat().st_mtime - 86_400:
            shutil.rmtree(old, ignore_errors=True)


_kept = _shelf()
if _kept:
    numba.config.CACHE_DIR = _kept  # type: ignore[attr-defined]


def shelf() -> Path | None:
    """This will return the folder of the searches of these engines; None where none is kept."""
    return Path(_kept) if _kept else None


def compiled(function: F) -> F:
    """This will return the function compiled at its first call; later processes load it from disk.

    Where no folder for that can be written, every process compiles for itself.
    """
    return cast(F, numba.njit(cache=bool(_kept), nogil=True)(function))
