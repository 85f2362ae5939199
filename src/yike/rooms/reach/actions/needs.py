"""Setting seasons and what counts for a terminal; scoring places for terminals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound
from yike.rooms.guard import clean
from yike.rooms.reach import access, digests, events, flow
from yike.rooms.reach.models import Season, TerminalRating, TerminalScheme
from yike.rooms.reach.siting import busy, worth
from yike.rooms.reach.siting.worth import Measure
from yike.rooms.regions import codes
from yike.rooms.regions import queries as regions_queries
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def set_season(
    *,
    county_code: str,
    name: str,
    since: date,
    until: date,
    factors: Mapping[str, int],
    source: str,
    actor: Actor,
) -> UUID:
    """This will write down a season: which days, and the percent of people in which places.

    Refuses NotAllowed, BadInput days or factors that cannot be meant, Clash a name in use.
    """
    access.require_planner(actor, county_code)
    span = codes.span(county_code)
    if not since <= until or (until - since).days > 366:
        raise BadInput("结束日期应在开始日期之后一年以内。", field="until")
    if not factors:
        raise BadInput("请至少写一个地方的人数百分比。", field="factors")
    for code, percent in factors.items():
        if not codes.within(code, span) or not 0 <= percent <= 1000:
            raise BadInput("地方应在本县，百分比应在 0 到 1000 之间。", field="factors")
    row = Season(
        id=new_id(), county_code=county_code, since=since, until=until, factors=dict(factors),
        name=clean.text(name, field="name", most=40, least=2), set_at=clock.now(),
        source=clean.text(source, field="source", most=200, least=2), set_by=actor.label,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Clash(
            "已经有这个季节。", way_on="请先停用旧的，或换一个名称。", field="name"
        ) from None
    _record(events.SeasonSet, actor, season_id=row.id, region_code=county_code, name=row.name)
    return row.id


@transaction.atomic
def end_season(*, season_id: UUID, actor: Actor) -> None:
    """This will take a season out of use; plans made with it keep their figures."""
    row = Season.objects.filter(pk=season_id).first()
    if row is None:
        raise NotFound("没有这个季节")
    access.require_planner(actor, row.county_code)
    Season.objects.filter(pk=row.pk, ended_at=None).update(ended_at=clock.now())
    _record(events.SeasonEnded, actor, season_id=row.id, region_code=row.county_code, name=row.name)


@transaction.atomic
def set_terminal_scheme(
    *, county_code: str, measures: Sequence[Measure], source: str, checked_on: date, actor: Actor
) -> UUID:
    """This will set what counts how much for a terminal, as the county's next version."""
    access.require_planner(actor, county_code)
    if checked_on > clock.today():
        raise BadInput("核对日期不能晚于今天。", field="checked_on")
    for one in measures:
        if one.key not in worth.MEASURES or one.weight < 0:
            raise BadInput("权重不能小于零。", field=f"{one.key}_weight")
        if one.weight and one.low == one.high:
            raise BadInput("得零分和得满分的数不能相同。", field=f"{one.key}_high")
    if not any(one.weight for one in measures):
        raise BadInput("至少一项指标要有权重。", field="footfall_weight")
    newest = TerminalScheme.objects.filter(county_code=county_code).aggregate(n=Max("version"))
    row = TerminalScheme(
        id=new_id(), county_code=county_code, version=(newest["n"] or 0) + 1,
        measures=[{key: str(value) for key, value in asdict(one).items()} for one in measures],
        source=clean.text(source, field="source", most=200, least=2), checked_on=checked_on,
        set_at=clock.now(), set_by=actor.label,
    )  # fmt: skip
    row.save(force_insert=True)
    _record(
        events.TerminalSchemeSet, actor, scheme_id=row.id, region_code=county_code,
        version=row.version,
    )  # fmt: skip
    return row.id


@transaction.atomic
def rate_terminals(*, run_id: UUID, name: str, table: bytes, actor: Actor) -> UUID:
    """This will score the places of a table by the county's scheme on top of a finished run.

    Refuses NotAllowed without a scheme or a result, BadInput a table that cannot be read.
    """
    run = access.run_for(actor, run_id, lock=True)
    scheme = TerminalScheme.objects.filter(county_code=run.county_code).order_by("-version").first()
    if run.state != flow.DONE or scheme is None:
        raise NotAllowed("要先有算完的测算和本县的评分办法。", way_on="请先设置评分办法。")
    rows = regions_queries.regions_in(codes.span(run.county_code))
    names = {row.code: row.short_name for row in rows if row.level in ("town", "village")}
    places = busy.with_circle(busy.read(table, names), run.tables)
    row = TerminalRating(
        id=new_id(), county_code=run.county_code, run=run, scheme=scheme, places=places,
        name=clean.text(name, field="name", most=80, least=2), made_at=clock.now(),
        digest=digests.of_words([places, scheme.measures]), made_by=actor.label,
    )  # fmt: skip
    row.save(force_insert=True)
    _record(
        events.TerminalsRated, actor, rating_id=row.id, region_code=row.county_code,
        name=row.name, places=len(places),
    )  # fmt: skip
    return row.id


def _record(kind: Any, actor: Actor, **told: Any) -> None:
    trail_actions.record(kind(**told), actor=actor)
