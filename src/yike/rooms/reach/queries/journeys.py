"""Minutes from one point to many others, for whoever asks; and minutes by village of a run."""

from __future__ import annotations

import array
import sys
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput
from yike.rooms.reach import assembling, flow, store, warm
from yike.rooms.reach.models import Run
from yike.rooms.reach.queries.trips import in_use
from yike.rooms.regions.coordinates import Point

_UNREACHED = 2**30
_MINUTE = 600


@dataclass(frozen=True, kw_only=True)
class Journey:
    """The quickest way to one point; `minutes` None: no way within six hours, or not asked."""

    minutes: int | None
    mode_name: str = ""
    by_ferry: bool = False


@dataclass(frozen=True, kw_only=True)
class Journeys:
    """One journey for each point asked; `why` says why nothing is known, else empty."""

    rows: tuple[Journey, ...]
    modes: tuple[str, ...]
    why: str


@dataclass(frozen=True, kw_only=True)
class VillageMinutes:
    """What a run found for one village: minutes of its median inhabitant, and to which station."""

    minutes: float | None
    station: str
    uncovered: int | None
    total: int | None


@dataclass(frozen=True, kw_only=True)
class LatestRun:
    """The latest run of a county that is no scenario, with its villages by code."""

    id: UUID
    name: str
    target: int
    villages: dict[str, VillageMinutes]


def journeys(county: str, start: Point, ends: Sequence[Point], *, mode: str = "") -> Journeys:
    """This will return minutes from a point to others over the networks in use, or one mode.

    Where no network is kept or nobody reckons, every journey is unknown and `why` says so.
    """
    known = {one.mode: one for one in in_use(county) if mode in ("", one.mode)}
    nothing = tuple(Journey(minutes=None) for _ in ends)
    if not known:
        return Journeys(rows=nothing, modes=(), why="本县还没有路网。")
    networks = {
        one: {"path": str(store.network_path(row.digest)), "timed": None}
        for one, row in known.items()
    }
    try:
        told = warm.ask(
            "trips", networks=networks, point=start, stations=list(ends),
            farthest=assembling.FARTHEST, at=None,
        )["modes"]  # fmt: skip
    except (warm.NotRunning, BadInput) as no:
        return Journeys(rows=nothing, modes=(), why=str(no))
    rows = tuple(_quickest({one: told[one]["ways"][at] for one in told}) for at in range(len(ends)))
    return Journeys(rows=rows, modes=tuple(flow.MODES[one] for one in known), why="")


def licences_in_use(county: str) -> tuple[str, ...]:
    """This will return the licences that stand wherever minutes are shown, each once."""
    return tuple(dict.fromkeys(one.licence for one in in_use(county) if one.licence))


def latest_run(actor: Actor, county: str) -> LatestRun | None:
    """This will return what the county's newest run found for each village; None without one."""
    del actor  # row security shows runs to the staff of the county alone
    rows = Run.objects.select_related("people").filter(
        county_code=county, state=flow.DONE, parent=None
    )
    row = rows.order_by("-asked_at").first()
    if row is None or row.minutes is None:
        return None
    told = {
        one["code"]: one
        for one in row.tables.get("rows", ())
        if one["key"] == "village" and one["group"] == "all"
    }
    stations = _stations(row)
    villages = {
        code: VillageMinutes(
            minutes=one["median"], station=stations.get(code, ""), uncovered=one["uncovered"],
            total=one["total"],
        )
        for code, one in told.items()
    }  # fmt: skip
    return LatestRun(id=row.pk, name=row.name, target=row.inputs["target"], villages=villages)


def _stations(row: Run) -> dict[str, str]:
    """By village the station that its best placed cell takes."""
    cells, names = assembling.cells_of(row.people), row.inputs["stations"]
    told = array.array("i", zlib.decompress(bytes(row.minutes or b"")))
    if sys.byteorder == "big":
        told.byteswap()
    count = len(cells["id"])
    best: dict[str, tuple[int, int]] = {}
    for at, code in enumerate(cells["village"]):
        found = (told[at], told[count + at])
        best[code] = min(best.get(code, found), found)
    return {
        code: names[station]["name"]
        for code, (time, station) in best.items()
        if time < _UNREACHED and station >= 0
    }


def _quickest(ways: dict[str, list[object] | None]) -> Journey:
    found = [
        (-(-int(str(told[0])) // _MINUTE), list(flow.MODES).index(mode), mode, bool(told[1]))
        for mode, told in ways.items()
        if told is not None
    ]
    if not found:
        return Journey(minutes=None)
    minutes, _, mode, ferry = min(found)
    return Journey(minutes=minutes, mode_name=flow.MODES[mode], by_ferry=ferry)
