"""The place of an answer, looked at before anything is computed."""

from __future__ import annotations

import argparse
from pathlib import Path

from yike.house.planner.tables import TableError


def checked(asked: argparse.Namespace) -> argparse.Namespace:
    """This will return the options as they are, if what is written can be.

    Raises TableError where the folder is missing, where one is a folder, or where it is one of
    the files read, which would be lost.
    """
    for name in ("out", "keep"):
        if getattr(asked, name, None) is not None:
            _check(name, getattr(asked, name), asked)
    return asked


def _check(option: str, place: Path, asked: argparse.Namespace) -> None:
    if place.is_dir():
        raise TableError(f"--{option} {place} 是文件夹；请写明文件名。")
    if not place.parent.is_dir():
        raise TableError(f"--{option} 的文件夹 {place.parent} 不存在；请先建好，或改写到别处。")
    for name, given in vars(asked).items():
        if name == option or not isinstance(given, Path) or given.resolve() != place.resolve():
            continue
        if name in ("out", "keep"):
            raise TableError(f"--out 和 --keep 是同一个文件 {place}；请各用一个文件名。")
        raise TableError(f"--{option} {place} 就是要读的文件，写入会毁掉它；请换一个文件名。")
