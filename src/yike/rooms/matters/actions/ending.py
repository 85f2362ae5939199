"""How a matter ends: answered, declined, withdrawn, rated, settled."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.matters import answering, codes, efforts, events, flow
from yike.rooms.matters import deed as deeds
from yike.rooms.matters.models import Feedback, Matter

#: Days after an answer without a word from the citizen, when the matter is closed by itself.
SETTLE_DAYS = 15


@transaction.atomic
def close(
    *, reference: str, result: str, reply: str, reply_others: str = "", pay: str = "",
    yuan: Decimal | None = None, basis: str = "", visits: int | None = None,
    brought: int | None = None, actor: Actor, seen: str = "",
) -> None:  # fmt: skip
    """This will answer and close (答复办结). Refuses while a point asked has no answer.

    `reply_others`: what other people merged in are told; needed when there are any. `pay` to
    `brought`: what it cost the citizen, as far as it is known (efforts.py).
    """
    cost = efforts.Told(pay=pay, yuan=yuan, basis=basis, visits=visits, brought=brought)
    deed = deeds.begin("close", reference=reference, actor=actor, seen=seen,
                       told={"reply_others": reply_others, **cost.fields()})  # fmt: skip
    if result not in codes.RESULTS:
        raise BadInput("请选择办理结果", field="result")
    said = deeds.words(reply, name="reply", least=2)
    efforts.note(deed, cost)
    answering.answer(
        deed, result=result, words=said, others=answering.others(deed.matter, reply_others),
        account=actor.account_id, label=actor.label,
    )  # fmt: skip


@transaction.atomic
def decline(
    *, reference: str, reason: str, reply_others: str = "", actor: Actor, seen: str = ""
) -> None:
    """This will refuse the demand (不予受理); the citizen is told the reason and another way."""
    deed = deeds.begin("decline", reference=reference, actor=actor, seen=seen,
                       told={"reply_others": reply_others})  # fmt: skip
    said = deeds.words(reason, name="reason", least=2)
    answering.reply(
        deed, "declined", said, others=answering.others(deed.matter, reply_others),
        account=actor.account_id, label=actor.label,
    )  # fmt: skip
    deed.change(result="declined", answered_at=deed.now, answerer=actor.account_id)
    deeds.settle(deed)
    deeds.done(deed, events.MatterDeclined(**deed.about, **deeds.office(deed)))


@transaction.atomic
def withdraw(*, reference: str, reason: str = "", actor: Actor, seen: str = "") -> None:
    """This will take the demand back, for the citizen or by them."""
    deed = deeds.begin(
        "withdraw", reference=reference, actor=actor, seen=seen, told={"reason": reason}
    )
    why = deeds.words(reason, name="reason", most=deeds.REASON_MOST, least=0)
    if why:
        deeds.remark(deed, why)
    deed.change(result="withdrawn", offered_org=None)
    deeds.settle(deed)
    by = (
        "当事人"
        if deed.standing & {"party"}
        else "对接平台"
        if deed.standing & {"peer"}
        else "窗口代"
    )
    deeds.done(deed, events.MatterWithdrawn(**deed.about, by=by))


@transaction.atomic
def say_helped(
    *, reference: str, helped: bool, words: str = "", actor: Actor, seen: str = ""
) -> None:
    """This will say whether the answer helped. The first no has it done once more.

    A no needs a word about what is missing.
    """
    verb = "say_helped"
    if not helped:
        deed = deeds.begin(verb, reference=reference, actor=actor, seen=seen)
        verb = "give_up" if deed.matter.reopened else "say_not_helped"
    deed = deeds.begin(verb, reference=reference, actor=actor, seen=seen)
    said = deeds.words(words, least=0 if helped else 2)
    Feedback.objects.bulk_create(
        [Feedback(matter=deed.matter, at=deed.now, helped=helped, words=said)]
    )
    if deed.row.to == flow.WORK:
        _reopen(deed, said)
        return
    deeds.settle(deed)
    name = "有帮助" if helped else "没有解决"
    deeds.done(deed, events.MatterRated(**deed.about, helped=helped, helped_name=name))


@transaction.atomic
def settle_answered(*, now: datetime, actor: Actor, limit: int = 200) -> int:
    """This will close what was answered fifteen days ago without a word since; returns how many."""
    if actor.kind != "system":
        raise NotAllowed("只有系统可以到期办结")
    old = Matter.objects.filter(
        state=flow.ANSWERED, answered_at__lt=now - timedelta(days=SETTLE_DAYS)
    )
    found = list(old.order_by("answered_at").values_list("reference", flat=True)[:limit])
    for reference in found:
        deed = deeds.begin("settle", reference=reference, actor=actor)
        deeds.settle(deed)
        deeds.done(deed, events.MatterSettled(**deed.about, days=SETTLE_DAYS))
    return len(found)


def _reopen(deed: deeds.Deed, said: str) -> None:
    answering.redo(deed, cause="citizen", reason=said[: deeds.REASON_MOST])
    deeds.settle(deed)
    event = events.MatterReopened(**deed.about, **deeds.office(deed), due_at=deed.matter.due_at)
    deeds.done(deed, event)
