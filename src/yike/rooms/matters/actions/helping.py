"""Others help: asked for an opinion (会办), or given a part of the work (子工单)."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.matters import birth, codes, custody, events, flow, handlers, names
from yike.rooms.matters import deed as deeds
from yike.rooms.matters.models import Joint, Matter, Reply
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def invite(*, reference: str, to_org: UUID, reason: str, actor: Actor, seen: str = "") -> None:
    """This will ask another office to help (会办): it looks on and owes an opinion."""
    deed = deeds.begin("invite", reference=reference, actor=actor, seen=seen)
    why = deeds.reason(reason)
    lead = deeds.holder(deed)
    target = handlers.must_take(to_org, holder=lead, near=lead)
    if Joint.objects.filter(matter=deed.matter.id, org=to_org, ended_at=None).exists():
        raise BadInput(f"已经请{target.name}会办", way_on="请等待对方意见。", field="to_org")
    custody.join(deed.matter, org=to_org, account=None, part="joint", now=deed.now)
    Joint.objects.bulk_create(
        [
            Joint(
                id=new_id(), matter=deed.matter, org=to_org, asked_at=deed.now,
                asked_by=actor.account_id, reason=why,
            )
        ]
    )  # fmt: skip
    deeds.note(deed, f"请{target.name}会办：{why}", level=deed.matter.level)
    deeds.settle(deed)
    deeds.done(deed, events.OfficeInvited(**deed.about, org=to_org, org_name=target.name))


@transaction.atomic
def give_opinion(*, reference: str, words: str, actor: Actor, seen: str = "") -> None:
    """This will give the opinion asked for, or correct it; who leads closes with it."""
    deed = deeds.begin("give_opinion", reference=reference, actor=actor, seen=seen)
    said, org = deeds.words(words, least=2), actor.org_id
    if org is None:
        raise NotAllowed("没有请您的单位会办", way_on="请联系主办单位。")
    Joint.objects.filter(matter=deed.matter.id, org=org, ended_at=None).update(
        opinion=said, given_at=deed.now, given_label=actor.label[:80]
    )
    deeds.note(deed, f"会办意见：{said}", level=deed.matter.level)
    deeds.settle(deed)
    event = events.OpinionGiven(**deed.about, org=org, org_name=names.orgs([org]).get(org, ""))
    deeds.done(deed, event)


@transaction.atomic
def end_joint(
    *, reference: str, joint_org: UUID, reason: str, actor: Actor, seen: str = ""
) -> None:
    """This will end the help of an office, with a reason: its opinion is no longer waited for."""
    deed = deeds.begin("end_joint", reference=reference, actor=actor, seen=seen)
    why = deeds.reason(reason)
    ended = Joint.objects.filter(matter=deed.matter.id, org=joint_org, ended_at=None)
    if not ended.update(ended_at=deed.now):
        raise BadInput("没有请这个单位会办", way_on="请从列表里选择。", field="joint_org")
    name = names.orgs([joint_org]).get(joint_org, "")
    deeds.note(deed, f"结束{name}的会办：{why}", level=deed.matter.level)
    deeds.settle(deed)
    deeds.done(deed, events.JointEnded(**deed.about, org=joint_org, org_name=name))


@transaction.atomic
def send_sub(*, reference: str, to_org: UUID, words: str, actor: Actor, seen: str = "") -> str:
    """This will give a part of the work to another office, as an order under this one.

    The parent closes only when its parts are done or taken back. Returns the part's reference.
    """
    deed = deeds.begin("send_sub", reference=reference, actor=actor, seen=seen)
    said = deeds.words(words, least=2)
    lead = deeds.holder(deed)
    target = handlers.must_take(to_org, holder=lead, near=lead)
    child = birth.part(deed.matter, to_org, said, actor)
    custody.join(deed.matter, org=to_org, account=None, part="sub", now=deed.now)
    deeds.settle(deed)
    sent = events.SubOrderSent(
        **deed.about, org=to_org, org_name=target.name, child_id=child.id,
        child_reference=child.reference,
    )  # fmt: skip
    deeds.done(deed, sent)
    opened = events.SubOrderOpened(
        **deeds.about(child), org=to_org, org_name=target.name, parent_id=deed.matter.id,
        parent_reference=deed.matter.reference,
    )  # fmt: skip
    trail_actions.record(opened, actor=actor)
    return child.reference


@transaction.atomic
def report_sub(*, reference: str, result: str, reply: str, actor: Actor, seen: str = "") -> None:
    """This will end a part of the work with its answer to the office that leads."""
    deed = deeds.begin("report_sub", reference=reference, actor=actor, seen=seen)
    if result not in codes.RESULTS:
        raise BadInput("请选择办理结果", field="result")
    said = deeds.words(reply, name="reply", least=2)
    answer = Reply(matter=deed.matter, at=deed.now, org=deed.matter.holder_org, result=result)
    answer.account, answer.label, answer.words = actor.account_id, actor.label[:80], said
    Reply.objects.bulk_create([answer])
    deed.change(result=result, answered_at=deed.now, answerer=actor.account_id)
    deeds.settle(deed)
    event = events.SubOrderReported(
        **deed.about, **deeds.office(deed), result=result, result_name=codes.RESULTS[result]
    )
    deeds.done(deed, event)


@transaction.atomic
def take_back(*, reference: str, reason: str, actor: Actor, seen: str = "") -> None:
    """This will take a part of the work back, for the office that leads."""
    deed = deeds.begin("take_back", reference=reference, actor=actor, seen=seen)
    deeds.note(deed, f"收回：{deeds.reason(reason)}", level=deed.matter.level)
    deed.change(result="withdrawn", offered_org=None)
    deeds.settle(deed)
    deeds.done(deed, events.SubOrderTakenBack(**deed.about, **deeds.office(deed)))


@transaction.atomic
def end_parts(*, reference: str, actor: Actor) -> int:
    """This will take back the open parts of a matter that has ended; returns how many."""
    if actor.kind != "system":
        raise NotAllowed("只有系统可以收回已结束诉求的子工单")
    rows = Matter.objects.filter(parent__reference=reference, state__in=sorted(flow.OPEN))
    found = list(rows.order_by("id").values_list("reference", flat=True))
    for one in found:
        take_back(reference=one, reason="主工单已经结束", actor=actor)
    return len(found)
