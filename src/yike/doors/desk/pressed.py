"""Broken promises by rung, who is told at each rung, and which line a call belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from yike.doors.desk import choices, seat
from yike.doors.desk.forms.pressed import Ladder, LineTry, Rule, initial_of
from yike.doors.kit import door
from yike.doors.kit.forms import attempt
from yike.doors.kit.pages import go, show
from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.clocks.queries import PromiseFace
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotFound
from yike.rooms.matters import actions as matters_actions
from yike.rooms.matters import alerts, codes, ladder, lines
from yike.rooms.matters import hotlines as line_tables
from yike.rooms.matters import queries as matters_queries
from yike.rooms.people import queries as people_queries
from yike.rooms.people import roles

#: who may be told of a broken promise by name
_NAMED = (roles.DIRECTOR, roles.SUPERVISOR, roles.DISPATCHER, roles.OFFICER)


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
    code = request.GET.get("code", "")
    face = _face(code)
    people = _people(seat.who(request), face)
    sent = Ladder(request.POST, people=people) if request.method == "POST" and edits else None
    if sent and seat.done(sent, matters_actions.set_ladder, actor=seat.who(request)):
        return go(request, _address(sent.cleaned_data["promise_code"]))
    status = 422 if sent else 200
    known = initial_of(face.rule) | {"promise_code": code}
    form = sent or Ladder(initial=known, people=people)
    return show(request, "desk/ladders.html", face, form=form, edits=edits, status=status)


@door.staff(roles=seat.REGISTER_READERS)
@require_http_methods(["GET", "POST"])
def hotlines(request: HttpRequest) -> HttpResponse:
    """This will show the county's table of lines, answer a try-out, and set one of its rules."""
    face, actor = line_tables.in_force(choices.county()), seat.who(request)
    edits = actor.has(*seat.ROUTERS)
    sent = Rule(request.POST) if request.method == "POST" and edits else None
    if sent and sent.is_valid() and attempt(sent, lambda: _set_rule(sent, actor)):
        return go(request, "desk:hotlines")
    chosen = face.rule(request.POST.get("code") or request.GET.get("rule", ""))
    form = sent or (Rule(initial=_rule(face, chosen)) if edits else None)
    return _hotlines(request, face, form=form, chosen=chosen, status=422 if sent else 200)


def _hotlines(
    request: HttpRequest, face: line_tables.Lines, *, status: int, **drawn: Any
) -> HttpResponse:
    trial = LineTry(request.GET if "try" in request.GET else None, auto_id="try_%s")
    told = trial.cleaned_data if trial.is_valid() else None
    drawn["advice"] = (
        lines.decide(told["text"], line=told["line"], table=face.rules) if told else None
    )
    drawn |= {"trial": trial, "versions": line_tables.versions(face.county_code)}
    drawn |= {"transfers": lines.TRANSFERS, "outcomes": lines.OUTCOMES}
    worst = max(status, seat.status_of(trial))
    return show(request, "desk/hotlines.html", face, status=worst, **drawn)


def _set_rule(sent: Rule, actor: Actor) -> int:
    told = {"county_code": choices.county(), "actor": actor, **sent.told()}
    if not sent.cleaned_data["drop"]:
        return matters_actions.set_line_rule(**told)
    return matters_actions.drop_line_rule(code=told.pop("rule").code, **told)


def _rule(face: line_tables.Lines, chosen: lines.LineRule | None) -> dict[str, Any]:
    """The form as it stands first: the rule chosen, or a new one."""
    known: dict[str, Any] = {"seen": face.version, "kind": "other", "transfer": "warm"}
    if chosen is None:
        return known
    lists = {"words": "、".join(chosen.words), "without": "、".join(chosen.without)}
    return known | chosen.plain() | lists


def _people(actor: Actor, face: Screen) -> choices.Choices:
    """Who may be named: those who answer for this region, and whoever is named already."""
    span = (actor.region_from, actor.region_until)
    able = people_queries.answerable_in(span, _NAMED)
    said = {one.id: f"{one.name}（{_roles(one.roles)}）" for one in able}
    return choices.of((str(one), name) for one, name in (face.names | said).items())


def _roles(held: tuple[str, ...]) -> str:
    return "、".join(roles.ROLES[one].name for one in held)


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
