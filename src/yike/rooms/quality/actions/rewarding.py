"""Rewards and punishments on record, and what they do to the giving of orders (B14.7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.guard import clean
from yike.rooms.people import roles
from yike.rooms.providers import queries as providers_queries
from yike.rooms.quality import access, codes, deed, events, weighing
from yike.rooms.quality.models import Reward
from yike.rooms.trail import actions as trail_actions

WEIGHT_MOST = 200


@dataclass(frozen=True, kw_only=True)
class RewardTold:
    """What is put on record, about one practitioner or one institution."""

    kind: str
    words: str
    basis: str
    weight_percent: int = 100
    active_from: date | None = None
    active_until: date | None = None
    practitioner_id: UUID | None = None
    institution_id: UUID | None = None
    demo: bool = False


@dataclass(frozen=True, kw_only=True)
class _Subject:
    region_code: str
    account: UUID | None


@transaction.atomic
def give_reward(*, told: RewardTold, actor: Actor) -> UUID:
    """This will put a reward or punishment on record; a weight other than 100 bends assignment.

    Directors only, within their region. Refuses BadInput for a weight beyond 0-200, a period that
    ends before it begins, and a reward that lowers or a punishment that raises the weight.
    """
    subject = _subject(told)
    if not (actor.kind == "system" or _leads(actor, subject.region_code)):
        raise NotAllowed("只有局领导可以登记奖惩", way_on="请把建议报局领导。")
    row = _row(told, subject, actor)
    Reward.objects.bulk_create([row])
    if row.weight_percent != 100:
        weighing.weigh(row, percent=row.weight_percent, actor=actor)
    event = events.RewardGiven(
        reward_id=row.id,
        region_code=row.region_code,
        kind_name=codes.REWARDS[row.kind],
        weight_percent=row.weight_percent,
        active_from=row.active_from,
        active_until=row.active_until,
    )
    trail_actions.record(event, actor=actor)
    return row.id


@transaction.atomic
def revoke_reward(*, reward_id: UUID, reason: str, actor: Actor) -> None:
    """This will take a record back; it stays readable, its weight counts no more."""
    row = Reward.objects.select_for_update().filter(id=reward_id).first()
    if row is None or not _leads(actor, row.region_code):
        raise NotAllowed("只有局领导可以撤销奖惩记录")
    if row.revoked_at is not None:
        raise NotAllowed("这条记录已经撤销")
    row.revoked_at = clock.now()
    row.revoke_reason = clean.text(reason, field="reason", most=200, least=2)
    row.save(update_fields=["revoked_at", "revoke_reason"])
    if row.weight_percent != 100:
        weighing.weigh(row, percent=100, actor=actor)
    event = events.RewardRevoked(reward_id=row.id, region_code=row.region_code)
    trail_actions.record(event, actor=actor)


def _leads(actor: Actor, region_code: str) -> bool:
    return actor.has(roles.DIRECTOR) and access.watches(actor, region_code)


def _subject(told: RewardTold) -> _Subject:
    if (told.practitioner_id is None) == (told.institution_id is None):
        raise BadInput("请选择一个人员或一个机构", field="practitioner_id")
    if told.practitioner_id is not None:
        person = providers_queries.practitioner(told.practitioner_id)
        office = providers_queries.institution(person.institution_id)
        return _Subject(region_code=office.region_code, account=person.account_id)
    assert told.institution_id is not None
    office = providers_queries.institution(told.institution_id)
    return _Subject(region_code=office.region_code, account=None)


def _row(told: RewardTold, subject: _Subject, actor: Actor) -> Reward:
    if told.kind not in codes.REWARDS:
        raise BadInput("请选择奖惩种类", field="kind")
    since = told.active_from or clock.today()
    if told.active_until is not None and told.active_until <= since:
        raise BadInput("截止日期要在起始日期之后", field="active_until")
    good = told.kind in codes.GOOD_REWARDS
    low, high = (100, WEIGHT_MOST) if good else (0, 100)
    if not low <= told.weight_percent <= high:
        raise BadInput(
            f"{codes.REWARDS[told.kind]}的权重应在 {low} 到 {high} 之间", field="weight_percent"
        )
    return Reward(
        id=new_id(),
        practitioner_id=told.practitioner_id,
        institution_id=told.institution_id,
        account=subject.account,
        region_code=subject.region_code,
        kind=told.kind,
        weight_percent=told.weight_percent,
        active_from=since,
        active_until=told.active_until,
        basis=clean.text(told.basis, field="basis", most=200, least=2),
        words=deed.words(told.words),
        given_at=clock.now(),
        given_by=actor.account_id,
        demo=told.demo,
    )
