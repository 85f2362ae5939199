"""轮值考勤: a month of every window and post, the list behind each figure, and it as a file."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from yike.doors.desk import seat
from yike.doors.kit import door, exports
from yike.doors.kit.pages import show
from yike.rooms.core import clock
from yike.rooms.core.refusal import BadInput
from yike.rooms.duty import actions as duty_actions
from yike.rooms.duty import queries as duty_queries
from yike.rooms.duty.queries.rotation import FIGURES
from yike.rooms.matters.exporting import Export

_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")


@door.staff(roles=seat.LEADERS)
@require_GET
def rotation(request: HttpRequest) -> HttpResponse:
    """This will show a month post by post, and the shifts behind the figure that was chosen."""
    actor, month = seat.who(request), _month(request)
    what, post = request.GET.get("what", ""), _post(request)
    lines = duty_queries.rotation_lines(
        actor.region_from, month, actor=actor, post_id=post, what=what
    ) if what else None  # fmt: skip
    face = duty_queries.rotation(actor.region_from, month, actor=actor)
    named = next((row.post_name for row in face.rows if row.post_id == post), "全部岗位")
    shown: dict[str, Any] = {
        "figures": FIGURES, "lines": lines, "said": f"{named}：{FIGURES.get(what, '')}",
        "before": month - timedelta(days=1), "after": month + timedelta(days=31),
        "now": month == clock.today().replace(day=1),
    }  # fmt: skip
    return show(request, "desk/rotation.html", face, **shown)


@door.staff(roles=seat.LEADERS)
@require_http_methods(["GET", "POST"])
def export(request: HttpRequest) -> HttpResponseBase:
    """This will let a month leave as a file, with purpose and reason."""
    actor, month = seat.who(request), _month(request)
    told: dict[str, Any] = {"region_code": actor.region_from, "month": month, "actor": actor}
    total = len(duty_queries.rotation_lines(actor.region_from, month, actor=actor))
    back = f"{reverse('desk:rotation')}?{urlencode({'month': f'{month:%Y-%m}'})}"
    words = f"共 {total} 班，导出为表格文件（CSV）：每班排的人、替班人、签到签退时间，不含位置。"
    face = exports.ExportFace(title=f"轮值考勤 {month:%Y-%m}", total=total, back=back, words=words)
    return exports.offer(request, face, lambda purpose, reason: _sheet(
        duty_actions.export_rotation(purpose=purpose, reason=reason, **told)
    ))  # fmt: skip


def _sheet(made: duty_actions.Sheet) -> Export:
    return Export(total=made.total, watermark=made.watermark, lines=iter(made.lines))


def _month(request: HttpRequest) -> date:
    """The first day of the month asked for, of this one when nobody asks."""
    asked = request.GET.get("month", "")
    if not asked:
        return clock.today().replace(day=1)
    if not _MONTH.fullmatch(asked):
        raise BadInput("月份写得不对。", way_on="请写成 2026-11 这样。")
    return date.fromisoformat(f"{asked}-01")


def _post(request: HttpRequest) -> UUID | None:
    asked = request.GET.get("post", "")
    try:
        return UUID(asked) if asked else None
    except ValueError as error:
        raise BadInput("没有这个岗位。", way_on="请从轮值考勤的表里点一个数字。") from error
