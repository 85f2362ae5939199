"""A demand becomes a matter: opened, answered on the spot, or continued as another service."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.core import prepared
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.guard.acting import acting
from yike.rooms.matters import (
    birth,
    codes,
    custody,
    events,
    flow,
    intake,
    policies,
    promises,
    routes,
)
from yike.rooms.matters import deed as deeds
from yike.rooms.matters.demand import Demand
from yike.rooms.matters.faces import Receipt
from yike.rooms.matters.models import Matter, Point, Reply
from yike.rooms.people import roles
from yike.rooms.trail import actions as trail_actions


@transaction.atomic(savepoint=False)  # who goes on after a refusal sets one (forms.attempt)
def open_matter(*, demand: Demand, key: str, actor: Actor) -> Receipt:
    """This will open one matter: read, promised, routed, held, told in one sentence.

    `key` is the form's or platform's own key (8 to 200 characters): the same key with the same
    words brings the same receipt (`repeated`), with other words a Clash. A visitor becomes the
    citizen who claims it by reference and phone. Refuses BadInput with the field named; nothing is
    kept then.
    """
    told = intake.read(demand, actor=actor)
    digest = birth.key_digest(key, actor)
    with prepared.together():
        number = birth.next_number()  # travels with the question that follows
        before = birth.opened_before(digest, told, actor)
        if before is not None:
            return before
        matter = birth.row(told, digest, actor)
        with _bringing(actor, key if told.demand.file_ids else ""):
            files = birth.attach(matter, told.demand.file_ids, actor)
        if actor.kind == "visitor":
            actor = actor.claiming(matter.reference, matter.phone_index)
        return _open(matter, told, files, actor, number=number)


@transaction.atomic
def answer_on_spot(
    *, demand: Demand, answer: str, result: str, minutes: int | None, key: str, actor: Actor
) -> Receipt:
    """This will record a demand answered where it was told (即时办结): no order, no promise.

    `minutes`: how long it took, 0 to 600. Staff, or a platform on which an institution's own staff
    work (scope matters:answer). Same keys as `open_matter`.
    """
    if actor.org_id is None or not actor.roles & _ANSWERS:
        raise NotAllowed("只有窗口、坐席和承办人员可以当场答复", way_on="请形成工单。")
    told = intake.read(demand, actor=actor)
    answer = deeds.words(answer, name="answer")
    _known_result(result)
    if minutes is not None and not 0 <= minutes <= 600:
        raise BadInput("用时请写 0 到 600 分钟", field="minutes")
    digest = birth.key_digest(key, actor)
    before = birth.opened_before(digest, told, actor)
    if before is not None:
        return before
    matter = birth.row(told, digest, actor)
    files = birth.attach(matter, told.demand.file_ids, actor)
    return _close_on_spot(matter, told, files, answer, result, minutes, actor)


@transaction.atomic
def continue_as(*, reference: str, item_code: str, actor: Actor, seen: str = "") -> Receipt:
    """This will open a following matter for a service item, without retyping anything.

    The new holder may look at the earlier matter and its papers. Asked twice for the same item, it
    brings the same receipt.
    """
    deed = deeds.begin("continue_as", reference=reference, actor=actor, seen=seen)
    before = deed.matter
    item = catalogue_queries.item(item_code)
    demand = birth.demand_of(before, item_code=item.code)
    told = intake.read(demand, actor=actor)
    digest = birth.key_digest(f"continue:{before.id}:{item.code}", actor)
    repeated = birth.opened_before(digest, told, actor)
    if repeated is not None:
        return repeated
    matter = birth.row(told, digest, actor, party=before)
    matter.follows = before
    receipt = _open(matter, told, (), actor, record=False)
    custody.join(before, org=birth.holder(matter), account=None, part="joint", now=deed.now)
    deeds.settle(deed)
    event = events.MatterContinued(
        **deed.about, next_id=matter.id, next_reference=matter.reference, item_code=item.code
    )
    deeds.done(deed, event)
    tell_opened(matter=matter, receipt=receipt, actor=actor)
    return receipt


#: roles of staff, and the scope of a platform's key
_ANSWERS = roles.TAKES_ORDERS | {roles.AGENT, "matters:answer"}


@contextmanager
def _bringing(actor: Actor, key: str) -> Iterator[None]:
    """A visitor proves by the form's key that the loose files are theirs."""
    if actor.kind != "visitor" or not key:
        yield
        return
    with acting(dataclasses.replace(actor, claim_key=key)):
        yield


def _open(
    matter: Matter,
    told: intake.Told,
    files: tuple[UUID, ...],
    actor: Actor,
    *,
    number: prepared.Answer | None = None,
    record: bool = True,
) -> Receipt:
    demand = told.demand
    matter.follows = matter.follows or birth.followed(demand.follows, matter, actor)
    number = number or birth.next_number()
    found = routes.find(
        region_code=matter.region_code,
        category=matter.category,
        item_code=matter.item_code,
        region_name=told.region.town + told.region.village,
        kind_name=told.category_name,
    )
    matter.holder_org, matter.why_routed, matter.unrouted = found.org, found.why, found.unrouted
    policy = policies.in_force(matter.region_code)
    matter.flow_version = policy.version
    matter.state, matter.turn = (
        (flow.DISPATCH, "sender") if found.unrouted else (flow.SIGN, "office")
    )
    if policy.accept and actor.kind in ("visitor", "citizen", "peer"):
        found = _await(matter)
    matter.order_no = birth.order_no(matter, number)
    sign_due_at = promises.promise(matter, actor=actor)
    birth.save(matter, files, demand.points)
    how = "pooled" if matter.unrouted else "opened"
    custody.start(
        matter, how=how, reason=found.why, by=actor.account_id, now=matter.opened_at,
        sign_due_at=sign_due_at,
    )  # fmt: skip
    receipt = birth.receipt(matter, holder_name=found.name)
    if record:
        tell_opened(matter=matter, receipt=receipt, actor=actor)
    return receipt


def open_part(*, demand: Demand, origin: Matter, key: str, actor: Actor) -> tuple[Matter, Receipt]:
    """This will open what was split off a matter, of the same person; its sentence comes after."""
    told = intake.read(demand, actor=actor)
    matter = birth.row(told, birth.key_digest(key, actor), actor, party=origin)
    matter.follows = origin
    receipt = _open(matter, told, (), actor, record=False)
    custody.join(origin, org=birth.holder(matter), account=None, part="joint", now=matter.opened_at)
    return matter, receipt


def tell_opened(*, matter: Matter, receipt: Receipt, actor: Actor) -> None:
    """This will record that a matter was opened."""
    trail_actions.record(_opened(matter, receipt), actor=actor)


def _await(matter: Matter) -> routes.Found:
    """It waits at the county to be accepted: what comes in over the net is looked at first."""
    pool = routes.pool_of(matter.region_code)
    matter.state, matter.turn, matter.unrouted = flow.ACCEPT, "sender", False
    matter.holder_org, matter.why_routed = pool.id, "本县规定网上诉求先受理后派单"
    return routes.Found(org=pool.id, name=pool.name, why=matter.why_routed, unrouted=False)


def _opened(matter: Matter, receipt: Receipt) -> events.MatterEvent:
    event = events.MatterUnrouted if matter.unrouted else events.MatterOpened
    return event(
        matter_id=matter.id,
        reference=matter.reference,
        region_code=matter.region_code,
        version=matter.version,
        demo=matter.demo,
        order_no=matter.order_no or "",
        door=matter.door,
        channel=matter.channel,
        category=matter.category,
        demand_type=matter.demand_type,
        urgency=matter.urgency,
        holder_org=birth.holder(matter),
        holder_name=receipt.holder_name,
        due_at=matter.due_at,
    )


def _close_on_spot(
    matter: Matter,
    told: intake.Told,
    files: tuple[UUID, ...],
    answer: str,
    result: str,
    minutes: int | None,
    actor: Actor,
) -> Receipt:
    now: datetime = matter.opened_at
    matter.state, matter.turn = flow.CLOSED, "nobody"
    matter.holder_org, matter.holder_account = actor.org_id, actor.account_id
    matter.opened_at = now - timedelta(minutes=minutes or 0)
    matter.signed_at, matter.answered_at, matter.closed_at = matter.opened_at, now, now
    matter.result, matter.answerer, matter.minutes = result, actor.account_id, minutes
    matter.follows = birth.followed(told.demand.follows, matter, actor)
    birth.save(matter, files, ())
    # before the first step: until then the rows are those of a matter being born (rows.sql)
    _answer(matter, told.demand.points, answer, actor)
    custody.spot(matter, now=now, started_at=matter.opened_at)
    receipt = birth.receipt(matter)
    event = events.MatterAnsweredOnSpot(
        matter_id=matter.id,
        reference=matter.reference,
        region_code=matter.region_code,
        version=matter.version,
        demo=matter.demo,
        door=matter.door,
        channel=matter.channel,
        category=matter.category,
        result=result,
        org=birth.holder(matter),
        org_name=receipt.holder_name,
        minutes=minutes,
    )
    trail_actions.record(event, actor=actor)
    return receipt


def _answer(matter: Matter, points: tuple[str, ...], answer: str, actor: Actor) -> None:
    """The reply; each point asked has the same answer, as it was given in one breath."""
    at = matter.answered_at or matter.opened_at
    reply = Reply(matter=matter, at=at, org=actor.org_id, account=actor.account_id)
    reply.label, reply.result, reply.words = actor.label[:80], matter.result, answer
    Reply.objects.bulk_create([reply])
    rows = [Point(matter=matter, no=no, words=said) for no, said in enumerate(points, 1)]
    for row in rows:
        row.answer, row.answered_at, row.answered_by = answer, at, actor.account_id
    Point.objects.bulk_create(rows)


def _known_result(result: str) -> None:
    if result not in codes.RESULTS:
        raise BadInput("请选择办理结果", field="result")
