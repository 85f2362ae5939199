"""The chain of custody: hands a matter from one holder to the next, never to none, never to two."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Max

from yike.rooms.core import prepared
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.matters.models import Matter, Participant, Step


def start(
    matter: Matter,
    *,
    how: str,
    reason: str,
    by: UUID | None,
    now: datetime,
    sign_due_at: datetime | None = None,
) -> None:
    """This will open the first step of a matter, with whoever received it allowed to look on."""
    parts = [_part(matter, matter.holder_org, matter.holder_account, "holder", now)]
    if matter.first_org:
        parts.append(_part(matter, matter.first_org, matter.first_account, "first", now))
    kept = [part for part in parts if part]
    step = _step(matter, seq=1, how=how, reason=reason, by=by, now=now)
    step.sign_due_at = sign_due_at
    prepared.insert(*kept, step)


def hand_over(
    matter: Matter,
    *,
    org: UUID,
    account: UUID | None,
    how: str,
    reason: str,
    by: Actor,
    now: datetime,
) -> int:
    """This will end the open step, if one is, and open the next; the caller saves the holder.

    Returns the number of the new step. Whoever held it stays a participant, and so does the person
    of the office who hands it on: a lawyer sees by person, not by firm.
    """
    if matter.holder_org is not None and by.org_id == matter.holder_org and by.account_id:
        join(matter, org=matter.holder_org, account=by.account_id, part="holder", now=now)
    last = Step.objects.filter(matter=matter.id).aggregate(last=Max("seq"))["last"]
    Step.objects.filter(matter=matter.id, ended_at=None).update(ended_at=now)
    matter.holder_org, matter.holder_account = org, account
    join(matter, org=org, account=account, part="holder", now=now)
    Step.objects.bulk_create(
        [_step(matter, seq=last + 1, how=how, reason=reason, by=by.account_id, now=now)]
    )
    return int(last) + 1


def join(matter: Matter, *, org: UUID, account: UUID | None, part: str, now: datetime) -> None:
    """This will let an office, or one person of it, go on looking at a matter."""
    row = _part(matter, org, account, part, now)
    Participant.objects.bulk_create([row] if row else [], ignore_conflicts=True)


def sign(matter: Matter, *, account: UUID | None, now: datetime) -> int:
    """This will mark the open step as signed by somebody; returns its number."""
    open_ = Step.objects.filter(matter=matter.id, ended_at=None)
    open_.update(signed_at=now, account=account)
    return int(open_.values_list("seq", flat=True)[0])


def end(matter: Matter, *, now: datetime) -> None:
    """This will end custody: nobody holds it any more; holder_org stays as who held it last."""
    Step.objects.filter(matter=matter.id, ended_at=None).update(ended_at=now)


def spot(matter: Matter, *, now: datetime, started_at: datetime) -> None:
    """This will write the one finished step of a demand answered on the spot."""
    start(matter, how="spot", reason="", by=matter.holder_account, now=started_at)
    Step.objects.filter(matter=matter.id).update(signed_at=started_at, ended_at=now)


def previous_org(matter: Matter) -> UUID | None:
    """This will return the office that held it before the present one, if another did."""
    rows = Step.objects.filter(matter=matter.id).order_by("-seq").values_list("org", flat=True)
    return next((org for org in rows if org != matter.holder_org), None)


def _step(
    matter: Matter, *, seq: int, how: str, reason: str, by: UUID | None, now: datetime
) -> Step:
    if matter.holder_org is None:
        raise RuntimeError(f"matter {matter.id} has no holder")
    return Step(
        id=new_id(),
        matter=matter,
        seq=seq,
        org=matter.holder_org,
        account=matter.holder_account,
        how=how,
        reason=reason,
        by_account=by,
        sent_at=now,
    )


def _part(
    matter: Matter, org: UUID | None, account: UUID | None, part: str, now: datetime
) -> Participant | None:
    if org is None:
        return None
    return Participant(id=new_id(), matter=matter, org=org, account=account, part=part, since=now)
