"""Broken promises by rung, who is told at each rung, and which line a call belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from yike.doors.desk import seat
from yike.doors.desk.forms.pressed import Ladder, LineTry, initial_of
from yike.doors.kit import door
from yike.doors.kit.pages import go, show
from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.clocks.queries import PromiseFace
from yike.rooms.core.refusal import NotFound
from yike.rooms.matters import actions as matters_actions
from yike.rooms.matters import alerts, codes, ladder, lines
from yike.rooms.matters import queries as matters_queries
from yike.rooms.people import queries as people_queries


@dataclass(frozen=True)
class Screen:
    """The ladder of one promise, or of all others, with its versions."""

    code: str
    rule: ladder.Ladder
    versions: tuple[ladder.Ladder, ...]
    promises: tuple[PromiseFace, ...]
    own: frozenset[str]
    chosen: PromiseFace | None
    names: dict[Any, str]

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        """Each rung: its name, after how long, who hears of it."""
        return [(one.name, one.when, self._told(one)) for one in self.rule.rungs]

    def _told(self, rung: ladder.Rung) -> str:
        named = [self.names[one] for one in rung.accounts if one in self.names]
        return "、".join([*(alerts.LEVELS[one] for one in rung.to), *named])


@door.staff(roles=seat.WORKERS)
@require_GET
def pressed(request: HttpRequest) -> HttpResponse:
    """This will list the broken promises that go on, each at its highest rung."""
    typed = request.GET.get("rung", "")
    rung = int(typed) if typed in {str(one) for one in codes.RUNGS} else 0
    face = matters_queries.pressed(seat.who(request), rung=rung, after=request.GET.get("after", ""))
    more = urlencode({"after": face.after, **({"rung": rung} if rung else {})})
    return show(request, "desk/pressed.html", face, rung=rung, rungs=codes.RUNGS, more=more)


@door.staff(roles=seat.REGISTER_READERS)
@require_http_methods(["GET", "POST"])
def ladders(request: HttpRequest) -> HttpResponse:
    """This will show who is told at each rung; a dispatcher or director makes a new version."""
    edits = seat.who(request).has(*seat.ROUTERS)
    sent = Ladder(request.POST) if request.method == "POST" and edits else None
    if sent and seat.done(sent, matters_actions.set_ladder, actor=seat.who(request)):
        return go(request, _address(sent.cleaned_data["promise_code"]))
    code = request.GET.get("code", "")
    face, status = _face(code), 422 if sent else 200
    form = sent or Ladder(initial=initial_of(face.rule) | {"promise_code": code})
    return show(request, "desk/ladders.html", face, form=form, edits=edits, status=status)


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def hotlines(request: HttpRequest) -> HttpResponse:
    """This will show the table of lines, and answer a try-out."""
    trial = LineTry(request.GET if "try" in request.GET else None, auto_id="try_%s")
    told = trial.cleaned_data if trial.is_valid() else None
    advice = lines.decide(told["text"], line=told["line"]) if told else None
    face = lines.rules()
    return show(
        request, "desk/hotlines.html", face, trial=trial, advice=advice,
        transfers=lines.TRANSFERS, outcomes=lines.OUTCOMES, numbers=lines.NUMBERS,
        status=seat.status_of(trial),
    )  # fmt: skip


def _face(code: str) -> Screen:
    promises = clocks_queries.promise_list()
    chosen = next((one for one in promises if one.code == code), None)
    if code and chosen is None:
        raise NotFound("没有这种时限。", way_on="请从督促阶梯页面选一个时限。")
    rule = ladder.ladder_for(code)
    named = {account for rung in rule.rungs for account in rung.accounts}
    names = people_queries.account_names(named) if named else {}
    return Screen(
        code, rule, ladder.versions(code), promises, ladder.own_codes(), chosen, dict(names)
    )


def _address(code: str) -> str:
    return (
        f"{reverse('desk:ladders')}?{urlencode({'code': code})}"
        if code
        else reverse("desk:ladders")
    )
