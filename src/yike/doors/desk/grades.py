"""等级评定: the county at a glance, one station's grade, the proof of every grade, and the list."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yike.doors.desk import changing, choices, seat
from yike.doors.desk.changing import Change
from yike.doors.desk.forms import grades as shapes
from yike.doors.kit import door, exports
from yike.doors.kit.forms import Form, attempt
from yike.doors.kit.pages import go, show
from yike.rooms.core.actor import Actor
from yike.rooms.matters.exporting import Export, safe
from yike.rooms.places import actions as places_actions
from yike.rooms.places import grade_flow, grades, kinds
from yike.rooms.plans import queries as plans_queries
from yike.rooms.trail import queries as trail_queries

_HEAD = ("编码", "名称", "级别", "区划", "等级", "评定日期", "最近一次评定", "标准", "数据性质")


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """This will list the stations of the county with grade and state, filtered when asked."""
    asked, actor = _asked(request), seat.who(request)
    face = grades.overview(actor, choices.county(), **asked)
    more: dict[str, Any] = {
        "asked": asked, "query": request.GET.urlencode(), "towns": choices.towns(blank="全县"),
        "levels": kinds.LEVELS, "states": grade_flow.STATES,
        "names": sorted({row.station.grade for row in face if row.station.grade}),
        "graded": sum(bool(row.station.grade) for row in face),
        "mine": sum(bool(row.last and row.last.waits_for_me) for row in face),
        "exports": actor.has(*seat.WORKERS),
    }  # fmt: skip
    return show(request, "desk/grades.html", face, **more)


@door.staff(roles=seat.WORKERS)
@require_http_methods(["GET", "POST"])
def export(request: HttpRequest) -> HttpResponseBase:
    """This will let the stations that match leave as a file, with purpose and reason."""
    asked, actor = _asked(request), seat.who(request)
    rows = grades.overview(actor, choices.county(), **asked)
    face = exports.ExportFace(
        "等级评定", len(rows), reverse("desk:grades"), "站点、等级、评定日期和最近一次评定的状态。"
    )
    return exports.offer(request, face, lambda purpose, reason: _list(
        asked, purpose, reason, actor
    ))  # fmt: skip


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def proof(request: HttpRequest) -> HttpResponse:
    """This will compute every grade of the county anew and name the differences."""
    face = grades.recompute(choices.county())
    wrong = [row for row in face if row.difference]
    return show(request, "desk/grade_proof.html", face, wrong=wrong)


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def station(request: HttpRequest, station_id: UUID) -> HttpResponse:
    """This will show one station's grade: how it came, and why it is not the next one."""
    return _station(request, station_id)


@door.staff(roles=seat.WORKERS)
@require_POST
def begin(request: HttpRequest, station_id: UUID) -> HttpResponse:
    """This will begin a self-assessment of a station."""
    form, actor = shapes.Nothing(request.POST), seat.who(request)
    made = attempt(
        form, lambda: places_actions.begin_assessment(station_id=station_id, actor=actor)
    )
    return go(request, "desk:grade", made) if made else _station(
        request, station_id, refused=form
    )  # fmt: skip


@door.staff(roles=seat.ROUTERS)
@require_POST
def change_station(request: HttpRequest, station_id: UUID, what: str) -> HttpResponse:
    """This will take over a grade given before, with its source."""
    form = changing.tried(request, CHANGES, what, station_id, None)
    return _station(request, station_id, bound={what: form}) if form else go(
        request, "desk:grade_station", station_id
    )  # fmt: skip


CHANGES = {
    "import": Change(
        "补录历史等级", "补录", shapes.Import, places_actions.import_grade, "station_id"
    ),
}


def _station(
    request: HttpRequest,
    station_id: UUID,
    *,
    bound: dict[str, Form] | None = None,
    refused: Form | None = None,
) -> HttpResponse:
    actor = seat.who(request)
    face = grades.station_grade(actor, station_id)
    imports = face.may_import and actor.has(*seat.ROUTERS)
    boxes = changing.boxes(
        CHANGES, "desk:grade_station_change", station_id, None, bound=bound
    ) if imports else []  # fmt: skip
    more: dict[str, Any] = {
        "boxes": boxes,
        "tasks": plans_queries.tasks_about("grade", [str(one.id) for one in face.assessments]),
        "told": trail_queries.history_of("station", str(station_id), actor=actor).rows,
        "refused": refused,
    }
    status = 422 if bound or refused else 200
    return show(request, "desk/grade_station.html", face, status=status, **more)


def _asked(request: HttpRequest) -> dict[str, Any]:
    level = request.GET.get("level", "")
    return {
        "town": request.GET.get("town", "")[:12], "grade": request.GET.get("grade", "")[:20],
        "state": request.GET.get("state", "")[:10],
        "level": int(level) if level in {str(one) for one in kinds.LEVELS} else None,
    }  # fmt: skip


def _list(asked: dict[str, Any], purpose: str, reason: str, actor: Actor) -> Export:
    found = places_actions.export_grades(
        county_code=choices.county(), purpose=purpose, reason=reason, actor=actor, **asked
    )
    mark = f"{actor.label} {found.purpose}：{found.reason}"
    return Export(total=len(found.rows), watermark=mark, lines=_lines(found.rows, mark))


def _lines(rows: tuple[grades.OverviewRow, ...], mark: str) -> Iterator[bytes]:
    yield b"\xef\xbb\xbf" + _csv((f"水印：{mark}",)) + _csv(_HEAD)
    for row in rows:
        one, last = row.station, row.last
        yield _csv((
            one.code, one.name, one.level_name, one.region_name, one.grade,
            one.graded_on.isoformat() if one.graded_on else "", last.state_name if last else "",
            last.scheme_name if last else "", "演示数据" if one.demo else "",
        ))  # fmt: skip


def _csv(cells: tuple[str, ...]) -> bytes:
    kept = io.StringIO()
    csv.writer(kept).writerow([safe(cell) for cell in cells])
    return kept.getvalue().encode()
