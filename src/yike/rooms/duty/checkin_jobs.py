"""Work of check-in that nobody waits for: load nothing, decide nothing, call one action."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from procrastinate.contrib.django import app

from yike.rooms.core import actor as actors
from yike.rooms.core.later import AGAIN
from yike.rooms.duty import actions, checkin_telling
from yike.rooms.guard.acting import acting


@app.periodic(cron="* * * * *")
@app.task(name="duty.watch_arrivals", queueing_lock="duty.watch_arrivals", retry=AGAIN)
def watch_arrivals(timestamp: int) -> None:
    """This will remind who has not come, and later count them as absent."""
    with acting(actors.system("duty.watch_arrivals")) as house:
        actions.watch_arrivals(actor=house)


@app.task(name="duty.report_missed", retry=AGAIN)
def report_missed(event: dict[str, Any]) -> None:
    """This will call out a substitute for who did not come, where the rules say so."""
    with acting(actors.system("duty.report_missed")) as house:
        actions.report_missed(shift_id=UUID(event["shift_id"]), actor=house)


@app.periodic(cron="50 2 * * *")
@app.task(name="duty.sweep_fixes", queue="slow", queueing_lock="duty.sweep_fixes", retry=AGAIN)
def sweep_fixes(timestamp: int) -> None:
    """This will delete raw positions whose days are over."""
    with acting(actors.system("duty.sweep_fixes")) as house:
        actions.sweep_fixes(actor=house)


@app.task(name="duty.tell_of_checkin", retry=AGAIN)
def tell_of_checkin(kind: str, event: dict[str, Any]) -> None:
    """This will tell those whom a check-in concerns."""
    with acting(actors.system("duty.tell_of_checkin")) as house:
        checkin_telling.tell_of_checkin(kind, event, actor=house)


class TellOfCheckIn:
    """The job `duty.tell_of_checkin` for one kind of event."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.name = "duty.tell_of_checkin"

    def defer(self, *, event: dict[str, Any]) -> int:
        """This will defer the job on the connection of the running transaction."""
        return tell_of_checkin.defer(kind=self.kind, event=event)
