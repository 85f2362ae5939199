"""One deed on an assessment: look, check and lock by the flow table; move it on and say so."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotFound
from yike.rooms.places import access, events, grade_flow, grading
from yike.rooms.places.grade_flow import Row
from yike.rooms.places.grading import Criterion
from yike.rooms.places.models import GradeAssessment
from yike.rooms.trail import actions as trail_actions


def begin(ref: UUID, verb: str, actor: Actor) -> tuple[GradeAssessment, Row]:
    """This will lock an assessment and return the row of the table, or refuse the deed."""
    row = access.assessment_for(actor, ref, lock=True)
    standing = access.standing_of(actor, row.station)
    return row, grade_flow.refuse(verb, row.state, standing, judged=has_judged(row, actor))


def has_judged(row: GradeAssessment, actor: Actor) -> bool:
    """This will say whether this person reviewed or decided on this assessment before."""
    return actor.account_id is not None and actor.account_id in row.judges


def move(row: GradeAssessment, course: Row, actor: Actor) -> None:
    """This will change the state as the table says, and leave the sentence."""
    row.state = course.to
    row.save(update_fields=["state"])
    moved = events.AssessmentMoved(
        **about(row), verb=course.verb, deed=course.label, state=row.state
    )
    trail_actions.record(moved, actor=actor)


def about(row: GradeAssessment) -> dict[str, Any]:
    """This will return what every sentence about an assessment says."""
    return {
        "assessment_id": row.pk, "station_id": row.station_id, "name": row.station.name,
        "institution_id": row.station.institution_id, "region_code": row.station.region_id,
    }  # fmt: skip


def criterion_of(row: GradeAssessment, code: str) -> Criterion:
    """This will return a criterion that this station is held against. Refuses NotFound."""
    of_level = grading.read(row.scheme.body).of_level(row.level)
    found = next((one for one in of_level if one.code == code), None)
    if found is None:
        raise NotFound("标准里没有这条指标")
    return found
