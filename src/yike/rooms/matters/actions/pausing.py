"""More time: asked for once and decided; standing still for a reason from the list, until a day."""

from __future__ import annotations

import re
from datetime import date, timedelta

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.matters import course, events, flow, promises
from yike.rooms.matters import deed as deeds
from yike.rooms.matters.flow.words import CAUSES
from yike.rooms.matters.models import Extension, Matter, Suspension


@transaction.atomic
def ask_extension(
    *, reference: str, amount: int, reason: str, actor: Actor, seen: str = ""
) -> None:
    """This will ask for more time, once, before the promise ends (申请延期).

    `amount`: in the promise's own unit, at most what it allows.
    """
    deed = deeds.begin("ask_extension", reference=reference, actor=actor, seen=seen)
    why = deeds.reason(reason)
    face = promises.finish_of(deed.matter)
    if face is None or not 1 <= amount <= face.may_extend:
        most = f"最多延长 {face.may_extend}" if face else "没有时限"
        raise BadInput(f"{most}（与承诺同一单位）", field="amount")
    length = re.sub(r"\d+", str(amount), face.length)
    Extension.objects.bulk_create(
        [
            Extension(
                id=new_id(), matter=deed.matter, clock=face.id, amount=amount, length=length,
                reason=why, asked_at=deed.now, asked_by=actor.account_id, due_before=face.due_at,
            )
        ]
    )  # fmt: skip
    deeds.settle(deed)
    deeds.done(deed, events.ExtensionAsked(**deed.about, **deeds.office(deed), length=length))


@transaction.atomic
def decide_extension(
    *, reference: str, grant: bool, reason: str, actor: Actor, seen: str = ""
) -> None:
    """This will grant or refuse the time asked for; granted, the promise is reckoned again.

    The citizen is told of a longer promise with its new instant. Refuses to grant what has passed.
    """
    deed = deeds.begin("decide_extension", reference=reference, actor=actor, seen=seen)
    why = deeds.reason(reason)
    asked = course.extension_of(deed.matter)
    if asked is None:
        raise RuntimeError(f"matter {deed.matter.id} has no extension to decide")
    asked.granted, asked.words = grant, why
    asked.decided_at, asked.decided_by = deed.now, actor.account_id
    if grant:
        asked.due_after = promises.extend(
            deed.matter, asked.amount, reason=asked.reason, actor=actor
        ).due_at
        deed.change(due_at=deed.matter.due_at)
        deed.changed |= set(promises.FIELDS)
    asked.save(update_fields=["granted", "words", "decided_at", "decided_by", "due_after"])
    deeds.settle(deed)
    event: events.MatterEvent = events.ExtensionRefused(**deed.about, length=asked.length)
    if asked.due_after is not None:
        event = events.MatterExtended(
            **deed.about, length=asked.length, before_at=asked.due_before.astimezone(clock.CIVIL),
            due_at=asked.due_after,
        )  # fmt: skip
    deeds.done(deed, event)


@transaction.atomic
def suspend(
    *, reference: str, cause: str, until_on: date, reason: str, actor: Actor, seen: str = ""
) -> None:
    """This will let it stand still until a day (挂起), for a reason from the list.

    All stretches together may not be longer than the county allows. It wakes by itself.
    """
    deed = deeds.begin("suspend", reference=reference, actor=actor, seen=seen)
    why, matter = deeds.reason(reason), deed.matter
    if cause not in CAUSES:
        raise BadInput("请从列表里选择挂起原因", field="cause")
    today = clock.today()
    left = deed.policy.cap("suspend_days") - matter.held_days
    if not 1 <= (until_on - today).days <= left:
        last = today + timedelta(days=left)
        raise BadInput(
            f"恢复日期最早明天，最晚 {last:%Y-%m-%d}（还可以挂起 {left} 天）", field="until_on"
        )
    Suspension.objects.bulk_create(
        [
            Suspension(
                id=new_id(), matter=matter, cause=cause, reason=why, from_at=deed.now,
                until_on=until_on, by=actor.account_id,
            )
        ]
    )  # fmt: skip
    deed.change(resume_on=until_on)
    deeds.settle(deed)
    event = events.MatterSuspended(
        **deed.about, **deeds.office(deed), cause=cause, cause_name=CAUSES[cause],
        until_on=until_on,
    )  # fmt: skip
    deeds.done(deed, event)


@transaction.atomic
def resume(*, reference: str, reason: str, actor: Actor, seen: str = "") -> None:
    """This will go on with it before the day it was to wake."""
    deed = deeds.begin("resume", reference=reference, actor=actor, seen=seen)
    deeds.note(deed, f"恢复办理：{deeds.reason(reason)}", level=deed.matter.level)
    _wake(deed, "asked")


@transaction.atomic
def wake_due(*, actor: Actor, limit: int = 200) -> int:
    """This will wake what was to stand still until today or earlier; returns how many."""
    if actor.kind != "system":
        raise NotAllowed("只有系统可以到期恢复")
    due = Matter.objects.filter(state=flow.SUSPENDED, resume_on__lte=clock.today())
    found = list(due.order_by("resume_on", "id").values_list("reference", flat=True)[:limit])
    for reference in found:
        _wake(deeds.begin("wake", reference=reference, actor=actor), "due")
    return len(found)


def _wake(deed: deeds.Deed, how: str) -> None:
    open_ = Suspension.objects.get(matter=deed.matter.id, ended_at=None)
    days = max((deed.now.astimezone(clock.CIVIL).date() - _day_of(open_)).days, 1)
    open_.ended_at = deed.now
    open_.save(update_fields=["ended_at"])
    deed.change(resume_on=None, held_days=deed.matter.held_days + days)
    deeds.settle(deed)
    deeds.done(deed, events.MatterResumed(**deed.about, how=how, due_at=deed.matter.due_at))


def _day_of(row: Suspension) -> date:
    return row.from_at.astimezone(clock.CIVIL).date()
