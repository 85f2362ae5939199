"""What is said on a matter: papers asked and brought, messages, notes, points, its marks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, NotFound
from yike.rooms.files import actions as files_actions
from yike.rooms.guard import clean
from yike.rooms.matters import codes, events
from yike.rooms.matters import deed as deeds
from yike.rooms.matters.demand import FILES_MOST, POINTS_MOST
from yike.rooms.matters.models import Attachment, Message, Point, Supplement

_PAPERS_MOST = 20
#: The same words again within this time are a resend.
_RESEND = timedelta(minutes=1)


@transaction.atomic
def ask_papers(
    *, reference: str, papers: Sequence[str], words: str = "", actor: Actor, seen: str = ""
) -> None:
    """This will ask for missing papers, once (一次性告知补正); the promise waits."""
    deed = deeds.begin("ask_papers", reference=reference, actor=actor, seen=seen)
    asked = [deeds.words(paper, name="papers", most=200, least=0) for paper in papers]
    asked = [paper for paper in asked if paper]
    if not 1 <= len(asked) <= _PAPERS_MOST:
        raise BadInput(f"请列出 1 到 {_PAPERS_MOST} 项需要补充的材料", field="papers")
    Supplement.objects.bulk_create(
        [
            Supplement(
                matter=deed.matter,
                asked_at=deed.now,
                asked_by=actor.account_id,
                papers=asked,
                words=deeds.words(words, least=0),
            )
        ]
    )
    deeds.settle(deed)
    event = events.PapersAsked(**deed.about, **deeds.office(deed), papers=len(asked))
    deeds.done(deed, event)


@transaction.atomic
def bring_papers(
    *,
    reference: str,
    words: str = "",
    file_ids: Sequence[UUID] = (),
    actor: Actor,
    seen: str = "",
) -> None:
    """This will hand in the papers asked for; the promise runs on with what remained.

    Refuses when neither a paper nor a word is given.
    """
    deed = deeds.begin("bring_papers", reference=reference, actor=actor, seen=seen)
    said = deeds.words(words, least=0)
    if not said and not file_ids:
        raise BadInput("请上传材料，或说明情况", field="file_ids")
    _say(deed, said or "补交材料", file_ids)
    Supplement.objects.filter(matter=deed.matter.id).update(brought_at=deed.now)
    deeds.settle(deed)
    event = events.PapersBrought(**deed.about, files=len(file_ids), due_at=deed.matter.due_at)
    deeds.done(deed, event)


@transaction.atomic
def stop_waiting(*, reference: str, reason: str, actor: Actor, seen: str = "") -> None:
    """This will go on without the missing papers, with a reason; the promise runs again."""
    deed = deeds.begin("stop_waiting", reference=reference, actor=actor, seen=seen)
    deeds.note(deed, deeds.reason(reason), level=deed.matter.level)
    deeds.settle(deed)
    deeds.done(deed, events.WaitingStopped(**deed.about, due_at=deed.matter.due_at))


@transaction.atomic
def send_message(
    *, reference: str, words: str, file_ids: Sequence[UUID] = (), actor: Actor, seen: str = ""
) -> None:
    """This will send a message, with papers if any, between the citizen and the office.

    The same words from the same side within a minute are a double click: they are sent once.
    """
    deed = deeds.begin("send_message", reference=reference, actor=actor, seen=seen)
    said = deeds.words(words)
    if not file_ids and _said_just_now(deed, said):
        return
    side = _say(deed, said, file_ids)
    deeds.settle(deed)
    name = {"citizen": "当事人", "office": "承办单位"}[side]
    event = events.MessageSent(**deed.about, side=side, side_name=name, files=len(file_ids))
    deeds.done(deed, event)


@transaction.atomic
def add_note(
    *, reference: str, words: str, level: int | None = None, actor: Actor, seen: str = ""
) -> None:
    """This will write an internal opinion; level None = the matter's own. Citizens never see it."""
    deed = deeds.begin("add_note", reference=reference, actor=actor, seen=seen)
    mark = deed.matter.level if level is None else level
    if mark not in codes.LEVELS:
        raise BadInput("没有这个密级", field="level")
    deeds.note(deed, deeds.words(words), level=mark)
    deeds.settle(deed)
    deeds.done(deed, events.NoteAdded(**deed.about, level=mark))


@transaction.atomic
def add_point(*, reference: str, words: str, actor: Actor, seen: str = "") -> int:
    """This will note one more question; returns its number."""
    deed = deeds.begin("add_point", reference=reference, actor=actor, seen=seen)
    said = deeds.words(words, most=500)
    last = Point.objects.filter(matter=deed.matter.id).aggregate(last=Max("no"))["last"] or 0
    if last >= POINTS_MOST:
        raise BadInput(f"诉求点最多 {POINTS_MOST} 个", field="words")
    Point.objects.bulk_create([Point(matter=deed.matter, no=last + 1, words=said)])
    deeds.settle(deed)
    deeds.done(deed, events.PointAdded(**deed.about, no=last + 1))
    return int(last) + 1


@transaction.atomic
def answer_point(*, reference: str, no: int, words: str, actor: Actor, seen: str = "") -> None:
    """This will answer one question, or correct its answer while the matter is in hand."""
    deed = deeds.begin("answer_point", reference=reference, actor=actor, seen=seen)
    said = deeds.words(words)
    found = Point.objects.filter(matter=deed.matter.id, no=no).update(
        answer=said, answered_at=deed.now, answered_by=actor.account_id
    )
    if not found:
        raise NotFound(f"没有第 {no} 个诉求点", way_on="请刷新页面。")
    deeds.settle(deed)
    deeds.done(deed, events.PointAnswered(**deed.about, no=no))


@transaction.atomic
def set_urgency(*, reference: str, urgency: int, reason: str, actor: Actor, seen: str = "") -> None:
    """This will change how urgent it is; a promise once given stays as it was given."""
    deed = deeds.begin("set_urgency", reference=reference, actor=actor, seen=seen)
    if urgency not in codes.URGENCIES:
        raise BadInput("没有这个紧急程度", field="urgency")
    before = deed.matter.urgency
    deeds.note(deed, f"调整紧急程度：{deeds.reason(reason)}", level=deed.matter.level)
    deed.change(urgency=urgency)
    deeds.settle(deed)
    event = events.UrgencySet(
        **deed.about, before=before, urgency=urgency, urgency_name=codes.URGENCIES[urgency]
    )
    deeds.done(deed, event)


@transaction.atomic
def set_level(*, reference: str, level: int, reason: str, actor: Actor, seen: str = "") -> None:
    """This will change who may see it, and its papers with it.

    Refuses a level above the actor's own, unless their office holds it: nobody may lock themselves
    out by mistake.
    """
    deed = deeds.begin("set_level", reference=reference, actor=actor, seen=seen)
    if level not in codes.LEVELS:
        raise BadInput("没有这个密级", field="level")
    if level > actor.level and "office" not in deed.standing:
        raise BadInput("不能设为高于您自己的密级", field="level")
    before = deed.matter.level
    deeds.note(deed, f"调整密级：{deeds.reason(reason)}", level=level)
    # before the matter itself moves: raised, it may be out of the actor's sight
    carried = files_actions.set_level_of(
        about="matter", subject=str(deed.matter.id), level=level, actor=actor
    )
    deed.change(level=level)
    deeds.settle(deed)
    event = events.LevelSet(
        **deed.about, before=before, level=level, level_name=codes.LEVELS[level], files=carried
    )
    deeds.done(deed, event)


def _said_just_now(deed: deeds.Deed, said: str) -> bool:
    """The matter is locked: of two sent at the same instant the second sees the first."""
    last = Message.objects.filter(matter=deed.matter.id).order_by("-at", "-id").first()
    side = "citizen" if deed.standing & {"party", "peer"} else "office"
    same = last is not None and (last.side, last.words, last.org) == (side, said, deed.actor.org_id)
    return same and last is not None and deed.now - last.at < _RESEND


def _say(deed: deeds.Deed, said: str, file_ids: Sequence[UUID]) -> str:
    """Writes the message and ties its papers to it; returns whose side spoke."""
    side = "citizen" if deed.standing & {"party", "peer"} else "office"
    if side == "office" and deed.row.verb == "bring_papers":
        side = "citizen"  # brought at a window, typed by the clerk
    files = deeds.unique(file_ids)
    if len(files) > FILES_MOST:
        raise BadInput(f"一次最多提交 {FILES_MOST} 份材料", field="file_ids")
    message = Message(
        id=new_id(),
        matter=deed.matter,
        at=deed.now,
        side=side,
        org=deed.actor.org_id,
        label=clean.tidy(deed.actor.label)[:80],
        words=said,
    )
    Message.objects.bulk_create([message])
    if files:
        files_actions.attach_files(
            file_ids=files, about="matter", subject=str(deed.matter.id), level=deed.matter.level,
            actor=deed.actor,
        )  # fmt: skip
        Attachment.objects.bulk_create(
            [
                Attachment(
                    matter=deed.matter, file_id=one, message=message, side=side, given_at=deed.now
                )
                for one in files
            ]
        )
    return side
