"""What a county sets for its flow, and what becomes of the lines its disputes suggest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, NotAllowed, NotFound
from yike.rooms.guard import clean
from yike.rooms.matters import access, events, flow, policies
from yike.rooms.matters.actions.office import set_route
from yike.rooms.matters.flow.policy import changes
from yike.rooms.matters.models import FlowPolicy, RouteSuggestion
from yike.rooms.people import roles
from yike.rooms.providers import queries as providers_queries
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def set_flow_policy(
    *,
    county_code: str,
    reason: str,
    off: Iterable[str] = (),
    needs: Mapping[str, Iterable[str]] | None = None,
    told: Mapping[str, str] | None = None,
    promises: Mapping[str, str] | None = None,
    caps: Mapping[str, int] | None = None,
    review: Iterable[str] = (),
    accept: bool = False,
    actor: Actor,
) -> int:
    """This will make a new version of a county's rules, for orders from now on; returns its number.

    Orders under way keep the version they began with. Dispatchers and directors of the county;
    refuses what the table does not permit (BadInput names the part), and no change at all.
    """
    _may_set(county_code, actor)
    rows = FlowPolicy.objects.filter(county_code=county_code)
    version = (rows.aggregate(top=Max("version"))["top"] or 0) + 1
    made = flow.Policy(
        version=version, off=frozenset(off),
        needs={verb: tuple(names) for verb, names in (needs or {}).items() if tuple(names)},
        told={verb: words for verb, words in _told(told or {}).items() if words},
        promises={verb: code for verb, code in (promises or {}).items() if code},
        caps=dict(caps or {}), review=frozenset(review), accept=accept,
    )  # fmt: skip
    said = changes(policies.in_force(county_code), made)
    policies.check(made)
    if not said:
        raise BadInput("没有任何变化", way_on="请先改动，再保存。", field="reason")
    why = clean.text(reason, field="reason", most=200, least=2)
    row = FlowPolicy(
        id=new_id(), county_code=county_code, version=version, active_from=clock.today(),
        content=made.plain(), reason=why, set_at=clock.now(), set_by=actor.account_id,
        set_label=actor.label[:80],
    )  # fmt: skip
    FlowPolicy.objects.bulk_create([row])
    event = events.FlowPolicySet(
        county_code=county_code, region_code=county_code, version=version,
        changes="；".join(said)[:1000], reason=why,
    )  # fmt: skip
    trail_actions.record(event, actor=actor)
    return version


@transaction.atomic
def decide_suggestion(*, suggestion_id: UUID, accepted: bool, actor: Actor) -> UUID | None:
    """This will take a suggested line into the routing table, or not; returns the line's id.

    Refuses one decided already, and whoever may not set a line there.
    """
    row = RouteSuggestion.objects.select_for_update().filter(id=suggestion_id).first()
    if row is None:
        raise NotFound("没有这条建议", way_on="请刷新派单规则页面。")
    if row.state != "open":
        raise NotAllowed("这条建议已经处理过", way_on="请刷新派单规则页面。")
    route = _accept(row, actor) if accepted else None
    row.state, row.route_id = "accepted" if accepted else "dismissed", route
    row.decided_at, row.decided_by = clock.now(), actor.account_id
    row.save(update_fields=["state", "route", "decided_at", "decided_by"])
    event = events.SuggestionDecided(
        suggestion_id=row.id, region_code=row.region_code, org=row.org,
        org_name=providers_queries.institution(row.org).name, accepted=accepted,
        word="采纳" if accepted else "不采纳",
    )  # fmt: skip
    trail_actions.record(event, actor=actor)
    return route


def _accept(row: RouteSuggestion, actor: Actor) -> UUID:
    return set_route(
        region_code=row.region_code, org=row.org, category=row.category,
        item_code=row.item_code, note=f"县中心裁定：{row.reason}"[:200], actor=actor,
    )  # fmt: skip


def _told(told: Mapping[str, str]) -> dict[str, str]:
    return {verb: clean.text(words, field="told", most=200) for verb, words in told.items()}


def _may_set(county_code: str, actor: Actor) -> None:
    if actor.kind == "system":
        return
    inside = bool(actor.region_from) and access.within(county_code, actor)
    if not (inside and actor.has(roles.DISPATCHER, roles.DIRECTOR)):
        raise NotAllowed("只有本县的派单员和局领导可以修改流程设置", way_on="请把意见告诉派单员。")
