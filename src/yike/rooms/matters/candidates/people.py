"""Who might take an order: a county's register, the office's own people, duty, load, shares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from yike.rooms.core import clock, prepared
from yike.rooms.core.actor import Actor
from yike.rooms.duty import queries as duty_queries
from yike.rooms.duty import words as duty_words
from yike.rooms.guard import editions
from yike.rooms.matters.assignment import (
    Candidate,
    Policy,
)
from yike.rooms.matters.models import (
    AssignmentWeight,
)
from yike.rooms.people import queries as people_queries
from yike.rooms.people import roles
from yike.rooms.places import queries as places_queries
from yike.rooms.providers import queries as providers_queries
from yike.rooms.regions import codes
from yike.rooms.regions import queries as regions_queries

_NO_DIALECT = frozenset({"普通话", "手语"})
_AHEAD = timedelta(hours=72)


def carried(accounts: Iterable[UUID]) -> dict[UUID, int]:
    """This will count the open orders each carries now, whoever may see them."""
    asked = "select account, orders from matters_carried(%s::uuid[])"
    return {account: int(orders) for account, orders in prepared.run(asked, [list(accounts)])}


def serving(orgs: Iterable[UUID]) -> frozenset[tuple[UUID, UUID]]:
    """This will return the pairs (office, account) of those who can be given an order now."""
    asked = (list(dict.fromkeys(orgs)), clock.now())
    found = prepared.run("select org, account from matters_serving(%s::uuid[], %s)", asked)
    return frozenset((org, account) for org, account in found)


@editions.kept("providers", "serving", "regions")
def register(county: str, day: date) -> tuple[Candidate, ...]:
    """Everybody of a county's register on a day, with what does not change during it."""
    span = codes.span(county)
    rows = providers_queries.practitioners_in(span, on=day)
    unfit = providers_queries.fit_to_serve([row.id for row in rows], on=day)
    houses = {one.id: one for one in providers_queries.institutions_in(span, on=day)}
    stations = {one.institution_id: one.point for one in places_queries.stations_in(county, on=day)}
    points = points_of({row.region_code for row in rows})
    return tuple(
        _registered(row, houses.get(row.institution_id), unfit[row.id],
                    stations.get(row.institution_id) or points.get(row.region_code))
        for row in rows
    )  # fmt: skip


def _registered(
    row: providers_queries.PractitionerRow, house: providers_queries.InstitutionRow | None,
    unfit: tuple[str, ...], point: tuple[float, float] | None,
) -> Candidate:  # fmt: skip
    return Candidate(
        id=row.id,
        account=row.account_id,
        name=row.name,
        kind=row.kind,
        kind_name=row.kind_name,
        org=row.institution_id,
        org_name=row.institution_name,
        takes_orders=house is not None and house.handles_orders,
        region_code=row.region_code,
        areas=row.areas or (house.areas if house else ()),
        point=point,
        specialties=frozenset(row.specialties),
        languages=_spoken(row.languages),
        unfit=unfit,
        capacity=row.capacity,
    )


def _spoken(languages: Sequence[str]) -> frozenset[str]:
    """What stands in the register, and the kinds of it that people say they need."""
    found = set(languages)
    if any(one.endswith(("话", "语")) and one not in _NO_DIALECT for one in languages):
        found.add("方言")
    if any(one.endswith(("语", "文")) and one not in _NO_DIALECT for one in languages):
        found.add("外语")
    return frozenset(found)


def points_of(regions: Iterable[str]) -> dict[str, tuple[float, float]]:
    """This will return the known centre of each region, else of the nearest unit above it."""
    asked = set(regions)
    above = {one: (one, *reversed(codes.ancestors(one))) for one in asked}
    known = regions_queries.regions_of({code for path in above.values() for code in path})
    found = {}
    for one, path in above.items():
        for code in sorted(path, key=lambda code: -len(code.rstrip("0"))):
            point = known[code].point if code in known else None
            if point is not None:
                found[one] = point
                break
    return found


def colleagues(org: UUID, known: Sequence[Candidate], actor: Actor) -> list[Candidate]:
    """The people of the holding office who are in no register: clerks and officers."""
    registered = {one.account for one in known}
    house = providers_queries.institution(org)
    point = points_of([house.region_code]).get(house.region_code)
    return [
        Candidate(
            id=one.id, account=one.id, name=one.name, kind_name="工作人员", org=org,
            org_name=house.name, takes_orders=house.handles_orders, region_code=house.region_code,
            areas=house.areas, point=point,
        )
        for one in people_queries.colleagues(org, actor=actor)
        if one.id not in registered and roles.TAKES_ORDERS.intersection(one.roles)
    ]  # fmt: skip


def moving(
    people: Sequence[Candidate], county: str, policy: Policy, now: datetime,
    marks: Iterable[tuple[str, str]],
) -> list[Candidate]:  # fmt: skip
    """Adds duty, declared relations, counts; an account that may take no orders is none."""
    duty = _duty(county, now)
    able = serving(one.org for one in people if one.org is not None)
    close = providers_queries.related_by(marks)
    told = []
    for one in people:
        if one.account is not None and (one.org, one.account) not in able:
            one = replace(one, account=None)  # noqa: PLW2901
        if one.id in duty:
            one = replace(one, on_duty=duty[one.id][0], duty_at=duty[one.id][1])  # noqa: PLW2901
        if one.id in close:
            kin = tuple((row.index_kind, row.index, row.relation) for row in close[one.id])
            one = replace(one, relations=kin)  # noqa: PLW2901
        told.append(one)
    return counted(told, county, policy)


def _duty(county: str, now: datetime) -> dict[UUID, tuple[bool, datetime | None]]:
    """Who stands now, and when each stands next."""
    found: dict[UUID, tuple[bool, datetime | None]] = {}
    for shift in duty_queries.shifts_between(county, now, now + _AHEAD):
        who = shift.practitioner_id
        if who is None or shift.part != "main" or shift.state not in duty_words.STANDING:
            continue
        on, soonest = found.get(who, (False, None))
        if shift.from_at <= now:
            on = True
        elif soonest is None or shift.from_at < soonest:
            soonest = shift.from_at.astimezone(clock.CIVIL)
        found[who] = (on, soonest)
    return found


def counted(people: Sequence[Candidate], county: str, policy: Policy) -> list[Candidate]:
    """Adds what changes with every order: load, shares, weights. Three questions."""
    accounts = [one.account for one in people if one.account is not None]
    load = carried(accounts)
    shares = shares_of(county, policy.version)
    bent = _weights(clock.today())
    told = []
    for one in people:
        who = one.account
        if who is None:
            told.append(one)
            continue
        due = shares.get(who)
        if who in load or due is not None or who in bent or one.carried:
            one = one.counting(  # noqa: PLW2901
                carried=load.get(who, 0), expected=due[0] if due else 0.0,
                received=due[1] if due else 0, weight=bent.get(who, 100),
            )  # fmt: skip
        told.append(one)
    return told


def shares_of(county: str, version: int) -> dict[UUID, tuple[float, int]]:
    """This will return what is due to each and what each got since a policy began."""
    found = prepared.run(_SHARES, [county, version])
    return {account: (expected, received) for account, expected, received in found}


_SHARES = (
    "select account, expected, received from matters_assignmentshare"
    " where county_code = %s and policy_version = %s"
)


def _weights(day: date) -> dict[UUID, int]:
    """What is in force: the lowest when anything lowers it, else the highest."""
    rows = AssignmentWeight.objects.filter(active_from__lte=day).filter(
        Q(active_until=None) | Q(active_until__gt=day)
    )
    found: dict[UUID, list[int]] = {}
    for account, percent in rows.values_list("account", "percent"):
        found.setdefault(account, []).append(percent)
    return {who: min(told) if min(told) < 100 else max(told) for who, told in found.items()}
