"""The last mile village by village: joined from reach, duty, providers and places."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from yike.doors.desk import seat
from yike.rooms.core.actor import Actor
from yike.rooms.duty import queries as duty_queries
from yike.rooms.duty.queries import VisitRow
from yike.rooms.places import queries as places_queries
from yike.rooms.providers import queries as providers_queries
from yike.rooms.providers.queries import ProxyRow
from yike.rooms.reach import queries as reach_queries
from yike.rooms.reach.queries import LatestRun, VillageMinutes
from yike.rooms.regions import codes
from yike.rooms.regions import queries as regions_queries


@dataclass(frozen=True, kw_only=True)
class VillageRow:
    """One village: what is reachable there. `minutes` None: not known, or no way (`no_way`)."""

    code: str
    name: str
    town: str
    station: str
    minutes: float | None
    no_way: bool
    visit: VisitRow | None
    adviser: str
    proxies: tuple[ProxyRow, ...]
    kiosks: tuple[str, ...]
    gaps: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class VillagesFace:
    """The villages of a town (of the county, for the sheet); `run` None: nothing was reckoned."""

    town: str
    towns: tuple[tuple[str, str], ...]
    rows: tuple[VillageRow, ...]
    run: LatestRun | None

    @property
    def lacking(self) -> int:
        """How many villages have a gap."""
        return sum(bool(row.gaps) for row in self.rows)


@dataclass(frozen=True, kw_only=True)
class ProxyLine:
    """One proxy with the name of its village."""

    row: ProxyRow
    place: str


@dataclass(frozen=True, kw_only=True)
class ProxiesFace:
    """The county's proxies."""

    rows: tuple[ProxyLine, ...]
    keeps: bool


def villages_face(actor: Actor, county: str, town: str) -> VillagesFace:
    """This will join what is known of each village of a town, or of the whole county."""
    towns = tuple((row.code, row.name) for row in regions_queries.towns_of(county))
    chosen = town if town in dict(towns) else ""
    known = _Known(actor, county)
    places = regions_queries.villages_of(chosen or county)
    rows = tuple(known.row(one.code, one.name, dict(towns)) for one in places)
    return VillagesFace(town=chosen, towns=towns, rows=rows, run=known.run)


def proxies_face(actor: Actor, county: str) -> ProxiesFace:
    """This will return the county's proxies with the names of their villages."""
    rows = providers_queries.proxies_in(county)
    paths = regions_queries.paths_of(row.village_code for row in rows)
    lines = tuple(ProxyLine(row=row, place=paths[row.village_code].text) for row in rows)
    return ProxiesFace(rows=lines, keeps=actor.has(*seat.ROUTERS))


def gaps_of(
    target: int | None, told: VillageMinutes | None, *, visit: bool, adviser: bool, proxy: bool
) -> tuple[str, ...]:
    """This will name what a village lacks; what was never measured is said as not known.

    `target`: minutes of the run, None without one; `told`: what it found, None of this village.
    """
    found = []
    if target is None:
        found.append("没有测算过到站用时")
    elif told is None:
        found.append("到站用时不详")
    elif told.minutes is None or told.minutes > target:
        found.append(f"{target} 分钟内到不了站点")
        if not visit:
            found.append("也没有巡回")
    if not adviser:
        found.append("没有法律顾问")
    if not proxy:
        found.append("没有代办渠道")
    return tuple(found)


def sheet(face: VillagesFace) -> str:
    """This will return the table as CSV that Excel reads; no cell begins a formula."""
    head = ["区划代码", "村（社区）", "乡镇", "最近站点", "分钟", "下次巡回", "法律顾问",
            "代办渠道", "自助终端", "缺什么"]  # fmt: skip
    out = io.StringIO()
    rows = [head, *(_cells(row) for row in face.rows)]
    csv.writer(out, lineterminator="\r\n").writerows(
        [_harmless(cell) for cell in row] for row in rows
    )
    return "\ufeff" + out.getvalue()


class _Known:
    """What is known of all villages of a county, each asked once."""

    def __init__(self, actor: Actor, county: str) -> None:
        self.run = reach_queries.latest_run(actor, county)
        self._visits = {row.region_code: row for row in duty_queries.next_visits(county)}
        self._advisers = providers_queries.advisers_of_villages(codes.span(county))
        self._proxies: dict[str, list[ProxyRow]] = {}
        for proxy in providers_queries.proxies_in(county):
            self._proxies.setdefault(proxy.village_code, []).append(proxy)
        self._kiosks: dict[str, list[str]] = {}
        for kiosk in places_queries.facilities_in(county, "terminal"):
            self._kiosks.setdefault(kiosk.region_code, []).append(kiosk.name)

    def row(self, code: str, name: str, towns: dict[str, str]) -> VillageRow:
        """This will return one village."""
        told = self.run.villages.get(code) if self.run else None
        adviser, visit = self._advisers.get(code), self._visits.get(code)
        proxies = tuple(self._proxies.get(code, ()))
        minutes = told.minutes if told else None
        return VillageRow(
            code=code, name=name, town=towns.get(codes.at_level(code, "town"), ""),
            station=told.station if told else "", minutes=minutes,
            no_way=told is not None and minutes is None, visit=visit,
            adviser=adviser.name if adviser else "", proxies=proxies,
            kiosks=tuple(self._kiosks.get(code, ())),
            gaps=gaps_of(self.run.target if self.run else None, told, visit=visit is not None,
                         adviser=adviser is not None, proxy=bool(proxies)),
        )  # fmt: skip


def _cells(row: VillageRow) -> list[str]:
    minutes = "无路可达" if row.no_way else "" if row.minutes is None else f"{row.minutes:.1f}"
    visit = f"{row.visit.day} {row.visit.hours}" if row.visit else ""
    proxies = "；".join(f"{one.kind_name}{one.name}（{one.unit}）" for one in row.proxies)
    return [
        row.code, row.name, row.town, row.station, minutes, visit, row.adviser, proxies,
        "、".join(row.kiosks), "；".join(row.gaps),
    ]  # fmt: skip


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell
