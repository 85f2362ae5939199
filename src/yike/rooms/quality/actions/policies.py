"""Changing a parameter of this room: a new version, with its reason."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.guard import clean
from yike.rooms.people import roles
from yike.rooms.quality import events, policy
from yike.rooms.quality.models import Policy
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def set_policy(*, code: str, value: int, reason: str, actor: Actor) -> None:
    """This will give a parameter another value from now on. Directors only."""
    if not (actor.kind == "system" or actor.has(roles.DIRECTOR)):
        raise NotAllowed("只有局领导可以修改质量参数")
    if code not in {one.code for one in policy.PARAMETERS}:
        raise BadInput("没有这个参数", field="code")
    known = policy.parameter(code)
    if not known.least <= value <= known.most:
        raise BadInput(f"应在 {known.least} 到 {known.most} {known.unit}之间", field="value")
    before = policy.value(code)
    last = Policy.objects.filter(code=code).aggregate(n=Max("version"))["n"] or 0
    row = Policy(
        id=new_id(),
        code=code,
        version=last + 1,
        value=value,
        reason=clean.text(reason, field="reason", most=200, least=2),
        set_at=clock.now(),
        set_by=actor.account_id,
    )
    Policy.objects.bulk_create([row])
    event = events.PolicySet(code=code, name=known.name, before=before, value=value)
    trail_actions.record(event, actor=actor)
