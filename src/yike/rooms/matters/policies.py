"""A county's rules for its flow: the version in force, and the one an order began with."""

from __future__ import annotations

from datetime import date

from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.core import clock
from yike.rooms.core.refusal import BadInput
from yike.rooms.guard import editions
from yike.rooms.matters import flow
from yike.rooms.matters.flow.policy import of_plain
from yike.rooms.matters.models import FlowPolicy, Matter
from yike.rooms.regions import codes


def county_of(region_code: str) -> str:
    """This will return the county a place lies in; the code itself above counties."""
    return codes.at_level(region_code, "county") or region_code


def of_matter(matter: Matter) -> flow.Policy:
    """This will return the policy an order began with."""
    if not matter.flow_version:
        return flow.HOUSE
    return _kept(county_of(matter.region_code), matter.flow_version)


def in_force(region_code: str) -> flow.Policy:
    """This will return the policy that new orders of a place begin with."""
    return _on(county_of(region_code), clock.today())


def check(policy: flow.Policy) -> None:
    """This will refuse a policy that the table does not permit (BadInput names the part)."""
    for part, sentence in faults(policy):
        raise BadInput(sentence, way_on="只能改流程表允许的部分。", field=part)


def faults(policy: flow.Policy) -> tuple[tuple[str, str], ...]:
    """This will name what the table does not permit of a policy: (part, sentence)."""
    known = frozenset(one.code for one in clocks_queries.promise_list())
    return flow.faults(policy, promises=known)


@editions.kept("flow")
def _kept(county: str, version: int) -> flow.Policy:
    row = FlowPolicy.objects.filter(county_code=county, version=version).first()
    return of_plain(row.version, row.content) if row else flow.HOUSE


@editions.kept("flow")
def _on(county: str, day: date) -> flow.Policy:
    rows = FlowPolicy.objects.filter(county_code=county, active_from__lte=day)
    row = rows.order_by("-version").first()
    return of_plain(row.version, row.content) if row else flow.HOUSE
