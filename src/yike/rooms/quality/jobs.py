"""Work of quality that nobody waits for: load nothing, decide nothing, call one action."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from procrastinate.contrib.django import app

from yike.rooms.core import actor as actors
from yike.rooms.core import clock
from yike.rooms.core.later import AGAIN
from yike.rooms.guard.acting import acting
from yike.rooms.quality import actions

_CASES = frozenset({"callback", "rectification", "alert", "complaint"})


@app.task(name="quality.invite", retry=AGAIN)
def invite(event: dict[str, Any]) -> None:
    """This will invite whoever asked to rate the answer."""
    with acting(actors.system("quality.invite")) as house:
        actions.invite_rating(reference=event["reference"], actor=house)


@app.task(name="quality.examine", retry=AGAIN)
def examine(event: dict[str, Any]) -> None:
    """This will look at a fresh rating: odd, bad, whom to tell."""
    with acting(actors.system("quality.examine")) as house:
        actions.examine_rating(rating_id=UUID(event["rating_id"]), actor=house)


@app.task(name="quality.give_complaint", retry=AGAIN)
def give_complaint(event: dict[str, Any]) -> None:
    """This will name who deals with a new complaint."""
    with acting(actors.system("quality.give_complaint")) as house:
        actions.give_complaint(complaint_id=UUID(event["complaint_id"]), actor=house)


@app.task(name="quality.hear_clock", retry=AGAIN)
def hear_clock(event: dict[str, Any]) -> None:
    """This will bring what is overdue to a leader, and make an alert of a broken promise."""
    kind, subject = event["subject_kind"], UUID(event["subject_id"])
    with acting(actors.system("quality.hear_clock")) as house:
        if kind in _CASES:
            actions.escalate(
                noun=kind, case_id=subject, promise_name=event["promise_name"], actor=house
            )
        elif kind == "matter":
            actions.hear_breach(matter_id=subject, promise_name=event["promise_name"], actor=house)


@app.task(name="quality.hear_downgrade", retry=AGAIN)
def hear_downgrade(event: dict[str, Any]) -> None:
    """This will make an alert of a complaint that became a consultation after intake."""
    with acting(actors.system("quality.hear_downgrade")) as house:
        actions.hear_downgrade(
            matter_id=UUID(event["matter_id"]),
            before=event["before"],
            after=event["after"],
            actor=house,
        )


@app.task(name="quality.hear_absence", retry=AGAIN)
def hear_absence(event: dict[str, Any]) -> None:
    """This will make an alert of somebody absent from duty."""
    with acting(actors.system("quality.hear_absence")) as house:
        actions.hear_absence(shift_id=UUID(event["shift_id"]), actor=house)


@app.periodic(cron="*/20 * * * *")
@app.task(name="quality.watch", queue="slow", pass_context=False, retry=AGAIN)
def watch(timestamp: int) -> None:
    """This will run every rule, and settle complaints that nobody appealed."""
    with acting(actors.system("quality.watch")) as house:
        actions.run_rules(now=clock.now(), actor=house)
        actions.settle_complaints(now=clock.now(), actor=house)


@app.periodic(cron="*/10 * * * *")
@app.task(name="quality.daily", queue="slow", pass_context=False, retry=AGAIN)
def daily(timestamp: int) -> None:
    """This will make the lists of the day, and ask where nobody has looked by the hour set."""
    with acting(actors.system("quality.daily")) as house:
        actions.make_daily_checks(now=clock.now(), actor=house)
        actions.alarm_unseen(now=clock.now(), actor=house)
