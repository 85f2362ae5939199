"""What changes: in a run with other stations, reckoned at once, or between two stored runs."""

from __future__ import annotations

import dataclasses
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, NotAllowed, NotFound
from yike.rooms.reach import assembling, flow, scenarios, telling, warm
from yike.rooms.reach.models import Run
from yike.rooms.reach.queries.faces import RunRow
from yike.rooms.reach.queries.rows import run_row
from yike.rooms.reach.scenarios import Edit


@dataclass(frozen=True, kw_only=True)
class VillageChange:
    """A village with a cell that changes: people, covered people, mean minutes (None: no way)."""

    code: str
    name: str
    people: int
    covered_before: int
    covered_after: int
    before: float | None
    after: float | None

    @property
    def gained(self) -> int:
        """People newly covered less those lost."""
        return self.covered_after - self.covered_before


@dataclass(frozen=True, kw_only=True)
class Varied:
    """What differs. `cells`: GeoJSON points with people and minutes `before` and `after`; or, where
    it is asked for a map alone, `drawn`: class → places in steps (see `comparing`).

    `total`: people, covered_before, covered_after, newly_covered, lost, faster, slower, reached,
    cut_off, minutes_saved. `left_out`: cells beyond those told. `edits` in words; `unjoined`:
    stations too far from every road. `why`: why nothing could be reckoned, else empty.
    """

    target: int
    total: dict[str, Any]
    villages: tuple[VillageChange, ...]
    cells: dict[str, Any]
    drawn: dict[str, list[int]]
    left_out: int
    edits: tuple[str, ...]
    unjoined: tuple[str, ...]
    licences: tuple[str, ...]
    engine_ms: float | None
    whole_ms: float | None
    why: str

    @property
    def told(self) -> dict[str, Any]:
        """What a map is given: totals, villages and cells, in plain words of JSON."""
        told = dataclasses.asdict(self)
        return {key: told[key] for key in _FOR_MAPS}


_FOR_MAPS = (
    *("target", "total", "villages", "cells", "left_out", "edits", "unjoined", "licences"),
    *("engine_ms", "whole_ms", "why"),
)


_NO_CELLS: dict[str, Any] = {"type": "FeatureCollection", "features": []}


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Two runs side by side; `varied` tells what the second has that the first has not."""

    first: RunRow
    second: RunRow
    varied: Varied


@dataclass(frozen=True, kw_only=True)
class RunStations:
    """The stations of a run (id, name), and whether it asked for hours: all that a form needs."""

    stations: tuple[tuple[str, str], ...]
    timed: bool


def run_stations(actor: Actor, ref: UUID) -> RunStations:
    """This will return what may be changed in a run, without its tables. Refuses NotFound."""
    del actor  # row security shows runs to the staff of the county alone
    told = Run.objects.filter(pk=ref).values_list("inputs__stations", "inputs__since").first()
    if told is None:
        raise NotFound("没有这项服务圈数据")
    names = assembling.names_of(told[0])
    return RunStations(stations=tuple(names.items()), timed=told[1] is not None)


def lay_out(actor: Actor, run_id: UUID) -> None:
    """This will have the reckoner lay a run out, so that the first change need not wait for it."""
    row = _done(actor, run_id)
    with suppress(warm.NotRunning):
        _reckoned(row, row.inputs["stations"], drawn=True)


def what_if(actor: Actor, run_id: UUID, edits: list[Edit], *, drawn: bool = False) -> Varied:
    """This will reckon at once what other stations would change in a run; nothing is stored.

    `drawn`: cells as a map draws them, without their people and minutes.
    Refuses NotFound, NotAllowed while the run is not done, BadInput edits that cannot be meant.
    Without a reckoner, `why` says so and nothing else is told.
    """
    begun = time.perf_counter()
    row = _done(actor, run_id)
    made = scenarios.applied(row.inputs, edits)
    try:
        told = _reckoned(row, made["stations"], drawn=drawn)
    except warm.NotRunning as no:
        return _nothing(row, made["edits"], f"{no}可以存为情景，由后台计算。")
    spent = (time.perf_counter() - begun) * 1e3
    return _varied(row, told, edits=made["edits"], whole_ms=round(spent, 1))


def difference(actor: Actor, run_a: UUID, run_b: UUID) -> Difference:
    """This will hold two runs of the same people against each other, cell by cell.

    Refuses NotFound, NotAllowed while one is not done, BadInput runs of other people.
    """
    first, second = (_done(actor, one, whole=True) for one in (run_a, run_b))
    if first.people_id != second.people_id:
        raise BadInput(
            "两次测算用的人口数据不同，不能逐个人口单元比较。",
            way_on="请选择用同一份人口数据的测算。",
        )
    told = _compared(first, second)
    return Difference(first=run_row(first), second=run_row(second), varied=_varied(second, told))


def _reckoned(row: Run, stations: list[dict[str, Any]], *, drawn: bool) -> dict[str, Any]:
    asked: dict[str, Any] = {"run": str(row.pk), "stations": stations, "drawn": drawn}
    told = warm.ask("what_if", **asked)
    if told.get("need"):
        whole = Run.objects.select_related("people").defer("minutes", "tables").get(pk=row.pk)
        inputs = assembling.asked_of(whole, before=None)
        told = warm.ask("what_if", inputs=inputs, **asked)
    return told


def _compared(first: Run, second: Run) -> dict[str, Any]:
    """With numpy alone: what is stored needs no network."""
    from yike.rooms.reach.reckoning import comparing, packing

    cells = assembling.cells_of(first.people)
    before, after = (packing.unpacked(bytes(one.minutes or b"")).time for one in (first, second))
    ground = comparing.ground_of(cells, second.inputs["target"], second.inputs["names"])
    return comparing.compared(ground, before, after)


def _done(actor: Actor, ref: UUID, *, whole: bool = False) -> Run:
    rows = Run.objects.filter(pk=ref)
    rows = rows.select_related("people", "parent") if whole else rows.defer("minutes", "tables")
    row = rows.first()
    if row is None:
        raise NotFound("没有这项服务圈数据")
    if row.state != flow.DONE:
        raise NotAllowed("这次测算还没有结果。", way_on="请等它算完，或者重新做一次测算。")
    return row


def _varied(
    row: Run, told: dict[str, Any], *, edits: list[str] | None = None, whole_ms: float | None = None
) -> Varied:
    return Varied(
        target=told["target"],
        total=told["total"],
        villages=tuple(VillageChange(**one) for one in told["villages"]),
        cells=told.get("cells") or _NO_CELLS,
        drawn=told.get("drawn") or {},
        left_out=told["left_out"],
        edits=tuple(edits or ()),
        unjoined=tuple(told.get("unjoined", ())),
        licences=telling.licences(row.inputs),
        engine_ms=told.get("engine_ms"),
        whole_ms=whole_ms,
        why="",
    )


def _nothing(row: Run, edits: list[str], why: str) -> Varied:
    return Varied(
        target=row.inputs["target"], total={}, villages=(),
        cells=_NO_CELLS, drawn={}, left_out=0, edits=tuple(edits), unjoined=(), licences=(),
        engine_ms=None, whole_ms=None, why=why,
    )  # fmt: skip
