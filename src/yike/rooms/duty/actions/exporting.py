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
from yike.rooms.duty.checkin_faces import CheckInFace
from yike.rooms.duty.queries.duty_figures import duty_figures, rows_out
from yike.rooms.duty.queries.rotation import RotationLine, rotation_lines
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
    name, why = _wanted(purpose, reason)
    rows = rows_out(duty_figures(county, since, last, actor=actor))
    event = events.FiguresExported(
        region_code=county, since=since, last=last, rows=len(rows) - 1, purpose=name, reason=why
    )
    trail_actions.record(event, actor=actor)
    return _sheet(f"值班统计 {since} 至 {last}", rows, name, actor)


@transaction.atomic
def export_rotation(
    *, region_code: str, month: date, purpose: str, reason: str, actor: Actor
) -> Sheet:
    """This will return every place of a month's plan with what came of it, as CSV.

    For who answers for the region. Leaves a sentence. Refuses as `export_figures` does.
    """
    name, why = _wanted(purpose, reason)
    lines = rotation_lines(region_code, month, actor=actor)
    event = events.RotationExported(
        region_code=region_code, month=f"{month:%Y-%m}", rows=len(lines), purpose=name, reason=why
    )
    trail_actions.record(event, actor=actor)
    return _sheet(f"轮值考勤 {month:%Y-%m}", [_ROTATION, *map(_cells, lines)], name, actor)


_ROTATION = (
    "岗位", "日期", "时间", "排的人", "替班人", "签到", "签退", "结果", "迟到分钟", "早退分钟",
)  # fmt: skip


def _cells(line: RotationLine) -> tuple[str, ...]:
    shift, found = line.shift, line.attendance
    return (
        shift.post_name, f"{shift.day}", shift.hours, shift.name,
        line.instead.name if line.instead else "", _at(line.came), _at(line.left), line.result,
        str(found.late_minutes), str(found.early_minutes),
    )  # fmt: skip


def _at(face: CheckInFace | None) -> str:
    return f"{face.at.astimezone(clock.CIVIL):%Y-%m-%d %H:%M}" if face else ""


def _wanted(purpose: str, reason: str) -> tuple[str, str]:
    """The purpose's name and the reason, as they are kept."""
    if purpose not in dict(purposes.EXPORTING):
        raise BadInput("请选择用途。", field="purpose", way_on="用途会写进文件。")
    why = clean.text(reason, field="reason", most=200, least=4)
    return purposes.name_of(purpose), why


def _sheet(title: str, rows: Sequence[Sequence[str]], purpose: str, actor: Actor) -> Sheet:
    mark = f"{actor.label} {clock.now():%Y-%m-%d %H:%M} 用途：{purpose}"
    head = [title, f"水印：{mark}"]
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
