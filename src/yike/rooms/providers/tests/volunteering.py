"""Volunteers, teams and tasks for tests, made by real actions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.people import roles
from yike.rooms.providers import actions
from yike.rooms.regions.tests.makers import HOUSE, SHIPU, county

#: Monday morning; tasks begin on Wednesday at nine
MONDAY = datetime(2026, 11, 16, 9, tzinfo=clock.CIVIL)
WEDNESDAY = MONDAY + timedelta(days=2)
_numbers = count(1)


@contextmanager
def monday() -> Iterator[Actor]:
    """The house acts on a Monday morning in 象山县."""
    with county() as house, clock.at(MONDAY):
        yield house


def applicant(*, actor: Actor = HOUSE, **facts: Any) -> UUID:
    """Somebody of 石浦 who wants to be a volunteer."""
    known: dict[str, Any] = {
        "name": "王志", "kind": "01", "region_code": SHIPU, "directions": ["consult"],
        "phone": f"1990001{next(_numbers):04d}",
    }  # fmt: skip
    return actions.apply_to_volunteer(actor=actor, **(known | facts))


def volunteer(*, actor: Actor = HOUSE, until: str = "try", **facts: Any) -> UUID:
    """A volunteer on probation with the undertaking signed, unless told to stop before."""
    ref = applicant(actor=actor, **facts)
    for verb in ("train", "vet", "try"):
        if verb == "try":
            actions.note_undertaking(volunteer_id=ref, actor=actor)
        actions.move_volunteer(volunteer_id=ref, verb=verb, told="合格", actor=actor)
        if verb == until:
            break
    return ref


def task(*, actor: Actor = HOUSE, **facts: Any) -> UUID:
    """A task of two hours in 石浦 on Wednesday for one volunteer."""
    known: dict[str, Any] = {
        "title": "渔港法律咨询", "what": "在渔港摆摊解答咨询", "region_code": SHIPU,
        "where": "石浦渔港码头", "from_at": WEDNESDAY, "until_at": WEDNESDAY + timedelta(hours=2),
        "places": 1, "directions": ["consult"],
    }  # fmt: skip
    return actions.post_task(actor=actor, **(known | facts))


def given(task_id: UUID, volunteer_id: UUID, *, actor: Actor = HOUSE) -> UUID:
    """A confirmed sign-up."""
    ref = actions.sign_up(task_id=task_id, volunteer_id=volunteer_id, actor=actor)
    actions.confirm_sign_up(sign_up_id=ref, actor=actor)
    return ref


def served(task_id: UUID, volunteer_id: UUID, *, actor: Actor = HOUSE, hours: float = 2) -> UUID:
    """A sign-up that came on Wednesday at nine and left after so many hours."""
    ref = given(task_id, volunteer_id, actor=actor)
    with clock.at(WEDNESDAY):
        actions.check_in_volunteer(sign_up_id=ref, actor=actor)
    with clock.at(WEDNESDAY + timedelta(hours=hours)):
        actions.check_out_volunteer(sign_up_id=ref, actor=actor)
    return ref


def seated(volunteer_account: UUID | None = None) -> Actor:
    """Somebody at the desk who is a volunteer and nothing but a practitioner."""
    return Actor(
        kind="staff", ref=str(volunteer_account or new_id()), label="王*",
        roles=frozenset({roles.PRACTITIONER}),
    )  # fmt: skip
