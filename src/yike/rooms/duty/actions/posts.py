"""Setting up posts, what they need, and days without ferry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, Clash
from yike.rooms.duty import access, entry, events, words
from yike.rooms.duty.models import Demand, FerryDay, Post
from yike.rooms.duty.queries.rows import demand_sentence
from yike.rooms.providers import kinds as provider_kinds
from yike.rooms.providers import queries as providers_queries
from yike.rooms.regions import codes
from yike.rooms.trail import actions as trail_actions

_NAMES = {field.attname: str(field.verbose_name) for field in Post._meta.concrete_fields}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of when a post must be manned; see Demand."""

    from_time: time
    until_time: time
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    on_day: date | None = None
    holidays: str = "closed"
    people: int = 1
    backups: int = 0


@transaction.atomic
def register_post(
    *,
    code: str,
    name: str,
    kind: str,
    institution_id: UUID,
    region_code: str,
    actor: Actor,
    line: str = "",
    place_id: UUID | None = None,
    services: Sequence[str] = (),
    kinds: Sequence[str] = (),
    specialties: Sequence[str] = (),
    languages: Sequence[str] = (),
    own_people: bool = False,
    phone: str = "",
    island: str = "",
    ferry_weekdays: Sequence[int] = (),
    point: tuple[float, float] | None = None,
    radius_m: int = 200,
    accuracy_m: int = 100,
    active_from: date | None = None,
    demo: bool = False,
) -> UUID:
    """This will set up a post and return its id.

    `kind` station, line, window, circuit; `line` 12348, 12345, night; `services` S01…S10; `kinds`
    01…09, any of which may stand here; `point` (lon, lat) WGS84. Refuses a used code (Clash).
    """
    access.require_planner(actor, region_code)
    if Post.objects.filter(code=code.strip()).exists():
        raise Clash("这个岗位编码已经用过。", field="code", way_on="请换一个编码。")
    _refuse_lone_ferry(island, ferry_weekdays)
    house = providers_queries.institution(institution_id)
    row = Post.objects.create(
        code=entry.filled(code, "code", "编码", 40),
        name=entry.filled(name, "name", "名称", 100),
        kind=entry.one_of(kind, words.POST_KINDS, "kind", "类型"),
        line=entry.one_of(line, words.LINES, "line", "热线") if line else "",
        place_id=place_id,
        institution_id=house.id,
        region_code=region_code,
        county_code=codes.at_level(region_code, "county") or region_code,
        services=entry.all_of(services, provider_kinds.SERVICES, "services", "服务"),
        kinds=entry.all_of(kinds, provider_kinds.RESOURCE_KINDS, "kinds", "人员类别"),
        specialties=sorted({one.strip() for one in specialties if one.strip()}),
        languages=sorted({one.strip() for one in languages if one.strip()}),
        own_people=own_people,
        phone=phone.strip(),
        island=island.strip(),
        ferry_weekdays=entry.weekdays(ferry_weekdays, "ferry_weekdays"),
        lon=point[0] if point else None,
        lat=point[1] if point else None,
        radius_m=radius_m,
        accuracy_m=accuracy_m,
        active_from=active_from or clock.today(),
        demo=demo,
    )
    trail_actions.record(
        events.PostRegistered(post_id=row.pk, name=row.name, region_code=region_code), actor=actor
    )
    return row.pk


@transaction.atomic
def revise_post(
    *,
    post_id: UUID,
    actor: Actor,
    name: str | None = None,
    phone: str | None = None,
    services: Sequence[str] | None = None,
    kinds: Sequence[str] | None = None,
    specialties: Sequence[str] | None = None,
    languages: Sequence[str] | None = None,
    own_people: bool | None = None,
    island: str | None = None,
    ferry_weekdays: Sequence[int] | None = None,
    point: tuple[float, float] | None = None,
    radius_m: int | None = None,
    accuracy_m: int | None = None,
) -> None:
    """This will correct the facts given (None leaves one as it is). Published shifts stay."""
    row = access.post_for(actor, post_id, lock=True)
    news: dict[str, object] = {
        "name": None if name is None else entry.filled(name, "name", "名称", 100),
        "phone": phone,
        "services": None
        if services is None
        else entry.all_of(services, provider_kinds.SERVICES, "services", "服务"),
        "kinds": None
        if kinds is None
        else entry.all_of(kinds, provider_kinds.RESOURCE_KINDS, "kinds", "人员类别"),
        "specialties": None if specialties is None else sorted(set(specialties)),
        "languages": None if languages is None else sorted(set(languages)),
        "own_people": own_people,
        "island": island,
        "ferry_weekdays": None
        if ferry_weekdays is None
        else entry.weekdays(ferry_weekdays, "ferry_weekdays"),
        "lon": point[0] if point else None,
        "lat": point[1] if point else None,
        "radius_m": radius_m,
        "accuracy_m": accuracy_m,
    }
    changed = [
        field for field, value in news.items() if value is not None and getattr(row, field) != value
    ]
    for field in changed:
        setattr(row, field, news[field])
    _refuse_lone_ferry(row.island, row.ferry_weekdays)
    if changed:
        row.save(update_fields=changed)
        said = "、".join(_NAMES[field] for field in changed)
        trail_actions.record(
            events.PostRevised(
                post_id=row.pk, name=row.name, region_code=row.region_code, changed=said
            ),
            actor=actor,
        )


@transaction.atomic
def set_demand(
    *, post_id: UUID, lines: Sequence[Line], actor: Actor, from_on: date | None = None
) -> None:
    """This will say anew when a post must be manned, from a day on (today).

    The lines before end on that day; rosters that are published stay as they are.
    """
    row = access.post_for(actor, post_id, lock=True)
    start = from_on or clock.today()
    for one in lines:
        _check_line(one)
    Demand.objects.filter(post=row, active_until=None, active_from__gte=start).delete()
    Demand.objects.filter(post=row, active_until=None).update(active_until=start)
    fresh = [_demand(row, one, start) for one in lines]
    Demand.objects.bulk_create(fresh)
    said = "；".join(demand_sentence(one) for one in fresh) or "不再排班"
    trail_actions.record(
        events.DemandSet(
            post_id=row.pk, name=row.name, region_code=row.region_code, said=said[:400]
        ),
        actor=actor,
    )


@transaction.atomic
def end_post(*, post_id: UUID, reason: str, actor: Actor, ended_on: date | None = None) -> None:
    """This will give a post its last day (exclusive); published shifts after it stand for none."""
    row = access.post_for(actor, post_id, lock=True)
    if row.active_until is not None:
        raise Clash(f"这个岗位已于 {row.active_until} 停用。", way_on="不需要再停用。")
    row.active_until = max(ended_on or clock.today(), row.active_from)
    row.end_reason = entry.filled(reason, "reason", "停用原因")
    row.save(update_fields=["active_until", "end_reason"])
    trail_actions.record(
        events.PostEnded(
            post_id=row.pk,
            name=row.name,
            region_code=row.region_code,
            ended_on=row.active_until,
            reason=row.end_reason,
        ),
        actor=actor,
    )


@transaction.atomic
def set_ferry_day(
    *, county: str, island: str, day: date, runs: bool, actor: Actor, reason: str = ""
) -> None:
    """This will say that the ferry to an island runs, or does not, on one day."""
    access.require_planner(actor, county)
    row, _ = FerryDay.objects.update_or_create(
        county_code=county,
        island=entry.filled(island, "island", "海岛", 40),
        day=day,
        defaults={"runs": runs, "reason": reason.strip()},
    )
    said = "通航" if runs else "停航"
    trail_actions.record(
        events.FerrySet(ferry_id=row.pk, island=row.island, day=day, said=said, region_code=county),
        actor=actor,
    )


def _refuse_lone_ferry(island: str, ferry_weekdays: Sequence[int]) -> None:
    if ferry_weekdays and not island.strip():
        raise BadInput(
            "填了通航星期，也要写是哪个海岛。", field="island", way_on="请填写海岛名称。"
        )


def _check_line(line: Line) -> None:
    entry.weekdays(line.weekdays)
    entry.one_of(line.holidays, words.HOLIDAY_RULES, "holidays", "节假日")
    if not (1 <= line.people <= 9 and 0 <= line.backups <= 9):
        raise BadInput("人数应为 1 至 9，备班 0 至 9。", field="people", way_on="请改正。")
    if line.on_day is None and not line.weekdays and line.holidays != "only":
        raise BadInput("请选择星期。", field="weekdays", way_on="至少选一天，或者写明日期。")


def _demand(post: Post, line: Line, start: date) -> Demand:
    return Demand(
        post=post,
        weekdays=entry.weekdays(line.weekdays),
        on_day=line.on_day,
        holidays=line.holidays,
        from_time=line.from_time,
        until_time=line.until_time,
        people=line.people,
        backups=line.backups,
        active_from=start,
    )
