"""Posts, people and a small published roster for tests, made by real actions."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from yike.rooms.clocks import reference as clock_reference
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.duty import actions, planning
from yike.rooms.duty.actions.posts import Line
from yike.rooms.duty.models import Shift
from yike.rooms.providers import actions as provider_actions
from yike.rooms.providers import queries as provider_queries
from yike.rooms.providers.tests import makers as provider_makers
from yike.rooms.regions.tests.makers import COUNTY, HOUSE, SHIPU

#: a Monday
MONDAY = date(2026, 11, 23)
HALF_DAY = Line(from_time=time(8, 30), until_time=time(12))
NIGHT = Line(
    from_time=time(20), until_time=time(8), weekdays=tuple(range(7)), holidays="open", backups=1
)


def civil(text: str) -> datetime:
    """A civil moment."""
    return datetime.fromisoformat(text).replace(tzinfo=clock.CIVIL)


def calendars() -> None:
    """The shipped calendars, with the legal holidays up to 2026."""
    clock_reference.load_reference(actor=HOUSE)


def house() -> UUID:
    """The bureau, made when it is first needed."""
    found = provider_queries.institution_by_code("XS-SFJ")
    return found.id if found else provider_makers.institution(phone="0574-65000000")


def post(code: str = "P1", *, lines: tuple[Line, ...] = (HALF_DAY,), **facts: Any) -> UUID:
    """A lawyer's post at 石浦 on working mornings, unless told otherwise."""
    known: dict[str, Any] = {
        "name": f"岗位{code}", "kind": "station", "region_code": SHIPU, "institution_id": house(),
        "services": ("S01",), "kinds": ("01",), "active_from": date(2026, 1, 1),
    }  # fmt: skip
    made = actions.register_post(code=code, actor=HOUSE, **(known | facts))
    actions.set_demand(post_id=made, lines=lines, actor=HOUSE, from_on=date(2026, 1, 1))
    return made


def person(name: str = "陈一平", account: UUID | None = None, **facts: Any) -> UUID:
    """A lawyer of the bureau, linked to an account when told."""
    made = provider_makers.lawyer(house(), name=name, active_from=date(2026, 1, 1), **facts)
    actions.set_limit(practitioner_id=made, per_week=14, per_month=62, actor=HOUSE)
    if account:
        provider_actions.link_account(practitioner_id=made, account_id=account, actor=HOUSE)
    return made


def week(*people: UUID, actor: Actor = HOUSE, publish: bool = True) -> UUID:
    """A roster of one week in which these people take turns, put by hand; published."""
    roster = actions.begin_roster(
        county=COUNTY, from_on=MONDAY, until_on=date(2026, 11, 30), actor=actor
    )
    for place, row in enumerate(shifts(roster)):
        turn = (*people[place % len(people) :], *people) if people else ()
        who = next((one for one in turn if not planning.obstacles(row, one)), None)
        if who:
            actions.place_shift(shift_id=row.pk, practitioner_id=who, actor=actor)
    if publish:
        actions.publish_roster(roster_id=roster, actor=actor)
    return roster


def shifts(roster: UUID) -> list[Shift]:
    """The shifts of a roster in order."""
    return list(Shift.objects.filter(roster=roster).order_by("from_at", "part", "id"))
