"""Promises and calendars: how long each thing may take, and on which days time runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from yike.doors.desk import seat
from yike.doors.desk.forms.rules import Closure, Variant
from yike.doors.kit import door
from yike.doors.kit.forms import Form
from yike.doors.kit.pages import go, show
from yike.rooms.clocks import actions as clocks_actions
from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.clocks.queries import PromiseFace
from yike.rooms.core import clock
from yike.rooms.matters import levels

#: The calendar that the promises of an office run by.
OFFICE = "office"
#: How many years back and ahead a month may be looked at.
_YEARS = 20


@dataclass(frozen=True)
class Choice:
    """Which promise is chosen for a purpose: the common one, and those of single levels."""

    purpose: str
    what: str
    common: PromiseFace | None
    #: level → promise of its own, None where the common one holds
    levels: tuple[PromiseFace | None, ...]


@door.staff(roles=seat.REGISTER_READERS)
@require_http_methods(["GET", "POST"])
def promises(request: HttpRequest) -> HttpResponse:
    """This will list the promises in force and which one is chosen when; set one for a level."""
    actor = seat.who(request)
    edits = actor.has(*seat.ROUTERS) and clocks_queries.may_alter(actor)
    form = Variant(request.POST or None) if edits else None
    if form and seat.done(form, clocks_actions.set_variant, actor=actor):
        return go(request, "desk:promises")
    code, face = request.GET.get("code", ""), clocks_queries.promise_list()
    drawn: dict[str, Any] = {
        "versions": clocks_queries.promise_versions(code) if code else (),
        "form": form, "chosen": _choices(face), "levels": levels.LEVELS.values(),
    }  # fmt: skip
    return show(request, "desk/promises.html", face, status=_status(form), **drawn)


def _status(form: Form | None) -> int:
    return seat.status_of(form) if form else 200


def _choices(face: tuple[PromiseFace, ...]) -> list[Choice]:
    known = {one.code: one for one in face}
    return [
        Choice(
            levels.PURPOSES[purpose], what, known.get(code),
            tuple(known.get(f"{code}.{level}") for level in levels.LEVELS),
        )
        for purpose, what, code in levels.table()
    ]  # fmt: skip


@door.staff(roles=seat.REGISTER_READERS)
@require_http_methods(["GET", "POST"])
def calendar(request: HttpRequest, code: str = OFFICE) -> HttpResponse:
    """This will show a month of a calendar; a dispatcher may close the office for some hours."""
    actor = seat.who(request)
    closes = actor.has(*seat.DISPATCHERS) and clocks_queries.may_alter(actor)
    form = Closure(request.POST or None) if closes else None
    if form and seat.done(form, clocks_actions.close_calendar, code=code, actor=actor):
        return go(request, "desk:calendar", code)
    month = _month(request.GET.get("month", ""))
    days = clocks_queries.calendar_days(code, month)
    status = seat.status_of(form) if form else 200
    around = (_shift(month, -1), month, _shift(month, 1))
    weeks = _weeks(days)
    return show(
        request, "desk/calendar.html", weeks, code=code, form=form, around=around, status=status
    )


def _month(typed: str) -> date:
    """The month asked for, if it lies within living memory or planning; else the present one."""
    today = clock.today()
    try:
        asked = date.fromisoformat(f"{typed}-01")
    except ValueError:
        return today.replace(day=1)
    return asked if abs(asked.year - today.year) <= _YEARS else today.replace(day=1)


def _shift(month: date, months: int) -> date:
    place = month.year * 12 + month.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)


def _weeks(
    days: tuple[clocks_queries.CalendarDay, ...],
) -> list[list[clocks_queries.CalendarDay | None]]:
    """The month as weeks from Monday, with blanks before its first and after its last day."""
    blanks = days[0].day.weekday() if days else 0
    cells: list[clocks_queries.CalendarDay | None] = [None] * blanks + list(days)
    cells += [None] * (-len(cells) % 7)
    return [cells[start : start + 7] for start in range(0, len(cells), 7)]
