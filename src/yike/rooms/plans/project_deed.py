"""What every deed on a building project does: look, check, lock; say what was said of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.plans import access, building, events
from yike.rooms.plans.course import Row
from yike.rooms.plans.models import Finding, Project, ProjectReport
from yike.rooms.trail import actions as trail_actions


def begin(verb: str, project_id: UUID, actor: Actor) -> tuple[Project, Row]:
    """This will return the project, locked, and the row of the table that allows this deed."""
    project = access.project_for(actor, project_id, lock=True)
    own = actor.account_id
    row = building.COURSE.refuse(
        verb,
        project.state,
        access.standing_at(actor, project),
        reporter=own is not None and project.finished_by == own,
    )
    return project, row


def settle(project: Project, row: Row) -> None:
    """This will bring the project into the state it has after this deed."""
    found = Finding.objects.filter(project=project).values_list("state", flat=True)
    project.state = building.after(row, project.state, list(found))


def say(project: Project, row: Row, words: str, actor: Actor, *, late_reason: str = "") -> None:
    """This will keep what was said, and tell the trail what was done."""
    ProjectReport.objects.create(
        id=new_id(), project=project, at=clock.now(), verb=row.verb, account=actor.account_id,
        org=actor.org_id, label=actor.label[:80] if actor.kind == "staff" else "", words=words,
        late_reason=late_reason,
    )  # fmt: skip
    moved = events.ProjectMoved(
        verb=row.verb, deed=row.label, state=project.state, **about(project)
    )
    trail_actions.record(moved, actor=actor)


def revised(project: Project, changed: str, actor: Actor) -> None:
    """This will tell the trail that the plan was changed."""
    trail_actions.record(events.ProjectRevised(changed=changed, **about(project)), actor=actor)


def about(project: Project) -> dict[str, Any]:
    """This will return what every sentence about a project names."""
    return {
        "project_id": project.id,
        "name": project.name,
        "region_code": project.region_id,
    }
