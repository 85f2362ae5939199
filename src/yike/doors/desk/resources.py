"""B8.1: people, demands and service hours by town, gathered from the rooms that know them."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from yike.doors.desk import choices, seat
from yike.doors.kit import door
from yike.doors.kit.pages import show
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.duty import queries as duty_queries
from yike.rooms.matters import queries as matters_queries
from yike.rooms.places import queries as places_queries
from yike.rooms.reach import queries as reach_queries
from yike.rooms.reach.siting import resources as rule
from yike.rooms.regions import codes
from yike.rooms.regions import queries as regions_queries

#: what may be asked: days back, and below which percent of the county's figure a town is told apart
DAYS, BELOW = (28, 91, 365), (50, 70, 90)


@door.staff(roles=seat.COMMANDERS)
@require_GET
def resources(request: HttpRequest) -> HttpResponse:
    """This will show demand and capacity town by town, and what speaks for more where."""
    actor = seat.who(request)
    days = _one_of(request.GET.get("days", ""), DAYS)
    below = _one_of(request.GET.get("below", ""), BELOW)
    run = reach_queries.overview(actor, county=choices.county()).last
    towns = _towns(actor, run, days)
    minutes = run.target if run else 15
    more: dict[str, Any] = {
        "run": run, "days": days, "below": below, "all_days": DAYS, "all_below": BELOW,
        "whole": rule.whole(towns, "全县"),
        "suggestions": rule.suggestions(towns, minutes=minutes, below=below),
    }  # fmt: skip
    return show(request, "desk/resources.html", towns, **more)


def _towns(actor: Actor, run: reach_queries.RunPage | None, days: int) -> tuple[rule.Town, ...]:
    county, today = choices.county(), clock.today()
    since = today - timedelta(days=days)
    reached = {row.code: row for row in run.towns} if run else {}
    stations: defaultdict[str, int] = defaultdict(int)
    for row in places_queries.stations_in(county):
        stations[codes.at_level(row.region_code, "town")] += row.point is not None
    hours = _hours(county, since, today)
    came = matters_queries.came_by_town(actor, since, today)
    found = []
    for town in regions_queries.towns_of(county):
        here = reached.get(town.code)
        found.append(rule.Town(
            code=town.code, name=town.name, people=here.total if here else None,
            beyond=here.uncovered if here else None, unreachable=here.unreachable if here else 0,
            stations=stations[town.code], hours=round(hours[town.code], 1),
            demands=came.get(town.code, 0),
        ))  # fmt: skip
    return tuple(found)


def _hours(county: str, since: Any, until: Any) -> defaultdict[str, float]:
    """Hours of the published shifts somebody was to stand, by the town of the post."""
    towns = {
        post.id: codes.at_level(post.region_code, "town") for post in duty_queries.posts_in(county)
    }
    begin, end = (datetime.combine(day, time(), tzinfo=clock.CIVIL) for day in (since, until))
    found: defaultdict[str, float] = defaultdict(float)
    for row in duty_queries.shifts_between(county, begin, end):
        if row.standing and row.post_id in towns:
            length = min(row.until_at, end) - max(row.from_at, begin)
            found[towns[row.post_id]] += length.total_seconds() / 3600
    return found


def _one_of(typed: str, offered: tuple[int, ...]) -> int:
    return next((one for one in offered if str(one) == typed), offered[0])
