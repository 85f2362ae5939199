"""The place of an answer, looked at before anything is computed."""

from __future__ import annotations

import argparse
from pathlib import Path

from yike.house.planner.tables import TableError


def checked(asked: argparse.Namespace) -> argparse.Namespace:
    """This will return the options as they are, if `out` can be written beside what is read.

    Raises TableError where the folder is missing, where `out` is a folder, or where it is one of
    the files read, which would be lost.
    """
    if asked.out is None:
        return asked
    out: Path = asked.out
    if out.is_dir():
        raise TableError(f"--out {out} 是文件夹；请写明文件名。")
    if not out.parent.is_dir():
        raise TableError(f"--out 的文件夹 {out.parent} 不存在；请先建好，或改写到别处。")
    for name, given in vars(asked).items():
        if name != "out" and isinstance(given, Path) and given.resolve() == out.resolve():
            raise TableError(f"--out {out} 就是要读的文件，写入会毁掉它；请换一个文件名。")
    return asked
