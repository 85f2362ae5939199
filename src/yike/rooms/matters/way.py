"""Makes the faces of an order's way: returns, help, parts, more time, review, redoing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any, TypeVar
from uuid import UUID

from yike.rooms.core import clock
from yike.rooms.core.gathered import Gathered
from yike.rooms.matters import codes, faces, flow, names
from yike.rooms.matters.flow.words import CAUSES
from yike.rooms.matters.models import (
    Extension,
    Joint,
    Matter,
    Redo,
    ReplyDraft,
    Return,
    Supervision,
    Suspension,
)
from yike.rooms.matters.models.course import DECISIONS

F = TypeVar("F")
_CAUSES = {"citizen": "当事人反映没有解决", "ordered": "审核或监督退回"}


def of_matter(matter: Matter, lying: Gathered, kin: Sequence[Matter]) -> faces.CoursePart:
    """This will return all that happened beside the state, as far as row security shows it."""
    returns, joints, redos = lying.of(Return), lying.of(Joint), lying.of(Redo)
    orgs = names.orgs(
        [
            *(org for one in returns for org in (one.from_org, one.reviewer_org, one.to_org)),
            *(one.org for one in joints),
            *(one.org for one in redos),
            matter.offered_org,
        ]
    )
    return faces.CoursePart(
        returns=tuple(_return(one, orgs) for one in returns),
        joints=tuple(_joint(one, orgs) for one in joints),
        related=_related(matter, kin),
        redos=tuple(_redo(one, orgs) for one in redos),
        offered_name=orgs.get(matter.offered_org, ""),
        hurries=matter.hurries,
        flow_version=matter.flow_version,
        **_paused(lying),
        **_watched(lying),
    )


def _paused(lying: Gathered) -> dict[str, Any]:
    return {
        "extensions": tuple(_same(faces.ExtensionFace, one) for one in lying.of(Extension)),
        "suspensions": tuple(
            _same(faces.SuspensionFace, one, cause_name=CAUSES.get(one.cause, one.cause))
            for one in lying.of(Suspension)
        ),
    }


def _watched(lying: Gathered) -> dict[str, Any]:
    today = clock.today()
    return {
        "drafts": tuple(
            _same(
                faces.DraftFaceOfReply, one, who=one.label, reviewer=one.decided_label,
                result_name=codes.RESULTS.get(one.result, one.result),
            )
            for one in lying.of(ReplyDraft)
        ),
        "supervisions": tuple(
            _same(
                faces.SupervisionFace, one, who=one.label,
                late=one.reported_at is None and one.due_on < today,
            )
            for one in lying.of(Supervision)
        ),
    }  # fmt: skip


def _return(row: Return, orgs: dict[UUID | None, str]) -> faces.ReturnFace:
    return _same(
        faces.ReturnFace, row, from_name=orgs.get(row.from_org, ""),
        reviewer_name=orgs.get(row.reviewer_org, ""), to_name=orgs.get(row.to_org, ""),
        decision_name=DECISIONS[row.decision],
    )  # fmt: skip


def _joint(row: Joint, orgs: dict[UUID | None, str]) -> faces.JointFace:
    return _same(faces.JointFace, row, org_name=orgs.get(row.org, ""))


def _redo(row: Redo, orgs: dict[UUID | None, str]) -> faces.RedoFace:
    return _same(faces.RedoFace, row, org_name=orgs.get(row.org, ""), cause_name=_CAUSES[row.cause])


def _related(matter: Matter, kin: Sequence[Matter]) -> tuple[faces.RelatedFace, ...]:
    """Parts, the order it is a part of, what was merged in, the main one: what may be seen."""
    ties = (
        ("part", "子工单", [one for one in kin if one.parent_id == matter.id]),
        ("merged", "并入本件", [one for one in kin if one.merged_into_id == matter.id]),
        ("lead", "主工单", [one for one in kin if one.id == matter.parent_id]),
        ("main", "主件", [one for one in kin if one.id == matter.merged_into_id]),
    )
    found = [(tie, name, one) for tie, name, rows in ties for one in rows]
    orgs = names.orgs(one.holder_org for _, _, one in found)
    return tuple(
        faces.RelatedFace(
            tie=tie,
            tie_name=name,
            reference=one.reference,
            title=one.text[:60] if tie == "part" else one.title,
            state_name=flow.STATES[one.state],
            ended=one.state in flow.ENDED,
            holder_name=orgs.get(one.holder_org, ""),
        )
        for tie, name, one in found
    )


def _same(face: type[F], row: Any, **more: Any) -> F:
    """The face's fields are the row's of the same name, unless told otherwise."""
    rest = {one.name for one in fields(face)} - more.keys()  # type: ignore[arg-type]
    return face(**{name: getattr(row, name) for name in rest}, **more)
