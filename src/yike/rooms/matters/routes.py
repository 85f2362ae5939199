"""Reads the routing table and finds the holder of a new matter; never without an answer."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from yike.rooms.core import clock
from yike.rooms.core.refusal import NotAllowed
from yike.rooms.guard import editions
from yike.rooms.matters import routing
from yike.rooms.matters.models import Route
from yike.rooms.people import queries as people_queries
from yike.rooms.providers import queries as providers_queries
from yike.rooms.regions import codes


@dataclass(frozen=True, kw_only=True)
class Found:
    """Who shall hold a matter, and why."""

    org: UUID
    name: str
    why: str
    unrouted: bool


def in_force(day: date) -> QuerySet[Route]:
    """This will return the lines of the table in force on a day."""
    until = Q(active_until=None) | Q(active_until__gt=day)
    return Route.objects.filter(until, active_from__lte=day)


def find(
    *, region_code: str, category: str, item_code: str, region_name: str, kind_name: str
) -> Found:
    """This will find the holder: the table's office, or the county pool with the alarm flag."""
    lines = _lines(region_code, category, item_code)
    staffed = people_queries.staffed_orgs({line.org for line in lines})
    choice = routing.choose(
        lines, region_code=region_code, category=category, item_code=item_code, can_take=staffed
    )
    org = choice.org or pool_of(region_code).id
    names = providers_queries.names_of({org, *choice.passed_over})
    why = routing.sentence(
        choice, holder=names[org], names=names, region=region_name, kind=kind_name
    )
    return Found(org=org, name=names[org], why=why[:200], unrouted=choice.org is None)


def pool_of(region_code: str) -> providers_queries.InstitutionRow:
    """This will return who takes what nobody else can; the county's bureau when no pool is set.

    Refuses when the county has neither: then it has not opened its doors at all.
    """
    pool = providers_queries.county_pool(region_code)
    if pool is not None:
        return pool
    county = codes.at_level(region_code, "county") or region_code
    kinds = ("centre", "bureau")
    for one in providers_queries.institutions_in(codes.span(county), kinds, handles_orders=True):
        return one
    raise NotAllowed("这个县还没有开通受理单位", way_on="请拨打 12348 公共法律服务热线。")


def _lines(region_code: str, category: str, item_code: str) -> list[routing.Line]:
    county = codes.at_level(region_code, "county") or region_code
    table = _table(county, clock.today())
    return [
        line
        for region in routing.lines_for(region_code)
        for line in table.get(region, ())
        if line.category in ("", category) and line.item_code in ("", item_code)
    ]


@editions.kept("routes")
def _table(county: str, day: date) -> dict[str, list[routing.Line]]:
    """The lines in force for a county, its parts, and what is above it; by region."""
    since, until = codes.span(county)
    here = Q(region_code__gte=since, region_code__lt=until)
    rows = in_force(day).filter(here | Q(region_code__in=routing.lines_for(county)))
    columns = rows.values_list("region_code", "category", "item_code", "org", "set_at")
    found: defaultdict[str, list[routing.Line]] = defaultdict(list)
    for region, kind, item, org, set_at in columns:
        line = routing.Line(
            region_code=region, category=kind, item_code=item, org=org, set_at=set_at
        )
        found[region].append(line)
    return dict(found)
