"""Their list read and set beside ours: the report before it is kept. Writes nothing."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from yike.rooms.core.actor import Actor
from yike.rooms.exchange import layers, matching, point_files
from yike.rooms.exchange.features import Feature
from yike.rooms.exchange.matching import Compared, Spot
from yike.rooms.exchange.point_files import Line, Sheet
from yike.rooms.regions import codes, outlines
from yike.rooms.regions import queries as region_queries
from yike.rooms.regions.checking import Fault
from yike.rooms.regions.coordinates import Point, to_wgs84

#: points of these layers are compared
COMPARED = ("stations", "terminals", "signs")


@dataclass
class Made:
    """A comparison, or every fault of the file."""

    compared: Compared | None = None
    faults: list[Fault] = field(default_factory=list)
    here: int = 0
    there: int = 0
    verdict: str = ""
    likeness: str = ""


def compare(raw: bytes, *, county: str, layer: str, crs: str, metres: int, actor: Actor) -> Made:
    """This will compare a list with ours; a list that is shifted is compared with it undone.

    What an upload looks like is said, and how displaced points were reckoned with it.
    """
    sheet = point_files.read(raw, county=county, crs=crs)
    made = Made(faults=sheet.faults)
    if made.faults:
        return made
    ours = [_ours(one, layer) for one in layers.features_of(actor, layer, county=county)]
    if crs == "wgs84":
        _judge(sheet, ours, county, made)
    if made.faults:
        return made
    theirs = [_theirs(line, layer, made.likeness) for line in sheet.lines]
    made.compared = matching.compare(_named(ours), _named(theirs), metres=metres)
    made.here, made.there = len(ours), len(theirs)
    return made


def as_json(compared: Compared) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """This will return rows and counts as they are kept."""
    return [asdict(one) for one in compared.rows], [asdict(one) for one in compared.counts]


def _judge(sheet: Sheet, ours: list[Spot], county: str, made: Made) -> None:
    known = {one.code: one.point for one in ours if one.point}
    towns = {one.region_code: one.shape for one in outlines.drawn_in(county)}
    made.likeness, made.verdict = point_files.likeness(sheet.lines, polygons=towns, known=known)
    if point_files.written_wrongly(made.likeness):
        made.faults.append(Fault(0, made.verdict))
    elif made.likeness in ("gcj02", "bd09"):
        made.verdict += "下面的距离已经换算回来再比较。"


def _ours(one: Feature, layer: str) -> Spot:
    told = one.properties
    point: Point | None = None if one.shape is None else (one.shape.x, one.shape.y)
    return Spot(
        ref=one.id, code=str(told["code"]), name=str(told["name"]), layer=layer, point=point,
        town=codes.at_level(one.region_code, "town"), address=str(told.get("address") or ""),
        phone=str(told.get("phone") or ""),
    )  # fmt: skip


def _theirs(line: Line, layer: str, likeness: str) -> Spot:
    point = line.point
    if line.typed and likeness == "gcj02":
        point = to_wgs84(line.typed, "gcj02")
    elif line.typed and likeness == "bd09":
        point = to_wgs84(line.typed, "bd09")
    return Spot(
        ref=str(line.number), code=line.told("code"), name=line.told("name"), layer=layer,
        town=codes.at_level(line.region, "town") if line.region else "", point=point,
        address=line.told("address"), phone=line.told("phone"),
    )  # fmt: skip


def _named(spots: list[Spot]) -> list[Spot]:
    """Towns by their names, as they stand in the report."""
    known = region_queries.regions_of({one.town for one in spots if one.town})
    return [
        Spot(**{**vars(one), "town": known[one.town].name if one.town in known else ""})
        for one in spots
    ]
