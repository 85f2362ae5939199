"""Who may stand, and who could stand in: asked by the actions of this room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from yike.engines import roster as engine
from yike.rooms.core.actor import Actor
from yike.rooms.core.event import Event
from yike.rooms.core.refusal import NotAllowed
from yike.rooms.duty import access, planning
from yike.rooms.duty.models import Roster, Shift
from yike.rooms.providers import queries as providers_queries
from yike.rooms.providers.queries import PractitionerRow
from yike.rooms.regions import codes
from yike.rooms.trail import actions as trail_actions


@dataclass(frozen=True, kw_only=True)
class Substitute:
    """Somebody who could stand in, and why they come at this place of the list."""

    practitioner_id: UUID
    account_id: UUID | None
    name: str
    load: float
    why: str


def whom(actor: Actor, practitioner_id: UUID | None) -> PractitionerRow:
    """This will return oneself as a practitioner, or whom a planner names."""
    if practitioner_id is None:
        found = (
            providers_queries.practitioner_of_account(actor.account_id)
            if actor.account_id
            else None
        )
        if found is None:
            raise NotAllowed(
                "您的账号没有关联法律服务人员名录。", way_on="请派单员在名录里关联您的账号。"
            )
        return found
    person = providers_queries.practitioner(practitioner_id)
    own = actor.account_id is not None and person.account_id == actor.account_id
    if not own:
        access.require_planner(actor, county_of(person))
    return person


def county_of(person: PractitionerRow) -> str:
    """This will return the county in which somebody serves."""
    return codes.at_level(person.region_code, "county") or person.region_code


def refuse(shift: Shift, practitioner_id: UUID) -> None:
    """This will refuse NotAllowed, in sentences, whoever the hard rules keep from a shift."""
    why = planning.obstacles(shift, practitioner_id)
    if why:
        name = providers_queries.practitioner(practitioner_id).name
        raise NotAllowed(f"{name}不能值这一班：{'；'.join(why)}。", way_on="请换一个人或换一班。")


def substitutes(shift: Shift) -> list[Substitute]:
    """This will rank who could stand in: qualified, free, rested, least loaded this quarter."""
    problem = planning.problem_of([shift], rules_only=True)
    able = [
        person
        for person in problem.people
        if person.id != str(shift.practitioner_id)
        and not engine.obstacles(problem, person, problem.needs[0], ())
    ]
    ids = [UUID(person.id) for person in able]
    load = planning.load_of(ids, shift.day)
    people = providers_queries.practitioners_by_id(ids)
    reachable = [people[one] for one in ids if people[one].account_id]
    reachable.sort(key=lambda row: (load.get(row.id, 0.0), row.name, str(row.id)))
    return [
        Substitute(
            practitioner_id=row.id,
            account_id=row.account_id,
            name=row.name,
            load=load.get(row.id, 0.0),
            why=f"符合要求、有空、休息够，本季度折算 {load.get(row.id, 0.0):g} 小时",
        )
        for row in reachable
    ]


def say_of_roster(
    roster: Roster, event: Callable[..., Event], actor: Actor, **more: object
) -> None:
    """This will record what happened to a roster."""
    said = event(
        roster_id=roster.pk,
        region_code=roster.county_code,
        from_on=roster.from_on,
        until_on=roster.until_on,
        **more,
    )
    trail_actions.record(said, actor=actor)
