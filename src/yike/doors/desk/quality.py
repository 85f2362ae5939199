"""Quality at the desk: callbacks, rectifications, complaints, alerts, and every deed on them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yike.doors.desk import drawing, quality_deeds, seat
from yike.doors.desk.forms import quality as forms
from yike.doors.kit import door
from yike.doors.kit.forms import Form, attempt
from yike.doors.kit.pages import go, show
from yike.rooms.core import clock
from yike.rooms.core.refs import new_id
from yike.rooms.quality import actions as quality_actions
from yike.rooms.quality import queries as quality_queries
from yike.rooms.quality.actions import Grievance

#: how far back the figures look
SPAN = timedelta(days=30)
TABS = (("callback", "差评回访"), ("rectification", "整改"), ("rating", "全部评价"))
ONLY = (("", "待办"), ("mine", "我的"), ("late", "超期"), ("ended", "已结束"))
RATINGS = (("", "全部"), ("bad", "差评"), ("held", "待核实"), ("excluded", "不计入"))


@door.staff(roles=seat.WORKERS)
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """This will show callbacks, rectifications or ratings, with the month's figures."""
    return _board(request)


@door.staff(roles=seat.WATCHERS)
@require_POST
def supervise(request: HttpRequest) -> HttpResponse:
    """This will order an office to mend something until a day (督办)."""
    form, actor = forms.Supervise(request.POST), seat.who(request)
    deed = quality_actions.supervise
    if form.is_valid() and (made := attempt(form, lambda: deed(**form.told(), actor=actor))):
        return go(request, "desk:quality_case", "rectification", made)
    return _board(request, form=form)


@door.staff(roles=seat.WATCHERS)
@require_POST
def check_rating(request: HttpRequest, rating_id: UUID) -> HttpResponse:
    """This will say whether a flagged rating counts."""
    form = forms.Check(request.POST, auto_id=f"check_{rating_id}_%s")
    told = {"rating_id": rating_id, "actor": seat.who(request)}
    if seat.done(form, quality_actions.check_rating, **told):
        return go(request, "desk:quality")
    return _board(request, tab="rating", checks={rating_id: form})


@door.staff(roles=seat.WATCHERS)
@require_GET
def spoken(request: HttpRequest) -> HttpResponse:
    """This will show what citizens speak of in a month, and the comments behind one topic."""
    face = quality_queries.spoken(
        seat.who(request),
        month=request.GET.get("month", ""),
        topic=request.GET.get("topic", ""),
    )
    return show(request, "desk/quality_spoken.html", face)


@door.staff(roles=seat.WORKERS)
@require_GET
def case(request: HttpRequest, noun: str, case_id: UUID) -> HttpResponse:
    """This will show one case with its history and the deeds allowed now."""
    page = quality_queries.case_page(seat.who(request), noun, case_id)
    boxes = quality_deeds.boxes(page)
    done = quality_deeds.done_words(request.GET.get("done", ""))
    return show(request, "desk/quality_case.html", page, verbs=boxes, done=done)


@door.staff(roles=seat.WORKERS)
@require_POST
def deed(request: HttpRequest, noun: str, case_id: UUID, verb: str) -> HttpResponse:
    """This will do one deed; refused, the page comes back with what was typed."""
    if not quality_deeds.is_verb(noun, verb):
        raise Http404
    actor = seat.who(request)
    page = quality_queries.case_page(actor, noun, case_id)
    form = quality_deeds.form_for(page, verb, request.POST, request.FILES)
    if quality_deeds.done(form, page, actor):
        return go(request, quality_deeds.after(verb, noun, case_id))
    fresh = quality_queries.case_page(actor, noun, case_id)
    boxes = quality_deeds.boxes(fresh, form)
    failed = None if any(one.form is form for one in boxes) else form
    return show(
        request, "desk/quality_case.html", fresh, verbs=boxes, failed=failed, status=422
    )  # fmt: skip


@door.staff(roles=seat.WORKERS)
@require_http_methods(["GET", "POST"])
def complaints(request: HttpRequest) -> HttpResponse:
    """This will list complaints one may see, and take one down at the counter."""
    actor = seat.who(request)
    form = forms.Complaint(request.POST or None, initial={"key": str(new_id())})
    if form.is_valid() and (made := attempt(form, lambda: _complain(request, form))):
        return show(request, "desk/complaints.html", _cases(request, "complaint"), made=made,
                    **_ways(request, ONLY), form=_fresh(actor))  # fmt: skip
    kept = form if actor.has(*seat.RECORDERS) or form.is_bound else None
    return show(
        request, "desk/complaints.html", _cases(request, "complaint"), form=kept,
        status=seat.status_of(form), **_ways(request, ONLY),
    )  # fmt: skip


@door.staff(roles=seat.WORKERS)
@require_GET
def warnings(request: HttpRequest) -> HttpResponse:
    """This will list alerts, each with owner and due."""
    return show(request, "desk/warnings.html", _cases(request, "alert"), **_ways(request, ONLY))


@door.staff(roles=seat.WORKERS)
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """This will show what was said of one's own service and one's office's."""
    return _mine(request)


@door.staff(roles=seat.WORKERS)
@require_POST
def reply(request: HttpRequest, rating_id: UUID) -> HttpResponse:
    """This will say one's side, once."""
    form = forms.Reply(request.POST, auto_id=f"reply_{rating_id}_%s")
    told = {"rating_id": rating_id, "actor": seat.who(request)}
    if seat.done(form, quality_actions.reply_to_rating, **told):
        return go(request, "desk:ratings")
    return _mine(request, {rating_id: form})


@door.staff(roles=seat.RATERS)
@require_http_methods(["GET", "POST"])
def rate(request: HttpRequest, reference: str) -> HttpResponse:
    """This will rate for the citizen, at a window or on the telephone."""
    actor, form = seat.who(request), forms.RateFor(request.POST or None)
    if seat.done(form, quality_actions.rate, reference=reference, actor=actor):
        return go(request, "desk:matter", reference)
    face = quality_queries.rate_page(actor, reference=reference)
    return show(request, "desk/rate.html", face, form=form, status=seat.status_of(form))


@door.staff(roles=seat.RATERS)
@require_POST
def rate_link(request: HttpRequest, reference: str) -> HttpResponse:
    """This will show a fresh link as a code, which the citizen reads with their own telephone."""
    actor = seat.who(request)
    path = quality_actions.invite_rating(reference=reference, actor=actor)
    face = quality_queries.rate_page(actor, reference=reference)
    return show(request, "desk/rate_link.html", face, qr=drawing.rating_link(path))


@door.staff(roles=seat.WORKERS)
@require_GET
def daily(request: HttpRequest) -> HttpResponse:
    """This will list what waits at each institution today, and who has looked."""
    return show(request, "desk/daily.html", quality_queries.daily_checks(seat.who(request)))


@door.staff(roles=seat.WORKERS)
@require_POST
def seen(request: HttpRequest, check_id: UUID) -> HttpResponse:
    """This will note that one looked."""
    quality_actions.see_daily_check(check_id=check_id, actor=seat.who(request))
    return go(request, "desk:daily")


@door.staff(roles=seat.WORKERS)
@require_http_methods(["GET", "POST"])
def rewards(request: HttpRequest) -> HttpResponse:
    """This will list rewards and punishments, and put one on record."""
    actor = seat.who(request)
    form = forms.Reward(request.POST or None) if actor.has(*seat.DIRECTORS) else None
    if form is not None and seat.done(form, quality_actions.give_reward, actor=actor):
        return go(request, "desk:rewards")
    return _rewards(request, form)


@door.staff(roles=seat.DIRECTORS)
@require_POST
def revoke(request: HttpRequest, reward_id: UUID) -> HttpResponse:
    """This will take a record back."""
    form = forms.Revoke(request.POST, auto_id=f"revoke_{reward_id}_%s")
    told = {"reward_id": reward_id, "actor": seat.who(request)}
    if seat.done(form, quality_actions.revoke_reward, **told):
        return go(request, "desk:rewards")
    return _rewards(request, forms.Reward(), {reward_id: form})


@door.staff(roles=seat.WATCHERS)
@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    """This will show the parameters with their source, and change one."""
    actor = seat.who(request)
    form = forms.Parameter(request.POST) if request.method == "POST" else None
    if form is not None and seat.done(form, quality_actions.set_policy, actor=actor):
        return go(request, "desk:quality_rules")
    bound = form.data.get("code") if form else ""
    rows = [
        (row, form if row.code == bound else _parameter(row.code, row.value))
        for row in quality_queries.policies()
    ]
    status = 422 if form else 200
    edits = actor.has(*seat.DIRECTORS)
    return show(request, "desk/quality_rules.html", rows, edits=edits, status=status)


def _parameter(code: str, value: int) -> Form:
    return forms.Parameter(
        initial={"code": code, "value": value}, auto_id=f"{code.replace('.', '_')}_%s"
    )


def _board(
    request: HttpRequest,
    *,
    tab: str = "",
    form: Form | None = None,
    checks: dict[UUID, Form] | None = None,
) -> HttpResponse:
    actor, since = seat.who(request), clock.now() - SPAN
    watches = actor.has(*seat.WATCHERS)
    chosen = tab or request.GET.get("tab", "callback")
    if chosen not in dict(TABS):
        raise Http404
    more: dict[str, Any] = {
        "tabs": [
            (code, name, code == chosen) for code, name in TABS if watches or code != "rating"
        ],
        "tab": chosen,
        "watches": watches,
        **_ways(request, RATINGS if chosen == "rating" else ONLY),
        "form": (form or forms.Supervise()) if watches else None,
    }
    more |= _figures(request, since) if watches else {}
    more["checks"] = _checks(request, checks or {}) if chosen == "rating" else None
    face = None if chosen == "rating" else _cases(request, chosen)
    return show(
        request, "desk/quality.html", face, status=422 if form or checks else 200, **more
    )  # fmt: skip


def _figures(request: HttpRequest, since: datetime) -> dict[str, Any]:
    actor, now = seat.who(request), clock.now()
    return {
        "figures": quality_queries.rating_figures(actor, since, now),
        "loop": quality_queries.loop_figures(actor, since, now),
        "topics": quality_queries.topics(actor, since, now),
    }


def _checks(request: HttpRequest, bound: dict[UUID, Form]) -> Any:
    page = quality_queries.ratings(
        seat.who(request),
        only=request.GET.get("only", ""),
        after=request.GET.get("after", ""),
    )
    rows = [
        (row, bound.get(row.id) or forms.Check(auto_id=f"check_{row.id}_%s")) for row in page.rows
    ]
    return {"rows": rows, "page": page}


def _cases(request: HttpRequest, noun: str) -> Any:
    return quality_queries.cases(
        seat.who(request),
        noun,
        only=request.GET.get("only", ""),
        after=request.GET.get("after", ""),
    )


def _ways(request: HttpRequest, ways: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    chosen = request.GET.get("only", "")
    return {"ways": [(code, name, code == chosen) for code, name in ways]}


def _mine(request: HttpRequest, bound: dict[UUID, Form] | None = None) -> HttpResponse:
    face = quality_queries.my_ratings(seat.who(request))
    tried = bound or {}
    rows = [
        (row, tried.get(row.id) or forms.Reply(auto_id=f"reply_{row.id}_%s")) for row in face.rows
    ]
    return show(request, "desk/ratings.html", face, rows=rows, status=422 if tried else 200)


def _rewards(
    request: HttpRequest, form: Form | None, bound: dict[UUID, Form] | None = None
) -> HttpResponse:
    tried = bound or {}
    rows = [
        (row, tried.get(row.id) or forms.Revoke(auto_id=f"revoke_{row.id}_%s"))
        for row in quality_queries.rewards(seat.who(request))
    ]
    wrong = bool(tried) or (form is not None and form.is_bound)
    return show(request, "desk/rewards.html", rows, form=form, status=422 if wrong else 200)


def _complain(request: HttpRequest, form: Form) -> Any:
    told = dict(form.cleaned_data)
    key = told.pop("key")
    return quality_actions.make_complaint(
        grievance=Grievance(**told), key=key, actor=seat.who(request)
    )


def _fresh(actor: Any) -> Form | None:
    if not actor.has(*seat.RECORDERS):
        return None
    return forms.Complaint(initial={"key": str(new_id())})
