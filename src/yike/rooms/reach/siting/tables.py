"""The lines of a table an office uploads, read no further than it may be long. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import NoReturn

Line = tuple[int, list[str]]


def lines(
    text: str, no: Callable[[str], NoReturn], *, most: int, noun: str
) -> tuple[list[str], list[Line]]:
    """This will return the titles and the lines that hold something, each with its number.

    `no` refuses: what is no table, none of the `noun`, and more than `most` of them.
    """
    reader = csv.reader(io.StringIO(text, newline=""))
    found: list[Line] = []
    try:
        head = next(reader, [])
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append((reader.line_num, cells))
            if len(found) > most:
                no(f"应有 1 到 {most} {noun}，这份不止。请分成几份，或先筛选。")
    except csv.Error:
        no(f"第 {reader.line_num} 行读不出来，请另存为 CSV（UTF-8）再传。")
    return head, found
