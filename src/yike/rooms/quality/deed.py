"""One deed on one case: look, check and lock in one step, then state, clock, sentence.

The only place where `state` and `version` of a case are changed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from yike.rooms.clocks import actions as clocks_actions
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.event import Event
from yike.rooms.core.refusal import Clash
from yike.rooms.guard import clean
from yike.rooms.people import queries as people_queries
from yike.rooms.providers import queries as providers_queries
from yike.rooms.quality import access, facts, flow
from yike.rooms.quality.models.cases import Case
from yike.rooms.trail import actions as trail_actions

WORDS_MOST = 2_000
C = TypeVar("C", bound=Case)


@dataclass(kw_only=True)
class Deed(Generic[C]):
    """A deed that has been allowed, on a case that is locked."""

    case: C
    row: flow.Row
    actor: Actor
    now: datetime
    changed: set[str] = field(default_factory=set)

    def change(self, **values: object) -> None:
        """This will set columns of the case, to be saved by name when the deed is done."""
        for name, value in values.items():
            setattr(self.case, name, value)
        self.changed |= values.keys()


def begin(
    verb: str, kind: type[C], case_id: UUID, *, actor: Actor, seen: str = ""
) -> Deed[C]:  # fmt: skip
    """This will look, check and lock. Refuses NotFound, NotAllowed, or Clash when `seen` is old."""
    case = access.case_for(actor, kind, case_id, lock=True)
    standing = access.standing_of(case, actor)
    row = flow.refuse(verb, case.state, standing, facts.of(case, actor))
    if seen and seen != str(case.version):
        raise Clash("您打开页面之后，这一条有了变化。", way_on="请看一下新的情况，再决定是否继续。")
    return Deed(case=case, row=row, actor=actor, now=clock.now())


def settle(deed: Deed[C]) -> None:
    """This will move state as the row says, end the clocks of what has ended, and save by name."""
    case, row = deed.case, deed.row
    deed.change(version=case.version + 1, did_account=deed.actor.account_id)
    if row.to:
        deed.change(state=row.to)
    if row.to in flow.ENDED[row.noun]:
        deed.change(ended_at=deed.now)
        stop_clocks(row.noun, case, actor=deed.actor)
    case.save(update_fields=sorted(deed.changed))


def done(deed: Deed[C], event: Event) -> None:
    """This will record the deed's one sentence."""
    trail_actions.record(event, actor=deed.actor)


def start_clock(
    noun: str, case: Case, promise: str, *, actor: Actor, started_at: datetime | None = None
) -> datetime:
    """This will make a promise for a case; returns when it is due. The caller saves `due_at`."""
    made = clocks_actions.start_clock(
        subject_kind=noun,
        subject_id=case.id,
        promise_code=promise,
        region_code=case.region_code,
        started_at=started_at,
        actor=actor,
    )
    return made.due_at


def stop_clocks(noun: str, case: Case, *, actor: Actor, promise: str = "") -> None:
    """This will end the promises of a case, or one of them."""
    clocks_actions.stop_clocks_of(
        subject_kind=noun, subject_id=case.id, promise_code=promise, actor=actor
    )


def words(typed: str, *, name: str = "words", least: int = 2) -> str:
    """This will return what was written, cleaned. Refuses what is too short, too long or secret."""
    return clean.text(typed, field=name, most=WORDS_MOST, least=least)


def org_name(org: UUID | None) -> str:
    """This will return the name of an institution; "" for none."""
    return providers_queries.names_of([org]).get(org, "") if org else ""


def leader_of(region_code: str, secrecy: int, role: str, *, but: frozenset[UUID]) -> UUID | None:
    """This will return the first of a role who answers for a region and is none of these."""
    found = people_queries.answering_for(role, region_code=region_code, level=secrecy)
    return next((account for account in found if account not in but), None)
