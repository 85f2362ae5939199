"""Giving an order to a person: the best by the rules, or another with a reason; never beyond

capacity, never in conflict. Everything that was weighed is kept.
"""

from __future__ import annotations

from uuid import UUID

from django.db import connection, transaction

from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed
from yike.rooms.matters import access, assignment, candidates, events, routes
from yike.rooms.matters import deed as deeds
from yike.rooms.matters.actions.dispatching import reassign
from yike.rooms.matters.actions.holding import assign
from yike.rooms.matters.assignment import Ranked
from yike.rooms.matters.candidates import Pool
from yike.rooms.matters.models import AssignmentRecord, Matter, Step
from yike.rooms.matters.queries import assigning as asked
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def assign_best(*, reference: str, actor: Actor, seen: str = "") -> UUID | None:
    """This will give an order to the best who can take it now; returns the account, or None.

    Nobody can: it goes to the county's fallback and an alarm is raised. Of two at once for the
    last place of one person the second gets the next best. Refuses as `assign` and `reassign` do.
    """
    pool = _locked(asked.candidates_for(reference, actor))
    if not pool.ranked.able:
        return _fall_back(pool, actor, seen)
    return _give(pool, 1, pool.ranked[0], actor, seen=seen, override="")


@transaction.atomic
def assign_to(
    *, reference: str, account_id: UUID, override_reason: str = "", actor: Actor, seen: str = ""
) -> UUID | None:
    """This will give an order to somebody named; another than the first needs a reason, kept.

    Refuses whoever is in conflict, unfit, suspended or full, however good the reason (NotAllowed);
    and whoever the last place was taken from meanwhile (Clash).
    """
    before = asked.candidates_for(reference, actor)
    had_room = before.place_of(account_id)
    pool = _locked(before)
    found = pool.place_of(account_id)
    if found is None:
        raise BadInput("候选人员里没有这个人", way_on="请从列表里选择。", field="account_id")
    place, one = found
    if one.excluded_by == "full" and had_room and not had_room[1].excluded_by:
        raise Clash(f"{one.candidate.name}刚刚接了别的工单，已到上限", way_on="请看新的排名再选。")
    if one.excluded_by in assignment.HARD:
        raise NotAllowed(
            f"不能派给{one.candidate.name}：{one.sentence}", way_on="请从建议人选里另选一位。"
        )
    if place == 1 and not one.excluded_by:
        return _give(pool, 1, one, actor, seen=seen, override="")
    if not override_reason.strip():
        raise BadInput("不按第一名派，请写明理由", field="override_reason")
    why = deeds.words(override_reason, name="override_reason", most=deeds.REASON_MOST, least=2)
    return _give(pool, place, one, actor, seen=seen, override=why)


def _locked(pool: Pool) -> Pool:
    """Lets one decision of a county pass at a time, from here to its commit; counted anew.

    Taken late: the register is read before, only load and shares after. Always before a matter's
    row is locked, so that two decisions never wait for one another.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"assign:{pool.county}"]
        )
    return candidates.again(pool)


def _give(
    pool: Pool, place: int, one: Ranked, actor: Actor, *, seen: str, override: str
) -> UUID | None:
    who = one.candidate
    assert who.account is not None
    assert who.org is not None
    _count(pool, one)
    _keep(pool, "override" if override else "best", place, one, actor, override)
    _move(pool.matter, who.org, who.account, _why(pool, place, one, override), actor, seen)
    return who.account


def _move(
    matter: Matter, org: UUID, account: UUID | None, why: str, actor: Actor, seen: str
) -> None:
    """Within the office its own verb, else the dispatcher's."""
    standing = access.standing_of(matter, actor)
    if account is not None and org == matter.holder_org and "office" in standing:
        assign(reference=matter.reference, account_id=account, reason=why, actor=actor, seen=seen)
        return
    reassign(
        reference=matter.reference, to_org=org, account_id=account, reason=why, actor=actor,
        seen=seen,
    )  # fmt: skip


def _why(pool: Pool, place: int, one: Ranked, override: str) -> str:
    if override:
        return f"人工改选（建议第 {place} 名）：{override}"[: deeds.REASON_MOST]
    reasons = assignment.explain(pool.case, one, at=pool.at, policy=pool.policy)
    best = sorted(reasons, key=lambda reason: -reason.points)[:4]
    said = "；".join(reason.sentence for reason in best)
    return f"按指派规则排第 {place} 名：{said}"[: deeds.REASON_MOST]


def _count(pool: Pool, one: Ranked) -> None:
    """Adds what this decision makes due to each and gives to one. Under the county's lock."""
    parts = assignment.shares(pool.ranked, one.candidate)
    told = (
        pool.county,
        pool.policy.version,
        [part.account for part in parts],
        [part.expected for part in parts],
        [part.received for part in parts],
    )
    with connection.cursor() as cursor:
        cursor.execute(_ADD, told)


_ADD = """
insert into matters_assignmentshare as known
  (county_code, policy_version, account, expected, received)
select %s, %s, told.account, told.expected, told.received
from unnest(%s::uuid[], %s::float8[], %s::int[]) told(account, expected, received)
on conflict (county_code, policy_version, account) do update
set expected = known.expected + excluded.expected, received = known.received + excluded.received
"""


def _keep(
    pool: Pool, way: str, place: int, one: Ranked | None, actor: Actor, override: str = ""
) -> AssignmentRecord:
    best = pool.ranked.best(pool.policy.limit("top"))
    who = one.candidate if one else None
    record = AssignmentRecord(
        id=new_id(),
        matter=pool.matter,
        at=pool.at,
        county_code=pool.county,
        policy_version=pool.policy.version,
        way=way,
        pool=pool.ranked.able,
        out=dict(pool.ranked.counted_out()),
        top=[_plain(pool, one) for one in best],
        place=place,
        org=who.org if who else None,
        account=who.account if who else None,
        chosen_name=who.name[:60] if who else "",
        override_reason=override,
        by_account=actor.account_id,
        by_label=actor.label[:80],
    )
    AssignmentRecord.objects.bulk_create([record])
    return record


def _plain(pool: Pool, one: Ranked) -> dict[str, object]:
    reasons = assignment.explain(pool.case, one, at=pool.at, policy=pool.policy)
    return {
        "account": str(one.candidate.account),
        "name": one.candidate.name,
        "org": one.candidate.org_name,
        "score": round(one.score, 2),
        "reasons": [
            {"code": reason.code, "sentence": reason.sentence, "points": reason.points}
            for reason in reasons
        ],
    }


def _fall_back(pool: Pool, actor: Actor, seen: str) -> UUID | None:
    """Nobody can: the county's fallback takes it, else it waits where it is; always an alarm."""
    matter, why = pool.matter, asked.why_nobody(pool.ranked)
    org, account = _fallback(pool)
    standing = access.standing_of(matter, actor)
    same = org == matter.holder_org
    moves = account not in (None, matter.holder_account) if same else True
    done = moves and bool(standing & {"dispatcher", "director"} or (same and "office" in standing))
    _keep(pool, "fallback" if done else "nobody", 0, None, actor)
    if done:
        _move(matter, org, account, f"没有可派的人员（{why}），交兜底岗位"[:500], actor, seen)
    _alarm(matter, actor, why, asked.fallback_name(pool) if done else "")
    return account if done else None


def _fallback(pool: Pool) -> tuple[UUID, UUID | None]:
    policy = pool.policy
    if policy.fallback_org:
        account = UUID(policy.fallback_account) if policy.fallback_account else None
        return UUID(policy.fallback_org), account
    return routes.pool_of(pool.matter.region_code).id, None


def _alarm(matter: Matter, actor: Actor, why: str, to_name: str) -> None:
    fresh = Matter.objects.get(id=matter.id)
    seq = Step.objects.filter(matter=matter.id, ended_at=None).values_list("seq", flat=True)
    event = events.AssignmentPoolEmpty(
        **deeds.about(fresh), seq=next(iter(seq), 0), why=why[:200],
        to_name=f"已交兜底岗位{to_name}" if to_name else "等待派单员处理",
    )  # fmt: skip
    trail_actions.record(event, actor=actor)
