"""From where somebody asks: a position, or a village or town by code or by its typed name."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from yike.rooms.core.refusal import BadInput
from yike.rooms.regions import codes
from yike.rooms.regions import queries as regions_queries
from yike.rooms.regions.coordinates import Point
from yike.rooms.regions.queries import RegionRow

#: so many names are offered when a typed one means several
_CHOICES = 8


@dataclass(frozen=True)
class Choice:
    """One of several places that a typed name means."""

    code: str
    name: str
    town: str


@dataclass(frozen=True, kw_only=True)
class Start:
    """Where somebody is. `said`: how that is known; `place`: the village or town, "" unknown."""

    point: Point | None
    said: str
    place: str = ""
    name: str = ""
    #: the town whose centre stands in for a village of unknown position, else ""
    stand_in: str = ""
    #: a typed name means all of these: ask which
    choices: tuple[Choice, ...] = ()

    @property
    def town(self) -> str:
        """The town it lies in, "" when nobody knows."""
        return codes.at_level(self.place, "town") or "" if self.place else ""


def start_at(lon: float, lat: float, *, county: str) -> Start:
    """This will take a WGS84 position; beside the county it is still a position."""
    point = regions_queries.read_point(lon, lat)
    try:
        found = regions_queries.locate(lon, lat, county=county)
    except BadInput:
        return Start(point=point, said="从您的位置算（好像不在本县），位置不保存")
    place = (found.village or found.town).code
    name = found.town.name + (found.village.name if found.village else "")
    return Start(point=point, said=f"从您的位置算（大约在{name}），位置不保存", place=place)


def start_of(place: str, *, county: str) -> Start:
    """This will start from the centre of a village or town; "" is nowhere. Refuses BadInput."""
    if not place:
        return Start(point=None, said="")
    if not codes.is_code(place) or not codes.within(place, codes.span(county)):
        raise BadInput("请从列表里选择乡镇或村", field="place")
    rows = {row.code: row for row in regions_queries.regions_on_path(place)}
    if place not in rows:
        raise BadInput("请从列表里选择乡镇或村", field="place")
    for code in reversed(codes.ancestors(place)):
        row = rows.get(code)
        if row and row.point and codes.level_of(code) in ("village", "town"):
            return _start(row, rows[place])
    return Start(
        point=None, said="不知道这里的中心点，没有算距离", place=place, name=rows[place].name
    )


def _start(row: RegionRow, asked: RegionRow) -> Start:
    """From the centre of what was asked for, or of its town: then that is said, for a village may
    lie an hour's boat from there.
    """
    said, stand_in = f"从{row.name}中心点算", ""
    if row.code != asked.code:
        stand_in = row.name
        said += f"：{asked.name}的位置还没有登记，从您那里到{row.name}的路（要不要坐船）没有算在内"
    return Start(point=row.point, said=said, place=asked.code, name=asked.name, stand_in=stand_in)


def start_named(typed: str, *, county: str) -> Start:
    """This will find a village or town by what somebody typed. Refuses BadInput an unknown name."""
    wanted = _plain(typed)[:40]
    found = regions_queries.search_regions(wanted, within=county, limit=_CHOICES + 1)
    rows = tuple(row for row in found if row.level in ("town", "village"))[:_CHOICES]
    same = [row for row in rows if wanted in (row.name, row.short_name)]
    if len(same) == 1 or len(rows) == 1:
        return start_of((same or rows)[0].code, county=county)
    if not rows:
        raise BadInput(
            f"没有找到叫“{wanted}”的村、社区或乡镇", way_on="请换一个写法，或者在列表里选。",
            field="name",
        )  # fmt: skip
    return Start(
        point=None, said=f"名字里有“{wanted}”的不止一个，请选您在的那一个", choices=_choices(rows)
    )


def _plain(typed: str) -> str:
    """Without blanks and signs that no eye sees, and full-width letters as usual ones."""
    signs = unicodedata.normalize("NFKC", typed)
    return "".join(one for one in signs if not one.isspace() and unicodedata.category(one) != "Cf")


def _choices(rows: Sequence[RegionRow]) -> tuple[Choice, ...]:
    paths = regions_queries.paths_of(row.code for row in rows)
    return tuple(
        Choice(row.code, row.name, paths[row.code].town if row.level == "village" else "")
        for row in rows
    )
