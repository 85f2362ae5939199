"""Work of circuits that nobody waits for: load nothing, decide nothing, call one action."""

from __future__ import annotations

from typing import Any

from procrastinate.contrib.django import app

from yike.rooms.core import actor as actors
from yike.rooms.core.actor import Actor
from yike.rooms.core.event import Event
from yike.rooms.core.later import AGAIN
from yike.rooms.duty import actions, circuit_telling
from yike.rooms.guard.acting import acting
from yike.rooms.regions import codes


@app.periodic(cron="20 2 * * *")
@app.task(name="duty.lay_visits", queue="slow", queueing_lock="duty.lay_visits", retry=AGAIN)
def lay_visits(timestamp: int) -> None:
    """This will lay the circuits' visits of one more day, every night."""
    with acting(actors.system("duty.lay_visits")) as house:
        actions.lay_visits(actor=house)


@app.periodic(cron="*/5 * * * *")
@app.task(name="duty.mark_missed", queueing_lock="duty.mark_missed", retry=AGAIN)
def mark_missed(timestamp: int) -> None:
    """This will mark the stops to which nobody came."""
    with acting(actors.system("duty.mark_missed")) as house:
        actions.mark_missed(actor=house)


@app.task(name="duty.tell_leader", retry=AGAIN)
def tell_leader(kind: str, event: dict[str, Any]) -> None:
    """This will tell whoever leads a circuit that a planner changed it."""
    with acting(actors.system("duty.tell_leader")) as house:
        circuit_telling.tell_leader(kind, event, actor=house)


@app.task(name="duty.weigh_visits", retry=AGAIN)
def weigh_visits(event: dict[str, Any]) -> None:
    """This will hold back the visits that cannot be made, after somebody else's duty changed."""
    del event
    with acting(actors.system("duty.weigh_visits")) as house:
        actions.weigh_visits(actor=house)


@app.task(name="duty.tell_held", retry=AGAIN)
def tell_held(event: dict[str, Any]) -> None:
    """This will tell who plans that a visit of a circuit cannot be made."""
    with acting(actors.system("duty.tell_held")) as house:
        circuit_telling.tell_held(event, actor=house)


def weigh_now(event: Event, *, actor: Actor) -> None:
    """This will hold back, with the deed itself, the visits that it makes impossible."""
    actions.weigh_visits(county=codes.at_level(event.region, "county"), actor=actor)


class TellLeader:
    """The job `duty.tell_leader` for one kind of event."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.name = "duty.tell_leader"

    def defer(self, *, event: dict[str, Any]) -> int:
        """This will defer the job on the connection of the running transaction."""
        return tell_leader.defer(kind=self.kind, event=event)
