"""One deed on one matter: look, check and lock in one step, then state, clocks, sentence.

The only place where `state`, `turn` and `version` are changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, Clash
from yike.rooms.guard import clean
from yike.rooms.matters import (
    access,
    custody,
    flow,
    handlers,
    pace,
    policies,
    promises,
    timeline,
)
from yike.rooms.matters.events import MatterEvent
from yike.rooms.matters.models import Matter, Message, Note
from yike.rooms.trail import actions as trail_actions

#: characters of a reason, and of an answer, message or note
REASON_MOST, WORDS_MOST = 500, 5_000


@dataclass(kw_only=True)
class Deed:
    """A deed that has been allowed, on a matter that is locked."""

    matter: Matter
    row: flow.Row
    standing: frozenset[flow.Standing]
    actor: Actor
    now: datetime
    policy: flow.Policy = flow.HOUSE
    changed: set[str] = field(default_factory=set)

    @property
    def about(self) -> dict[str, Any]:
        """The fields every event of a matter has."""
        return about(self.matter) | {"told": self.policy.told.get(self.row.verb, "")}

    def change(self, **values: object) -> None:
        """This will set columns of the matter, to be saved by name when the deed is done."""
        for name, value in values.items():
            setattr(self.matter, name, value)
        self.changed |= values.keys()


def begin(
    verb: str,
    *,
    reference: str,
    actor: Actor,
    seen: str = "",
    told: Mapping[str, object] | None = None,
) -> Deed:
    """This will look, check and lock. Refuses NotFound, NotAllowed, or Clash when `seen` is old.

    `told`: the fields that may be left empty, as given: a county may insist on some (BadInput).
    """
    matter = access.matter_for(actor, reference, lock=True)
    policy = policies.of_matter(matter)
    standing = access.standing_of(matter, actor)
    row = flow.row_of(verb)
    moved_on = matter.state not in row.states or bool(seen and seen != str(matter.version))
    faster = timeline.last_deed(matter.id) if moved_on else ""
    facts = access.facts_of(matter, actor, policy)
    row = flow.refuse(verb, matter.state, standing, facts, policy, faster=faster)
    if seen and seen != str(matter.version) and (row.to or verb == "assign"):
        raise Clash(
            f"您打开页面之后，这项诉求有了变化。{faster}",
            way_on="请看一下新的情况，再决定是否继续。您写的内容还在。",
        )
    _insist(row, policy, told or {})
    return Deed(
        matter=matter, row=row, standing=standing, actor=actor, now=clock.now(), policy=policy
    )


def _insist(row: flow.Row, policy: flow.Policy, told: Mapping[str, object]) -> None:
    needed = policy.needed(row)
    for name, value in told.items():
        if name in needed and value in ("", None, (), []):
            raise BadInput(f"本县要求写明“{flow.FIELDS[name][0]}”", field=name)


def settle(deed: Deed) -> None:
    """This will move state, turn, clocks and custody as the row says, and save by name."""
    matter, row, before = deed.matter, deed.row, deed.matter.state
    sign = deed.policy.promises.get(row.verb, "")
    deed.changed |= set(promises.apply(row.clock, matter, actor=deed.actor, sign=sign))
    if row.to in flow.ENDED and matter.state in flow.OPEN:
        deed.change(closed_at=deed.now)
        custody.end(matter, now=deed.now)
    if row.to in flow.OPEN:
        deed.change(closed_at=None)
    if row.to:
        deed.change(state=row.to)
    if row.turn:
        deed.change(turn=_turn(matter, row.turn))
    pace.follow(matter, row, deed.standing, before, actor=deed.actor)
    deed.change(version=matter.version + 1)
    matter.save(update_fields=sorted(deed.changed))


def touch(matter: Matter, *changed: str) -> None:
    """This will save what another matter's deed changed here, as a version of its own."""
    matter.version += 1
    matter.save(update_fields=sorted({*changed, "version"}))


def about(matter: Matter) -> dict[str, Any]:
    """This will return the fields every event of a matter has."""
    return {
        "matter_id": matter.id,
        "reference": matter.reference,
        "region_code": matter.region_code,
        "version": matter.version,
        "demo": matter.demo,
    }


def _turn(matter: Matter, turn: str) -> str:
    """A platform that keeps its citizens to itself is asked in their place."""
    alone = turn == "citizen" and matter.peer_id and not matter.phone_index
    return "peer" if alone else turn


def done(deed: Deed, event: MatterEvent) -> None:
    """This will record the deed's one sentence."""
    trail_actions.record(event, actor=deed.actor)


def holder(deed: Deed) -> UUID:
    """This will return the office that holds the matter; there always is one."""
    if deed.matter.holder_org is None:
        raise RuntimeError(f"matter {deed.matter.id} has no holder")
    return deed.matter.holder_org


def office(deed: Deed) -> dict[str, Any]:
    """This will return the office that holds the matter, as events name it."""
    org = deed.matter.holder_org
    return {"org": org, "org_name": handlers.names([org]).get(org, "") if org else ""}


def move(
    deed: Deed, to: UUID, *, how: str, reason: str, account: UUID | None = None
) -> dict[str, Any]:
    """This will hand the matter over; returns from, to and step as events name them."""
    left = holder(deed)
    seq = custody.hand_over(
        deed.matter, org=to, account=account, how=how, reason=reason, by=deed.actor, now=deed.now
    )
    deed.change(holder_org=to, holder_account=account)
    known = handlers.names([left, to])
    return {
        "from_org": left,
        "from_name": known.get(left, ""),
        "to_org": to,
        "to_name": known.get(to, ""),
        "seq": seq,
    }


def reason(typed: str) -> str:
    """This will return a reason, cleaned. Refuses an empty one and state secrets."""
    return words(typed, name="reason", most=REASON_MOST, least=2)


def words(typed: str, *, name: str = "words", most: int = WORDS_MOST, least: int = 1) -> str:
    """This will return what was written, cleaned. Refuses what is empty, too long or secret."""
    return clean.text(typed, field=name, most=most, least=least)


def unique(ids: Iterable[UUID]) -> list[UUID]:
    """This will return the ids in their order, each once."""
    return list(dict.fromkeys(ids))


def note(deed: Deed, said: str, *, level: int) -> None:
    """This will write an internal opinion as part of a deed, under the actor's name."""
    Note.objects.bulk_create(
        [
            Note(
                id=new_id(),
                matter=deed.matter,
                at=deed.now,
                org=deed.actor.org_id,
                account=deed.actor.account_id,
                label=deed.actor.label[:80],
                level=level,
                words=said,
            )
        ]
    )


def remark(deed: Deed, said: str) -> None:
    """This will write a message of whoever does the deed, as part of it."""
    side = "citizen" if deed.standing & {"party", "peer"} else "office"
    Message.objects.bulk_create(
        [
            Message(
                id=new_id(),
                matter=deed.matter,
                at=deed.now,
                side=side,
                org=deed.actor.org_id,
                label=deed.actor.label[:80],
                words=said,
            )
        ]
    )
