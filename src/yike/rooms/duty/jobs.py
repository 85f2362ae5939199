"""Work of duty that nobody waits for: load nothing, decide nothing, call one action."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from procrastinate.contrib.django import app

from yike.rooms.core import actor as actors
from yike.rooms.core.later import AGAIN
from yike.rooms.duty import actions, solving, telling
from yike.rooms.guard.acting import acting

#: a roster solved for longer than so many minutes was lost with its process
LOST_MINUTES = 5


@app.task(name="duty.solve", retry=AGAIN)
def solve(roster_id: str) -> None:
    """This will let the engine fill a draft, in a process of its own."""
    solving.carry(UUID(roster_id))


@app.task(name="duty.repair", retry=AGAIN)
def repair(roster_id: str) -> None:
    """This will plan the rest of a roster again with the fewest moves."""
    solving.carry_again(UUID(roster_id))


@app.task(name="duty.call_out", retry=AGAIN)
def call_out(call_id: str) -> None:
    """This will rank who could stand in and ask them."""
    with acting(actors.system("duty.call_out")) as house:
        actions.call_out(call_id=UUID(call_id), actor=house)


@app.task(name="duty.ask_next", retry=AGAIN)
def ask_next(event: dict[str, Any]) -> None:
    """This will ask the next one when somebody cannot come."""
    with acting(actors.system("duty.ask_next")) as house:
        actions.ask_next(call_id=UUID(event["call_id"]), actor=house)


@app.periodic(cron="* * * * *")
@app.task(name="duty.watch", queueing_lock="duty.watch", retry=AGAIN)
def watch(timestamp: int) -> None:
    """This will go on with open calls, and mark rosters whose solving was cut off."""
    with acting(actors.system("duty.watch")) as house:
        actions.ask_all_next(actor=house)
        actions.fail_lost(minutes=LOST_MINUTES, actor=house)


@app.task(name="duty.tell", retry=AGAIN)
def tell(kind: str, event: dict[str, Any]) -> None:
    """This will tell those whom a change of duty concerns."""
    with acting(actors.system("duty.tell")) as house:
        telling.tell(kind, event, actor=house)


class Tell:
    """The job `duty.tell` for one kind of event."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.name = "duty.tell"

    def defer(self, *, event: dict[str, Any]) -> int:
        """This will defer the job on the connection of the running transaction."""
        return tell.defer(kind=self.kind, event=event)
