"""One deed on one matter: look, check and lock in one step, then state, clocks, sentence.

The only place where `state`, `turn` and `version` are changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import Clash
from yike.rooms.guard import clean
from yike.rooms.matters import access, custody, flow, promises, timeline
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
    changed: set[str] = field(default_factory=set)

    @property
    def about(self) -> dict[str, Any]:
        """The fields every event of a matter has."""
        matter = self.matter
        return {
            "matter_id": matter.id,
            "reference": matter.reference,
            "region_code": matter.region_code,
            "version": matter.version,
            "demo": matter.demo,
        }

    def change(self, **values: object) -> None:
        """This will set columns of the matter, to be saved by name when the deed is done."""
        for name, value in values.items():
            setattr(self.matter, name, value)
        self.changed |= values.keys()


def begin(verb: str, *, reference: str, actor: Actor, seen: str = "") -> Deed:
    """This will look, check and lock. Refuses NotFound, NotAllowed, or Clash when `seen` is old."""
    matter = access.matter_for(actor, reference, lock=True)
    standing = access.standing_of(matter, actor)
    row = flow.row_of(verb)
    moved_on = matter.state not in row.states or bool(seen and seen != str(matter.version))
    faster = timeline.last_deed(matter.id) if moved_on else ""
    row = flow.refuse(verb, matter.state, standing, access.facts_of(matter), faster=faster)
    if seen and seen != str(matter.version) and (row.to or verb == "assign"):
        raise Clash(
            f"您打开页面之后，这项诉求有了变化。{faster}",
            way_on="请看一下新的情况，再决定是否继续。您写的内容还在。",
        )
    return Deed(matter=matter, row=row, standing=standing, actor=actor, now=clock.now())


def settle(deed: Deed) -> None:
    """This will move state, turn, clocks and custody as the row says, and save by name."""
    matter, row = deed.matter, deed.row
    deed.changed |= set(promises.apply(row.clock, matter, actor=deed.actor))
    if row.to:
        deed.change(state=row.to)
    if row.turn:
        deed.change(turn=row.turn)
    if row.to in flow.ENDED:
        deed.change(closed_at=deed.now)
        custody.end(matter, now=deed.now)
    deed.change(version=matter.version + 1)
    matter.save(update_fields=sorted(deed.changed))


def done(deed: Deed, event: MatterEvent) -> None:
    """This will record the deed's one sentence."""
    trail_actions.record(event, actor=deed.actor)


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
