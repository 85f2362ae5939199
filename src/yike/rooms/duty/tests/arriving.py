"""A post at 石浦 with a place, two lawyers, and one of them on duty on a Monday morning."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.duty import actions
from yike.rooms.duty.actions import Told
from yike.rooms.duty.checkin import Policy
from yike.rooms.duty.checkin_faces import Outcome
from yike.rooms.duty.models import Shift
from yike.rooms.duty.tests import makers
from yike.rooms.duty.tests.makers import MONDAY, civil
from yike.rooms.guard.acting import acting
from yike.rooms.regions.tests.makers import COUNTY, HOUSE, KEEPER

LON, LAT = 121.9440, 29.2150
HERE = Told(lon=LON, lat=LAT, accuracy_m=15, device="a" * 32)
FAR = replace(HERE, lat=29.4848)
FUZZY = replace(HERE, accuracy_m=800)
OFFICER = replace(
    KEEPER, ref=str(UUID(int=3)), roles=frozenset({"officer"}), region_from="330225101000",
    region_until="330225102000",
)  # fmt: skip


def staff(account: UUID) -> Actor:
    """A practitioner who is signed in, of no region."""
    return Actor(kind="staff", ref=str(account), roles=frozenset({"practitioner"}), door="desk")


class Scene:
    """A placed post at 石浦, two lawyers with accounts; anna stands on Monday 08:30-12:00."""

    def __init__(self) -> None:
        makers.calendars()
        self.post = makers.post("A", point=(LON, LAT))
        self.accounts = [uuid4(), uuid4()]
        self.people = [
            makers.person(name, account)
            for name, account in zip(("安一", "贝二"), self.accounts, strict=True)
        ]
        self.anna, self.bert = map(staff, self.accounts)
        self.roster = makers.week(self.people[0])
        self.shift = makers.shifts(self.roster)[0]

    def check(
        self, direction: str = "in", told: Told = HERE, *, at: str = "08:25", who: Any = None,
        shift: UUID | None = None,
    ) -> Outcome:  # fmt: skip
        """Anna presses the button on Monday."""
        actor = who or self.anna
        with acting(actor), clock.at(civil(f"2026-11-23T{at}")):
            return actions.check_in(
                shift_id=shift or self.shift.pk, direction=direction, told=told, actor=actor
            )

    def rules(self, **told: Any) -> None:
        """Other rules from Monday on."""
        policy = Policy(**{"watched": True, "calls_out": True, **told})
        actions.set_check_rules(county=COUNTY, active_from=MONDAY, policy=policy, actor=HOUSE)

    def fresh(self) -> Shift:
        """The shift as it stands now."""
        return Shift.objects.get(pk=self.shift.pk)
