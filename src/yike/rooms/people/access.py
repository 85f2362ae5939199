"""Finds people's rows for an actor; row security is the net beneath it."""

from __future__ import annotations

from uuid import UUID

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotFound
from yike.rooms.guard.keyring import ring
from yike.rooms.people.models import Account, Party


def party_for(actor: Actor, party_id: UUID) -> Party:
    """This will return a party the actor may see. Refuses with NotFound, absent or hidden."""
    found = Party.objects.filter(id=party_id).first() if actor.kind else None
    if found is None:
        raise NotFound("没有找到这位当事人。")
    return found


def parties_under_old_keys(limit: int) -> list[Party]:
    """This will lock and return some parties not sealed under the current key."""
    old = Party.objects.exclude(key_version=ring().current).order_by("id")
    return list(old.select_for_update(skip_locked=True)[:limit])


def account_for(actor: Actor, account_id: UUID, *, lock: bool = False) -> Account:
    """This will return an account the actor may see, locked if asked. Refuses with NotFound.

    Only system administrators can lock: the row is shown to nobody else for changing.
    """
    wanted = Account.objects.filter(id=account_id)
    found = (wanted.select_for_update() if lock else wanted).first() if actor.kind else None
    if found is None:
        raise NotFound("没有找到这个账号。")
    return found
