"""Live supervision: age, waiting and breach of what is open, by office, level, channel and kind.

One walk over the open orders of a region; nothing here names a person.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Q

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.matters import codes, flow, names
from yike.rooms.matters.queries.figures import region_of
from yike.rooms.providers import queries as providers_queries
from yike.rooms.regions import codes as region_codes

#: upper ends of the age columns, in days; the last column has none
AGES = (1, 3, 7)
_BY = ("holder_org", "channel", "category")
_SQL = """
select {by}, count(*), count(*) filter (where is_unsigned), count(*) filter (where is_late),
  min(opened_at), {ages}
from ({rows}) as m group by grouping sets ((holder_org), (channel), (category))
"""
_RUNNING = (flow.DISPATCH, flow.SIGN, flow.WORK)
_LEVELS = {"county": "县级", "town": "镇级", "village": "村级"}


@dataclass(frozen=True, kw_only=True)
class Load:
    """One line: how many are open, wait for a signature, are late; how old; by age in days."""

    code: str
    name: str
    open: int
    unsigned: int
    late: int
    oldest_at: datetime | None
    #: under 1, 3, 7 days, and older
    ages: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Pressure:
    """The open orders of a region now, cut in four ways."""

    at: datetime
    total: Load
    levels: tuple[Load, ...]
    offices: tuple[Load, ...]
    channels: tuple[Load, ...]
    kinds: tuple[Load, ...]


def pressure(actor: Actor) -> Pressure:
    """This will return age, waiting and breach of all open orders of the actor's region.

    Refuses NotAllowed whoever answers for no region.
    """
    now = clock.now()
    found = _walk(region_of(actor), now)
    called = names.orgs(found["holder_org"])
    where = providers_queries.regions_of(found["holder_org"])
    levels: dict[str, list[Load]] = {level: [] for level in _LEVELS}
    for org, load in found["holder_org"].items():
        level = region_codes.level_of(where[org]) if org in where else "county"
        levels[level if level in levels else "county"].append(load)
    kinds = names.categories()
    return Pressure(
        at=now,
        total=_sum("", "合计", found["channel"].values()),
        levels=tuple(_sum(level, _LEVELS[level], rows) for level, rows in levels.items()),
        offices=_sorted(
            replace(load, name=called.get(org, "")) for org, load in found["holder_org"].items()
        ),
        channels=_sorted(
            replace(load, name=codes.CHANNELS.get(load.code, load.code))
            for load in found["channel"].values()
        ),
        kinds=_sorted(
            replace(load, name=kinds.get(load.code) or "未分类")
            for load in found["category"].values()
        ),
    )


def _walk(mine: Any, now: datetime) -> dict[str, dict[Any, Load]]:
    late = Q(state__in=_RUNNING) & (Q(due_at__lt=now) | Q(broken=True))
    marks = {"is_unsigned": Q(state=flow.SIGN), "is_late": late}
    rows = mine.filter(state__in=sorted(flow.GOING)).annotate(
        **{name: ExpressionWrapper(which, BooleanField()) for name, which in marks.items()}
    )
    inner, values = rows.values(*_BY, "opened_at", *marks).query.sql_with_params()
    ends = [now - timedelta(days=days) for days in AGES]
    ages = ", ".join(["count(*) filter (where opened_at > %s)"] * len(ends))
    sql = _SQL.format(by=", ".join(_BY), ages=ages, rows=inner)
    found: dict[str, dict[Any, Load]] = {name: {} for name in _BY}
    with connection.cursor() as cursor:
        cursor.execute(sql, [*ends, *values])
        for row in cursor.fetchall():
            by, code = next(
                (name, code) for name, code in zip(_BY, row[:3], strict=True) if code is not None
            )
            found[by][code] = _load(str(code), row[3:])
    return found


def _load(code: str, row: tuple[Any, ...]) -> Load:
    open_, unsigned, late, oldest, *younger = row
    steps = [0, *younger, open_]
    ages = tuple(after - before for before, after in pairwise(steps))
    return Load(
        code=code, name="", open=open_, unsigned=unsigned, late=late, oldest_at=oldest, ages=ages
    )


def _sum(code: str, name: str, rows: Iterable[Load]) -> Load:
    found = list(rows)
    oldest = [one.oldest_at for one in found if one.oldest_at]
    return Load(
        code=code,
        name=name,
        open=sum(one.open for one in found),
        unsigned=sum(one.unsigned for one in found),
        late=sum(one.late for one in found),
        oldest_at=min(oldest, default=None),
        ages=tuple(sum(one.ages[n] for one in found) for n in range(len(AGES) + 1)),
    )


def _sorted(rows: Iterable[Load]) -> tuple[Load, ...]:
    return tuple(sorted(rows, key=lambda one: (-one.late, -one.open, one.name)))
