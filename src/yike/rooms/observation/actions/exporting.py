"""The index of a period on its way out, with purpose and reason."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.guard import clean, limits
from yike.rooms.observation import entry, events, queries
from yike.rooms.observation.models import Wave
from yike.rooms.people import purposes
from yike.rooms.trail import actions as trail_actions

_A_DAY, _PER_DAY = 24 * 3600, 20


@dataclass(frozen=True, kw_only=True)
class FigureList:
    """What leaves, what for, and why."""

    page: queries.WavePage
    purpose: str
    reason: str


@transaction.atomic
def export_figures(*, wave_id: UUID, purpose: str, reason: str, actor: Actor) -> FigureList:
    """This will let a period's index leave as this actor may see it; small counts are hidden.

    Refuses BadInput no known purpose or nothing to let out; TooMany the 21st list in a day.
    """
    if actor.kind != "staff":
        raise NotAllowed("只有工作人员可以导出观测指数")
    if purpose not in dict(purposes.EXPORTING):
        raise BadInput("请选择导出的用途。", field="purpose")
    why = clean.text(reason, field="reason", most=200, least=4).replace("\n", " ")
    page = queries.wave_page(actor, wave_id)
    told = [row for row in page.rows if row.open_to]
    if not told:
        raise BadInput("没有可以导出的指数。", way_on="进行中的观测期只导出您负责的观测点。")
    limits.allow(what="export", who=actor.ref, per_seconds=_A_DAY, at_most=_PER_DAY)
    named = purposes.name_of(purpose)
    left = events.FiguresExported(
        rows=len(told), purpose=named, reason=why,
        **entry.about(Wave.objects.get(pk=wave_id)),
    )  # fmt: skip
    trail_actions.record(left, actor=actor)
    return FigureList(page=page, purpose=named, reason=why)
