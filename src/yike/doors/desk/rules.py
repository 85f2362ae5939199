"""Promises and calendars: how long each thing may take, and on which days time runs."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from yike.doors.desk import seat
from yike.doors.desk.forms.rules import Closure
from yike.doors.kit import door
from yike.doors.kit.pages import go, show
from yike.rooms.clocks import actions as clocks_actions
from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.core import clock

#: The calendar that the promises of an office run by.
OFFICE = "office"
#: How many years back and ahead a month may be looked at.
_YEARS = 20


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def promises(request: HttpRequest) -> HttpResponse:
    """This will list the promises in force, and the versions of one when asked."""
    code = request.GET.get("code", "")
    versions = clocks_queries.promise_versions(code) if code else ()
    return show(request, "desk/promises.html", clocks_queries.promise_list(), versions=versions)


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
