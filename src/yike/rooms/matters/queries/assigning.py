"""Whom the rules suggest for an order and why; what was decided; the county's rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import cast
from uuid import UUID

from django.db.models import Exists, OuterRef

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed
from yike.rooms.matters import access, assignment, candidates, flow, names, routes
from yike.rooms.matters.assignment import Policy, Ranked, Ranking
from yike.rooms.matters.candidates import Pool
from yike.rooms.matters.faces.assigning import (
    Advice,
    AdviceRow,
    AssignmentFace,
    AssignmentVersion,
    OutRow,
    PreviewRow,
    ShareRow,
    SideFace,
    UnfilledRow,
)
from yike.rooms.matters.models import (
    AssignmentPolicy,
    AssignmentRecord,
    AssignmentShare,
    Matter,
    Side,
)
from yike.rooms.matters.models.assigning import PARTS, WAYS
from yike.rooms.people import roles
from yike.rooms.providers import queries as providers_queries
from yike.rooms.regions import codes as region_codes

_PREVIEWED, _OUT_SHOWN = 50, 20
_ASSIGNABLE = (flow.SIGN, flow.WORK)
#: who may note whom a matter is against
NOTES: frozenset[flow.Standing] = frozenset({"office", "dispatcher", "director"})


def candidates_for(reference: str, actor: Actor) -> Pool:
    """This will gather and rank who could take an order: of the county for those who dispatch it,

    else of the own office. Refuses NotFound, and NotAllowed to whoever has no part in it.
    """
    matter = access.matter_for(actor, reference)
    return candidates.gather(matter, actor=actor, within=scope(matter, actor))


def scope(matter: Matter, actor: Actor) -> UUID | None:
    """This will return the office to which the actor's choice is limited; None: the county.

    Refuses NotAllowed.
    """
    standing = access.standing_of(matter, actor)
    if standing & {"dispatcher", "director", "system"}:
        return None
    if "office" not in standing or matter.holder_org is None:
        raise NotAllowed("只有派单员和承办单位可以查看建议人选", way_on="请联系派单员。")
    return matter.holder_org


def advice(actor: Actor, reference: str) -> Advice:
    """This will return the suggestion with its reasons, as the matter's page shows it."""
    pool = candidates_for(reference, actor)
    matter = pool.matter
    out = _nearest_first(pool.ranked.out)
    standing = access.standing_of(matter, actor)
    return Advice(
        reference=matter.reference,
        version=matter.version,
        policy_version=pool.policy.version,
        asks=asks(pool),
        may_assign=matter.state in _ASSIGNABLE and bool(standing & {"office", "dispatcher"}),
        own_office=not standing & {"dispatcher", "director"},
        may_note=bool(standing & NOTES) and matter.state in flow.OPEN,
        pool=pool.ranked.able,
        rows=tuple(
            row(pool, number, one)
            for number, one in enumerate(pool.ranked.best(pool.policy.limit("top")), 1)
        ),
        out=tuple(_out(one) for one in out[:_OUT_SHOWN]),
        out_more=max(0, len(out) - _OUT_SHOWN),
        sides=_sides(matter),
        records=_records(matter),
        fallback=fallback_name(pool),
    )  # fmt: skip


def row(pool: Pool, place: int, one: Ranked) -> AdviceRow:
    """This will return one place of the ranking with its reasons in words."""
    who = one.candidate
    return AdviceRow(
        place=place, account=cast(UUID, who.account), name=who.name, kind_name=who.kind_name,
        org=who.org, org_name=who.org_name, score=round(one.score, 1),
        reasons=assignment.explain(pool.case, one, at=pool.at, policy=pool.policy),
    )  # fmt: skip


def asks(pool: Pool) -> str:
    """This will say what an order asks of whoever takes it."""
    case = pool.case
    said = [f"需要{case.kind_names}" if case.kind_names else "不限人员类别"]
    said += [f"涉及{case.category_name}"] if case.category_name else []
    said += [f"当事人需要{'、'.join(case.languages)}"] if case.languages else []
    return "，".join(said)


def why_nobody(ranked: Ranking) -> str:
    """This will count, reason by reason, why nobody can take it."""
    said = [f"{_SHORT[code]} {n} 人" for code, n in ranked.counted_out().most_common()]
    return "，".join(said) or "名录里没有人员"


_SHORT = {
    "other_side": "利益冲突", "co_accused": "同案冲突", "relative": "需要回避",
    "unfit": "当天不能服务", "account": "没有账号", "house": "机构不承办", "weight": "暂停派单",
    "full": "已到上限", "kind": "类别不符", "area": "不在服务区域", "language": "语言不符",
    "duty": "不在值班",
}  # fmt: skip


def fallback_name(pool: Pool) -> str:
    """This will say who takes it when nobody can."""
    policy, matter = pool.policy, pool.matter
    org = (
        UUID(policy.fallback_org) if policy.fallback_org else routes.pool_of(matter.region_code).id
    )
    account = UUID(policy.fallback_account) if policy.fallback_account else None
    known, people = names.orgs([org]), names.people([account])
    return f"{known.get(org, '')}{people.get(account, '')}"


def unfilled(actor: Actor, *, limit: int = 50) -> tuple[UnfilledRow, ...]:
    """This will return the open orders for which nobody could be found, oldest first."""
    if actor.kind != "staff":
        return ()
    given = AssignmentRecord.objects.filter(
        matter=OuterRef("matter"), way__in=("best", "override"), at__gte=OuterRef("at")
    )
    rows = AssignmentRecord.objects.filter(
        ~Exists(given), way__in=("fallback", "nobody"), matter__state__in=sorted(flow.GOING)
    )
    newest = {one.matter_id: one for one in rows.select_related("matter").order_by("at")}
    found = sorted(newest.values(), key=lambda one: (one.at, one.id))[:limit]
    places = names.places({one.matter.region_code for one in found})
    orgs = names.orgs(one.matter.holder_org for one in found)
    return tuple(
        UnfilledRow(
            reference=one.matter.reference,
            order_no=one.matter.order_no,
            title=one.matter.title,
            region_name=places.get(one.matter.region_code, ""),
            since=one.at,
            holder_name=orgs.get(one.matter.holder_org, ""),
            way_name=WAYS[one.way],
            why="，".join(f"{_SHORT.get(code, code)} {n} 人" for code, n in one.out.items()),
        )
        for one in found
    )


def assignment_policy(county: str) -> Policy:
    """This will return the rules in force in a county."""
    return candidates.policy_in_force(county)


def assignment_versions(county: str) -> tuple[AssignmentVersion, ...]:
    """This will return every version of a county's rules with what it changed, newest first."""
    rows = list(AssignmentPolicy.objects.filter(county_code=county).order_by("version"))
    before, found = assignment.HOUSE, []
    for one in rows:
        policy = assignment.of_plain(one.version, one.content)
        found.append(
            AssignmentVersion(
                version=one.version, policy=policy, reason=one.reason, set_at=one.set_at,
                set_by=one.set_label, changes=assignment.changes(before, policy),
            )
        )  # fmt: skip
        before = policy
    return tuple(reversed(found))


def assignment_preview(actor: Actor, county: str, policy: Policy) -> tuple[PreviewRow, ...]:
    """This will say of the last fifty orders who is first by the rules in force and by others.

    By today's register, duty and load; shares as they stand, for both. Dispatchers and directors.
    """
    if not actor.has(roles.DISPATCHER, roles.DIRECTOR):
        raise NotAllowed("只有派单员和局领导可以预览指派规则")
    rows = Matter.objects.filter(
        region_code__startswith=county[:6], opened_at__gte=clock.now() - timedelta(days=365)
    ).exclude(state=flow.WITHDRAWN)
    recent = list(rows.order_by("-opened_at")[:_PREVIEWED])
    found = []
    for pool in candidates.gather_all(recent, actor=actor):
        before, after = _first(pool.ranked), _first(candidates.with_policy(pool, policy))
        found.append(
            PreviewRow(
                reference=pool.matter.reference, title=pool.matter.title, before=_who(before),
                after=_who(after), moved=_id(before) != _id(after),
            )
        )  # fmt: skip
    return tuple(found)


def shares(actor: Actor, county: str) -> tuple[ShareRow, ...]:
    """This will return how the orders were shared since the rules in force began."""
    if not actor.has(roles.DISPATCHER, roles.DIRECTOR):
        raise NotAllowed("只有派单员和局领导可以查看接单份额")
    version = candidates.policy_in_force(county).version
    rows = list(
        AssignmentShare.objects.filter(county_code=county, policy_version=version).order_by(
            "-received", "account"
        )
    )
    people = _called(county, [one.account for one in rows])
    load = candidates.carried([one.account for one in rows])
    return tuple(
        ShareRow(
            account=one.account, name=people.get(one.account, ""), expected=round(one.expected, 1),
            received=one.received, carried=load.get(one.account, 0),
        )
        for one in rows
    )  # fmt: skip


def _called(county: str, accounts: Sequence[UUID]) -> dict[UUID | None, str]:
    """Names of colleagues; who serves elsewhere is called as the register of a county calls."""
    known = names.people(accounts)
    if all(one in known for one in accounts):
        return known
    span = region_codes.span(county)
    there = providers_queries.practitioners_in(span)
    return {one.account_id: one.name for one in there if one.account_id} | known


def _first(ranked: Ranking) -> Ranked | None:
    return next(iter(ranked.best(1)), None)


def _id(one: Ranked | None) -> UUID | None:
    return one.candidate.id if one else None


def _who(one: Ranked | None) -> str:
    return f"{one.candidate.name}（{one.candidate.org_name}）" if one else "无人可派"


def _nearest_first(out: Sequence[Ranked]) -> list[Ranked]:
    """Conflicts first, for they must be seen; then who is nearly able; other kinds last."""
    order = list(assignment.EXCLUSIONS)
    late = {"kind", "area", "account", "house"}
    return sorted(out, key=lambda one: (one.excluded_by in late, order.index(one.excluded_by)))


def _out(one: Ranked) -> OutRow:
    who = one.candidate
    return OutRow(
        account=who.account, name=who.name, kind_name=who.kind_name, org_name=who.org_name,
        sentence=one.sentence, soft=one.excluded_by not in assignment.HARD,
    )  # fmt: skip


def _sides(matter: Matter) -> tuple[SideFace, ...]:
    rows = Side.objects.filter(matter=matter.id, withdrawn_at=None).order_by("noted_at", "id")
    return tuple(
        SideFace(
            id=one.id, part=one.part, part_name=PARTS[one.part], mask=one.name_mask,
            noted_at=one.noted_at,
        )
        for one in rows
    )  # fmt: skip


def _records(matter: Matter) -> tuple[AssignmentFace, ...]:
    rows = AssignmentRecord.objects.filter(matter=matter.id).order_by("-at")
    return tuple(
        AssignmentFace(
            at=one.at, way=one.way, way_name=WAYS[one.way], pool=one.pool,
            chosen_name=one.chosen_name, place=one.place, override_reason=one.override_reason,
            by_label=one.by_label, policy_version=one.policy_version, top=tuple(one.top),
        )
        for one in rows
    )  # fmt: skip
