"""The director's figures of one day, each openable with `matters_matching`.

Open = the office still owes something; closed = answered that day, whether or not the citizen has
said yet that it helped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed
from yike.rooms.matters import codes, faces, flow, names
from yike.rooms.matters.models import Matter
from yike.rooms.regions import queries as regions_queries

_RUNNING = (flow.DISPATCH, flow.SIGN, flow.WORK)
_TREND_DAYS = 14
_DIMENSIONS = ("town_code", "category", "demand_type", "door")
_Totals = dict[str, dict[str, int]]


def board(actor: Actor, day: date) -> faces.Board:
    """This will return what came, went, is late or about to be, on one day, in the actor's region.

    Refuses NotAllowed whoever answers for no region.
    """
    mine = _region(actor)
    now = clock.now()
    since, until = _midnight(day), _midnight(day + timedelta(days=1))
    standing = _open(mine, now)
    came = _came(mine, since, until)
    closed = mine.filter(answered_at__gte=since, answered_at__lt=until).count()
    kinds = names.categories()
    towns = _town_names(standing, came)
    return faces.Board(
        day=day,
        opened=_sum(came, "n"),
        closed=closed,
        on_spot=_sum(came, "spot"),
        open=_sum(standing, "n"),
        unsigned=_sum(standing, "unsigned"),
        unrouted=_sum(standing, "unrouted"),
        late=_sum(standing, "late"),
        soon=_sum(standing, "soon"),
        by_town=_counts("town_code", standing, came, lambda code: towns.get(code, code)),
        by_category=_counts("category", standing, came, lambda code: kinds.get(code) or "未分类"),
        by_type=_counts("demand_type", standing, came, lambda code: codes.DEMAND_TYPES[code]),
        by_door=_counts("door", standing, came, lambda code: codes.DOORS.get(code, code)),
        trend=_trend(mine, day),
    )


def _region(actor: Actor) -> QuerySet[Matter]:
    if actor.kind == "system":
        return Matter.objects.all()
    if actor.kind != "staff" or not actor.region_from:
        raise NotAllowed("您没有负责的区域，看不到汇总数据")
    return Matter.objects.filter(
        region_code__gte=actor.region_from, region_code__lt=actor.region_until
    )


def _open(mine: QuerySet[Matter], now: datetime) -> list[dict[str, Any]]:
    running = Q(state__in=_RUNNING)
    late = running & (Q(due_at__lt=now) | Q(broken=True))
    soon = running & Q(warn_at__lte=now, due_at__gte=now, broken=False)
    rows = mine.filter(state__in=sorted(flow.GOING)).values(*_DIMENSIONS)
    return list(
        rows.annotate(
            n=Count("id"),
            late=_how_many(late),
            soon=_how_many(soon),
            unsigned=_how_many(Q(state=flow.SIGN)),
            unrouted=_how_many(Q(state=flow.DISPATCH)),
        )
    )


def _came(mine: QuerySet[Matter], since: datetime, until: datetime) -> list[dict[str, Any]]:
    rows = mine.filter(opened_at__gte=since, opened_at__lt=until).values(*_DIMENSIONS)
    return list(rows.annotate(n=Count("id"), spot=_how_many(Q(order_no=None))))


def _how_many(which: Q) -> Count:
    return Count("id", filter=which)


def _counts(
    by: str,
    standing: Iterable[dict[str, Any]],
    came: Iterable[dict[str, Any]],
    name: Callable[[str], str],
) -> tuple[faces.Count, ...]:
    totals: _Totals = defaultdict(lambda: defaultdict(int))
    for row in standing:
        for figure in ("n", "late", "soon"):
            totals[row[by]]["open" if figure == "n" else figure] += row[figure]
    for row in came:
        totals[row[by]]["opened"] += row["n"]
    made = (
        faces.Count(
            code=code,
            name=name(code),
            opened=found["opened"],
            open=found["open"],
            late=found["late"],
            soon=found["soon"],
        )
        for code, found in totals.items()
    )
    return tuple(sorted(made, key=lambda one: (-one.open, -one.opened, one.code)))


def _town_names(*some: Iterable[dict[str, Any]]) -> dict[str, str]:
    wanted = {row["town_code"] for rows in some for row in rows}
    return {code: path.town for code, path in regions_queries.paths_of(wanted).items()}


def _trend(mine: QuerySet[Matter], day: date) -> tuple[faces.DayCount, ...]:
    first = day - timedelta(days=_TREND_DAYS - 1)
    since, until = _midnight(first), _midnight(day + timedelta(days=1))
    opened = _by_day(mine.filter(opened_at__gte=since, opened_at__lt=until), "opened_at")
    closed = _by_day(mine.filter(answered_at__gte=since, answered_at__lt=until), "answered_at")
    days = (first + timedelta(days=n) for n in range(_TREND_DAYS))
    return tuple(
        faces.DayCount(day=one, opened=opened.get(one, 0), closed=closed.get(one, 0))
        for one in days
    )


def _by_day(rows: QuerySet[Matter], column: str) -> dict[date, int]:
    counted = rows.annotate(civil=TruncDate(column, tzinfo=clock.CIVIL)).values("civil")
    return {row["civil"]: row["n"] for row in counted.annotate(n=Count("id"))}


def _sum(rows: Iterable[dict[str, Any]], figure: str) -> int:
    return sum(row[figure] for row in rows)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.CIVIL)
