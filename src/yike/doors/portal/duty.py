"""今日值班: who stands where today and this week, for anybody; and calendars to subscribe to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from yike.doors.kit import door
from yike.doors.kit.pages import show
from yike.doors.portal.county import county
from yike.rooms.core import clock
from yike.rooms.core.refusal import BadInput
from yike.rooms.duty import queries as duty_queries
from yike.rooms.duty.faces import BoardRow
from yike.rooms.regions import codes
from yike.rooms.regions import queries as regions_queries

#: a board may be asked for so many days before and after today
_FAR = 62


@dataclass(frozen=True, kw_only=True)
class Group:
    """The posts of one town, or of the county itself."""

    name: str
    rows: tuple[BoardRow, ...]


@dataclass(frozen=True, kw_only=True)
class BoardFace:
    """The board of a day: lines first, then county, then towns; and the days of the week."""

    day: date
    today: bool
    days: tuple[date, ...]
    town: str
    towns: tuple[tuple[str, str], ...]
    lines: tuple[BoardRow, ...]
    groups: tuple[Group, ...]
    unverified: bool


@door.open
def duty(request: HttpRequest) -> HttpResponse:
    """This will show who is on duty on a day (today), in one town when asked."""
    return show(request, "portal/duty.html", _board(_day(request), request.GET.get("town", "")))


@door.open
def post_calendar(request: HttpRequest, post_id: UUID) -> HttpResponse:
    """This will give out the public calendar of a post."""
    return _calendar(duty_queries.post_calendar(post_id))


@door.open
def my_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """This will give out the calendar of whoever owns this secret; revoked ones are not found."""
    return _calendar(duty_queries.feed(token))


def _calendar(content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="duty.ics"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _day(request: HttpRequest) -> date:
    asked = request.GET.get("day", "")
    try:
        day = date.fromisoformat(asked) if asked else clock.today()
    except ValueError as error:
        raise BadInput("日期写得不对。", way_on="请从“今日值班”重新进入。") from error
    if abs((day - clock.today()).days) > _FAR:
        raise BadInput("只能看前后两个月的值班。", way_on="请从“今日值班”重新进入。")
    return day


def _board(day: date, town: str) -> BoardFace:
    rows = duty_queries.public_board(county(), day)
    towns = tuple((one.code, one.name) for one in regions_queries.towns_of(county()))
    known = dict(towns)
    chosen = town if town in known else ""
    today = clock.today()
    return BoardFace(
        day=day,
        today=day == today,
        days=tuple(today + timedelta(days=n) for n in range(7)),
        town=chosen,
        towns=towns,
        lines=tuple(row for row in rows if row.line),
        groups=_groups([row for row in rows if not row.line], known, chosen),
        unverified=any(row.unverified for row in rows),
    )


def _groups(rows: list[BoardRow], towns: dict[str, str], chosen: str) -> tuple[Group, ...]:
    """The county's own posts first (also beside a chosen town), then town by town."""
    by_town: dict[str, list[BoardRow]] = {}
    for row in rows:
        by_town.setdefault(codes.at_level(row.region_code, "town"), []).append(row)
    wanted = ["", chosen] if chosen else ["", *towns]
    return tuple(
        Group(name=towns.get(code, "县里"), rows=tuple(by_town[code]))
        for code in wanted
        if code in by_town
    )
