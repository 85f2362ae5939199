"""Work of matters that nobody waits for: load nothing, decide nothing, call one action."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from procrastinate.contrib.django import app

from yike.rooms.core import actor as actors
from yike.rooms.core import clock
from yike.rooms.core.later import AGAIN, soon
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions, queries


@app.task(name="matters.mark_late", retry=AGAIN)
def mark_late(event: dict[str, Any]) -> None:
    """This will mark a matter whose promise a clock says was broken, and tell its holder."""
    if event["subject_kind"] == "matter":
        with acting(actors.system("matters.mark_late")) as house:
            actions.mark_late(
                matter_id=UUID(event["subject_id"]), clock_id=UUID(event["clock_id"]), actor=house
            )


@app.task(name="matters.follow_clock", retry=AGAIN)
def follow_clock(event: dict[str, Any]) -> None:
    """This will take over a due instant that moved with newly announced holidays."""
    if event["subject_kind"] == "matter":
        with acting(actors.system("matters.follow_clock")) as house:
            actions.follow_clock(
                matter_id=UUID(event["subject_id"]),
                clock_id=UUID(event["clock_id"]),
                due_at=datetime.fromisoformat(event["due_at"]),
                actor=house,
            )


@app.task(name="matters.tell", retry=AGAIN)
def tell(kind: str, event: dict[str, Any]) -> None:
    """This will tell the office and the citizen what happened."""
    matter = event.get("matter_id") or event["subject_id"]
    with acting(actors.system("matters.tell")) as house:
        actions.tell_of(kind=kind, matter_id=UUID(matter), facts=event, actor=house)


@app.task(name="matters.warn", retry=AGAIN)
def warn(kind: str, event: dict[str, Any]) -> None:
    """This will warn whom the rules name, and come back when their silence ends."""
    with acting(actors.system("matters.warn")) as house:
        again = actions.warn_of(
            kind=kind,
            matter_id=UUID(event["subject_id"]),
            clock_id=UUID(event["clock_id"]),
            actor=house,
        )
        if again is not None:
            warn.configure(schedule_at=again).defer(kind=kind, event=event)


@app.task(name="matters.climb", retry=AGAIN)
def climb(event: dict[str, Any]) -> None:
    """This will record the rungs a broken promise reached, and come back for the next one."""
    if event["subject_kind"] != "matter":
        return
    with acting(actors.system("matters.climb")) as house:
        again = actions.climb(
            matter_id=UUID(event["subject_id"]), clock_id=UUID(event["clock_id"]), actor=house
        )
        if again is not None:
            climb.configure(schedule_at=again).defer(event=event)


@app.task(name="matters.press", retry=AGAIN)
def press(event: dict[str, Any]) -> None:
    """This will tell whom a rung names, and come back when their silence ends."""
    with acting(actors.system("matters.press")) as house:
        again = actions.tell_rung(escalation_id=UUID(event["escalation_id"]), actor=house)
        if again is not None:
            press.configure(schedule_at=again).defer(event=event)


@app.periodic(cron="23 * * * *")
@app.task(name="matters.climb_again", queue="slow", pass_context=False, retry=AGAIN)
def climb_again(timestamp: int) -> None:
    """This will look again at every promise that stays broken, should a job have been lost."""
    with acting(actors.system("matters.climb_again")):
        for matter, clock_id in queries.stalled_promises():
            told: dict[str, Any] = {
                "subject_kind": "matter",
                "subject_id": str(matter),
                "clock_id": str(clock_id),
            }
            climb.configure(queueing_lock=f"climb/{clock_id}").defer(event=told)


class Warn:
    """The job `matters.warn` for one kind of warning of a matter's clock."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def defer(self, *, event: dict[str, Any]) -> None:
        """This will defer the job on the connection of the running transaction."""
        if event["subject_kind"] == "matter":
            soon(warn, kind=self.kind, event=event)


class Tell:
    """The job `matters.tell` for one kind of event."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def defer(self, *, event: dict[str, Any]) -> None:
        """This will defer the job on the connection of the running transaction."""
        if event.get("subject_kind", "matter") == "matter":
            soon(tell, kind=self.kind, event=event)


@app.task(name="matters.end_parts", retry=AGAIN)
def end_parts(event: dict[str, Any]) -> None:
    """This will take back what was given out under a matter that has ended."""
    with acting(actors.system("matters.end_parts")) as house:
        actions.end_parts(reference=event["reference"], actor=house)


@app.periodic(cron="7 * * * *")
@app.task(name="matters.wake", pass_context=False, retry=AGAIN)
def wake(timestamp: int) -> None:
    """This will wake what was to stand still until today."""
    with acting(actors.system("matters.wake")) as house:
        actions.wake_due(actor=house)


@app.periodic(cron="41 4 * * *")
@app.task(name="matters.settle", retry=AGAIN, queue="slow", pass_context=False)
def settle(timestamp: int) -> None:
    """This will close what was answered long ago without a word since, and forget old drafts."""
    with acting(actors.system("matters.settle")) as house:
        actions.settle_answered(now=clock.now(), actor=house)
        actions.archive_old(now=clock.now(), actor=house)
        actions.sweep_drafts(actor=house)
