"""When an office can be booked: its hours, its closures, the slots cut from them, the rule."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from uuid import UUID

from django.db import connection, transaction

from yike.rooms.booking import access, events, kinds, stock
from yike.rooms.booking.models import Closure, Pattern, Rule
from yike.rooms.core import clock, refs
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed
from yike.rooms.guard import clean
from yike.rooms.people import roles
from yike.rooms.places import queries as places_queries
from yike.rooms.providers import queries as providers_queries
from yike.rooms.trail import actions as trail_actions

_MINUTES, _CAPACITY, _AHEAD = (5, 480), (1, 200), (1, 90)


@transaction.atomic
def set_pattern(
    *,
    kind: str,
    org: UUID,
    minutes: int,
    capacity: int,
    place_id: UUID | None = None,
    weekdays: Sequence[int] = (),
    weeks: Sequence[int] = (),
    from_time: time | None = None,
    until_time: time | None = None,
    post_id: UUID | None = None,
    stop_id: UUID | None = None,
    on_holidays: bool = False,
    person: str = "",
    account_id: UUID | None = None,
    item_code: str = "",
    note: str = "",
    ahead_days: int = 21,
    lead_minutes: int = 30,
    active_from: date | None = None,
    demo: bool = False,
    actor: Actor,
) -> UUID:
    """This will say when an office can be booked, and cut the slots of the coming days at once.

    `post_id`: by who stands at this post of the roster; `stop_id`: by the visits a circuit makes at
    this stop; else by weekdays (0 is Monday) and hours.
    The office itself, and dispatchers and directors of its region. Refuses BadInput by field.
    """
    office = providers_queries.institution(org)
    access.require_keeper(actor, org, office.region_code)
    where = places_queries.station(place_id) if place_id else None
    region = where.region_code if where else office.region_code
    row = Pattern(
        id=refs.new_id(), kind=kind, org=org, place_id=place_id,
        place_name=where.name if where else office.name, region_code=region,
        county_code=access.county_of(region), source=_source(post_id, stop_id),
        post_id=post_id or stop_id, account_id=account_id,
        person=clean.text(person, field="person", most=40),
        weekdays=sorted(set(weekdays)), weeks=sorted(set(weeks)), from_time=from_time,
        until_time=until_time, minutes=minutes, capacity=capacity, on_holidays=on_holidays,
        item_code=item_code, note=clean.text(note, field="note", most=200), ahead_days=ahead_days,
        lead_minutes=lead_minutes, active_from=active_from or clock.today(), demo=demo,
    )  # fmt: skip
    _check(row)
    if stop_id and _opened(stop_id):
        raise Clash("这一站已经开放预约。", way_on="要改时段请先停用原来的。")
    Pattern.objects.bulk_create([row])
    said = stock.sentence(row)
    event = events.PatternSet(
        pattern_id=row.pk, org=org, region_code=region, kind_name=kinds.NAMES[kind], said=said
    )
    trail_actions.record(event, actor=actor)
    stock.lay(row, clock.now())
    return row.pk


@transaction.atomic
def end_pattern(*, pattern_id: UUID, actor: Actor) -> None:
    """This will end an opening pattern from tomorrow on; what is booked stays until it is moved."""
    row = access.pattern_for(actor, pattern_id, lock=True)
    row.active_until = max(clock.today(), row.active_from)
    row.save(update_fields=["active_until"])
    ended = events.PatternEnded(
        pattern_id=row.pk, region_code=row.region_code, until_on=row.active_until
    )
    trail_actions.record(ended, actor=actor)
    stock.lay(row, clock.now())


@transaction.atomic
def close_days(
    *,
    org: UUID,
    from_on: date,
    until_on: date,
    reason: str,
    pattern_id: UUID | None = None,
    actor: Actor,
) -> UUID:
    """This will take an office's days out; the desk moves what is booked there already."""
    office = providers_queries.institution(org)
    access.require_keeper(actor, org, office.region_code)
    if until_on < from_on:
        raise BadInput("结束日期不能早于开始日期", field="until_on")
    pattern = access.pattern_for(actor, pattern_id) if pattern_id else None
    row = Closure(
        id=refs.new_id(), org=org, pattern=pattern, region_code=office.region_code,
        from_on=from_on, until_on=until_on, made_at=clock.now(),
        reason=clean.text(reason, field="reason", most=100, least=2),
    )  # fmt: skip
    Closure.objects.bulk_create([row])
    closed = events.DaysClosed(
        closure_id=row.pk, org=org, region_code=office.region_code, from_on=from_on,
        until_on=until_on,
    )  # fmt: skip
    trail_actions.record(closed, actor=actor)
    for one in Pattern.objects.filter(org=org):
        stock.lay(one, clock.now())
    return row.pk


@transaction.atomic
def lay_slots(*, actor: Actor) -> int:
    """This will cut the slots of the coming days from all hours and rosters; returns changes.

    A job of the house, every night and when a roster changes; repeating it changes nothing.
    """
    if actor.kind != "system":
        raise NotAllowed("只有系统任务可以生成预约时段。")
    now, made, closed = clock.now(), 0, 0
    for row in Pattern.objects.filter(active_from__lte=now.date()).order_by("id"):
        laid = stock.lay(row, now)
        made, closed = made + laid.made, closed + laid.closed
    if made or closed:
        trail_actions.record(events.SlotsLaid(made=made, closed=closed), actor=actor)
    return made + closed


@transaction.atomic
def set_rule(
    *,
    county: str,
    hold_minutes: int,
    offer_minutes: int,
    no_shows: int,
    within_days: int,
    words: str,
    reason: str,
    seen: int,
    actor: Actor,
) -> int:
    """This will change how a county gives out times, as its next version. Directors only.

    `no_shows` 0: nobody is kept from booking on the net. `seen`: the version that was edited.
    """
    wide = actor.has(roles.DIRECTOR) and access.may_keep(actor, None, county)
    if not (actor.kind == "system" or wide):
        raise NotAllowed("只有局领导可以修改预约规则", way_on="请把意见告诉局领导。")
    for name, value, (least, most) in (
        ("hold_minutes", hold_minutes, (3, 60)),
        ("offer_minutes", offer_minutes, (10, 1440)),
        ("no_shows", no_shows, (0, 20)),
        ("within_days", within_days, (1, 730)),
    ):
        _between(name, value, least, most)
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"booking.rule:{county}"]
        )
    if access.rule_of(county).version != seen:
        raise Clash("规则刚刚被别人改过", way_on="请看过新规则后再修改。")
    row = Rule(
        county_code=county, version=seen + 1, hold_minutes=hold_minutes,
        offer_minutes=offer_minutes, no_shows=no_shows, within_days=within_days,
        words=clean.text(words, field="words", most=200, least=4),
        reason=clean.text(reason, field="reason", most=200, least=2), set_at=clock.now(),
    )  # fmt: skip
    Rule.objects.bulk_create([row])
    changed = events.RuleSet(
        region_code=county, version=row.version, no_shows=no_shows, within_days=within_days
    )
    trail_actions.record(changed, actor=actor)
    return row.version


def _opened(stop_id: UUID) -> bool:
    rows = Pattern.objects.filter(source="circuit", post_id=stop_id, active_until=None)
    return rows.exists()


def _source(post_id: UUID | None, stop_id: UUID | None) -> str:
    return "roster" if post_id else "circuit" if stop_id else "office"


def _check(row: Pattern) -> None:
    if row.kind not in kinds.NAMES:
        raise BadInput("请选择预约类别", field="kind")
    _between("minutes", row.minutes, *_MINUTES)
    _between("capacity", row.capacity, *_CAPACITY)
    _between("ahead_days", row.ahead_days, *_AHEAD)
    if row.place_id is None and not kinds.KINDS[row.kind].remote:
        raise BadInput("请选择在哪个站点办理", field="place_id")
    if row.post_id is not None:
        return
    if not row.weekdays or not set(row.weekdays) <= set(range(7)):
        raise BadInput("请选择星期几开放", field="weekdays")
    if not set(row.weeks) <= set(range(1, 6)):
        raise BadInput("每月第几个应为 1 到 5", field="weeks")
    if row.from_time is None or row.until_time is None or row.until_time <= row.from_time:
        raise BadInput("请填写从几点到几点，结束要晚于开始", field="until_time")
    if not stock.day_cuts(row):
        raise BadInput(f"开放的时间不够一个 {row.minutes} 分钟的时段", field="minutes")


def _between(name: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise BadInput(f"请填 {least} 到 {most} 之间的数", field=name)
