"""Break-glass (B15.2): for an emergency, with a reason, for an hour, reviewed afterwards."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound
from yike.rooms.guard import clean, limits
from yike.rooms.people import events, roles
from yike.rooms.people.models import Emergency
from yike.rooms.trail import actions as trail_actions

MINUTES_MOST = 240
_A_DAY, _PER_DAY = 86_400, 3


@transaction.atomic
def break_glass(*, reason: str, minutes: int = 60, actor: Actor) -> UUID:
    """This will let somebody see private matters of their own region for some minutes (5 to 240).

    Dispatchers, hotline agents and directors. Refuses with NotAllowed, BadInput (a reason of ten
    characters is needed), Clash (in force already) or TooMany (three a day).
    """
    account_id = actor.account_id
    if account_id is None or not actor.has(*roles.BREAKS_GLASS):
        raise NotAllowed("您的角色不能应急查看。", way_on="请联系县中心派单员或局领导。")
    why = clean.text(reason, field="reason", most=200, least=10)
    if not 5 <= minutes <= MINUTES_MOST:
        raise BadInput(f"应急查看的时长应为 5 到 {MINUTES_MOST} 分钟。", field="minutes")
    now = clock.now()
    if Emergency.objects.filter(account_id=account_id, until__gt=now).exists():
        raise Clash("应急查看已经开启。")
    limits.allow(what="emergency", who=actor.ref, per_seconds=_A_DAY, at_most=_PER_DAY)
    opened = Emergency(
        id=new_id(),
        account_id=account_id,
        reason=why,
        started_at=now,
        until=now + timedelta(minutes=minutes),
    )
    Emergency.objects.bulk_create([opened])
    trail_actions.record(
        events.GlassBroken(
            account_id=account_id,
            emergency_id=opened.id,
            reason=why,
            until=opened.until,
            region_code=actor.region_from,
        ),
        actor=actor,
    )
    return opened.id


@transaction.atomic
def end_emergency(*, actor: Actor) -> None:
    """This will end one's own broken glass now. Refuses with Clash when none is open."""
    account_id, now = actor.account_id, clock.now()
    if account_id is None:
        raise NotAllowed("请先登录。")
    found = Emergency.objects.filter(account_id=account_id, until__gt=now).first()
    if found is None:
        raise Clash("没有正在进行的应急查看。")
    Emergency.objects.filter(id=found.id).update(until=now)
    trail_actions.record(
        events.EmergencyEnded(account_id=account_id, emergency_id=found.id), actor=actor
    )


@transaction.atomic
def review_emergency(*, emergency_id: UUID, review: str, actor: Actor) -> None:
    """This will note what the security administrator found about a broken glass.

    Refuses with NotAllowed, NotFound, BadInput (four characters) or Clash (reviewed already).
    """
    if actor.kind != "staff" or not actor.has(roles.ADMIN_SECURITY):
        raise NotAllowed("只有安全管理员可以复核应急查看。")
    words = clean.text(review, field="review", most=200, least=4)
    found = Emergency.objects.filter(id=emergency_id).first()
    if found is None:
        raise NotFound("没有找到这次应急查看。")
    fresh = Emergency.objects.filter(id=emergency_id, reviewed_at=None)
    if not fresh.update(reviewed_at=clock.now(), reviewed_by=actor.ref, review=words):
        raise Clash("这次应急查看已经复核。")
    trail_actions.record(
        events.EmergencyReviewed(account_id=found.account_id, emergency_id=found.id, review=words),
        actor=actor,
    )
