"""The points of a county where help is given, led to or told of: read once, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from yike.rooms.duty import queries as duty_queries
from yike.rooms.duty.faces import BoardRow
from yike.rooms.matters.guide.ways import Way
from yike.rooms.places import drawn, opened, upkeep
from yike.rooms.places import queries as places_queries
from yike.rooms.places.opening import Opening
from yike.rooms.places.queries import FacilityRow, StationRow
from yike.rooms.providers import kinds
from yike.rooms.providers import layers as providers_layers
from yike.rooms.providers import queries as providers_queries
from yike.rooms.providers.queries import InstitutionRow
from yike.rooms.regions import codes
from yike.rooms.regions import queries as regions_queries
from yike.rooms.regions.coordinates import Point

#: resource kind → the need, as people say it
NEEDS = {
    "01": "找律师问问、请律师",
    "02": "办公证",
    "03": "做司法鉴定",
    "04": "申请仲裁",
    "05": "请人调解纠纷",
    "06": "申请法律援助",
    "07": "找基层法律服务工作者",
    "08": "请人来讲法、拿普法资料",
    "09": "申请行政复议",
}
#: resource kind → the service that stations give for it
SERVICE_OF = {
    "01": "S01", "02": "S03", "03": "S04", "04": "S05", "05": "S07", "06": "S06", "07": "S02",
    "08": "S09", "09": "S10",
}  # fmt: skip
SORTS = {
    "station": "服务站点", "house": "专门机构", "terminal": "自助终端", "sign": "指引牌",
}  # fmt: skip
#: institutions that by law take nothing: 人民调解法第四条, 法律援助法第二条, 行政复议法（2023）
#: 第八十七条; publicity is the state's own work
FREE_HOUSES = frozenset({"mediation", "legal_aid", "reconsideration", "publicity"})


@dataclass(frozen=True, kw_only=True)
class Stands:
    """Who stands there today, as the public board names them. `gap`: somebody is missing."""

    post_name: str
    people: tuple[str, ...]
    now: bool
    gap: bool


@dataclass(frozen=True, kw_only=True)
class Spot:
    """One point. `exact` False: `point` is the centre of its village or town, not its own."""

    id: UUID
    sort: str
    name: str
    #: what it is: 公共法律服务工作站, 公证处, 自助终端
    kind_name: str
    region_code: str
    where: str
    phone: str
    point: Point | None
    exact: bool
    #: may be drawn on a public map
    published: bool
    free: bool
    #: None: nothing that opens and closes (a sign out of doors)
    opening: Opening | None
    hours: str
    #: resource kind of an institution, "" for others
    kind: str = ""
    #: service → how it is given there
    gives: Mapping[str, str]
    stands: tuple[Stands, ...] = ()
    keeper: str = ""
    demo: bool = False
    #: the register's row of a station, for whoever reckons the way there
    station: StationRow | None = None
    #: filled in once somebody asks from somewhere
    km: float | None = None
    ways: tuple[Way, ...] = ()
    #: no way leads there now: the next boat, or that there is none; "" when it is reached
    cut: str = ""
    #: the town whose centre that is from, where the position of the village is not known
    stand_in: str = ""

    @property
    def services(self) -> str:
        """What is given here in words: 法律援助（直接提供）、公证（指引）."""
        return "、".join(f"{kinds.SERVICES[code]}（{how}）" for code, how in self.gives.items())

    def serves(self, need: str) -> bool:
        """Whether a need of the nine is met or led to here."""
        return self.kind == need if self.sort == "house" else SERVICE_OF.get(need) in self.gives


def load(region_code: str, county: str, *, sorts: Sequence[str] = ()) -> tuple[Spot, ...]:
    """This will return every point of a region (of some sorts), who stands there today included.

    Terminals and signs only where their point was published: others are not for the public yet.
    """
    wanted = set(sorts or SORTS)
    shown = drawn.drawn_in(region_code) if wanted - {"house"} else frozenset()
    return (
        *(_stations(region_code, county, shown) if "station" in wanted else ()),
        *(_facilities(region_code, wanted, shown) if wanted & {"terminal", "sign"} else ()),
        *(_houses(region_code) if "house" in wanted else ()),
    )


def _stations(region_code: str, county: str, shown: frozenset[UUID]) -> list[Spot]:
    rows = places_queries.stations_in(region_code)
    openings, stand = opened.openings(rows), _standing(county)
    return [_station(row, openings[row.id], row.id in shown, stand.get(row.id, ())) for row in rows]


def _facilities(region_code: str, wanted: set[str], shown: frozenset[UUID]) -> list[Spot]:
    rows = [
        row for row in places_queries.facilities_in(region_code)
        if row.facility in wanted and row.id in shown and row.status == "working"
    ]  # fmt: skip
    paths = regions_queries.paths_of({row.region_code for row in rows})
    return [_facility(row, paths[row.region_code].text) for row in rows]


def _station(row: StationRow, open_: Opening, shown: bool, stands: tuple[Stands, ...]) -> Spot:
    gives: dict[str, list[str]] = {}
    for one in row.services:
        gives.setdefault(one.service, []).append(one.mode_name)
    return Spot(
        id=row.id, sort="station", name=row.name, kind_name=row.level_name,
        region_code=row.region_code, where=f"{row.region_name} {row.address}".strip(),
        phone=row.phone, point=row.point, exact=True, published=shown, free=True, opening=open_,
        hours=row.hours_sentence, gives={code: "、".join(how) for code, how in gives.items()},
        stands=stands, keeper=row.keeper, demo=row.demo, station=row,
    )  # fmt: skip


def _facility(row: FacilityRow, region: str) -> Spot:
    kind = upkeep.SIGN_KINDS.get(row.kind, row.kind) if row.facility == "sign" else "自助终端"
    return Spot(
        id=row.id, sort=row.facility, name=row.name, kind_name=kind, region_code=row.region_code,
        where=f"{region} {row.address}".strip(), phone="", point=row.point, exact=True,
        published=True, free=True, opening=None, hours="", gives={}, demo=row.demo,
    )  # fmt: skip


def _houses(region_code: str) -> list[Spot]:
    """Institutions of the nine kinds; their own hours are not registered, so they are unknown."""
    rows = providers_queries.institutions_in(
        codes.span(region_code), tuple(providers_layers.KIND_OF_HOUSE)
    )
    points = providers_layers.points_of(rows)
    paths = regions_queries.paths_of({row.region_code for row in rows})
    return [_house(row, paths[row.region_code].text, points.get(row.id)) for row in rows]


def _house(row: InstitutionRow, region: str, point: Point | None) -> Spot:
    return Spot(
        id=row.id, sort="house", name=row.name, kind_name=row.kind_name,
        region_code=row.region_code, where=f"{region} {row.address}".strip(), phone=row.phone,
        point=point, exact=False, published=point is not None, free=row.kind in FREE_HOUSES,
        opening=None, hours="开放时间没有登记，去之前请先打电话",
        kind=providers_layers.KIND_OF_HOUSE[row.kind], gives={}, demo=row.demo,
    )  # fmt: skip


def _standing(county: str) -> dict[UUID, tuple[Stands, ...]]:
    """Today's public board by station."""
    found: dict[UUID, list[Stands]] = {}
    for row in duty_queries.public_board(county):
        if row.place_id:
            found.setdefault(row.place_id, []).append(_stands(row))
    return {place: tuple(rows) for place, rows in found.items()}


def _stands(row: BoardRow) -> Stands:
    hours: dict[str, list[str]] = {}
    for one in row.people:
        if one.part == "main":
            hours.setdefault(one.name, []).append(one.hours)
    people = tuple(f"{name} {' 和 '.join(told)}" for name, told in hours.items())
    now = any(one.now for one in row.people)
    return Stands(post_name=row.post_name, people=people, now=now, gap=row.gap)
