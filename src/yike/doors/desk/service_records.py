"""服务记录: services given outside orders, listed, filtered, written down, let out as a list."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yike.doors.desk import changing, choices, seat
from yike.doors.desk.changing import Change
from yike.doors.desk.forms import volunteers as shapes
from yike.doors.kit import door, downloads, exports
from yike.doors.kit.forms import Form, attempt
from yike.doors.kit.pages import go, show
from yike.rooms.core.actor import Actor
from yike.rooms.files import actions as files_actions
from yike.rooms.matters.exporting import Export, safe
from yike.rooms.providers import actions as providers_actions
from yike.rooms.providers import kinds, service_records
from yike.rooms.providers import queries as providers_queries
from yike.rooms.providers import volunteers as words
from yike.rooms.providers.queries import RecordFilter
from yike.rooms.regions import codes
from yike.rooms.trail import queries as trail_queries

_PAGE = 50
_HEAD = ("日期", "服务种类", "用时（分钟）", "区划", "地点", "由谁提供", "服务人员", "服务对象",
         "人数", "结果", "内容", "作废原因")  # fmt: skip


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def records(request: HttpRequest) -> HttpResponse:
    """This will list the records that match, with sums by kind of service."""
    filters, page = _filters(request), _page(request)
    total = providers_queries.count_records(filters)
    asked = request.GET.copy()
    asked.pop("page", None)
    more: dict[str, Any] = {
        "sums": providers_queries.record_sums(filters), "total": total, "asked": asked,
        "query": asked.urlencode(), "page": page, "next": page + 1 if page * _PAGE < total else 0,
        "services": kinds.SERVICES, "givers": service_records.GIVERS,
        "clients": service_records.CLIENTS, "results": service_records.RESULTS,
        "keeps": _keeps(seat.who(request)),
    }  # fmt: skip
    rows = providers_queries.records_in(filters, offset=(page - 1) * _PAGE, limit=_PAGE)
    return show(request, "desk/service_records.html", rows, **more)


@door.staff(roles=seat.WORKERS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """This will write down a service, with an attachment when there is one."""
    rows = providers_queries.volunteers_in(codes.span(choices.county()))
    serving = [one for one in rows if one.state in words.SERVING]
    form = shapes.Service(request.POST or None, request.FILES or None, about=serving)
    made = attempt(form, lambda: _record(form, seat.who(request))) if form.is_valid() else None
    if made:
        return go(request, "desk:service_record", made)
    more: dict[str, Any] = {"form": form, "title": "登记服务", "button": "登记", "files": True}
    return show(request, "desk/volunteer_form.html", status=seat.status_of(form), **more)


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def record(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """This will show one record with its attachments."""
    return _show(request, record_id)


@door.staff(roles=seat.WORKERS)
@require_POST
def void(request: HttpRequest, record_id: UUID, what: str) -> HttpResponse:
    """This will declare a record void."""
    form = changing.tried(request, CHANGES, what, record_id, None)
    return _show(request, record_id, {what: form}) if form else go(
        request, "desk:service_record", record_id
    )  # fmt: skip


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def paper(request: HttpRequest, record_id: UUID, file_id: UUID) -> HttpResponseBase:
    """This will let an attachment out to whoever sees the record."""
    face = providers_queries.service_record(record_id)
    wanted = next((one.id for one in face.files if one.id == file_id), record_id)
    return downloads.send_file(request, wanted)


@door.staff(roles=seat.WORKERS)
@require_http_methods(["GET", "POST"])
def export(request: HttpRequest) -> HttpResponseBase:
    """This will let the records that match leave as a file, with purpose and reason."""
    filters, actor = _filters(request), seat.who(request)
    face = exports.ExportFace(
        "服务记录", providers_queries.count_records(filters), reverse("desk:service_records")
    )
    return exports.offer(request, face, lambda purpose, reason: _list(
        filters, purpose, reason, actor
    ))  # fmt: skip


CHANGES = {
    "void": Change(
        "作废", "作废这条记录", shapes.Reason, providers_actions.void_service, "record_id",
        grave=True,
    ),
}  # fmt: skip


def _record(form: shapes.Service, actor: Actor) -> UUID:
    upload = form.cleaned_data["file"]
    given: tuple[UUID, ...] = ()
    if upload:
        kept = files_actions.keep_file(
            name=upload.name or "", content=upload, claim=f"service-{actor.ref}", actor=actor
        )
        given = (kept.id,)
    return providers_actions.record_service(**form.told(), file_ids=given, actor=actor)


def _list(filters: RecordFilter, purpose: str, reason: str, actor: Actor) -> Export:
    found = providers_actions.export_services(
        filters=filters, purpose=purpose, reason=reason, actor=actor
    )
    mark = f"{actor.label} {found.purpose}：{found.reason}"
    return Export(total=len(found.rows), watermark=mark, lines=_lines(found.rows, mark))


def _lines(rows: tuple[providers_queries.ServiceRow, ...], mark: str) -> Iterator[bytes]:
    yield b"\xef\xbb\xbf" + _csv([f"水印：{mark}"]) + _csv(_HEAD)
    for row in rows:
        yield _csv((
            row.on.isoformat(), row.service_name, str(row.minutes), row.region_name, row.where,
            row.giver_kind, row.giver_name, row.client_name, str(row.people), row.result_name,
            row.words, row.void_reason,
        ))  # fmt: skip


def _csv(cells: list[str] | tuple[str, ...]) -> bytes:
    kept = io.StringIO()
    csv.writer(kept).writerow([safe(cell) for cell in cells])
    return kept.getvalue().encode()


def _filters(request: HttpRequest) -> RecordFilter:
    told = {key: request.GET.get(key, "")[:60]
            for key in ("service", "giver", "client", "result", "name")}  # fmt: skip
    until = _day(request, "until")
    return RecordFilter(
        span=codes.span(choices.county()), since=_day(request, "since"),
        until=until + timedelta(days=1) if until else None, **told,
    )  # fmt: skip


def _day(request: HttpRequest, name: str) -> date | None:
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None


def _page(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return min(1000, max(1, int(asked))) if asked.isdecimal() and len(asked) < 5 else 1


def _keeps(actor: Actor) -> bool:
    return actor.has(*seat.WORKERS)


def _show(
    request: HttpRequest, record_id: UUID, bound: dict[str, Form] | None = None
) -> HttpResponse:
    face, actor = providers_queries.service_record(record_id), seat.who(request)
    open_ = _keeps(actor) and not face.row.void_reason
    more: dict[str, Any] = {
        "boxes": changing.boxes(CHANGES, "desk:service_void", record_id, None, bound=bound)
        if open_ else [],
        "told": trail_queries.history_of("service_record", str(record_id), actor=actor).rows,
    }  # fmt: skip
    return show(request, "desk/service_record.html", face, status=422 if bound else 200, **more)
