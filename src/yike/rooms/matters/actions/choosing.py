"""What the choice of a person stands on: other sides, a county's rules, changed shares."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from yike.engines import seal
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, NotAllowed, NotFound
from yike.rooms.guard import clean, keyring
from yike.rooms.matters import access, assignment, candidates, events, flow
from yike.rooms.matters import deed as deeds
from yike.rooms.matters.models import AssignmentPolicy, AssignmentWeight, Matter, Side
from yike.rooms.matters.models.assigning import PARTS
from yike.rooms.matters.queries.assigning import NOTES
from yike.rooms.people import masks, roles, sealing
from yike.rooms.providers import queries as providers_queries
from yike.rooms.trail import actions as trail_actions

_SIDES_MOST, _NUMBER_MOST = 20, 60


@transaction.atomic
def note_side(
    *, reference: str, part: str, name: str, phone: str = "", id_number: str = "", actor: Actor
) -> UUID:
    """This will note the other side, somebody accused in the same case, or that case's number.

    Kept as blind indexes and a mask: found by whoever compares, read by nobody. Refuses whoever
    has no part in the matter, an unknown part, and numbers that are none (BadInput).
    """
    matter = _open(reference, actor)
    if part not in PARTS:
        raise BadInput("请选择身份", field="part")
    if Side.objects.filter(matter=matter.id, withdrawn_at=None).count() >= _SIDES_MOST:
        raise BadInput(f"最多登记 {_SIDES_MOST} 个", field="name")
    told = clean.text(name, field="name", most=_NUMBER_MOST, least=2)
    row = Side(id=new_id(), matter=matter, part=part, noted_at=clock.now(),
               noted_by=actor.account_id)  # fmt: skip
    if part == "case":
        row.case_index, row.name_mask = _case_index(told), f"{told[:4]}***{told[-2:]}"
    else:
        _identify(row, told, phone, id_number)
    Side.objects.bulk_create([row])
    event = events.SideNoted(**deeds.about(matter), side_id=row.id, part_name=PARTS[part])
    trail_actions.record(event, actor=actor)
    return row.id


@transaction.atomic
def withdraw_side(*, reference: str, side_id: UUID, reason: str, actor: Actor) -> None:
    """This will withdraw what was noted wrongly; the row stays, it counts no more."""
    matter = _open(reference, actor)
    row = Side.objects.filter(id=side_id, matter=matter.id, withdrawn_at=None).first()
    if row is None:
        raise NotFound("没有这条登记", way_on="请刷新页面。")
    why = deeds.reason(reason)
    row.withdrawn_at = clock.now()
    row.save(update_fields=["withdrawn_at"])
    event = events.SideWithdrawn(
        **deeds.about(matter), side_id=row.id, part_name=PARTS[row.part], reason=why
    )
    trail_actions.record(event, actor=actor)


@transaction.atomic
def set_assignment_policy(
    *,
    county_code: str,
    reason: str,
    weights: Mapping[str, float] | None = None,
    musts: Iterable[str] | None = None,
    limits: Mapping[str, int] | None = None,
    fallback_org: UUID | None = None,
    fallback_account: UUID | None = None,
    actor: Actor,
) -> int:
    """This will make a new version of a county's rules for choosing; returns its number.

    Shares begin anew with it. Dispatchers and directors of the county; refuses what cannot be
    (BadInput names the field), a fallback that takes no orders, and no change at all.
    """
    _may_set(county_code, actor)
    before = candidates.policy_in_force(county_code)
    rows = AssignmentPolicy.objects.filter(county_code=county_code)
    version = (rows.aggregate(top=Max("version"))["top"] or 0) + 1
    made = assignment.Policy(
        version=version,
        weights={**before.weights, **(weights or {})},
        musts=before.musts if musts is None else frozenset(musts),
        limits={**before.limits, **(limits or {})},
        fallback_org=_fallback(fallback_org, fallback_account),
        fallback_account=str(fallback_account or ""),
    )
    for field, sentence in assignment.faults(made):
        raise BadInput(sentence, field=field)
    said = assignment.changes(before, made)
    if not said:
        raise BadInput("没有任何变化", way_on="请先改动，再保存。", field="reason")
    why = clean.text(reason, field="reason", most=200, least=2)
    AssignmentPolicy.objects.bulk_create(
        [
            AssignmentPolicy(
                id=new_id(), county_code=county_code, version=version, content=made.plain(),
                reason=why, set_at=clock.now(), set_by=actor.account_id,
                set_label=actor.label[:80],
            )
        ]
    )  # fmt: skip
    event = events.AssignmentPolicySet(
        county_code=county_code, region_code=county_code, version=version,
        changes="；".join(said)[:1000], reason=why,
    )  # fmt: skip
    trail_actions.record(event, actor=actor)
    return version


@transaction.atomic
def set_assignment_weight(
    *,
    account_id: UUID,
    percent: int,
    reason: str,
    active_from: date | None = None,
    active_until: date | None = None,
    source: str = "",
    actor: Actor,
) -> UUID:
    """This will change somebody's share of the orders for a while: 0 none, 100 as usual, 200 most.

    Directors, and the house when a reward or punishment is put on record or taken back: one row
    for each `source`, the last word counts (100 ends it). Refuses beyond 0-200.
    """
    if actor.kind != "system" and not actor.has(roles.DIRECTOR):
        raise NotAllowed("只有局领导可以调整派单份额", way_on="请把建议报局领导。")
    if not 0 <= percent <= 200:
        raise BadInput("份额在 0 到 200 之间", field="percent")
    why = clean.text(reason, field="reason", most=200, least=2)
    row = AssignmentWeight(
        id=new_id(), account=account_id, percent=percent, reason=why, source=source or None,
        active_from=active_from or clock.today(), active_until=active_until, set_at=clock.now(),
    )  # fmt: skip
    AssignmentWeight.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["source"],
        update_fields=["percent", "active_from", "active_until", "reason", "set_at"],
    )  # fmt: skip
    event = events.AssignmentWeightSet(account_id=account_id, percent=percent, reason=why)
    trail_actions.record(event, actor=actor)
    return row.id


def _open(reference: str, actor: Actor) -> Matter:
    matter = access.matter_for(actor, reference, lock=True)
    if not access.standing_of(matter, actor) & NOTES:
        raise NotAllowed("只有承办单位和派单员可以登记对方当事人", way_on="请联系承办单位。")
    if matter.state not in flow.OPEN:
        raise NotAllowed("这件诉求已经结束，不能再登记")
    return matter


def _identify(row: Side, name: str, phone: str, id_number: str) -> None:
    row.name_index = sealing.name_index(name)
    row.phone_index = sealing.phone_index(phone) if phone.strip() else ""
    row.id_index = sealing.id_index(id_number) if id_number.strip() else ""
    shown = [masks.mask_company(name)]
    shown += [masks.mask_phone(phone.strip())] if phone.strip() else []
    shown += [masks.mask_id(id_number.strip())] if id_number.strip() else []
    row.name_mask = " ".join(shown)[:80]


def _case_index(number: str) -> str:
    """However brackets and spaces are typed, one case has one index."""
    read = unicodedata.normalize("NFKC", number)
    read = re.sub(r"[\s()\[\]〔〕【】]", "", read).casefold()
    return seal.blind_index(keyring.ring(), "matters.case", read).hex()


def _fallback(org: UUID | None, account: UUID | None) -> str:
    if org is None:
        if account is not None:
            raise BadInput("请先选择兜底单位", field="fallback_org")
        return ""
    house = providers_queries.institution(org)
    if not house.handles_orders:
        raise BadInput(f"{house.name}不承办工单，不能兜底", field="fallback_org")
    if account is not None and (org, account) not in candidates.serving([org]):
        raise BadInput(f"只能选{house.name}在岗的人员", field="fallback_account")
    return str(org)


def _may_set(county_code: str, actor: Actor) -> None:
    if actor.kind == "system":
        return
    inside = bool(actor.region_from) and access.within(county_code, actor)
    if not (inside and actor.has(roles.DISPATCHER, roles.DIRECTOR)):
        raise NotAllowed("只有本县的派单员和局领导可以修改指派规则", way_on="请把意见告诉派单员。")
