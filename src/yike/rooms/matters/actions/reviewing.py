"""Looked at again: an answer before it goes out, and a matter after it was answered."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.matters import answering, codes, custody, efforts, events, flow, policies
from yike.rooms.matters import deed as deeds
from yike.rooms.matters.flow.words import CALLS
from yike.rooms.matters.models import Matter, ReplyDraft


@transaction.atomic
def submit(
    *, reference: str, result: str, reply: str, reply_others: str = "", pay: str = "",
    yuan: Decimal | None = None, basis: str = "", visits: int | None = None,
    brought: int | None = None, actor: Actor, seen: str = "",
) -> None:  # fmt: skip
    """This will hand an answer in to be reviewed (送审); the promise runs on.

    `pay` to `brought`: what it cost the citizen, as far as it is known (efforts.py).
    """
    cost = efforts.Told(pay=pay, yuan=yuan, basis=basis, visits=visits, brought=brought)
    deed = deeds.begin("submit", reference=reference, actor=actor, seen=seen,
                       told={"reply_others": reply_others, **cost.fields()})  # fmt: skip
    if result not in codes.RESULTS:
        raise BadInput("请选择办理结果", field="result")
    said = deeds.words(reply, name="reply", least=2)
    others = answering.others(deed.matter, reply_others)
    draft = ReplyDraft(
        id=new_id(), matter=deed.matter, result=result, words=said, others=others, at=deed.now,
        org=deed.matter.holder_org, by=actor.account_id, label=actor.label[:80],
    )  # fmt: skip
    ReplyDraft.objects.bulk_create([draft])
    efforts.note(deed, cost)
    deeds.settle(deed)
    deeds.done(deed, events.ReplySubmitted(**deed.about, **deeds.office(deed)))


@transaction.atomic
def approve(*, reference: str, words: str = "", actor: Actor, seen: str = "") -> None:
    """This will let the drafted answer go out under its writer's name. Never one's own draft."""
    deed = deeds.begin("approve", reference=reference, actor=actor, seen=seen,
                       told={"words": words})  # fmt: skip
    draft = _decide(deed, True, deeds.words(words, least=0, most=deeds.REASON_MOST))
    answering.answer(
        deed, result=draft.result, words=draft.words, others=draft.others, account=draft.by,
        label=draft.label,
    )  # fmt: skip


@transaction.atomic
def return_draft(*, reference: str, reason: str, actor: Actor, seen: str = "") -> None:
    """This will send the drafted answer back to be mended, with a reason."""
    deed = deeds.begin("return_draft", reference=reference, actor=actor, seen=seen)
    why = deeds.reason(reason)
    _decide(deed, False, why)
    deeds.note(deed, f"答复稿退回修改：{why}", level=deed.matter.level)
    deeds.settle(deed)
    deeds.done(deed, events.ReplyReturned(**deed.about, **deeds.office(deed)))


@transaction.atomic
def redo(*, reference: str, reason: str, actor: Actor, seen: str = "") -> None:
    """This will have it done again (退回重办): the first order and answer stay linked.

    The office, the one above it and the citizen are told; a new promise begins.
    """
    deed = deeds.begin("redo", reference=reference, actor=actor, seen=seen)
    why, matter = deeds.reason(reason), deed.matter
    made = answering.redo(deed, cause="ordered", reason=why)
    moved = deeds.move(
        deed, deeds.holder(deed), how="redone", reason=why, account=matter.holder_account
    )
    custody.sign(matter, account=matter.holder_account, now=deed.now)
    deeds.settle(deed)
    event = events.RedoOrdered(
        **deed.about, **deeds.office(deed), no=made.no, order_no=made.order_no,
        due_at=matter.due_at, seq=moved["seq"],
    )  # fmt: skip
    deeds.done(deed, event)


@transaction.atomic
def call_back(
    *, reference: str, called: str, words: str = "", actor: Actor, seen: str = ""
) -> None:
    """This will note a call to the citizen after the answer (回访): reached or not, content or not.

    Also while it is being done again. It changes no state; a bad one is followed by the redoing or
    rectification it deserves.
    """
    deed = deeds.begin("call_back", reference=reference, actor=actor, seen=seen,
                       told={"words": words})  # fmt: skip
    if called not in CALLS:
        raise BadInput("请选择回访结果", field="called")
    said = deeds.words(words, least=0)
    if actor.kind == "staff":
        note = f"回访：{CALLS[called]}{f'。{said}' if said else ''}"
        deeds.note(deed, note, level=deed.matter.level)
    deeds.settle(deed)
    event = events.MatterCalledBack(**deed.about, called=called, called_name=CALLS[called])
    deeds.done(deed, event)


@transaction.atomic
def archive(*, reference: str, actor: Actor, seen: str = "") -> None:
    """This will put a closed matter away (归档): from then on it is only read."""
    deed = deeds.begin("archive", reference=reference, actor=actor, seen=seen)
    deeds.settle(deed)
    deeds.done(deed, events.MatterArchived(**deed.about))


@transaction.atomic
def archive_old(*, now: datetime, actor: Actor, limit: int = 200) -> int:
    """This will put away what was closed as long ago as its county says; returns how many."""
    if actor.kind != "system":
        raise NotAllowed("只有系统可以自动归档")
    least = now - timedelta(days=flow.CAPS["archive_days"][1])
    rows = Matter.objects.filter(state=flow.CLOSED, closed_at__lt=least).order_by("closed_at")
    done = 0
    for one in rows.iterator(chunk_size=500):
        days = policies.of_matter(one).cap("archive_days")
        if one.closed_at is not None and one.closed_at < now - timedelta(days=days):
            archive(reference=one.reference, actor=actor)
            done += 1
        if done >= limit:
            break
    return done


def _decide(deed: deeds.Deed, approved: bool, remark: str) -> ReplyDraft:
    draft = ReplyDraft.objects.get(matter=deed.matter.id, decided_at=None)
    draft.approved, draft.remark, draft.decided_at = approved, remark, clock.now()
    draft.decided_by, draft.decided_label = deed.actor.account_id, deed.actor.label[:80]
    draft.save(update_fields=["approved", "remark", "decided_at", "decided_by", "decided_label"])
    return draft
