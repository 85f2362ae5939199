"""Somebody does not come: a substitute is called out, the first to take it has it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.event import Event
from yike.rooms.core.later import later
from yike.rooms.core.refusal import Clash, NotAllowed, NotFound
from yike.rooms.duty import access, days, entry, events, standing, words
from yike.rooms.duty.models import CallAsk, CallOut, Shift
from yike.rooms.providers import queries as providers_queries
from yike.rooms.trail import actions as trail_actions

#: so many people are asked at most for one shift
MOST_ASKED = 12
#: asked one after another, each has so long to answer
ANSWER_WITHIN = timedelta(minutes=15)
#: a shift that begins sooner is called out to all at once
AT_ONCE_WITHIN = timedelta(hours=4)


@transaction.atomic
def report_absence(*, shift_id: UUID, actor: Actor, reason: str = "", way: str = "") -> UUID:
    """This will note that whoever should stand does not, and call out a substitute.

    By oneself, by who plans, or by the house (nobody checked in). Returns the call's id. `way`:
    at_once or in_turn; "" asks at once what begins within four hours.
    """
    row = access.own_shift_for(actor, shift_id, lock=True)
    now = clock.now()
    if not row.public or row.state not in ("planned", "swapped") or row.practitioner_id is None:
        raise Clash("这一班已经报过缺勤，或者没有人。", way_on="请看这一班的最新情况。")
    if row.until_at <= now:
        raise NotAllowed("这一班已经结束。", way_on="请在考勤里说明情况。")
    row.state = "absent"
    row.save(update_fields=["state"])
    soon = row.from_at - now < AT_ONCE_WITHIN
    call = CallOut.objects.create(
        shift=row,
        county_code=row.county_code,
        way=entry.one_of(way, words.CALL_WAYS, "way", "方式")
        if way
        else ("at_once" if soon else "in_turn"),
        reason=reason.strip()[:200],
        began_at=now,
        demo=row.demo,
    )
    _say(row, events.DutyAbsent, actor, practitioner_id=row.practitioner_id)
    later("duty.call_out", call_id=str(call.pk))
    return call.pk


@transaction.atomic
def call_out(*, call_id: UUID, actor: Actor) -> int:
    """This will rank who could stand in and ask them (all, or the first); returns how many can.

    Nobody: the call has failed, and dispatcher and county are alarmed.
    """
    call = access.call_for(actor, call_id, lock=True)
    if call.state != "open" or CallAsk.objects.filter(call=call).exists():
        return 0
    shift = access.shift_for(actor, call.shift_id)
    ranked = standing.substitutes(shift)
    now = clock.now()
    asks = [
        CallAsk(
            call=call,
            practitioner_id=one.practitioner_id,
            account_id=one.account_id,
            name=one.name,
            rank=rank,
            why=one.why,
            asked_at=now if rank == 1 or call.way == "at_once" else None,
        )
        for rank, one in enumerate(ranked[:MOST_ASKED], start=1)
    ]
    CallAsk.objects.bulk_create(asks)
    if not asks:
        _fail(call, shift, actor)
        return 0
    _say(shift, events.SubstituteCalled, actor, call_id=call.pk, candidates=len(asks))
    return len(asks)


@transaction.atomic
def ask_next(*, call_id: UUID, actor: Actor, now: datetime | None = None) -> bool:
    """This will ask the next on the list when whoever was asked last let their time pass.

    Says whether the call is still open. All asked and none came: it has failed.
    """
    call = access.call_for(actor, call_id, lock=True)
    if call.state != "open":
        return False
    moment = now or clock.now()
    asks = list(CallAsk.objects.filter(call=call).order_by("rank"))
    waiting = [one for one in asks if one.asked_at and not one.answer]
    shift = access.shift_for(actor, call.shift_id)
    if shift.until_at <= moment:
        _fail(call, shift, actor)
        return False
    if any(one.asked_at and moment - one.asked_at < ANSWER_WITHIN for one in waiting):
        return True
    following = next((one for one in asks if one.asked_at is None), None)
    if following is not None:
        following.asked_at = moment
        following.save(update_fields=["asked_at"])
        _say(shift, events.SubstituteCalled, actor, call_id=call.pk, candidates=1)
        return True
    _fail(call, shift, actor)
    return False


@transaction.atomic
def ask_all_next(*, actor: Actor) -> int:
    """This will go on with every open call whose last asked let their time pass; returns how many
    calls are open."""
    found = CallOut.objects.filter(state="open").order_by("pk").values_list("pk", flat=True)
    return sum(ask_next(call_id=one, actor=actor) for one in list(found))


@transaction.atomic
def take_substitution(*, call_id: UUID, actor: Actor) -> UUID:
    """This will let whoever was asked take the shift; the first one has it. Returns the new shift.

    Refuses Clash when somebody was faster, NotAllowed when a rule stands in the way by now.
    """
    call = access.call_for(actor, call_id, lock=True)
    ask = _own_ask(call, actor)
    if call.state != "open":
        raise Clash("已经有人接了这一班。", way_on="谢谢您，这次不用来了。")
    access.lock_county(call.county_code)
    shift = access.shift_for(actor, call.shift_id, lock=True)
    if shift.until_at <= clock.now():
        raise NotAllowed("这一班已经结束。", way_on="谢谢您，这次不用来了。")
    standing.refuse(shift, ask.practitioner_id)
    fresh = _stand_in(shift, ask)
    shift.state, shift.replaced_by = "substituted", fresh
    shift.save(update_fields=["state", "replaced_by"])
    ask.answer, ask.answered_at = "took", clock.now()
    ask.save(update_fields=["answer", "answered_at"])
    call.state, call.ended_at = "taken", clock.now()
    call.save(update_fields=["state", "ended_at"])
    took = {"call_id": call.pk, "practitioner_id": ask.practitioner_id}
    _say(fresh, events.SubstituteTook, actor, **took)
    return fresh.pk


@transaction.atomic
def decline_substitution(*, call_id: UUID, actor: Actor) -> None:
    """This will say that one cannot come; the next is asked."""
    call = access.call_for(actor, call_id, lock=True)
    ask = _own_ask(call, actor)
    if ask.answer:
        return
    ask.answer, ask.answered_at = "declined", clock.now()
    ask.save(update_fields=["answer", "answered_at"])
    shift = access.shift_for(actor, call.shift_id)
    said = {"call_id": call.pk, "practitioner_id": ask.practitioner_id}
    _say(shift, events.SubstituteAnswered, actor, **said)


@transaction.atomic
def appoint_substitute(*, shift_id: UUID, practitioner_id: UUID, actor: Actor) -> UUID:
    """This will name a substitute for an absent shift by a planner's word; returns the shift."""
    shift = access.shift_for(actor, shift_id)
    access.require_planner(actor, shift.county_code)
    access.lock_county(shift.county_code)
    call = CallOut.objects.select_for_update().filter(shift=shift).order_by("-began_at").first()
    shift = access.shift_for(actor, shift_id, lock=True)
    if call is None or shift.state != "absent":
        raise Clash("这一班没有缺勤，或者已经有人替。", way_on="请看这一班的最新情况。")
    if shift.until_at <= clock.now():
        raise NotAllowed("这一班已经结束。", way_on="请在考勤里说明情况。")
    standing.refuse(shift, practitioner_id)
    person = providers_queries.practitioner(practitioner_id)
    ask = CallAsk(practitioner_id=person.id, account_id=person.account_id, name=person.name)
    fresh = _stand_in(shift, ask)
    shift.state, shift.replaced_by = "substituted", fresh
    shift.save(update_fields=["state", "replaced_by"])
    call.state, call.ended_at = "taken", clock.now()
    call.save(update_fields=["state", "ended_at"])
    _say(fresh, events.SubstituteTook, actor, call_id=call.pk, practitioner_id=person.id)
    return fresh.pk


def _own_ask(call: CallOut, actor: Actor) -> CallAsk:
    found = CallAsk.objects.filter(call=call, asked_at__isnull=False)
    own = next((one for one in found if one.account_id == actor.account_id), None)
    if own is None or actor.account_id is None:
        raise NotFound("没有这个替班征集。", way_on="请从“值班”页面重新进入。")
    return own


def _stand_in(shift: Shift, ask: CallAsk) -> Shift:
    """The rest of the shift, where it has begun: nobody is late for what they were not yet on."""
    begin = max(shift.from_at, clock.now().replace(second=0, microsecond=0))
    return Shift.objects.create(
        roster_id=shift.roster_id,
        post_id=shift.post_id,
        county_code=shift.county_code,
        day=shift.day,
        from_at=begin,
        until_at=shift.until_at,
        practitioner_id=ask.practitioner_id,
        account_id=ask.account_id,
        name=ask.name,
        part=shift.part,
        weight=shift.weight if begin == shift.from_at else _weight(shift, begin),
        fixed=True,
        public=True,
        demo=shift.demo,
    )


def _weight(shift: Shift, begin: datetime) -> float:
    known = days.days_between(shift.day, shift.day + timedelta(days=2))
    return days.weight_of(begin, shift.until_at, shift.part, known)


def _fail(call: CallOut, shift: Shift, actor: Actor) -> None:
    call.state, call.ended_at = "failed", clock.now()
    call.save(update_fields=["state", "ended_at"])
    _say(shift, events.SubstituteMissing, actor, call_id=call.pk)


def _say(shift: Shift, event: Callable[..., Event], actor: Actor, **more: object) -> None:
    made = event(
        shift_id=shift.pk,
        post_id=shift.post_id,
        post_name=shift.post.name,
        region_code=shift.post.region_code,
        from_at=shift.from_at,
        **more,
    )
    trail_actions.record(made, actor=actor)
