"""Getting on with it: hurried by whoever waits, watched from above with a day to report by."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput
from yike.rooms.matters import deed as deeds
from yike.rooms.matters import events, watching
from yike.rooms.matters.models import Supervision

_BY = {
    "party": "当事人",
    "peer": "对接平台",
    "director": "局领导",
    "dispatcher": "派单员",
    "front": "窗口、热线",
}
#: days ahead within which a report may be wanted
_REACH = 60


@transaction.atomic
def hurry(*, reference: str, words: str = "", actor: Actor, seen: str = "") -> None:
    """This will ask the holder to get on with it (催办).

    Citizens once in the hours the county sets; words, if any, are a message or a note.
    """
    deed = deeds.begin("hurry", reference=reference, actor=actor, seen=seen, told={"words": words})
    said = deeds.words(words, least=0, most=deeds.REASON_MOST)
    by = next(who for who in _BY if who in deed.standing)
    outside = by in ("party", "peer")
    if said and outside:
        deeds.remark(deed, f"催办：{said}")
    elif said:
        deeds.note(deed, f"催办：{said}", level=deed.matter.level)
    if outside:
        deed.change(hurried_at=deed.now)
    deed.change(hurries=deed.matter.hurries + 1)
    deeds.settle(deed)
    event = events.MatterHurried(**deed.about, by=by, by_name=_BY[by], times=deed.matter.hurries)
    deeds.done(deed, event)


@transaction.atomic
def supervise(*, reference: str, due_on: date, reason: str, actor: Actor, seen: str = "") -> None:
    """This will watch it from above (督办): the office reports by a day."""
    deed = deeds.begin("supervise", reference=reference, actor=actor, seen=seen)
    why, today = deeds.reason(reason), clock.today()
    if not today <= due_on <= today + timedelta(days=_REACH):
        raise BadInput(f"要求反馈日期请选今天起 {_REACH} 天之内", field="due_on")
    row = watching.watch(deed.matter, words=why, due_on=due_on, at=deed.now, by=actor)
    deeds.settle(deed)
    event = events.MatterSupervised(**deed.about, **deeds.office(deed), no=row.no, due_on=due_on)
    deeds.done(deed, event)


@transaction.atomic
def report(*, reference: str, words: str, actor: Actor, seen: str = "") -> None:
    """This will report on the oldest supervision that waits (督办反馈)."""
    deed = deeds.begin("report", reference=reference, actor=actor, seen=seen)
    said = deeds.words(words, least=2)
    waiting = Supervision.objects.filter(matter=deed.matter.id, reported_at=None)
    row = waiting.select_for_update().order_by("no")[0]
    row.report, row.reported_at, row.reported_label = said, deed.now, actor.label[:80]
    row.save(update_fields=["report", "reported_at", "reported_label"])
    deeds.settle(deed)
    deeds.done(deed, events.SupervisionReported(**deed.about, **deeds.office(deed), no=row.no))
