"""Matters that belong together, points that were split wrongly, a promise reckoned again."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from yike.rooms.core.actor import Actor
from yike.rooms.core.clock import CIVIL
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput
from yike.rooms.matters import access, codes, events, likeness, promises
from yike.rooms.matters import deed as deeds
from yike.rooms.matters.demand import POINTS_MOST
from yike.rooms.matters.models import Link, Matter, Point


@transaction.atomic
def link(
    *, reference: str, related: str, tie: str, reason: str, actor: Actor, seen: str = ""
) -> None:
    """This will tie a matter to another one; both go on, neither citizen is told of the other.

    `tie`: same, related or person. Tied twice is tied once. Refuses itself, and what the actor may
    not see (NotFound).
    """
    deed = deeds.begin("link", reference=reference, actor=actor, seen=seen)
    why = deeds.reason(reason)
    if tie not in codes.TIES:
        raise BadInput("请选择是什么关系", field="tie")
    other = access.matter_for(actor, related)
    if other.id == deed.matter.id:
        raise BadInput("不能和自己关联", way_on="请填写另一件的编号。", field="related")
    first, second = sorted((deed.matter, other), key=lambda one: one.id)
    made = Link.objects.filter(matter=first, other=second)
    if made.exists():
        raise BadInput(f"已经和 {other.reference} 关联过", field="related")
    Link.objects.bulk_create(
        [
            Link(
                id=new_id(), matter=first, other=second, tie=tie, reason=why,
                score=likeness.nearness(first.text, second.text), at=deed.now,
                by=actor.account_id, label=actor.label[:80],
            )
        ]
    )  # fmt: skip
    deeds.settle(deed)
    event = events.MatterLinked(
        **deed.about, other_id=other.id, other_reference=other.reference, tie=tie,
        tie_name=codes.TIES[tie],
    )  # fmt: skip
    deeds.done(deed, event)


@transaction.atomic
def set_points(*, reference: str, points: Sequence[str], actor: Actor, seen: str = "") -> int:
    """This will correct the points to be answered: added, merged, removed, reworded.

    `points`: all of them. One that is answered keeps its number and answer and may not be dropped
    or reworded. Returns how many there are.
    """
    deed = deeds.begin("set_points", reference=reference, actor=actor, seen=seen)
    wanted = _cleaned(points)
    rows = list(Point.objects.select_for_update().filter(matter=deed.matter.id).order_by("no"))
    answered = {row.words: row for row in rows if row.answered_at}
    lost = [words for words in answered if words not in wanted]
    if lost:
        raise BadInput(
            f"“{lost[0][:20]}”已经答复，不能删改", way_on="请保留这一行，另加新的一行。",
            field="points",
        )  # fmt: skip
    _write(deed.matter, wanted, answered)
    deeds.settle(deed)
    event = events.PointsSet(**deed.about, before=len(rows), count=len(wanted))
    deeds.done(deed, event)
    return len(wanted)


@transaction.atomic
def recalculate(*, reference: str, reason: str, actor: Actor, seen: str = "") -> None:
    """This will reckon the promise to the citizen again by today's policy and calendar (重算).

    The only way a promise moves but for 延期: recorded with its reason, and told to the citizen.
    Refuses when it would not move, or would end in the past.
    """
    deed = deeds.begin("recalculate", reference=reference, actor=actor, seen=seen)
    why = deeds.reason(reason)
    before = promises.finish_of(deed.matter)
    made = promises.recalculate(deed.matter, reason=why, actor=actor)
    deeds.note(deed, f"重算时限：{why}", level=deed.matter.level)
    deed.changed |= set(promises.FIELDS)
    deeds.settle(deed)
    event = events.PromiseRecalculated(
        **deed.about, promise_name=made.promise_name,
        former_due_at=(before or made).due_at.astimezone(CIVIL), due_at=made.due_at,
    )  # fmt: skip
    deeds.done(deed, event)


def _cleaned(points: Sequence[str]) -> list[str]:
    kept = [deeds.words(one, name="points", most=500, least=0) for one in points]
    wanted = list(dict.fromkeys(one for one in kept if one))
    if not wanted:
        raise BadInput("至少要有一个诉求点", field="points")
    if len(wanted) > POINTS_MOST:
        raise BadInput(f"诉求点最多 {POINTS_MOST} 个，您写了 {len(wanted)} 个", field="points")
    return wanted


def _write(matter: Matter, wanted: list[str], answered: dict[str, Point]) -> None:
    """Answered ones stay as they stand, number and all; the others take the numbers left."""
    Point.objects.filter(matter=matter.id, answered_at=None).delete()
    taken = {row.no for row in answered.values()}
    free = (no for no in range(1, len(wanted) + max(taken, default=0) + 1) if no not in taken)
    new = (words for words in wanted if words not in answered)
    Point.objects.bulk_create(
        [Point(matter=matter, no=no, words=words) for words, no in zip(new, free, strict=False)]
    )
