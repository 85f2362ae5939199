"""The outbox: a letter at once when told, and every minute those whose turn has come again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from procrastinate.contrib.django import app

from yike.rooms.core import actor as actors
from yike.rooms.core import clock
from yike.rooms.core.later import AGAIN
from yike.rooms.guard.acting import acting
from yike.rooms.notices import actions, grades, outbox, terms


@app.task(name="notices.send", retry=AGAIN, queue="mail")
def send(notice_id: str) -> None:
    """This will try to send one e-mail or short message."""
    outbox.carry(UUID(notice_id))


@app.task(name="notices.warn_of_emergency", retry=AGAIN)
def warn_of_emergency(event: dict[str, Any]) -> None:
    """This will tell the security administrators that somebody broke the glass."""
    with acting(actors.system("notices.warn_of_emergency")) as house:
        actions.warn_of_emergency(
            emergency_id=UUID(event["emergency_id"]),
            account_id=UUID(event["account_id"]),
            reason=event["reason"],
            until=datetime.fromisoformat(event["until"]),
            actor=house,
        )


@app.task(name="notices.warn_of_term", retry=AGAIN)
def warn_of_term(event: dict[str, Any]) -> None:
    """This will tell keepers and dispatchers that a licence, contract or agreement ends."""
    with acting(actors.system("notices.warn_of_term")) as house:
        terms.warn_of_term(
            ref=UUID(event["ref"]),
            title=event["title"],
            institution_id=UUID(event["institution_id"]),
            practitioner_id=UUID(event["practitioner_id"]) if event["practitioner_id"] else None,
            region_code=event["region_code"],
            ends_on=date.fromisoformat(event["ends_on"]),
            days_left=event["days_left"],
            actor=house,
        )


@app.task(name="notices.warn_of_update", retry=AGAIN)
def warn_of_update(event: dict[str, Any]) -> None:
    """This will tell who is in charge, and the directors, that an update was not signed in time."""
    with acting(actors.system("notices.warn_of_update")) as house:
        terms.warn_of_update(
            update_id=UUID(event["update_id"]),
            kind_name=event["kind_name"],
            department=event["department"],
            account_id=UUID(event["account_id"]) if event["account_id"] else None,
            region_code=event["region_code"],
            due_on=date.fromisoformat(event["due_on"]),
            actor=house,
        )


@app.task(name="notices.warn_of_milestone", retry=AGAIN)
def warn_of_milestone(event: dict[str, Any]) -> None:
    """This will tell an office that a milestone of its building project is near or overdue."""
    with acting(actors.system("notices.warn_of_milestone")) as house:
        terms.warn_of_milestone(
            milestone_id=UUID(event["milestone_id"]),
            milestone=event["milestone"],
            project_id=UUID(event["project_id"]),
            project=event["name"],
            institution_id=UUID(event["institution_id"]),
            county_code=event["county_code"],
            due_on=date.fromisoformat(event["due_on"]),
            late=bool(event["overdue"]),
            actor=house,
        )


@app.task(name="notices.tell_of_grade", retry=AGAIN)
def tell_of_grade(kind: str, event: dict[str, Any], at: str) -> None:
    """This will tell those whom the grading of a station concerns."""
    with acting(actors.system("notices.tell_of_grade")) as house:
        grades.tell_of_grade(kind=kind, event=event, at=at, actor=house)


class TellOfGrade:
    """The job `notices.tell_of_grade` for one kind of event."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.name = "notices.tell_of_grade"

    def defer(self, *, event: dict[str, Any]) -> int:
        """This will defer the job on the connection of the running transaction."""
        at = f"{clock.now():%Y%m%d%H%M%S%f}"
        return tell_of_grade.defer(kind=self.kind, event=event, at=at)


@app.task(name="notices.relay", retry=AGAIN)
def relay(notice_id: str) -> None:
    """This will hand a notice to staff on to the systems that listen for it."""
    with acting(actors.system("notices.relay")) as house:
        actions.relay(notice_id=UUID(notice_id), actor=house)


@app.task(name="notices.deliver", retry=AGAIN, queue="mail")
def deliver(delivery_id: str) -> None:
    """This will try to hand one delivery to another system."""
    outbox.hand_over(UUID(delivery_id))


@app.periodic(cron="* * * * *")
@app.task(name="notices.deliveries", queue="mail", queueing_lock="notices.deliveries")
def hand_over(timestamp: int) -> None:
    """This will try again what waits to be handed to other systems."""
    outbox.hand_over_all()


@app.periodic(cron="* * * * *")
@app.task(name="notices.outbox", queue="mail", queueing_lock="notices.outbox")
def empty(timestamp: int) -> None:
    """This will try again what waits, also after the process was down."""
    outbox.empty()
