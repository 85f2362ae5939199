"""到岗情况: who has come, what waits to be confirmed, codes on the wall, rules, figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yike.doors.desk import choices, seat
from yike.doors.desk.forms import checkin as shapes
from yike.doors.kit import door, exports, qr
from yike.doors.kit.downloads import send_file
from yike.doors.kit.forms import Form, attempt, day_of, succeeds
from yike.doors.kit.pages import go, show
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput
from yike.rooms.duty import actions as duty_actions
from yike.rooms.duty import queries as duty_queries
from yike.rooms.matters.exporting import Export
from yike.rooms.providers import queries as providers_queries


@door.staff(roles=seat.LEADERS)
@require_GET
def arrivals(request: HttpRequest) -> HttpResponse:
    """This will show who has come on a day, and what waits to be confirmed."""
    return _board(request)


@door.staff(roles=seat.LEADERS)
@require_POST
def judge(request: HttpRequest, what: str, subject_id: UUID, answer: str) -> HttpResponse:
    """This will confirm a check-in or grant a make-up request, or not."""
    if what not in _JUDGED or answer not in ("yes", "no"):
        raise Http404
    form = shapes.Judge(request.POST, auto_id=f"j{subject_id}_%s")
    deed, name, yes = _JUDGED[what]
    told = {name: subject_id, yes: answer == "yes"}
    if seat.done(form, deed, **told, actor=seat.who(request)):
        return go(request, "desk:arrivals")
    return _board(request, wrong=form, wrong_id=subject_id, status=422)


@door.staff(roles=seat.LEADERS)
@require_GET
def tries(request: HttpRequest, shift_id: UUID) -> HttpResponse:
    """This will show every try at one shift, refused ones too."""
    return _tries(request, shift_id)


@door.staff(roles=seat.ROUTERS)
@require_POST
def raw(request: HttpRequest, shift_id: UUID, checkin_id: UUID) -> HttpResponse:
    """This will show one raw position, this once, for the reason given."""
    form, actor = shapes.Raw(request.POST, auto_id=f"r{checkin_id}_%s"), seat.who(request)
    found = None
    if form.is_valid():
        why = form.cleaned_data["reason"]
        found = attempt(form, lambda: duty_actions.open_fix(
            checkin_id=checkin_id, reason=why, actor=actor,
        ))  # fmt: skip
    more = {"fix": found, "asked_id": checkin_id, "why": form}
    return _tries(request, shift_id, status=200 if found else 422, **more)


@door.staff(roles=seat.LEADERS)
@require_GET
def evidence(request: HttpRequest, file_id: UUID) -> HttpResponseBase:
    """This will open a piece of evidence of a make-up request."""
    return send_file(request, file_id)


@door.staff(roles=seat.LEADERS)
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, post_id: UUID) -> HttpResponse:
    """This will show a post's code on its screen, and the one to print; or make it anew."""
    actor = seat.who(request)
    if request.method == "POST":
        duty_actions.renew_code(post_id=post_id, actor=actor)
        return go(request, "desk:post_code", post_id)
    face, printed = duty_queries.post_code(post_id, actor=actor), "print" in request.GET
    post = duty_queries.post(post_id)
    drawn = _drawn(face.daily if printed else face.code) if face else ""
    return show(request, "desk/post_code.html", face, post=post, printed=printed, drawn=drawn)


@door.staff(roles=seat.LEADERS)
@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    """This will show the rules of check-in with their versions; a planner sets the next."""
    actor, county = seat.who(request), choices.county()
    book = duty_queries.check_rules(county)
    tomorrow = clock.today() + timedelta(days=1)
    usual = asdict(book.on(tomorrow)) | {"active_from": tomorrow}
    form = shapes.Rules(request.POST or None, initial=usual)
    if form.is_valid() and succeeds(form, lambda: duty_actions.set_check_rules(
        county=county, active_from=form.cleaned_data["active_from"], policy=form.policy(),
        actor=actor,
    )):  # fmt: skip
        return go(request, "desk:check_rules")
    more: dict[str, Any] = {"now": book.row_on(clock.today()), "plans": actor.has(*seat.ROUTERS)}
    status = seat.status_of(form)
    return show(request, "desk/check_rules.html", book, form=form, status=status, **more)


@door.staff(roles=seat.WORKERS)
@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """This will count duty in a period: of the county for who plans it, else one's own."""
    form = shapes.Days(request.GET if "since" in request.GET else shapes.this_month())
    actor = seat.who(request)
    face = attempt(form, lambda: _figures(form, actor)) if form.is_valid() else None
    out = urlencode(form.cleaned_data) if face else ""
    more: dict[str, Any] = {"plans": actor.has(*seat.ROUTERS), "out": out}
    status = 422 if form.errors else 200
    return show(request, "desk/figures.html", face, form=form, status=status, **more)


@door.staff(roles=seat.ROUTERS)
@require_http_methods(["GET", "POST"])
def export(request: HttpRequest) -> HttpResponseBase:
    """This will let the figures of a period leave as a file, with purpose and reason."""
    form = shapes.Days(request.GET if "since" in request.GET else shapes.this_month())
    if not form.is_valid():
        raise BadInput("起止日期不对。", way_on="请回到统计页面重新选择日期。")
    since, last = form.cleaned_data["since"], form.cleaned_data["last"]
    actor, county = seat.who(request), choices.county()
    total = len(_figures(form, actor).people)
    back = f"{reverse('desk:figures')}?{urlencode(form.cleaned_data)}"
    face = _leaving(f"值班统计 {since} 至 {last}", total, back)
    return exports.offer(request, face, lambda purpose, reason: _sheet(
        duty_actions.export_figures(
            county=county, since=since, last=last, purpose=purpose, reason=reason, actor=actor
        )
    ))  # fmt: skip


#: what is judged: the action, the name of what it is about, the name of the answer
_JUDGED: dict[str, tuple[Callable[..., object], str, str]] = {
    "checkin": (duty_actions.decide_checkin, "checkin_id", "accept"),
    "makeup": (duty_actions.decide_make_up, "make_up_id", "grant"),
}


#: what somebody sees who never stands at a post
_NOBODY: dict[str, tuple[()]] = {"people": (), "houses": ()}


def _leaving(title: str, total: int, back: str) -> exports.ExportFace:
    words = f"共 {total} 人，导出为表格文件（CSV）：按人员和机构的班次、到岗、工时，不含位置。"
    return exports.ExportFace(title=title, total=total, back=back, words=words)


def _sheet(made: duty_actions.Sheet) -> Export:
    return Export(total=made.total, watermark=made.watermark, lines=iter(made.lines))


def _board(request: HttpRequest, **more: Any) -> HttpResponse:
    actor, day = seat.who(request), _asked_day(request)
    region = actor.region_from
    face = duty_queries.arrivals(region, day, actor=actor)
    shown: dict[str, Any] = {
        "day": day, "before": day - timedelta(days=1), "after": day + timedelta(days=1),
        "today": clock.today(), "doubts": duty_queries.doubts(region, actor=actor),
        "make_ups": duty_queries.make_ups(actor, region_code=region),
        "plans": actor.has(*seat.ROUTERS), "counts": _counts(face),
    }  # fmt: skip
    return show(request, "desk/arrivals.html", face, **shown | more)


def _counts(face: Any) -> list[tuple[str, int]]:
    found: dict[str, int] = {}
    for row in face:
        found[row.attendance.words] = found.get(row.attendance.words, 0) + 1
    return list(found.items())


def _tries(request: HttpRequest, shift_id: UUID, **more: Any) -> HttpResponse:
    face = duty_queries.shift(shift_id)
    shown: dict[str, Any] = {
        "tries": duty_queries.tries(shift_id), "plans": seat.who(request).has(*seat.ROUTERS),
    }  # fmt: skip
    return show(request, "desk/tries.html", face, **shown | more)


def _figures(form: Form, actor: Actor) -> Any:
    since, last = form.cleaned_data["since"], form.cleaned_data["last"]
    own = None
    if not actor.has(*seat.ROUTERS):
        account = actor.account_id
        found = providers_queries.practitioner_of_account(account) if account else None
        if found is None:
            return _NOBODY
        own = found.id
    return duty_queries.duty_figures(
        choices.county(), since, last, actor=actor, practitioner_id=own
    )


def _drawn(code_: str) -> SafeString:
    """The address that a phone's own camera opens, as an inline svg."""
    where = f"{settings.YIKE.public_url}{reverse('desk:checkin')}?{urlencode({'code': code_})}"
    return qr.drawn(where, "签到二维码")


def _asked_day(request: HttpRequest) -> date:
    asked = request.GET.get("day", "")
    day = day_of(asked) if asked else clock.today()
    if day is None:
        raise BadInput("日期写得不对。", way_on="请写成 2026-11-23 这样。")
    return day
