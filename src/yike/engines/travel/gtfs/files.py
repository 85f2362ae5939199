"""The tables of a feed in a folder or a .zip, row by row with their line, not their meaning."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from yike.engines.travel.errors import TimetableError

Row = tuple[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """The files of one feed by name, each read when it is asked for."""

    feed: str
    readers: dict[str, Callable[[], bytes]]

    def has(self, name: str) -> bool:
        """This will say whether the feed has this file."""
        return name in self.readers

    def rows(self, name: str, needed: tuple[str, ...], wished: tuple[str, ...] = ()) -> list[Row]:
        """This will return every row as line number and the cells of these columns, "" where the
        feed lacks a wished column. Refuses a missing file or column, and bytes that are no UTF-8.
        """
        if name not in self.readers:
            raise TimetableError(
                f"时刻表 {self.feed} 里没有文件 {name}，请向提供时刻表的单位要完整的一份。"
            )
        return list(_rows(name, self.readers[name](), needed, wished))


def open_feed(path: Path) -> Files:
    """This will list the tables of a feed, also when they lie in the only folder of a .zip.

    Refuses with TimetableError what is neither a folder nor a .zip, or holds no stops.txt.
    """
    if path.is_dir():
        readers = {file.name: file.read_bytes for file in sorted(path.glob("*.txt"))}
    elif zipfile.is_zipfile(path):
        readers = _zipped(path)
    elif path.exists():
        raise TimetableError(f"{path.name} 既不是文件夹，也不是完好的 .zip 文件，读不出时刻表。")
    else:
        raise TimetableError(f"找不到时刻表 {path}。")
    if "stops.txt" not in readers:
        raise TimetableError(f"{path.name} 里没有 stops.txt，不是 GTFS 时刻表。")
    return Files(feed=path.name, readers=readers)


def _zipped(path: Path) -> dict[str, Callable[[], bytes]]:
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.endswith(".txt")]
    tops = sorted({name.rpartition("/")[0] for name in names if name.endswith("stops.txt")})
    if len(tops) > 1:
        raise TimetableError(
            f"{path.name} 里有 {len(tops)} 份时刻表（{'、'.join(tops)}），请只留一份。"
        )
    top = tops[0] if tops else ""
    return {
        name.rpartition("/")[2]: _member(path, name)
        for name in names
        if name.rpartition("/")[0] == top
    }


def _member(path: Path, name: str) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            with zipfile.ZipFile(path) as archive:
                return archive.read(name)
        except (zipfile.BadZipFile, OSError, EOFError) as error:
            raise TimetableError(f"{path.name} 里的 {name} 已损坏，请重新下载。") from error

    return read


def _rows(
    name: str, content: bytes, needed: tuple[str, ...], wished: tuple[str, ...]
) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(_text(name, content), newline=""), skipinitialspace=True)
    try:
        header = [cell.strip() for cell in next(reader, [])]
        places = _places(name, header, needed, wished)
        for cells in reader:
            if len(cells) > len(header):
                raise TimetableError(
                    f"{name} 第 {reader.line_num} 行有 {len(cells)} 格，表头只有 {len(header)} 列。"
                )
            if any(cell.strip() for cell in cells):
                padded = [*cells, *[""] * (len(header) - len(cells) + 1)]
                yield reader.line_num, tuple(padded[place].strip() for place in places)
    except csv.Error as error:
        raise TimetableError(f"{name} 第 {reader.line_num} 行不是完好的 CSV：{error}。") from error


def _places(
    name: str, header: list[str], needed: tuple[str, ...], wished: tuple[str, ...]
) -> list[int]:
    """Columns by number; -1, the empty cell added to each row, stands for one not there."""
    if missing := [column for column in needed if column not in header]:
        raise TimetableError(f"{name} 缺少列 {'、'.join(missing)}。")
    return [header.index(c) if c in header else -1 for c in (*needed, *wished)]


def _text(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise TimetableError(
            f"{name} 第 {line} 行不是 UTF-8 编码，请另存为 UTF-8 后再试。"
        ) from error
