"""Two that are one, and one that is two: merged (并案) and split (拆分), never silently."""

from __future__ import annotations

from django.db import transaction

from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput
from yike.rooms.matters import access, birth, custody, events, flow
from yike.rooms.matters import deed as deeds
from yike.rooms.matters.actions import opening
from yike.rooms.matters.faces import Receipt
from yike.rooms.matters.models import Matter
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def merge(*, reference: str, into: str, reason: str, actor: Actor, seen: str = "") -> None:
    """This will merge a demand into a main one about the same, which is still going on.

    Both citizens keep their references and see how the main one gets on. Refuses a main that has
    ended, is merged itself, is a part, or is kept more secret than the one merged.
    """
    _, main = access.both_for(actor, reference, into)
    deed = deeds.begin("merge", reference=reference, actor=actor, seen=seen)
    why = deeds.reason(reason)
    _check_main(deed, main)
    matter = deed.matter
    same = bool(matter.phone_index) and matter.phone_index == main.phone_index
    deeds.note(deed, f"并入 {main.reference}：{why}", level=matter.level)
    deed.change(merged_into=main, result="merged")
    deeds.settle(deed)
    gone = events.MatterMerged(
        **deed.about, main_id=main.id, main_reference=main.reference, same_person=same
    )
    deeds.done(deed, gone)
    if main.holder_org is not None:
        custody.join(matter, org=main.holder_org, account=None, part="holder", now=deed.now)
    main.members, main.others = main.members + 1, main.others or not same
    deeds.touch(main, "members", "others")
    came = events.MatterAbsorbed(
        **deeds.about(main), merged_id=matter.id, merged_reference=matter.reference,
        same_person=same,
    )  # fmt: skip
    trail_actions.record(came, actor=actor)


@transaction.atomic
def split(
    *, reference: str, words: str, reason: str, category: str = "", actor: Actor, seen: str = ""
) -> Receipt:
    """This will make a demand of its own of a part (拆分); the citizen gets its reference too.

    `words`: that part; it is routed by its own kind and has its own promise.
    """
    deed = deeds.begin("split", reference=reference, actor=actor, seen=seen,
                       told={"category": category})  # fmt: skip
    why, said = deeds.reason(reason), deeds.words(words, least=4)
    told = birth.split_of(deed.matter, text=said, category=category)
    matter, receipt = opening.open_part(
        demand=told, origin=deed.matter, key=f"split:{new_id()}", actor=actor
    )
    deeds.note(deed, f"拆出 {matter.reference}：{why}", level=deed.matter.level)
    deeds.settle(deed)
    event = events.MatterSplit(**deed.about, next_id=matter.id, next_reference=matter.reference)
    deeds.done(deed, event)
    opening.tell_opened(matter=matter, receipt=receipt, actor=actor)
    return receipt


def _check_main(deed: deeds.Deed, main: Matter) -> None:
    if main.id == deed.matter.id:
        raise BadInput("不能并入自己", way_on="请填写另一件的编号。", field="into")
    if main.state not in flow.GOING or main.parent_id is not None:
        raise BadInput(
            f"{main.reference} 现在是“{flow.STATES[main.state]}”，不能作为主件",
            way_on="请并入还在办理的一件。", field="into",
        )  # fmt: skip
    if not access.standing_of(main, deed.actor) & {"office", "dispatcher"}:
        raise BadInput(
            f"{main.reference} 不由您的单位承办",
            way_on="请那边的承办单位并入，或请派单员并案。", field="into",
        )  # fmt: skip
    if main.level > deed.matter.level:
        raise BadInput(
            "主件的密级更高，并入后这件的当事人看不到应有的进度",
            way_on="请先调整密级，或反过来并。", field="into",
        )  # fmt: skip
