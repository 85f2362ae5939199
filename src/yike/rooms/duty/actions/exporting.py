"""The figures of duty on their way out: with purpose and reason, marked, safe in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput
from yike.rooms.duty import access
from yike.rooms.duty import checkin_events as events
from yike.rooms.duty.queries.duty_figures import duty_figures, rows_out
from yike.rooms.guard import clean
from yike.rooms.people import purposes
from yike.rooms.trail import actions as trail_actions

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A finished list: how many rows, the mark it bears, its lines."""

    total: int
    watermark: str
    lines: tuple[bytes, ...]


@transaction.atomic
def export_figures(
    *, county: str, since: date, last: date, purpose: str, reason: str, actor: Actor
) -> Sheet:
    """This will return the figures of [since, last] as CSV (UTF-8 with BOM), for who plans duty.

    Leaves a sentence. Refuses NotAllowed others, BadInput without purpose or reason.
    """
    access.require_planner(actor, county)
    if purpose not in dict(purposes.EXPORTING):
        raise BadInput("请选择用途。", field="purpose", way_on="用途会写进文件。")
    why = clean.text(reason, field="reason", most=200, least=4)
    rows = rows_out(duty_figures(county, since, last, actor=actor))
    name = purposes.name_of(purpose)
    mark = f"{actor.label} {clock.now():%Y-%m-%d %H:%M} 用途：{name}"
    event = events.FiguresExported(
        region_code=county, since=since, last=last, rows=len(rows) - 1, purpose=name, reason=why
    )
    trail_actions.record(event, actor=actor)
    head = [f"值班统计 {since} 至 {last}", f"水印：{mark}"]
    return Sheet(
        total=len(rows) - 1, watermark=mark, lines=(b"\xef\xbb\xbf" + _csv([head]), _csv(rows))
    )


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([_safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode()


def _safe(cell: str) -> str:
    """An apostrophe before what a spreadsheet would read as a formula."""
    return f"'{cell}" if cell.lstrip(" \u3000").startswith(_FORMULA) else cell
