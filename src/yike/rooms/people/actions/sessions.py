"""Sessions: coming in with one at every request, ending one's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed, NotFound
from yike.rooms.guard.acting import acting
from yike.rooms.people import arriving, being, events
from yike.rooms.people.models import AccountSession
from yike.rooms.trail import actions as trail_actions

#: A session's last activity is written down at most this often.
_NOTED = timedelta(seconds=60)


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """Who came in. `must` is "", "must_change" or "must_enrol": then the actor has no roles yet."""

    actor: Actor
    must: str = ""


def come_in(*, account_id: UUID, session_id: UUID, actor: Actor) -> Arrival | None:
    """This will return who holds this session, and note that they are active; None = it has ended.

    `actor` is the visitor of the request (door, address, request id). A session ends by sign-out,
    by resting longer than `session_minutes`, with a new password, with the account, or outside the
    networks or away from the devices its holder is bound to. Opens a transaction of its own.
    """
    own = being.holder(
        account_id,
        door=actor.door,
        request_id=actor.request_id,
        address=actor.address,
        certificate=actor.certificate,
    )
    with acting(own):
        found = arriving.living(account_id, session_id)
        roles = frozenset(one.role for one in found.held) if found else frozenset()
        if found is None or not being.may_work_from(actor.address, roles):
            return None
        if not being.may_work_on(actor.certificate, roles):
            return None
        if clock.now() - found.seen_at > _NOTED:
            AccountSession.objects.filter(id=session_id).update(seen_at=clock.now())
    must = being.must(found.held, must_change=found.must_change, enrolled=found.enrolled)
    return Arrival(
        actor=being.staff(own, found.display_name, () if must else found.held), must=must
    )


@transaction.atomic
def sign_out(*, session_id: UUID, actor: Actor) -> None:
    """This will end one of one's own sessions; ending an ended one changes nothing.

    Refuses with NotAllowed (nobody is signed in) or NotFound (not one's own).
    """
    if actor.account_id is None:
        raise NotAllowed("请先登录。")
    found = AccountSession.objects.filter(id=session_id, account_id=actor.account_id).first()
    if found is None:
        raise NotFound("没有找到这个会话。")
    if found.ended_at is None:
        AccountSession.objects.filter(id=found.id).update(ended_at=clock.now())
        trail_actions.record(
            events.SignedOut(account_id=actor.account_id, session_id=found.id), actor=actor
        )


@transaction.atomic
def end_other_sessions(*, session_id: UUID, actor: Actor) -> int:
    """This will end all of one's own sessions but this one; returns how many."""
    if actor.account_id is None:
        raise NotAllowed("请先登录。")
    others = AccountSession.objects.filter(account_id=actor.account_id, ended_at=None)
    ids = list(others.exclude(id=session_id).values_list("id", flat=True))
    for other in ids:
        sign_out(session_id=other, actor=actor)
    return len(ids)


@transaction.atomic
def forget_sessions(*, after_days: int = 200, actor: Actor) -> int:
    """This will forget sessions not seen for so long; the trail keeps that they were. House only.

    Also the expired rows of Django's sessions, citizens' claims among them. 200 days: longer than
    the six months that 网络安全法 21 asks logs to be kept.
    """
    if actor.kind != "system":
        raise NotAllowed("只有系统任务可以清理会话。")
    SessionStore.clear_expired()
    old = clock.now() - timedelta(days=after_days)
    return AccountSession.objects.filter(seen_at__lt=old).delete()[0]
