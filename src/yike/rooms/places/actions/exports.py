"""The list of grades on its way out."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.guard import clean, limits
from yike.rooms.people import purposes
from yike.rooms.places import events, grades
from yike.rooms.trail import actions as trail_actions

_A_DAY = 24 * 3600
_PER_DAY = 20


@dataclass(frozen=True, kw_only=True)
class GradeList:
    """What leaves, what for, and why."""

    rows: tuple[grades.OverviewRow, ...]
    purpose: str
    reason: str


@transaction.atomic
def export_grades(
    *,
    county_code: str,
    purpose: str,
    reason: str,
    actor: Actor,
    town: str = "",
    level: int | None = None,
    grade: str = "",
    state: str = "",
) -> GradeList:
    """This will let stations with grades leave as a list, with purpose and reason recorded.

    As the overview shows them to this actor. Refuses BadInput no known purpose or no rows; TooMany
    the 21st list in a day.
    """
    if actor.kind != "staff":
        raise NotAllowed("只有工作人员可以导出等级评定")
    if purpose not in dict(purposes.EXPORTING):
        raise BadInput("请选择导出的用途。", field="purpose")
    why = clean.text(reason, field="reason", most=200, least=4).replace("\n", " ")
    rows = grades.overview(actor, county_code, town=town, level=level, grade=grade, state=state)
    if not rows:
        raise BadInput("没有可以导出的站点。", way_on="请换个条件。")
    limits.allow(what="export", who=actor.ref, per_seconds=_A_DAY, at_most=_PER_DAY)
    named = purposes.name_of(purpose)
    exported = events.GradesExported(
        region_code=actor.region_from, rows=len(rows), purpose=named, reason=why
    )
    trail_actions.record(exported, actor=actor)
    return GradeList(rows=rows, purpose=named, reason=why)
