"""From what posts need to the shifts of a period that somebody must stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from yike.rooms.core import clock
from yike.rooms.duty.days import Days, weight_of
from yike.rooms.duty.models import Demand, FerryDay, Post


@dataclass(frozen=True)
class Need:
    """One place to be filled: a post on a day, from when until when, as main or backup."""

    post: Post
    day: date
    from_at: datetime
    until_at: datetime
    part: str
    #: 0, 1, … when several of the same part stand at once
    place: int
    weight: float


def needs_of(posts: Sequence[Post], since: date, until: date, days: Days) -> tuple[Need, ...]:
    """This will return every place to be filled in [since, until), in order of time."""
    by_id = {post.pk: post for post in posts}
    ferries = _ferries(posts, since, until)
    found: list[Need] = []
    for demand in Demand.objects.filter(post__in=list(by_id)).order_by("post_id", "from_time"):
        post = by_id[demand.post_id]
        for day in _days(demand, post, since, until, days, ferries):
            found.extend(_of_day(demand, post, day, days))
    return tuple(sorted(found, key=lambda need: (need.from_at, need.post.code, need.part)))


def _days(
    demand: Demand,
    post: Post,
    since: date,
    until: date,
    days: Days,
    ferries: dict[tuple[str, date], bool],
) -> Iterable[date]:
    ends = [end for end in (until, demand.active_until, post.active_until) if end]
    day = max(since, demand.active_from, post.active_from)
    while day < min(ends):
        if _holds(demand, day, days) and _reached(post, day, ferries):
            yield day
        day += timedelta(days=1)


def _holds(demand: Demand, day: date, days: Days) -> bool:
    """A holiday line holds on every legal holiday that its weekdays (or none) name."""
    if demand.on_day is not None:
        return demand.on_day == day
    if demand.holidays == "closed":
        return day not in days.holidays and days.office_day(day) in demand.weekdays
    named = not demand.weekdays or day.weekday() in demand.weekdays
    if demand.holidays == "only":
        return day in days.holidays and named
    return named


def _reached(post: Post, day: date, ferries: dict[tuple[str, date], bool]) -> bool:
    if not post.ferry_weekdays:
        return True
    return ferries.get((post.island, day), day.weekday() in post.ferry_weekdays)


def _of_day(demand: Demand, post: Post, day: date, days: Days) -> Iterable[Need]:
    start = datetime.combine(day, demand.from_time, tzinfo=clock.CIVIL)
    end = datetime.combine(day, demand.until_time, tzinfo=clock.CIVIL)
    end += timedelta(days=1) if end <= start else timedelta()
    for part, count in (("main", demand.people), ("backup", demand.backups)):
        for place in range(count):
            yield Need(post, day, start, end, part, place, weight_of(start, end, part, days))


def _ferries(posts: Sequence[Post], since: date, until: date) -> dict[tuple[str, date], bool]:
    counties = {post.county_code for post in posts if post.ferry_weekdays}
    if not counties:
        return {}
    rows = FerryDay.objects.filter(county_code__in=counties, day__gte=since, day__lt=until)
    return {(row.island, row.day): row.runs for row in rows}
