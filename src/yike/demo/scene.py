"""One part of the play as it goes on: its time, its order, and the deeds everybody does there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from yike.demo import costs, striking
from yike.demo.script import Part
from yike.demo.stage import HOUSE
from yike.rooms.core import actor as actors
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import Refusal
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions as matters_actions
from yike.rooms.matters import queries as matters_queries
from yike.rooms.people import sealing


@dataclass(frozen=True)
class Company:
    """The players as actors, by user name and by office; plus the other platform."""

    by_name: dict[str, Actor]
    by_office: dict[UUID, Actor]
    peer: Actor

    @property
    def dispatcher(self) -> Actor:
        """Who hands on what nobody holds."""
        return self.by_name["paidan"]


class Scene:
    """One part being played; time only moves on."""

    def __init__(self, part: Part, players: Company, until: datetime) -> None:
        self.part, self.players, self.until = part, players, until
        self.at = part.at
        self.reference = ""
        #: what a bad rating led to, with promises of its own
        self.cases: list[tuple[str, UUID]] = []
        self.matter: UUID | None = None

    def citizen(self) -> Actor:
        """This will return whoever brought the demand, with their number."""
        index = sealing.phone_index(self.part.phone)
        return actors.visitor("portal").claiming(self.reference, index)

    def holder(self) -> Actor | None:
        """This will return who holds the order now, as far as they play."""
        found = matters_queries.service_of(HOUSE, self.reference)
        self.matter = found.matter_id
        return self.players.by_office.get(found.holder_org) if found.holder_org else None

    def later(self, hours: float) -> bool:
        """Moves on to a working moment; False when that is after the curtain."""
        self.at = _working(self.at + timedelta(hours=max(0.05, hours)))
        self.strike(min(self.at, self.until))
        return self.at < self.until

    def strike(self, until: datetime) -> None:
        """This will let the promises of all that came of it strike until an instant."""
        if self.matter is None:
            self.holder()
        assert self.matter is not None
        for kind, subject in (("matter", self.matter), *self.cases):
            striking.strike(kind, subject, until)

    def do(self, deed: Callable[..., object], actor: Actor, **facts: object) -> bool:
        """Does one deed; False when the house refuses it: the play goes on as it stands."""
        try:
            with clock.at(self.at), acting(actor):
                deed(reference=self.reference, actor=actor, **facts)
        except Refusal:
            return False
        return True

    def points(self) -> tuple[int, ...]:
        """This will return the numbers of what is to be answered."""
        page = matters_queries.matter_page(HOUSE, self.reference)
        return tuple(point.no for point in page.points)

    def answer_again(self, holder: Actor) -> None:
        """Whoever was not helped is called, and answered once more."""
        reply = f"已再次电话联系，逐项说明。{self.part.answer}"
        told = {"result": "answered", "reply": reply, **costs.noted(self.part)}
        self.do(matters_actions.close, holder, **told)


def _working(at: datetime) -> datetime:
    """The same moment, or the next morning or Monday when nobody is in the office."""
    local = at.astimezone(clock.CIVIL)
    if local.hour >= 17:
        local = (local + timedelta(days=1)).replace(hour=8, minute=35 + local.minute % 20)
    elif local.hour < 8:
        local = local.replace(hour=8, minute=35 + local.minute % 20)
    while local.weekday() >= 5:
        local += timedelta(days=1)
    return local
