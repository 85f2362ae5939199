"""Work of booking that nobody waits for: load nothing, decide nothing, call one action."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from procrastinate.contrib.django import app

from yike.rooms.booking import actions
from yike.rooms.core import actor as actors
from yike.rooms.core.later import AGAIN, soon
from yike.rooms.guard.acting import acting


@app.task(name="booking.tell", retry=AGAIN)
def tell(kind: str, event: dict[str, Any]) -> None:
    """This will tell those concerned what happened to a booking."""
    with acting(actors.system("booking.tell")) as house:
        actions.tell_of(kind=kind, booking_id=UUID(event["booking_id"]), facts=event, actor=house)


@app.task(name="booking.lay", retry=AGAIN)
def lay(event: dict[str, Any]) -> None:
    """This will cut the slots anew after a roster or a calendar changed."""
    del event
    with acting(actors.system("booking.lay")) as house:
        actions.lay_slots(actor=house)


@app.task(name="booking.follow_circuit", retry=AGAIN)
def follow_circuit(event: dict[str, Any]) -> None:
    """This will see to those who booked a visit of a circuit that comes otherwise."""
    stop, why = UUID(event["stop_id"]), event.get("reason", "当天没有去成")
    with acting(actors.system("booking.follow_circuit")) as house:
        actions.follow_circuit(stop_id=stop, reason=why, actor=house)


@app.task(name="booking.follow_missed", retry=AGAIN)
def follow_missed(event: dict[str, Any]) -> None:
    """This will tell those who booked a visit of a circuit to which nobody came."""
    stop, begin = UUID(event["stop_id"]), datetime.fromisoformat(event["arrives_at"])
    with acting(actors.system("booking.follow_missed")) as house:
        actions.follow_missed(stop_id=stop, arrives_at=begin, actor=house)


@app.periodic(cron="7 3 * * *")
@app.task(name="booking.lay_daily", retry=AGAIN, queue="slow", pass_context=False)
def lay_daily(timestamp: int) -> None:
    """This will cut the slots of one more day, every night."""
    with acting(actors.system("booking.lay_daily")) as house:
        actions.lay_slots(actor=house)


class Tell:
    """The job `booking.tell` for one kind of event."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def defer(self, *, event: dict[str, Any]) -> None:
        """This will defer the job on the connection of the running transaction."""
        soon(tell, kind=self.kind, event=event)
