"""补签: somebody was there and could not check in; another decides, and it is counted apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import INTERNAL, Actor
from yike.rooms.core.event import Event
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed
from yike.rooms.duty import access_checkin as access
from yike.rooms.duty import checkin, entry
from yike.rooms.duty import checkin_events as events
from yike.rooms.duty.arriving import settle
from yike.rooms.duty.checkin import Policy
from yike.rooms.duty.models import CheckIn, MakeUp, Shift
from yike.rooms.duty.queries.check_rules import check_rules
from yike.rooms.duty.queries.checkin_rows import span_of
from yike.rooms.files import actions as files_actions
from yike.rooms.guard import clean
from yike.rooms.trail import actions as trail_actions

#: pieces of evidence
MOST_FILES = 5


@transaction.atomic
def ask_make_up(
    *,
    shift_id: UUID,
    reason: str,
    actor: Actor,
    came_at: datetime | None = None,
    left_at: datetime | None = None,
    file_ids: Sequence[UUID] = (),
) -> UUID:
    """This will ask that one's own shift counts, with when one came and left, and evidence.

    Returns the request's id. Refuses BadInput times outside the shift, NotAllowed a shift that has
    not begun or lies too long back, Clash where one is open already or nothing is missing.
    """
    shift = access.shift_to_check(actor, shift_id)
    assert shift.practitioner_id is not None
    assert shift.account_id is not None
    policy = check_rules(shift.county_code).on(shift.day)
    _refuse_time(shift, policy)
    _refuse_known(shift, came_at, left_at)
    _refuse_moments(shift, came_at, left_at, policy)
    if len(file_ids) > MOST_FILES:
        raise BadInput(f"材料最多 {MOST_FILES} 份。", field="papers", way_on="请挑最能说明的几份。")
    row = MakeUp.objects.create(
        id=new_id(), shift=shift, region_code=shift.post.region_code,
        practitioner_id=shift.practitioner_id, account_id=shift.account_id,
        came_at=came_at, left_at=left_at, asked_at=clock.now(), demo=shift.demo,
        reason=clean.text(reason, field="reason", most=200, least=4),
    )  # fmt: skip
    files_actions.attach_files(
        file_ids=file_ids, about="makeup", subject=str(row.pk), level=INTERNAL, actor=actor
    )
    _say(row, events.MakeUpAsked, actor, files=len(file_ids))
    return row.pk


@transaction.atomic
def withdraw_make_up(*, make_up_id: UUID, actor: Actor) -> None:
    """This will take one's own request back before it is decided."""
    row = access.make_up_for(actor, make_up_id)
    if row.account_id != actor.account_id:
        raise NotAllowed("只有本人可以撤回。", way_on="请由申请人办理。")
    _refuse_settled(row)
    row.state = "withdrawn"
    row.save(update_fields=["state"])
    _say(row, events.MakeUpDecided, actor, said="撤回", state=row.state)


@transaction.atomic
def decide_make_up(*, make_up_id: UUID, grant: bool, actor: Actor, note: str = "") -> None:
    """This will grant or refuse a request; never one's own. A refusal needs its reason."""
    row = access.decidable(actor, make_up_id)
    _refuse_settled(row)
    why = note.strip()[:200] if grant else entry.filled(note, "note", "理由")
    row.state = "granted" if grant else "refused"
    row.decided_by, row.decided_at, row.note = actor.account_id, clock.now(), why
    row.save(update_fields=["state", "decided_by", "decided_at", "note"])
    _say(row, events.MakeUpDecided, actor, said=checkin.MAKE_UP_STATES[row.state], state=row.state)
    if grant:
        _count(row, actor)


def _count(row: MakeUp, actor: Actor) -> None:
    """What was granted counts from now on, beside what was checked in meanwhile."""
    shift = row.shift
    if shift.state == "substituted":
        raise Clash("这一班已由别人替班。", way_on="请不同意这个申请，并说明原因。")
    policy = check_rules(shift.county_code).on(shift.day)
    for direction, at in (("in", row.came_at), ("out", row.left_at)):
        held = access.held(shift, direction)
        if at is None or (held is not None and held.state in checkin.COUNTING):
            continue
        if held is not None:
            CheckIn.objects.filter(pk=held.pk).update(state="replaced")
        made = _made_up(row, direction, at, policy, actor)
        settle(made, shift, actor)


def _made_up(row: MakeUp, direction: str, at: datetime, policy: Policy, actor: Actor) -> CheckIn:
    timing = checkin.judge_time(
        "in" if direction == "in" else "out", at, span_of(row.shift), policy
    )
    return CheckIn.objects.create(
        id=new_id(), shift=row.shift, post_id=row.shift.post_id, region_code=row.region_code,
        practitioner_id=row.practitioner_id, account_id=row.account_id, direction=direction,
        way="made_up", at=at, received_at=clock.now(), verdict="none", timing=timing.code,
        minutes=timing.minutes, state="confirmed", words=row.reason, demo=row.demo,
        decided_by=actor.account_id, decided_at=clock.now(), note=row.note,
    )  # fmt: skip


def _refuse_time(shift: Shift, policy: Policy) -> None:
    now = clock.now()
    if now < shift.from_at:
        raise NotAllowed("这一班还没有开始。", way_on="请到时签到；来不了的，请请假或找人替班。")
    if now > shift.until_at + timedelta(days=policy.make_up_days):
        raise NotAllowed(
            f"超过 {policy.make_up_days} 天，不能再补签。", way_on="请联系派单员说明情况。"
        )


def _refuse_known(shift: Shift, came_at: datetime | None, left_at: datetime | None) -> None:
    if MakeUp.objects.filter(shift=shift, state="asked").exists():
        raise Clash("这一班已有补签申请，等待审批。", way_on="要改的话，请先撤回原来的。")
    for direction, at in (("in", came_at), ("out", left_at)):
        row = access.held(shift, direction)
        if at is not None and row is not None and row.state in checkin.COUNTING:
            name = checkin.DIRECTIONS[direction]
            raise Clash(f"这一班已经{name}，不用补。", way_on=f"请把补{name}的时间空着。")


def _refuse_moments(
    shift: Shift, came_at: datetime | None, left_at: datetime | None, policy: Policy
) -> None:
    if came_at is None and left_at is None:
        raise BadInput("请填写到岗或离岗时间。", field="came", way_on="缺哪个填哪个。")
    now = clock.now()
    for direction, at, field in (("in", came_at, "came"), ("out", left_at, "left")):
        if at is None:
            continue
        name = "到岗" if direction == "in" else "离岗"
        way = "in" if direction == "in" else "out"
        timing = checkin.judge_time(way, at, span_of(shift), policy)  # type: ignore[arg-type]
        if at > now or not timing.open:
            raise BadInput(
                f"{name}时间不在这一班里，或者还没到。", field=field, way_on="请改正时间。"
            )
    if came_at and left_at and left_at <= came_at:
        raise BadInput("离岗时间早于到岗时间。", field="left", way_on="请改正时间。")


def _refuse_settled(row: MakeUp) -> None:
    if row.state != "asked":
        raise Clash(f"这个申请{checkin.MAKE_UP_STATES[row.state]}。", way_on="不需要再处理。")


def _say(row: MakeUp, event: Callable[..., Event], actor: Actor, **more: object) -> None:
    trail_actions.record(
        event(
            make_up_id=row.pk, shift_id=row.shift_id, post_name=row.shift.post.name,
            region_code=row.region_code, practitioner_id=row.practitioner_id, **more,
        ),
        actor=actor,
    )  # fmt: skip
