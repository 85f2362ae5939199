"""Swapping shifts and standing in for another, each with the other's word and a dispatcher's."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import Clash, NotAllowed
from yike.rooms.duty import access, events, planning, standing, words
from yike.rooms.duty.models import Shift, ShiftChange
from yike.rooms.providers import queries as providers_queries
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def ask_swap(
    *,
    shift_id: UUID,
    actor: Actor,
    other_shift_id: UUID | None = None,
    to_practitioner: UUID | None = None,
    reason: str = "",
) -> UUID:
    """This will ask another to swap shifts (`other_shift_id`) or to stand in (`to_practitioner`).

    Returns the request's id. Valid only when the other agrees and a dispatcher approves.
    """
    mine = access.own_shift_for(actor, shift_id, lock=True)
    _refuse_begun(mine)
    if mine.practitioner_id is None:
        raise NotAllowed("这一班还没有人。", way_on="请派单员排人。")
    if ShiftChange.objects.filter(shift=mine, state__in=("asked", "agreed")).exists():
        raise Clash("这一班已经有换班申请。", way_on="请等答复，或者先撤回。")
    other = access.shift_for(actor, other_shift_id) if other_shift_id else None
    if other is not None:
        _refuse_begun(other)
        if other.post.county_code != mine.post.county_code:
            raise NotAllowed("只能和本县的人换班。", way_on="请另选一班。")
    who = other.practitioner_id if other else to_practitioner
    if who is None or who == mine.practitioner_id:
        raise NotAllowed("请选择和谁换班。", way_on="请选另一个人的班次。")
    person = providers_queries.practitioner(who)
    row = ShiftChange.objects.create(
        kind="swap" if other else "substitute",
        county_code=mine.county_code,
        shift=mine,
        other_shift=other,
        by_practitioner=mine.practitioner_id,
        by_account=mine.account_id,
        by_name=mine.name,
        to_practitioner=person.id,
        to_account=person.account_id,
        to_name=person.name,
        reason=reason.strip()[:200],
        asked_at=clock.now(),
    )
    _say(row, mine, events.ChangeAsked, actor)
    return row.pk


@transaction.atomic
def answer_swap(*, change_id: UUID, agree: bool, actor: Actor, note: str = "") -> None:
    """This will say yes or no to a request made to oneself."""
    row = access.change_for(actor, change_id, lock=True)
    own = actor.account_id is not None and row.to_account == actor.account_id
    if not own and not (row.to_account is None and access.plans(actor, row.county_code)):
        raise NotAllowed("只有被请求的人可以答复。", way_on="请本人登录后答复。")
    if row.state != "asked":
        raise Clash(f"这个申请已是“{words.CHANGE_STATES[row.state]}”。", way_on="不需要再答复。")
    row.state, row.note, row.answered_at = "agreed" if agree else "refused", note, clock.now()
    row.save(update_fields=["state", "note", "answered_at"])
    shift = access.shift_for(actor, row.shift_id)
    _say(row, shift, events.ChangeAnswered, actor, state=row.state)


@transaction.atomic
def withdraw_change(*, change_id: UUID, actor: Actor) -> None:
    """This will take one's own request back while it is open."""
    row = access.change_for(actor, change_id, lock=True)
    if actor.account_id is None or row.by_account != actor.account_id:
        raise NotAllowed("只有申请人可以撤回。", way_on="请本人登录后撤回。")
    if row.state not in ("asked", "agreed"):
        raise Clash(f"这个申请已是“{words.CHANGE_STATES[row.state]}”。", way_on="不需要再撤回。")
    row.state = "withdrawn"
    row.save(update_fields=["state"])
    shift = access.shift_for(actor, row.shift_id)
    _say(row, shift, events.ChangeAnswered, actor, state=row.state)


@transaction.atomic
def approve_change(*, change_id: UUID, approve: bool, actor: Actor, note: str = "") -> None:
    """This will approve a request that the other agreed to, or decline it; dispatchers only.

    The hard rules are asked again for both: refuses NotAllowed in sentences.
    """
    row = access.change_for(actor, change_id, lock=True)
    access.require_planner(actor, row.county_code)
    access.lock_county(row.county_code)
    if row.state != "agreed":
        raise Clash(
            f"这个申请是“{words.CHANGE_STATES[row.state]}”。", way_on="对方同意后才能审批。"
        )
    shift = access.shift_for(actor, row.shift_id, lock=True)
    if approve:
        _apply(row, shift, actor)
    row.state, row.note = "approved" if approve else "declined", note.strip()[:200]
    row.decided_at, row.decided_by = clock.now(), actor.account_id
    row.save(update_fields=["state", "note", "decided_at", "decided_by"])
    if approve:
        _say(row, shift, events.ShiftSwapped, actor)
    else:
        _say(row, shift, events.ChangeAnswered, actor, state=row.state)


def _apply(row: ShiftChange, shift: Shift, actor: Actor) -> None:
    other = access.shift_for(actor, row.other_shift_id, lock=True) if row.other_shift_id else None
    for one in (shift, other):
        if one is not None:
            _refuse_begun(one)
    if shift.practitioner_id != row.by_practitioner:
        raise Clash("这一班已经换了人。", way_on="请申请人重新申请。")
    if other is not None and other.practitioner_id != row.to_practitioner:
        raise Clash("对方的班已经换了人。", way_on="请申请人重新申请。")
    _take(shift, row.to_practitioner)
    if other is not None:
        _take(other, row.by_practitioner)
    # asked when both have moved: what one gives away no longer stands in the way
    for one, who in ((shift, row.to_practitioner), (other, row.by_practitioner)):
        if one is not None:
            standing.refuse(one, who)


def _take(shift: Shift, practitioner_id: UUID) -> None:
    person = providers_queries.practitioner(practitioner_id)
    shift.practitioner_id, shift.account_id = person.id, person.account_id
    shift.name, shift.state = person.name, "swapped"
    shift.save(update_fields=["practitioner_id", "account_id", "name", "state"])


def _refuse_begun(shift: Shift) -> None:
    if not shift.public or shift.state not in ("planned", "swapped") or planning.begun(shift):
        raise NotAllowed("这一班已经开始、结束或不再有效。", way_on="请选以后的班次。")


def _say(
    row: ShiftChange,
    shift: Shift,
    event: type[events.ChangeAsked | events.ChangeAnswered | events.ShiftSwapped],
    actor: Actor,
    **more: str,
) -> None:
    said = words.CHANGE_KINDS[row.kind]
    if "state" in more:
        said += f"：{words.CHANGE_STATES[row.state]}"
    made = event(
        shift_id=shift.pk,
        post_id=shift.post_id,
        post_name=shift.post.name,
        region_code=shift.post.region_code,
        from_at=shift.from_at,
        change_id=row.pk,
        said=said,
        **more,
    )
    trail_actions.record(made, actor=actor)
