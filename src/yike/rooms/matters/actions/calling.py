"""Calls about a matter: with the citizen, or passed on to another line and what became of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput
from yike.rooms.matters import codes, events, flow, lines, pace
from yike.rooms.matters import deed as deeds
from yike.rooms.matters.models import Call


@transaction.atomic
def record_call(
    *, reference: str, contact: str, words: str = "", actor: Actor, seen: str = ""
) -> None:
    """This will record a call to the citizen; one that reached them is the first word.

    `contact`: reached, unreached or later (a call back is promised). It also ends a call back that
    was promised before.
    """
    deed = deeds.begin("record_call", reference=reference, actor=actor, seen=seen)
    if contact not in codes.CONTACTS:
        raise BadInput("请选择联系结果", field="contact")
    said = deeds.words(words, least=0, most=deeds.REASON_MOST)
    if contact == "reached":
        pace.heard(deed.matter, actor=actor)
    later = contact == "later" and deed.matter.state in flow.GOING
    call_by = _promised(deed, actor) if later else None
    Call.objects.bulk_create([_row(deed, "contact", outcome=contact, words=said, call_by=call_by)])
    deeds.settle(deed)
    event = events.CitizenCalled(
        **deed.about, outcome=contact, outcome_name=codes.CONTACTS[contact]
    )
    deeds.done(deed, event)


@transaction.atomic
def transfer_call(
    *,
    reference: str,
    to_line: str,
    transfer: str,
    outcome: str,
    words: str = "",
    actor: Actor,
    seen: str = "",
) -> None:
    """This will record that a call was passed on: where, how (A4.3), and what became of it.

    A promise to call back, also after a transfer that failed, is a clock of its own. Refuses what
    was never tried: a callback has no outcome of another line.
    """
    deed = deeds.begin("transfer_call", reference=reference, actor=actor, seen=seen)
    _check(to_line, transfer, outcome)
    said = deeds.words(words, least=0, most=deeds.REASON_MOST)
    if outcome in lines.FAILED and not said:
        raise BadInput("转接没有成功，请写明后来怎么办的", field="words")
    promised = transfer == "callback" and deed.matter.state in flow.GOING
    call_by = _promised(deed, actor) if promised else None
    row = _row(deed, "transfer", outcome=outcome, words=said, call_by=call_by)
    row.from_line, row.to_line, row.transfer = deed.matter.line, to_line, transfer
    Call.objects.bulk_create([row])
    deeds.settle(deed)
    event = events.CallTransferred(
        **deed.about, to_line=to_line, transfer=transfer,
        transfer_name=lines.TRANSFERS[transfer], outcome=outcome,
        outcome_name=lines.OUTCOMES[outcome], call_by=call_by,
    )  # fmt: skip
    deeds.done(deed, event)


def _promised(deed: deeds.Deed, actor: Actor) -> datetime | None:
    pace.promise_call(deed.matter, actor=actor)
    faces = clocks_queries.faces_of("matter", deed.matter.id)
    running = [one for one in faces if one.purpose == pace.CALLBACK and one.state == "running"]
    return running[-1].due_at if running else None


def _check(to_line: str, transfer: str, outcome: str) -> None:
    if to_line not in lines.NUMBERS:
        raise BadInput("请选择转到哪个号码", field="to_line")
    if transfer not in lines.TRANSFERS:
        raise BadInput("请选择转接方式", field="transfer")
    if outcome not in lines.OUTCOMES:
        raise BadInput("请选择转接结果", field="outcome")
    if (transfer == "callback") != (outcome == "requested") and transfer != "three_way":
        raise BadInput(
            "承诺回拨的结果是“已提出，等待对方”；其他方式请选对方的应答",
            way_on="转接失败后又承诺回拨的，方式选“承诺回拨”，说明里写失败原因。", field="outcome",
        )  # fmt: skip


def _row(
    deed: deeds.Deed, kind: str, *, outcome: str, words: str, call_by: datetime | None
) -> Call:
    return Call(
        id=new_id(),
        matter=deed.matter,
        at=deed.now,
        kind=kind,
        by=deed.actor.account_id,
        org=deed.actor.org_id,
        label=deed.actor.label[:80],
        outcome=outcome,
        words=words,
        call_by=call_by,
    )
