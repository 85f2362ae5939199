"""Lists of networks, population data and runs, and the first page of the room."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from yike.rooms.core.actor import Actor
from yike.rooms.reach import access, flow, yardsticks
from yike.rooms.reach.models import Network, PopulationSet, Run
from yike.rooms.reach.queries.faces import NetworkRow, Overview, PeopleRow, RunChoice, RunRow
from yike.rooms.reach.queries.rows import SHOWN, run_row
from yike.rooms.reach.queries.run_page import page_of
from yike.rooms.reach.queries.timetables import shown_timetable
from yike.rooms.reach.yardsticks import Ruler

#: So many runs stand on the first page.
_LATEST = 20
#: Verdicts that speak for another system than the one said.
SHIFTED = ("gcj02", "bd09")


def overview(actor: Actor, *, county: str) -> Overview:
    """This will return what a county has and what its last run found."""
    newest = _runs(county)[:_LATEST]
    last = Run.objects.defer("minutes")
    found = last.filter(county_code=county, state=flow.DONE, parent=None).order_by("-asked_at")
    sets = people_sets(actor, county=county)
    shown = tuple(row for row in networks(actor, county=county) if row.state != flow.FORMER)
    current = {row.mode for row in shown if row.state == flow.CURRENT}
    done = found.first()
    return Overview(
        networks=shown,
        timetable=shown_timetable(county),
        lacking=tuple(name for mode, name in flow.MODES.items() if mode not in current),
        people=next((row for row in sets if row.state == flow.CURRENT), None),
        waiting=tuple(row for row in sets if row.state in (flow.ASKED, flow.CHECKING)),
        ruler=yardsticks.current(county),
        last=page_of(done, actor) if done else None,
        runs=tuple(run_row(row) for row in newest),
        plans=access.plans(actor, county),
    )


def networks(actor: Actor, *, county: str) -> tuple[NetworkRow, ...]:
    """This will return the county's networks by mode; of refused ones those newer than any used."""
    rows = Network.objects.filter(county_code=county).order_by("mode", "-version")
    seen: set[str] = set()
    kept = []
    for row in rows:
        if row.state != flow.REFUSED or row.mode not in seen:
            kept.append(_network(row))
        seen.add(row.mode)
    return tuple(kept)


def network(actor: Actor, ref: UUID) -> NetworkRow:
    """This will return one network. Refuses NotFound."""
    return _network(access.network_for(actor, ref))


def people_sets(actor: Actor, *, county: str) -> tuple[PeopleRow, ...]:
    """This will return the county's population data, the newest first."""
    rows = PopulationSet.objects.filter(county_code=county).defer("cells").order_by("-taken_at")
    return tuple(_people(row) for row in rows[:_LATEST])


def people(actor: Actor, ref: UUID) -> PeopleRow:
    """This will return one set of population cells. Refuses NotFound."""
    return _people(access.people_for(actor, ref))


def runs(actor: Actor, *, county: str) -> tuple[RunRow, ...]:
    """This will return all runs of a county that are snapshots, or among the latest."""
    rows = _runs(county).filter(Q(state=flow.DONE))
    return tuple(run_row(row) for row in rows[:200])


def run_choices(actor: Actor, *, county: str) -> tuple[RunChoice, ...]:
    """This will return the finished runs by name alone, the newest first, to choose among."""
    rows = Run.objects.filter(county_code=county, state=flow.DONE).order_by("-asked_at")
    fields = RunChoice.__dataclass_fields__
    return tuple(RunChoice(**one) for one in rows.values(*fields)[:200])


def ruler(actor: Actor, *, county: str) -> Ruler:
    """This will return the county's yardstick in force."""
    return yardsticks.current(county)


def _runs(county: str) -> QuerySet[Run]:
    rows = Run.objects.filter(county_code=county).select_related("parent")
    return rows.only(*SHOWN).order_by("-asked_at")


def _network(row: Network) -> NetworkRow:
    made: dict[str, Any] = row.facts
    facts: dict[str, Any] = made.get("facts", {})
    length = facts.get("kilometres") or {}
    report = facts.get("report") or {}
    return NetworkRow(
        id=row.id,
        mode=row.mode,
        mode_name=flow.MODES[row.mode],
        version=row.version,
        kind_name=flow.SOURCES[row.kind],
        source=row.source,
        vintage=row.vintage,
        licence=row.licence,
        state=row.state,
        state_name=flow.NETWORK_STATES[row.state],
        fault=row.fault,
        nodes=made.get("nodes", 0),
        arcs=made.get("arcs", 0),
        ways_used=sum((facts.get("ways_used") or {}).values()),
        ways_dropped=tuple((facts.get("ways_dropped") or {}).items()),
        kilometres=round(sum(length.values()) or report.get("kilometres", 0), 1),
        warnings=tuple(made.get("warnings", ())),
        digest=row.digest,
        taken_at=row.taken_at,
        taken_by=row.taken_by,
    )


def _people(row: PopulationSet) -> PeopleRow:
    return PeopleRow(
        id=row.id,
        name=row.name,
        source=row.source,
        vintage=row.vintage,
        derived=row.derived,
        system=row.system,
        system_name=flow.SYSTEMS[row.system],
        state=row.state,
        state_name=flow.PEOPLE_STATES[row.state],
        fault=row.fault,
        verdict=row.verdict,
        likeness=row.likeness,
        shifted=row.likeness in SHIFTED,
        warnings=tuple(row.warnings),
        count=row.count,
        total=row.total,
        taken_at=row.taken_at,
        taken_by=row.taken_by,
    )
