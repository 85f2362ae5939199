"""Visits and use of featured stations: what several rooms counted, before and after a day.

Numbers only: bookings, visitors called by number, demands answered, scans, visitors by hand.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from yike.doors.desk import changing, choices, seat
from yike.doors.desk.changing import Change
from yike.doors.desk.forms import visits as shapes
from yike.doors.kit import door
from yike.doors.kit.forms import Form, day_of
from yike.doors.kit.pages import go, show
from yike.rooms.booking import queries as booking_queries
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotFound
from yike.rooms.matters import queries as matters_queries
from yike.rooms.matters.exporting import safe
from yike.rooms.places import actions as places_actions
from yike.rooms.places import featured_pages, visiting, visits_pages
from yike.rooms.places import queries as places_queries
from yike.rooms.places.queries import StationRow
from yike.rooms.regions import codes

SPANS = {30: "前后各 30 天", 90: "前后各 90 天", 180: "前后各 180 天"}
_LATELY = 30


@dataclass(frozen=True)
class Use:
    """One figure before and after a day."""

    name: str
    before: int
    after: int
    change: str
    note: str = ""


@dataclass(frozen=True)
class Figures:
    """What was counted of a station in one span."""

    booked: int
    received: int
    answered: int
    scans: visits_pages.Scans
    counted: visiting.Counted


@dataclass(frozen=True)
class Page:
    """One station: the day, the spans, the figures, and the numbers entered by hand."""

    station: StationRow
    day: date
    featured_on: date | None
    spans: visiting.Spans | None
    uses: list[Use]
    counts: tuple[visits_pages.CountRow, ...]
    days: int


@door.staff(roles=seat.LEADERS)
@require_GET
def visits(request: HttpRequest) -> HttpResponse:
    """This will list the featured stations with what was counted in the last 30 days."""
    actor, today = seat.who(request), clock.today()
    shown = [
        one for one in featured_pages.published_in(choices.county())
        if _answers(actor, one.station)
    ]  # fmt: skip
    since = today - timedelta(days=_LATELY)
    told = _figures([one.station for one in shown], since, today)
    rows = [(one, told[one.station.id]) for one in shown]
    return show(request, "desk/visits.html", rows, days=_LATELY)


@door.staff(roles=seat.LEADERS)
@require_GET
def station(request: HttpRequest, station_id: UUID) -> HttpResponse:
    """This will compare a station's figures before and after a day, and show what was entered."""
    return _station(request, station_id)


@door.staff(roles=seat.LEADERS)
@require_GET
def station_csv(request: HttpRequest, station_id: UUID) -> HttpResponse:
    """This will let the comparison out as a file."""
    page, out = _page(request, station_id), io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("站点", "指标", "之前", "之后", "变化", "说明", "前后各几天", "对比的日子"))
    for one in page.uses:
        told = (page.station.name, one.name, str(one.before), str(one.after), one.change, one.note,
                str(page.spans.days if page.spans else 0), page.day.isoformat())  # fmt: skip
        writer.writerow([safe(cell) for cell in told])
    answer = HttpResponse(out.getvalue().encode("utf-8-sig"), content_type="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="visits.csv"'
    return answer


@door.staff(roles=seat.LEADERS)
@require_POST
def change(request: HttpRequest, station_id: UUID, what: str) -> HttpResponse:
    """This will write down visitors that were counted by hand, or take a number back."""
    about = visits_pages.counts_of(station_id)
    form = changing.tried(request, CHANGES, what, station_id, about)
    if form is None:
        return go(request, "desk:visits_station", station_id)
    return _station(request, station_id, {what: form})


CHANGES = {
    "count": Change(
        "登记来访人次", "登记", shapes.Visitors, places_actions.count_visitors, "station_id"
    ),
    "take_back": Change(
        "撤销登错的人次", "撤销这一条", shapes.TakeBack, places_actions.take_back_count,
        "station_id", grave=True,
    ),
}  # fmt: skip


def _station(
    request: HttpRequest, station_id: UUID, bound: dict[str, Form] | None = None
) -> HttpResponse:
    page = _page(request, station_id)
    open_ = {"count"} | ({"take_back"} if any(not one.taken_back_for for one in page.counts)
                         else set())  # fmt: skip
    more: dict[str, Any] = {
        "boxes": changing.boxes(
            CHANGES, "desk:visits_change", station_id, page.counts, bound=bound,
            only=open_ | set(bound or {}),
        ),
        "lengths": SPANS, "few": visiting.FEW_DAYS, "small": visiting.SMALL,
        "query": request.GET.urlencode(),
    }  # fmt: skip
    return show(request, "desk/visits_station.html", page, status=422 if bound else 200, **more)


def _page(request: HttpRequest, station_id: UUID) -> Page:
    row = places_queries.station(station_id)
    if not _answers(seat.who(request), row):
        raise NotFound("没有这个站点")
    told = featured_pages.published_of(row)
    since = told.profile.featured_on if told else None
    day = day_of(request.GET.get("day", "")) or since or row.opened_on
    typed = request.GET.get("days", "")
    days = int(typed) if typed.isdecimal() and int(typed) in SPANS else 30
    spans = visiting.spans(day, asked=days, today=clock.today())
    return Page(
        station=row, day=day, featured_on=since, spans=spans, days=days,
        uses=_uses(row, spans) if spans else [], counts=visits_pages.counts_of(station_id),
    )  # fmt: skip


def _uses(row: StationRow, spans: visiting.Spans) -> list[Use]:
    one, two = (
        _figures([row], since, until)[row.id]
        for since, until in ((spans.since, spans.day), (spans.day, spans.until))
    )
    office = _office_note(row)
    shared = sorted({*one.scans.shared, *two.scans.shared})
    pairs = (
        ("预约到这里（含未到场）", one.booked, two.booked, ""),
        ("窗口叫号接待", one.received, two.received, office),
        ("答复的诉求", one.answered, two.answered, office),
        ("扫码", one.scans.scans, two.scans.scans,
         f"还张贴在别处、分不开的码没有算：{'、'.join(shared)}" if shared else ""),
    )  # fmt: skip
    left = one.counted.left_out + two.counted.left_out
    by_hand = f"点数的日子：之前 {one.counted.days} 天，之后 {two.counted.days} 天"
    return [
        *(Use(name, a, b, visiting.change(a, b, days=spans.days), note)
          for name, a, b, note in pairs),
        Use(
            "人工登记的来访人次", one.counted.visitors, two.counted.visitors,
            visiting.change_by_day(one.counted, two.counted),
            by_hand + (f"；跨出时段、没有算的 {left} 条" if left else ""),
        ),
    ]  # fmt: skip


def _figures(rows: list[StationRow], since: date, until: date) -> dict[UUID, Figures]:
    """Each room is asked once for all stations."""
    ids, orgs = [row.id for row in rows], {row.institution_id for row in rows}
    booked = booking_queries.booked_at(ids, since, until)
    received = matters_queries.received_at(orgs, since, until)
    answered = matters_queries.answered_by(orgs, since, until)
    scans = visits_pages.scans_at(ids, since, until)
    counts = visits_pages.standing_counts(ids)
    return {
        row.id: Figures(
            booked=booked.get(row.id, 0), received=received.get(row.institution_id, 0),
            answered=answered.get(row.institution_id, 0), scans=scans[row.id],
            counted=visiting.counted(counts.get(row.id, []), since, until),
        )
        for row in rows
    }  # fmt: skip


def _office_note(row: StationRow) -> str:
    """Queues and demands are kept by office: what that means where one office runs several."""
    rows = places_queries.stations_in(choices.county())
    same = sum(one.institution_id == row.institution_id for one in rows)
    return (
        f"按主管机构{row.institution_name}计，它管 {same} 个站点，分不到单个站点"
        if same > 1 else f"按主管机构{row.institution_name}计"
    )  # fmt: skip


def _answers(actor: Actor, row: StationRow) -> bool:
    return codes.within(row.region_code, (actor.region_from, actor.region_until))
