"""Warnings of promises: thresholds, who hears of them, when nobody is disturbed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from yike.doors.desk import seat
from yike.doors.desk.forms.alerts import Alerts, Thresholds, initial_of
from yike.doors.kit import door
from yike.doors.kit.forms import Form
from yike.doors.kit.pages import go, show
from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.clocks.queries import PromiseFace
from yike.rooms.core.refusal import NotFound
from yike.rooms.matters import actions as matters_actions
from yike.rooms.matters import alerts


@dataclass(frozen=True)
class Screen:
    """The rule of one promise or of all, its versions, and every promise's thresholds."""

    code: str
    rule: alerts.Rule
    versions: tuple[alerts.Rule, ...]
    promises: tuple[PromiseFace, ...]
    #: promises that have a rule of their own
    own: frozenset[str]
    chosen: PromiseFace | None
    #: versions of the chosen promise's thresholds, newest first
    history: tuple[PromiseFace, ...]

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """Colour by colour: its name and the names of those who hear of it."""
        return tuple(
            (colour, "、".join(alerts.LEVELS[one] for one in self.rule.recipients(colour)))
            for colour in alerts.TOLD
        )


@door.staff(roles=seat.REGISTER_READERS)
@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    """This will show the rules of warning; a dispatcher or director sets a new version."""
    code = request.GET.get("code", "")
    edits = seat.who(request).has(*seat.ROUTERS)
    form = Alerts(request.POST) if edits and request.method == "POST" else None
    if form and seat.done(form, matters_actions.set_alerts, actor=seat.who(request)):
        return go(request, _address(form.cleaned_data["promise_code"]))
    return _screen(request, code, form=form)


@door.staff(roles=seat.ROUTERS)
@require_POST
def thresholds(request: HttpRequest, code: str) -> HttpResponse:
    """This will change when a promise turns yellow and orange."""
    form = Thresholds(request.POST, auto_id="t_%s")
    if seat.done(form, matters_actions.set_thresholds, promise_code=code, actor=seat.who(request)):
        return go(request, _address(code))
    return _screen(request, code, limits=form)


def _screen(
    request: HttpRequest, code: str, *, form: Form | None = None, limits: Form | None = None
) -> HttpResponse:
    face = _face(code)
    drawn: dict[str, Any] = {
        "edits": seat.who(request).has(*seat.ROUTERS),
        "form": form or Alerts(initial=initial_of(face.rule) | {"promise_code": code}),
        "limits": limits or (face.chosen and Thresholds(initial=_now(face.chosen), auto_id="t_%s")),
    }
    return show(request, "desk/alerts.html", face, status=422 if form or limits else 200, **drawn)


def _face(code: str) -> Screen:
    promises = clocks_queries.promise_list()
    chosen = next((one for one in promises if one.code == code), None)
    if code and chosen is None:
        raise NotFound("没有这种时限。", way_on="请从预警规则页面选一个时限。")
    history = clocks_queries.promise_versions(code) if chosen else ()
    return Screen(
        code, alerts.rule_for(code), alerts.versions(code), promises, alerts.own_codes(),
        chosen, history,
    )  # fmt: skip


def _now(chosen: PromiseFace) -> dict[str, int | None]:
    return {name: getattr(chosen, name) for name in Thresholds.base_fields}


def _address(code: str) -> str:
    return f"{reverse('desk:alerts')}?code={code}" if code else reverse("desk:alerts")
