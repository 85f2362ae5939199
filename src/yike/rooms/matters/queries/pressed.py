"""The list of broken promises by rung (催办、督办、通报), and those a job may have lost."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.core.actor import Actor
from yike.rooms.core.page import Page
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.matters import beside, codes, faces, flow, names
from yike.rooms.matters.models import Escalation


def pressed(
    actor: Actor, *, rung: int = 0, after: str = "", limit: int = 50
) -> Page[faces.PressedRow]:
    """This will list matters that go on with a rung reached: each promise at its highest rung.

    Newest first; what the actor may see. `rung` 0 = all. Refuses NotAllowed who is no staff.
    """
    if actor.kind != "staff":
        raise NotAllowed("只有工作人员可以查看督促清单")
    higher = Escalation.objects.filter(
        clock_id=OuterRef("clock_id"), due_at=OuterRef("due_at"), rung__gt=OuterRef("rung")
    )
    rows = Escalation.objects.filter(~Exists(higher), matter__state__in=sorted(flow.GOING))
    rows = rows.filter(rung=rung) if rung else rows
    rows = rows.filter(_past(after)) if after else rows
    found = list(rows.select_related("matter").order_by("-reached_at", "-id")[: limit + 1])
    more = len(found) > limit
    found = found[:limit]
    mark = f"{found[-1].reached_at.isoformat()}|{found[-1].id}" if more else ""
    return Page(rows=_rows(found), after=mark)


def stalled_promises(*, limit: int = 2_000) -> tuple[tuple[UUID, UUID], ...]:
    """This will return (matter, clock) of broken promises that are not at the top of their ladder.

    For the house: should a job have been lost.
    """
    late = clocks_queries.broken_running("matter", limit=limit)
    top = Escalation.objects.filter(clock_id__in=[one.id for one in late], rung=max(codes.RUNGS))
    done = set(top.values_list("clock_id", "due_at"))
    return tuple((one.subject_id, one.id) for one in late if (one.id, one.due_at) not in done)


def _rows(found: list[Escalation]) -> tuple[faces.PressedRow, ...]:
    orgs = names.orgs([row.matter.holder_org for row in found])
    places = names.places({row.matter.region_code for row in found})
    return tuple(
        faces.PressedRow(
            pressing=face,
            reference=row.matter.reference,
            order_no=row.matter.order_no or "",
            title=row.matter.title,
            state_name=flow.STATES[row.matter.state],
            holder_name=orgs.get(row.matter.holder_org, ""),
            region_name=places.get(row.matter.region_code, ""),
            demo=row.matter.demo,
        )
        for face, row in zip(beside.pressings(found), found, strict=True)
    )


def _past(after: str) -> Q:
    try:
        at, _, ref = after.partition("|")
        moment, last = datetime.fromisoformat(at), UUID(ref)
    except ValueError as error:
        raise BadInput("列表的续页标记不对。", way_on="请从第一页重新查看。") from error
    return Q(reached_at__lt=moment) | Q(reached_at=moment, id__lt=last)
