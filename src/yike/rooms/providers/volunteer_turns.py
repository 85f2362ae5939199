"""What every deed about a task of volunteers shares: one at a time, and told in the same words."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from yike.rooms.core.actor import Actor
from yike.rooms.providers import entry, events
from yike.rooms.providers import volunteers as words
from yike.rooms.providers.models import VolunteerSignUp, VolunteerTask
from yike.rooms.trail import actions as trail_actions


def take_turns(task_id: UUID) -> None:
    """This will let one transaction at a time change who has the places of a task."""
    entry.take_turns(f"volunteer task {task_id}")


def about(task: VolunteerTask) -> dict[str, Any]:
    """This will return what every event of a task says."""
    return {"task_id": task.pk, "region_code": task.region_id, "title": task.title}


def moved(row: VolunteerSignUp, actor: Actor, *, told: str = "") -> None:
    """This will record that a sign-up went on."""
    trail_actions.record(
        events.VolunteerSignUpMoved(
            **about(row.task), sign_up_id=row.pk, volunteer_id=row.volunteer_id,
            state=words.SIGN_UPS[row.state], told=told,
        ),
        actor=actor,
    )  # fmt: skip
