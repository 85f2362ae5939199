"""Lists that leave the house: masked, watermarked, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.page import Page
from yike.rooms.guard.acting import acting
from yike.rooms.matters.faces import WaitingRow
from yike.rooms.matters.models import Matter

HEAD = (
    "编号", "工单号", "状态", "需求类型", "法律事务", "渠道", "乡镇村", "承办单位",
    "当事人（脱敏）", "受理时间", "答复期限", "是否超期", "查看级别", "数据性质", "水印",
)  # fmt: skip
#: Rows asked for at a time, each time in a transaction of its own.
AT_ONCE = 500
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

#: Asks for one page of a list, beginning after a mark.
Ask = Callable[[str], Page[WaitingRow]]


@dataclass(frozen=True, kw_only=True)
class Export:
    """A list on its way out: how many rows were there when it was asked for, and its lines."""

    total: int
    watermark: str
    lines: Iterator[bytes]


def lines(ask: Ask, *, watermark: str, actor: Actor) -> Iterator[bytes]:
    """This will yield the list as CSV: UTF-8 with BOM, first the watermark, then a row a matter.

    Read page by page as the actor, so row security decides again at each; free text stays inside.
    """
    yield b"\xef\xbb\xbf" + _lines([[f"水印：{watermark}"], HEAD])
    after, told = "", 0
    while True:
        with acting(actor):
            page = ask(after)
            masks = _masks(page.rows)
        told += len(page.rows)
        yield _lines([*_cells(row, masks.get(row.reference, "")), watermark] for row in page.rows)
        after = page.after
        if not after:
            break
    yield _lines([[f"共 {told} 件。{watermark}"]])


def safe(cell: str) -> str:
    """This will put an apostrophe before what a spreadsheet would read as a formula."""
    return f"'{cell}" if cell.lstrip(" \u3000").startswith(_FORMULA) else cell


def _lines(rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode()


def _cells(row: WaitingRow, mask: str) -> list[str]:
    due = row.due_at.astimezone(clock.CIVIL) if row.due_at else None
    return [
        row.reference,
        row.order_no,
        row.state_name,
        row.demand_type_name,
        row.category_name,
        row.channel_name,
        row.region_name,
        row.holder_name,
        mask,
        f"{row.opened_at.astimezone(clock.CIVIL):%Y-%m-%d %H:%M}",
        f"{due:%Y-%m-%d %H:%M}" if due else "",
        "超期" if row.late else "",
        row.level_name,
        "演示数据" if row.demo else "",
    ]


def _masks(rows: Sequence[WaitingRow]) -> dict[str, str]:
    found = Matter.objects.filter(id__in=[row.matter_id for row in rows])
    return dict(found.values_list("reference", "party_mask"))
