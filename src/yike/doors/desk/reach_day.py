"""A day of a run in twenty-four hours, drawn as bars beside the table."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from yike.doors.desk import reach_access, seat
from yike.doors.kit import door
from yike.doors.kit.forms import Form
from yike.doors.kit.pages import show
from yike.rooms.core import clock
from yike.rooms.reach import queries as reach_queries
from yike.rooms.reach.queries import DayPage, HourRow, RunPage

#: the drawing: a bar each hour, its width and the height of a hundred percent
BAR, HIGH = 30, 160


class WhichDay(Form):
    """The day that is looked at."""

    on = forms.DateField(
        label="日期", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One hour as it is drawn; `tone`: shut, worst or plain."""

    row: HourRow
    x: int
    y: float
    height: float
    tone: str


@door.staff(roles=seat.COUNTY_READERS)
@require_GET
def day(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """This will show the share of people within the minutes by hour of a day."""
    page, form, face = _asked(request, run_id)
    drawn = bars(face) if face else ()
    return show(
        request, "desk/reach_day.html", face, form=form, page=page, bars=drawn, width=24 * BAR,
        status=seat.status_of(form),
    )  # fmt: skip


@door.staff(roles=seat.COUNTY_READERS)
@require_GET
def sheet(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """This will hand out the hours of the day, and who loses reach in the evening, as CSV."""
    page, form, face = _asked(request, run_id)
    if face is None or face.why:
        return show(request, "desk/reach_day.html", face, form=form, page=page, status=422)
    return reach_access.sent(reach_queries.day_csv(face), f"{run_id}-{face.on}.csv")


def _asked(request: HttpRequest, run_id: UUID) -> tuple[RunPage, WhichDay, DayPage | None]:
    """The run, which day is asked for (its own, or today, when none is) and what came of it."""
    actor = seat.who(request)
    page = reach_queries.run_page(actor, run_id)
    first = page.moment.astimezone(clock.CIVIL).date() if page.moment else clock.today()
    form = WhichDay(request.GET or None, initial={"on": first})
    on = form.cleaned_data["on"] if form.is_valid() else None if form.is_bound else first
    return page, form, reach_queries.day(actor, run_id, on) if on else None


def bars(face: DayPage) -> tuple[Bar, ...]:
    """This will lay the hours out as bars from zero to a hundred percent."""
    return tuple(
        Bar(
            row=one, x=BAR * one.hour, y=round(HIGH * (1 - (one.percent or 0) / 100), 1),
            height=round(HIGH * (one.percent or 0) / 100, 1),
            tone=_tone(one, None if face.even else face.worst),
        )
        for one in face.rows
    )  # fmt: skip


def _tone(one: HourRow, worst: HourRow | None) -> str:
    if not one.opened:
        return "shut"
    return "worst" if one == worst else "plain"
