"""The director's figures of one day, each openable with `matters_matching`.

Open = the office still owes something; closed = answered that day, whether or not the citizen has
said yet that it helped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.db.models import (
    BooleanField,
    Count,
    ExpressionWrapper,
    Q,
    QuerySet,
)

from yike.rooms.core import clock, prepared
from yike.rooms.core.actor import PRIVATE, Actor
from yike.rooms.core.refusal import NotAllowed
from yike.rooms.matters import codes, faces, flow, names
from yike.rooms.matters.models import Matter
from yike.rooms.regions import codes as regions_codes
from yike.rooms.regions import queries as regions_queries

_RUNNING = flow.RUNNING
_TREND_DAYS = 14
_DIMENSIONS = ("town_code", "category", "demand_type", "door")
#: by dimension, code and figure
_Totals = dict[str, dict[str, dict[str, int]]]
#: all dimensions in one walk: a wall of 15,000 open orders has 9,000 combinations of them
_SETS = """
select {dimensions}, count(*), {figures} from ({rows}) as m
group by grouping sets ((town_code), (category), (demand_type), (door))
"""


def board(actor: Actor, day: date) -> faces.Board:
    """This will return what came, went, is late or about to be, on one day, in the actor's region.

    Refuses NotAllowed whoever answers for no region.
    """
    mine = region_of(actor).filter(parent=None)  # a sub-order is no demand of its own
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
        near=_sum(standing, "near"),
        by_town=_counts("town_code", standing, came, lambda code: towns.get(code, code)),
        by_category=_counts("category", standing, came, lambda code: kinds.get(code) or "未分类"),
        by_type=_counts("demand_type", standing, came, lambda code: codes.DEMAND_TYPES[code]),
        by_door=_counts("door", standing, came, lambda code: codes.DOORS.get(code, code)),
        trend=_trend(actor, mine, day),
    )


def came_by_town(actor: Actor, since: date, until: date) -> dict[str, int]:
    """This will count the demands that came in [since, until), by town, in the actor's region."""
    mine = region_of(actor).filter(parent=None)
    came = _came(mine, _midnight(since), _midnight(until))
    return {code: figures["n"] for code, figures in came["town_code"].items()}


def came_by_category(
    actor: Actor, region_code: str, since: date, until: date
) -> tuple[tuple[str, int], ...]:
    """This will count the demands of a place in [since, until) by category, the most first.

    Within the region the actor answers for, as (name, number). Refuses NotAllowed who has none.
    """
    first, last = regions_codes.span(region_code)
    rows = region_of(actor).filter(
        parent=None, region_code__gte=first, region_code__lt=last,
        opened_at__gte=_midnight(since), opened_at__lt=_midnight(until),
    )  # fmt: skip
    kinds = names.categories()
    counted = rows.order_by().values_list("category").annotate(n=Count("id"))
    found = [(kinds.get(code) or "未分类", n) for code, n in counted]
    return tuple(sorted(found, key=lambda one: (-one[1], one[0])))


def region_of(actor: Actor) -> QuerySet[Matter]:
    """This will return the matters of the region somebody answers for. Refuses NotAllowed."""
    if actor.kind == "system":
        return Matter.objects.all()
    if actor.kind != "staff" or not actor.region_from:
        raise NotAllowed("您没有负责的区域，看不到汇总数据")
    return Matter.objects.filter(
        region_code__gte=actor.region_from, region_code__lt=actor.region_until
    )


def _open(mine: QuerySet[Matter], now: datetime) -> _Totals:
    running = Q(state__in=_RUNNING)
    calm = Q(warn_at=None) | Q(warn_at__gt=now)
    return _grouped(
        mine.filter(state__in=sorted(flow.GOING)),
        late=running & (Q(due_at__lt=now) | Q(broken=True)),
        soon=running & Q(warn_at__lte=now, due_at__gte=now, broken=False),
        near=running & calm & Q(near_at__lte=now, due_at__gte=now, broken=False),
        unsigned=Q(state=flow.SIGN),
        unrouted=Q(state__in=(flow.ACCEPT, flow.DISPATCH, flow.RETURNING)),
    )


def _came(mine: QuerySet[Matter], since: datetime, until: datetime) -> _Totals:
    rows = mine.filter(opened_at__gte=since, opened_at__lt=until)
    return _grouped(rows, spot=Q(order_no=None))


def _grouped(rows: QuerySet[Matter], **figures: Q) -> _Totals:
    """Counts the rows, and those that each figure is about, by every dimension."""
    marks = {
        f"is_{name}": ExpressionWrapper(which, BooleanField()) for name, which in figures.items()
    }
    marked = rows.annotate(**marks).values(*_DIMENSIONS, *marks)
    inner, values = marked.query.sql_with_params()
    sql = _SETS.format(
        dimensions=", ".join(_DIMENSIONS),
        figures=", ".join(f"count(*) filter (where {mark})" for mark in marks),
        rows=inner,
    )
    found: _Totals = {name: {} for name in _DIMENSIONS}
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        for row in cursor.fetchall():
            codes_of, counts = row[: len(_DIMENSIONS)], row[len(_DIMENSIONS) :]
            by, code = next(
                (name, code)
                for name, code in zip(_DIMENSIONS, codes_of, strict=True)
                if code is not None
            )
            found[by][code] = dict(zip(("n", *figures), counts, strict=True))
    return found


def _counts(
    by: str, standing: _Totals, came: _Totals, name: Callable[[str], str]
) -> tuple[faces.Count, ...]:
    made = []
    for code in standing[by].keys() | came[by].keys():
        open_ = standing[by].get(code, {})
        made.append(
            faces.Count(
                code=code,
                name=name(code),
                opened=came[by].get(code, {}).get("n", 0),
                open=open_.get("n", 0),
                late=open_.get("late", 0),
                soon=open_.get("soon", 0),
            )
        )
    return tuple(sorted(made, key=lambda one: (-one.open, -one.opened, one.code)))


def _town_names(*some: _Totals) -> dict[str, str]:
    wanted = {code for totals in some for code in totals["town_code"]}
    return {code: path.town for code, path in regions_queries.paths_of(wanted).items()}


def _trend(actor: Actor, mine: QuerySet[Matter], day: date) -> tuple[faces.DayCount, ...]:
    """What came and what was answered, day by day up to this one."""
    first = day - timedelta(days=_TREND_DAYS - 1)
    since, until = _midnight(first), _midnight(day + timedelta(days=1))
    opened, closed = Counter[date](), Counter[date]()
    for began, answered, count in prepared.run(
        "select * from matters_days(%s, %s)", (since, until)
    ):
        (closed if answered else opened)[began.astimezone(clock.CIVIL).date()] = count
    for came, went in _above(actor, mine, since, until):
        opened[came.astimezone(clock.CIVIL).date()] += 1
        if went is not None:
            closed[went.astimezone(clock.CIVIL).date()] += 1
    days = (first + timedelta(days=n) for n in range(_TREND_DAYS))
    return tuple(faces.DayCount(day=one, opened=opened[one], closed=closed[one]) for one in days)


def _above(
    actor: Actor, mine: QuerySet[Matter], since: datetime, until: datetime
) -> Iterable[tuple[datetime, datetime | None]]:
    """What one sees beyond one's secrecy level and matters_days leaves out: held, helped with."""
    if actor.level >= PRIVATE:
        return ()
    came = Q(opened_at__gte=since, opened_at__lt=until)
    went = Q(answered_at__gte=since, answered_at__lt=until)
    found = mine.filter(came | went, level__gte=actor.level + 1)
    return found.values_list("opened_at", "answered_at")


def _sum(totals: _Totals, figure: str) -> int:
    return sum(one[figure] for one in totals["door"].values())


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.CIVIL)
