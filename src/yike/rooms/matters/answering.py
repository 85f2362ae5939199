"""Answers, and doing again: what closing, approving and rating have in common."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput
from yike.rooms.matters import codes, events
from yike.rooms.matters import deed as deeds
from yike.rooms.matters.models import Matter, Redo, Reply


def answer(
    deed: deeds.Deed,
    *,
    result: str,
    words: str,
    others: str = "",
    account: UUID | None,
    label: str,
) -> None:
    """This will give the answer to the citizen, and to whoever was merged in, and record it."""
    reply(deed, result, words, others=others, account=account, label=label)
    deed.change(result=result, answered_at=deed.now, answerer=account)
    deeds.settle(deed)
    event = events.MatterAnswered(
        **deed.about, **deeds.office(deed), result=result, result_name=codes.RESULTS[result],
        late=deed.matter.broken,
    )  # fmt: skip
    deeds.done(deed, event)


def reply(
    deed: deeds.Deed,
    result: str,
    words: str,
    *,
    others: str = "",
    account: UUID | None,
    label: str,
) -> None:
    """This will write the answer; the same person merged in gets the same, others their own."""
    given: dict[str, Any] = {
        "at": deed.now,
        "org": deed.matter.holder_org,
        "account": account,
        "label": label[:80],
        "result": result,
    }
    rows = [Reply(matter=deed.matter, words=words, **given)]
    for member in Matter.objects.filter(merged_into=deed.matter.id):
        same = bool(member.phone_index) and member.phone_index == deed.matter.phone_index
        rows.append(Reply(matter=member, words=words if same else others, **given))
    Reply.objects.bulk_create([row for row in rows if row.words])


def others(matter: Matter, typed: str) -> str:
    """This will return the answer for other people merged in. Refuses none when there are any."""
    said = deeds.words(typed, name="reply_others", least=0)
    if matter.others and len(said) < 2:
        raise BadInput(
            "还有其他当事人的诉求并入这一件，请另写给他们的答复",
            way_on="他们看不到主件当事人的情况。", field="reply_others",
        )  # fmt: skip
    return said


def redo(deed: deeds.Deed, *, cause: str, reason: str) -> Redo:
    """This will write down that it is done again, tied to the order and answer before."""
    matter = deed.matter
    number = matter.redos + 1
    made = Redo(
        id=new_id(), matter=matter, no=number,
        order_no=f"{matter.order_no or matter.reference}-R{number}",
        at=deed.now, cause=cause, reason=reason, by=deed.actor.account_id, org=matter.holder_org,
        answerer=matter.answerer, answered_at=matter.answered_at, result=matter.result,
    )  # fmt: skip
    Redo.objects.bulk_create([made])
    deed.change(reopened=True, redos=number)
    return made
