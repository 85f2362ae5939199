"""Leave, wishes and limits of a person."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound
from yike.rooms.duty import access, entry, events, standing, words
from yike.rooms.duty.models import DutyLimit, Leave, Shift, Wish
from yike.rooms.trail import actions as trail_actions

#: wishes one person may have at a time
MOST_WISHES = 10


@transaction.atomic
def ask_leave(
    *,
    from_on: date,
    last_on: date,
    actor: Actor,
    practitioner_id: UUID | None = None,
    reason: str = "",
) -> UUID:
    """This will ask to be away from one day to another (included), and return the leave's id.

    A planner may enter it for somebody (`practitioner_id`), then it is granted at once.
    """
    person = standing.whom(actor, practitioner_id)
    if last_on < from_on:
        raise BadInput("结束日期早于开始日期。", field="last_on", way_on="请改正日期。")
    if from_on < clock.today():
        raise BadInput("不能补请以前的假。", field="from_on", way_on="请从今天或以后开始。")
    until = date.fromordinal(last_on.toordinal() + 1)
    both = Leave.objects.filter(
        practitioner_id=person.id,
        state__in=("asked", "granted"),
        from_on__lt=until,
        until_on__gt=from_on,
    )
    if both.exists():
        raise Clash("这几天已经请过假。", way_on="请先撤回原来的请假。", field="from_on")
    row = Leave.objects.create(
        practitioner_id=person.id,
        account_id=person.account_id,
        name=person.name,
        county_code=standing.county_of(person),
        from_on=from_on,
        until_on=until,
        reason=reason.strip()[:200],
        asked_at=clock.now(),
    )
    asked = events.LeaveAsked(
        practitioner_id=person.id, region_code=row.county_code, leave_id=row.pk,
        from_on=from_on, until_on=until,
    )  # fmt: skip
    trail_actions.record(asked, actor=actor)
    if practitioner_id and access.plans(actor, row.county_code):
        decide_leave(leave_id=row.pk, grant=True, actor=actor)
    return row.pk


@transaction.atomic
def decide_leave(*, leave_id: UUID, grant: bool, actor: Actor, note: str = "") -> int:
    """This will grant or refuse a leave; returns how many published shifts fall into it.

    They are not moved here: plan the roster again, or call out substitutes.
    """
    row = access.leave_for(actor, leave_id, lock=True)
    access.require_planner(actor, row.county_code)
    if row.state != "asked":
        raise Clash(f"这张请假单{words.LEAVE_STATES[row.state]}。", way_on="不需要再审批。")
    _settle(row, "granted" if grant else "refused", actor, note)
    if not grant:
        return 0
    return Shift.objects.filter(
        practitioner_id=row.practitioner_id,
        public=True,
        state__in=("planned", "swapped"),
        day__gte=row.from_on,
        day__lt=row.until_on,
    ).count()


@transaction.atomic
def withdraw_leave(*, leave_id: UUID, actor: Actor) -> None:
    """This will take a leave back that was asked or granted and is not over."""
    row = access.leave_for(actor, leave_id, lock=True)
    if row.state not in ("asked", "granted") or row.until_on <= clock.today():
        raise NotAllowed("这张请假单已经结束。", way_on="不需要再撤回。")
    _settle(row, "withdrawn", actor, "")


@transaction.atomic
def wish(
    *,
    kind: str,
    actor: Actor,
    practitioner_id: UUID | None = None,
    post_id: UUID | None = None,
    weekday: int | None = None,
    on_day: date | None = None,
) -> UUID:
    """This will keep what somebody would like (prefer) or rather not (avoid); never binding."""
    person = standing.whom(actor, practitioner_id)
    if post_id is None and weekday is None and on_day is None:
        raise BadInput("请说明岗位、星期或日期。", field="weekday", way_on="至少选一项。")
    if Wish.objects.filter(practitioner_id=person.id).count() >= MOST_WISHES:
        raise NotAllowed(f"最多提 {MOST_WISHES} 条愿望。", way_on="请先删去不再需要的。")
    row = Wish.objects.create(
        practitioner_id=person.id,
        account_id=person.account_id,
        county_code=standing.county_of(person),
        kind=entry.one_of(kind, words.WISH_KINDS, "kind", "愿望"),
        post_id=post_id,
        weekday=weekday,
        on_day=on_day,
        made_at=clock.now(),
    )
    _say_wish(row, words.WISH_KINDS[kind], actor)
    return row.pk


@transaction.atomic
def drop_wish(*, wish_id: UUID, actor: Actor) -> None:
    """This will forget a wish."""
    row = Wish.objects.filter(pk=wish_id).first()
    if row is None:
        raise NotFound("没有这条愿望。", way_on="请刷新页面。")
    row.delete()
    _say_wish(row, "撤回", actor)


@transaction.atomic
def set_limit(*, practitioner_id: UUID, per_week: int, per_month: int, actor: Actor) -> None:
    """This will say how many shifts one person stands at most, a week and a month."""
    person = standing.whom(actor, practitioner_id)
    county = standing.county_of(person)
    access.require_planner(actor, county)
    if not (0 <= per_week <= 14 and 0 <= per_month <= 62):
        raise BadInput("每周 0 至 14 班，每月 0 至 62 班。", field="per_week", way_on="请改正。")
    DutyLimit.objects.update_or_create(
        practitioner_id=person.id,
        defaults={"county_code": county, "per_week": per_week, "per_month": per_month},
    )
    said = events.LimitSet(
        practitioner_id=person.id, region_code=county, per_week=per_week, per_month=per_month
    )
    trail_actions.record(said, actor=actor)


def _settle(row: Leave, state: str, actor: Actor, note: str) -> None:
    row.state, row.note = state, note.strip()[:200]
    row.decided_at, row.decided_by = clock.now(), actor.account_id
    row.save(update_fields=["state", "note", "decided_at", "decided_by"])
    said = events.LeaveDecided(
        practitioner_id=row.practitioner_id,
        region_code=row.county_code,
        leave_id=row.pk,
        from_on=row.from_on,
        until_on=row.until_on,
        state=state,
        said=words.LEAVE_STATES[state],
    )
    trail_actions.record(said, actor=actor)


def _say_wish(row: Wish, said: str, actor: Actor) -> None:
    made = events.WishMade(
        practitioner_id=row.practitioner_id, region_code=row.county_code, said=said
    )
    trail_actions.record(made, actor=actor)
