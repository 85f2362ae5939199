"""Carries notices out: take (committed), send, settle (committed). Between them no transaction."""

from __future__ import annotations

from uuid import UUID

from yike.rooms.core import actor as actors
from yike.rooms.core import clock
from yike.rooms.guard.acting import acting
from yike.rooms.notices import actions, gateway, mail, posting, queries


def carry(notice_id: UUID) -> str:
    """This will try to send one notice; returns its new state, "" when it was not its turn."""
    house = actors.system("notices.outbox")
    with acting(house):
        letter = actions.take_for_sending(notice_id=notice_id, now=clock.now(), actor=house)
    if letter is None:
        return ""
    outcome = gateway.send(letter) if isinstance(letter, gateway.Sms) else mail.send(letter)
    with acting(house):
        return actions.settle(notice_id=notice_id, outcome=outcome, now=clock.now(), actor=house)


def empty() -> int:
    """This will try all notices whose turn has come; returns how many. Gives up lost ones."""
    house = actors.system("notices.outbox")
    with acting(house):
        actions.give_up_lost(now=clock.now(), actor=house)
        due = queries.due_outside(clock.now())
    return sum(1 for notice_id in due if carry(notice_id))


def hand_over(delivery_id: UUID) -> str:
    """This will try to hand one delivery to another system; returns its new state, "" = not now."""
    house = actors.system("notices.deliveries")
    with acting(house):
        parcel = actions.take_delivery(delivery_id=delivery_id, now=clock.now(), actor=house)
    if parcel is None:
        return ""
    fate = posting.send(parcel, now=clock.now())
    with acting(house):
        return actions.settle_delivery(
            delivery_id=delivery_id, fate=fate, now=clock.now(), actor=house
        )


def hand_over_all() -> int:
    """This will try every delivery whose turn has come; returns how many. Gives up lost ones."""
    house = actors.system("notices.deliveries")
    with acting(house):
        actions.give_up_deliveries(now=clock.now(), actor=house)
        due = queries.due_deliveries(clock.now())
    return sum(1 for delivery_id in due if hand_over(delivery_id))
