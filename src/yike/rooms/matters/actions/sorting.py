"""What kind of demand it is: corrected, and told apart when its very type is changed."""

from __future__ import annotations

from django.db import transaction

from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput
from yike.rooms.matters import codes, events
from yike.rooms.matters import deed as deeds
from yike.rooms.matters.models import TypeChange


@transaction.atomic
def recategorise(
    *,
    reference: str,
    reason: str,
    category: str = "",
    item_code: str = "",
    demand_type: str = "",
    actor: Actor,
    seen: str = "",
) -> None:
    """This will correct what kind of demand it is; empty = unchanged. The promise stays.

    Another demand type (投诉 → 咨询) is kept with its reason for a supervisor's sample.
    """
    told: dict[str, object] = {
        "category": category, "item_code": item_code, "demand_type": demand_type,
    }  # fmt: skip
    deed = deeds.begin("recategorise", reference=reference, actor=actor, seen=seen, told=told)
    why, matter = deeds.reason(reason), deed.matter
    _check(category, item_code, demand_type)
    before = {"category": matter.category, "demand_type": matter.demand_type}
    deed.change(**{name: value for name, value in told.items() if value})
    deeds.note(deed, f"修改分类：{why}", level=matter.level)
    retyped = matter.demand_type != before["demand_type"]
    if retyped:
        _keep(deed, before["demand_type"], why)
    deeds.settle(deed)
    make = _type_changed if retyped else _recategorised
    deeds.done(deed, make(deed, before))


def _check(category: str, item_code: str, demand_type: str) -> None:
    if not (category or item_code or demand_type):
        raise BadInput("请选择要修改的分类", field="category")
    if category and not catalogue_queries.matter_name(category):
        raise BadInput("没有这个事项类型", way_on="请从列表中选择。", field="category")
    if demand_type and demand_type not in codes.DEMAND_TYPES:
        raise BadInput("没有这个诉求类型", way_on="请从列表中选择。", field="demand_type")
    if item_code:
        catalogue_queries.item(item_code)


def _keep(deed: deeds.Deed, before: str, why: str) -> None:
    row = TypeChange(
        id=new_id(), matter=deed.matter, at=deed.now, before=before,
        after=deed.matter.demand_type, reason=why, by=deed.actor.account_id,
        label=deed.actor.label[:80], org=deed.actor.org_id,
    )  # fmt: skip
    TypeChange.objects.bulk_create([row])


def _type_changed(deed: deeds.Deed, before: dict[str, str]) -> events.MatterEvent:
    matter = deed.matter
    return events.DemandTypeChanged(
        **deed.about,
        before=before["demand_type"],
        before_name=codes.DEMAND_TYPES[before["demand_type"]],
        after=matter.demand_type,
        after_name=codes.DEMAND_TYPES[matter.demand_type],
        category=matter.category,
        org=deed.actor.org_id,
    )


def _recategorised(deed: deeds.Deed, before: dict[str, str]) -> events.MatterEvent:
    matter = deed.matter
    return events.MatterRecategorised(
        **deed.about,
        category_before=before["category"],
        category=matter.category,
        category_name=catalogue_queries.matter_name(matter.category),
        item_code=matter.item_code,
        demand_type=matter.demand_type,
    )
