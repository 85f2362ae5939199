"""Gathers the facts by which it is decided who takes an order; decides nothing.

What is the same for everybody (the register of a county on a day) is kept in memory until it
changes; what changes with every order is asked anew: duty, load, shares, weights, ties.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.guard import editions
from yike.rooms.matters import policies
from yike.rooms.matters.assignment import (
    HOUSE,
    Candidate,
    Case,
    Policy,
    Ranked,
    Ranking,
    of_plain,
    rank,
)
from yike.rooms.matters.candidates import cases, people
from yike.rooms.matters.candidates.cases import must_be_free
from yike.rooms.matters.candidates.people import carried, points_of, serving, shares_of
from yike.rooms.matters.models import AssignmentPolicy, Matter

__all__ = [
    "Pool",
    "again",
    "carried",
    "gather",
    "gather_all",
    "must_be_free",
    "points_of",
    "policy_in_force",
    "serving",
    "shares_of",
    "with_policy",
]


@dataclass(frozen=True, kw_only=True)
class Pool:
    """Everything the decision stands on, and the ranking it comes to."""

    matter: Matter
    county: str
    at: datetime
    policy: Policy
    case: Case
    candidates: tuple[Candidate, ...]
    ranked: Ranking

    def place_of(self, account: UUID) -> tuple[int, Ranked] | None:
        """This will return somebody's place (1 is first) and its row; None for a stranger."""
        for number, one in enumerate(self.ranked, 1):
            if one.candidate.account == account:
                return number, one
        return None


def gather(matter: Matter, *, actor: Actor, within: UUID | None = None) -> Pool:
    """This will gather and rank everybody of the county, or of one office (`within`)."""
    return gather_all([matter], actor=actor, within=within)[0]


def gather_all(
    matters: Sequence[Matter], *, actor: Actor, within: UUID | None = None
) -> tuple[Pool, ...]:
    """This will do the same for orders of one county, with no more questions than for one."""
    if not matters:
        return ()
    county, now = policies.county_of(matters[0].region_code), clock.now()
    policy, asks = policy_in_force(county), cases.cases(matters)
    known = list(people.register(county, now.astimezone(clock.CIVIL).date()))
    for org in dict.fromkeys(one.holder_org for one in matters):
        known += people.colleagues(org, known, actor) if org is not None else []
    if within is not None:
        known = [one for one in known if one.org == within]
    marks = {mark for case in asks.values() for mark in case.parties | case.opponents}
    known = people.moving(known, county, policy, now, marks)
    return tuple(
        _pool(one, county, now, policy, asks[one.id], _near(known, one)) for one in matters
    )


def _near(people: Sequence[Candidate], matter: Matter) -> tuple[Candidate, ...]:
    """Who stands in the register, and of those who do not the people of the holding office."""
    return tuple(one for one in people if one.kind or one.org == matter.holder_org)


def again(pool: Pool) -> Pool:
    """This will count load and shares once more and rank anew: for whoever has the lock now."""
    known = people.counted(pool.candidates, pool.county, pool.policy)
    return _pool(pool.matter, pool.county, pool.at, pool.policy, pool.case, tuple(known))


def with_policy(pool: Pool, policy: Policy) -> Ranking:
    """This will rank the same facts by another policy: for previews."""
    return rank(pool.case, pool.candidates, at=pool.at, policy=policy)


def _pool(
    matter: Matter, county: str, at: datetime, policy: Policy, case: Case,
    people: tuple[Candidate, ...],
) -> Pool:  # fmt: skip
    return Pool(
        matter=matter, county=county, at=at, policy=policy, case=case, candidates=people,
        ranked=rank(case, people, at=at, policy=policy),
    )  # fmt: skip


def policy_in_force(county: str) -> Policy:
    """This will return the newest version of a county's rules; the house's own when none is set."""
    return _policy(county)


@editions.kept("assigning")
def _policy(county: str) -> Policy:
    row = AssignmentPolicy.objects.filter(county_code=county).order_by("-version").first()
    return of_plain(row.version, row.content) if row else HOUSE
