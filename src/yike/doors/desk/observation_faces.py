"""An index in words, as a plain chart and as a file: always with its interval."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from yike.rooms.core.actor import Actor
from yike.rooms.matters.exporting import Export, safe
from yike.rooms.observation import figures
from yike.rooms.observation.actions import FigureList
from yike.rooms.observation.figures import Difference, Figure
from yike.rooms.observation.queries import IndexRow, PointPage, WavePage

_HEAD = (
    "类别", "观测点", "维度或样本层", "指数", "标准误", "区间下限（95%）", "区间上限（95%）",
    "答卷数", "计划数", "说明", "数据性质",
)  # fmt: skip


@dataclass(frozen=True)
class Bar:
    """One point in the chart; lengths of 0–100 in hundredths of its width."""

    name: str
    words: str
    y: int
    width: float
    #: the interval, None where there is none
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Told:
    """One point of a period in words."""

    row: IndexRow
    whole: str
    sentence: str
    #: dimension and its figure
    cells: tuple[tuple[str, str], ...]
    difference: str


@dataclass(frozen=True)
class Page:
    """All points of a period, and their chart."""

    rows: tuple[Told, ...]
    bars: tuple[Bar, ...]
    height: int


def told(page: WavePage) -> Page:
    """This will return a period in words and as a chart."""
    rows = tuple(
        Told(
            row=row, whole=_cell(row.whole), sentence=_sentence(row, page.base_name),
            cells=tuple((name, _cell(one)) for name, one in row.dimensions),
            difference=_difference(row.difference, page.base_name),
        )
        for row in page.rows
    )  # fmt: skip
    drawn = [row for row in page.rows if row.open_to and row.whole.value is not None]
    bars = tuple(
        Bar(
            name=row.name, words=_cell(row.whole), y=no * 34, width=row.whole.value or 0.0,
            low=row.whole.low, high=row.whole.high,
        )
        for no, row in enumerate(drawn)
    )  # fmt: skip
    return Page(rows=rows, bars=bars, height=len(bars) * 34)


def told_of_point(page: PointPage) -> list[tuple[str, str]]:
    """This will return the figures of one point: the whole first."""
    told = [("总指数", page.row.whole), *page.row.dimensions]
    return [(name, _cell(one)) for name, one in told]


def as_file(found: FigureList, actor: Actor) -> Export:
    """This will return the figures as a watermarked file."""
    mark = f"{actor.label} {found.purpose}：{found.reason}"
    rows = [row for row in found.page.rows if row.open_to]
    return Export(total=len(rows), watermark=mark, lines=_lines(found.page, rows, mark))


def _lines(page: WavePage, rows: list[IndexRow], mark: str) -> Iterator[bytes]:
    yield b"\xef\xbb\xbf" + _csv(f"水印：{mark}")
    yield _csv(f"{page.name}，{page.title} 第 {page.version} 版，{page.from_on} 至 {page.last_on}")
    yield _csv(*_HEAD)
    demo = "演示数据" if page.demo else ""
    for row in rows:
        for name, one in (("总指数", row.whole), *row.dimensions):
            ends = [_number(each) for each in (one.value, one.se, one.low, one.high)]
            why = figures.WHY.get(one.why, "")
            yield _csv("指数", row.name, name, *ends, str(one.n), "", why, demo)
        for layer in row.layers if row.progress.asked else ():
            small = layer.reached is None
            yield _csv(
                "样本", row.name, layer.name, "", "", "", "", "" if small else str(layer.reached),
                str(layer.planned), "数太小，隐去" if small else "", demo,
            )  # fmt: skip


def _csv(*cells: str) -> bytes:
    kept = io.StringIO()
    csv.writer(kept, lineterminator="\r\n").writerow([safe(cell) for cell in cells])
    return kept.getvalue().encode()


def _sentence(row: IndexRow, base: str) -> str:
    if not row.open_to:
        return f"{row.name}：还在进行，关闭以后才出指数：边问边看，会看出刚走的人答了什么。"
    against = _difference(row.difference, base)
    tail = f"；{against}" if against else ""
    missed = [one.name for one in row.layers if one.planned and one.reached == 0]
    if missed and row.progress.answered:
        tail += f"；没有问到、指数没有代表的层：{'、'.join(missed)}"
    return f"{row.name}：总指数 {_cell(row.whole)}，答卷 {row.whole.n} 份{tail}。"


def _cell(one: Figure) -> str:
    if one.value is None:
        return figures.WHY[figures.TOO_FEW]
    if one.low is None or one.high is None:
        return f"{one.value:.1f}（{figures.WHY[figures.ALIKE]}）"
    return f"{one.value:.1f}（{one.low:.1f}–{one.high:.1f}）"


def _difference(one: Difference | None, base: str) -> str:
    if one is None:
        return ""
    if one.value is None or one.low is None or one.high is None:
        return f"和{base}不能比较"
    more = "高" if one.value > 0 else "低"
    ends = sorted((abs(one.low), abs(one.high))) if one.low * one.high > 0 else []
    span = f"，区间 {ends[0]:.1f}–{ends[1]:.1f}" if ends else ""
    said = "，差别在抽样误差以内" if one.verdict == figures.CHANCE else "，超出抽样误差"
    return f"比{base}{more} {abs(one.value):.1f}{span}{said}"


def _number(one: float | None) -> str:
    return "" if one is None else f"{one:.2f}"
