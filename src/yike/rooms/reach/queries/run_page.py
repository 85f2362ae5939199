"""One run: its tables as rows, both yardsticks side by side, and its assumptions in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotFound
from yike.rooms.reach import access, assembling, telling
from yike.rooms.reach.models import Run
from yike.rooms.reach.queries.faces import (
    ChangeRow,
    PlaceRow,
    RunPage,
    StationSpot,
    UncoveredRow,
    percent,
    whole,
)
from yike.rooms.reach.queries.rows import run_row

GROUPS = {"elderly": "老年人", "children": "儿童", "disabled": "残疾人"}


def run_page(actor: Actor, ref: UUID) -> RunPage:
    """This will return one run with its tables. Refuses NotFound."""
    rows = Run.objects.select_related("parent").defer(
        "minutes", "parent__minutes", "parent__inputs", "parent__tables"
    )
    row = rows.filter(pk=ref).first()
    if row is None:
        raise NotFound("没有这项服务圈数据")
    return page_of(row, actor)


def page_of(row: Run, actor: Actor) -> RunPage:
    """This will draw a run from its row."""
    tables = row.tables
    both = {(one["key"], one["code"]): one for one in tables.get("both", ())}
    return RunPage(
        row=run_row(row),
        people_id=row.people_id,
        minutes=tuple(tables.get("minutes", ())),
        target=row.inputs["target"],
        county=next(iter(places_of(tables, both, "all", "all")), None),
        groups=_groups(tables),
        zones=places_of(tables, both, "zone", "all"),
        towns=places_of(tables, both, "town", "all"),
        villages=places_of(tables, both, "village", "all"),
        uncovered=tuple(_uncovered(one, row) for one in tables.get("uncovered", ())),
        changes=_changes(tables),
        edits=tuple(row.inputs["edits"]),
        assumptions=telling.assumptions(row.inputs, row.ruler, tables),
        licences=telling.licences(row.inputs),
        check=tables.get("check", {}),
        gini=tables.get("gini"),
        stations=tuple(assembling.names_of(row.inputs["stations"]).items()),
        spots=tuple(_spot(one) for one in row.inputs["stations"]),
        timed=row.inputs["since"] is not None,
        moment=_moment(row),
        riders=sum(tables.get("riders", {}).values()),
        inputs_digest=row.inputs_digest,
        digest=row.digest,
        repeated=row.repeated,
        repeated_at=row.repeated_at,
        plans=access.plans(actor, row.county_code),
    )


def _moment(row: Run) -> datetime | None:
    return datetime.fromisoformat(row.inputs["instant"]) if row.inputs["instant"] else None


def places_of(
    tables: Mapping[str, Any], both: Mapping[tuple[str, str], Any], key: str, group: str
) -> tuple[PlaceRow, ...]:
    """This will return the places of one kind for one group, those with most uncovered first."""
    found = [
        _place(one, both.get((key, one["code"])), tables["target"], tables["minutes"])
        for one in tables.get("rows", ())
        if one["key"] == key and one["group"] == group
    ]
    return tuple(sorted(found, key=lambda one: (-one.uncovered, one.code)))


def _groups(tables: Mapping[str, Any]) -> tuple[PlaceRow, ...]:
    return tuple(
        _place(one | {"name": GROUPS[group]}, None, tables["target"], tables["minutes"])
        for group in GROUPS
        for one in tables.get("rows", ())
        if one["key"] == "all" and one["group"] == group
    )


def _place(
    one: dict[str, Any], both: dict[str, Any] | None, target: int, minutes: list[int]
) -> PlaceRow:
    total = one["total"]
    at = minutes.index(target)
    radius = both["both"] + both["radius_only"] if both else 0
    return PlaceRow(
        code=one["code"],
        name=one["name"],
        total=total,
        percents=tuple(percent(part, total) for part in one["covered"]),
        covered=one["covered"][at] if one["covered"] else 0,
        uncovered=whole(one, "uncovered"),
        unreachable=whole(one, "unreachable"),
        unknown_cells=one["unknown_cells"],
        median=one["median"],
        radius_percent=percent(radius, both["total"]) if both else None,
        radius_only=both["radius_only"] if both else 0,
        minutes_only=both["minutes_only"] if both else 0,
        sentence=both["sentence"] if both else "",
    )


def _spot(one: Mapping[str, Any]) -> StationSpot:
    return StationSpot(**{name: one[name] for name in StationSpot.__dataclass_fields__})


def _uncovered(one: dict[str, Any], row: Run) -> UncoveredRow:
    reason = row.tables.get("reasons", {}).get(one["code"], "")
    return UncoveredRow(**one, why=telling.why_uncovered(one, row.inputs, reason))


def _changes(tables: Mapping[str, Any]) -> tuple[ChangeRow, ...]:
    """The county first, then every village that gains or loses, most people first."""
    fields = ChangeRow.__dataclass_fields__
    found = []
    for one in tables.get("changes", ()):
        moved = one["newly_covered"] + one["lost"] + one["faster"] + one["slower"]
        if one["key"] == "all" or (one["key"] == "village" and moved + one["reached"]
                                   + one["cut_off"]):  # fmt: skip
            found.append((one["key"] != "all", -one["newly_covered"], -moved, one["code"], one))
    found.sort(key=lambda told: told[:4])
    return tuple(ChangeRow(**{name: one[name] for name in fields}) for *_, one in found)
