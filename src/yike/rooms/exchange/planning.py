"""What an upload would do to the register: added, changed, left; every fault with its line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from yike.rooms.core.refusal import BadInput
from yike.rooms.exchange import point_files
from yike.rooms.exchange.point_files import Line, Sheet
from yike.rooms.places import kinds, points
from yike.rooms.places import queries as places_queries
from yike.rooms.places.entry import day as day_of
from yike.rooms.places.entry import point_in
from yike.rooms.providers import queries as provider_queries
from yike.rooms.regions import codes, outlines
from yike.rooms.regions import queries as region_queries
from yike.rooms.regions.checking import Fault
from yike.rooms.regions.coordinates import Crs, Point

ADD, CHANGE, LEAVE = "add", "change", "leave"
#: each new place is asked about on its own; more at once would keep whoever waits too long
MOST_MOVED = 300
#: what may be changed by an upload, by facility: field → its name
CHANGED = {
    "station": {"name": "名称", "address": "地址", "phone": "电话", "lon": "经度", "lat": "纬度"},
    "terminal": {"name": "名称", "address": "地址", "lon": "经度", "lat": "纬度"},
    "sign": {"name": "名称", "address": "地址", "lon": "经度", "lat": "纬度"},
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What an upload is: of which facility, whose region, in which system; `sure`: compared."""

    county: str
    region: str
    facility: str
    crs: str
    sure: bool = False


@dataclass
class Plan:
    """The outcome: rows to apply when `faults` is empty."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    verdict: str = ""

    def count(self, verb: str) -> int:
        """This will return how many lines have this verb."""
        return sum(row["verb"] == verb for row in self.rows)


@dataclass(frozen=True, kw_only=True)
class Known:
    """What stands in the register: by code."""

    facts: Mapping[str, dict[str, Any]]

    def places(self) -> dict[str, Point]:
        """This will return where known ones stand."""
        return {
            code: (one["lon"], one["lat"])
            for code, one in self.facts.items() if one["lon"] is not None
        }  # fmt: skip


def known_in(county: str, facility: str) -> Known:
    """This will return what stands in a county of a kind, by code."""
    rows: list[Any] = (
        list(places_queries.stations_in(county))
        if facility == "station"
        else list(places_queries.facilities_in(county, facility))
    )
    return Known(
        facts={
            row.code: {
                "id": str(row.id), "region": row.region_code, "name": row.name,
                "address": row.address, "phone": getattr(row, "phone", ""),
                "lon": row.point[0] if row.point else None,
                "lat": row.point[1] if row.point else None,
                "origin": {
                    "way": row.origin.way, "crs": row.origin.crs,
                    "accuracy_m": row.origin.accuracy_m,
                },
            }
            for row in rows
        }
    )  # fmt: skip


def plan(raw: bytes, asked: Asked) -> Plan:
    """This will read a file and say what it would do, or every fault in it; writes nothing."""
    layer = f"{asked.facility}s"
    sheet = point_files.read(raw, county=asked.county, crs=asked.crs, layer=layer)
    made = Plan(faults=sheet.faults)
    if sheet.ignored:
        made.notes.append(f"没有用到的列：{'、'.join(sheet.ignored[:20])}")
    if made.faults:
        return made
    known = known_in(asked.county, asked.facility)
    _judge(sheet, asked, known, made)
    if sum(_moves(line, known) for line in sheet.lines) > MOST_MOVED:
        made.faults.append(Fault(0, f"一次新增或移动超过 {MOST_MOVED} 个点位，请分开上传"))
        return made
    seen: dict[str, int] = {}
    for line in sheet.lines:
        _take(line, asked, known, seen, made)
    made.faults.sort(key=lambda fault: fault.line)
    return made


def _moves(line: Line, known: Known) -> bool:
    """Whether a line says another place than the register, or a new one."""
    own = known.facts.get(line.told("code"))
    return own is None or _far(own, line)


def _judge(sheet: Sheet, asked: Asked, known: Known, made: Plan) -> None:
    """Whether the coordinates are what they are said to be."""
    if asked.crs != "wgs84":
        return
    towns = {one.region_code: one.shape for one in outlines.drawn_in(asked.county)}
    like, made.verdict = point_files.likeness(sheet.lines, polygons=towns, known=known.places())
    if point_files.written_wrongly(like) or (like in ("gcj02", "bd09") and not asked.sure):
        made.faults.append(Fault(0, made.verdict))


def _take(line: Line, asked: Asked, known: Known, seen: dict[str, int], made: Plan) -> None:
    wrong: list[str] = []
    code = line.told("code")
    if not code:
        wrong.append("没有写编码")
    first = seen.setdefault(code, line.number)
    if code and first != line.number:
        wrong.append(f"编码与第 {first} 行重复")
    own = known.facts.get(code)
    region = line.region or (own["region"] if own else "")
    _placed(line, region, own, asked, wrong)
    row = _changed(line, own, asked) if own else _added(line, region, asked, wrong)
    made.faults += [Fault(line.number, sentence) for sentence in wrong]
    if not wrong:
        made.rows.append({"line": line.number, "code": code, **row})


def _placed(
    line: Line, region: str, own: dict[str, Any] | None, asked: Asked, wrong: list[str]
) -> None:
    """Whether it lies where the uploader may write, and where it says."""
    if region and not codes.within(region, codes.span(asked.region)):
        wrong.append(f"{region_queries.name_of(region)}不在您可以上传的区划里")
        return
    if own and line.region and line.region != own["region"]:
        wrong.append("区划与登记的不一样：迁移请在站点页面办理合并或停用、新设")
    if line.typed is None or not region or not (own is None or _far(own, line)):
        return
    try:
        point_in(region, line.typed, _crs(asked.crs))
    except BadInput as no:
        wrong.append(no.sentence)
        return
    if not asked.sure:
        but = UUID(own["id"]) if own else None
        wrong += points.warnings(region, line.typed, _crs(asked.crs), asked.facility, but=but)


def _changed(line: Line, own: dict[str, Any], asked: Asked) -> dict[str, Any]:
    """An entry that is there: what is told and differs. Empty cells leave what stands."""
    fresh = {name: line.told(name) for name in ("name", "address", "phone") if line.told(name)}
    told: dict[str, Any] = {
        name: value
        for name, value in fresh.items()
        if name in CHANGED[asked.facility] and value != own[name]
    }
    if line.point is not None and _far(own, line):
        told |= {"lon": round(line.point[0], 7), "lat": round(line.point[1], 7)}
    before = {name: own[name] for name in told}
    return {
        "accuracy": _metres(line), "origin": own["origin"],
        "verb": CHANGE if told else LEAVE, "id": own["id"], "name": own["name"],
        "facts": told, "before": before,
    }  # fmt: skip


def _far(own: dict[str, Any], line: Line) -> bool:
    """Whether the line says another place than the register; a rounding is none."""
    if line.point is None:
        return False
    if own["lon"] is None:
        return True
    lon, lat = line.point
    return bool(abs(own["lon"] - lon) > 1e-6 or abs(own["lat"] - lat) > 1e-6)


def _added(line: Line, region: str, asked: Asked, wrong: list[str]) -> dict[str, Any]:
    if not line.told("name"):
        wrong.append("新增的没有写名称")
    if not region:
        wrong.append("新增的没有写区划代码，也没有写乡镇")
    facts: dict[str, Any] = {
        "name": line.told("name"), "address": line.told("address"), "region": region,
        "since": _day(line.told("since"), wrong),
        "lon": round(line.point[0], 7) if line.point else None,
        "lat": round(line.point[1], 7) if line.point else None,
    }  # fmt: skip
    if asked.facility == "station":
        if places_queries.station_by_code(line.told("code")):
            wrong.append("编码已被用过：是停用的、还没有启用的，或别的县的站点")
        facts |= {"phone": line.told("phone"), "level": _level(line.told("level"), wrong),
                  "institution": _house(line.told("institution"), wrong)}  # fmt: skip
    else:
        facts["kind"] = line.told("kind")
        if not facts["kind"]:
            wrong.append("新增的没有写类型")
    return {
        "verb": ADD, "id": "", "name": facts["name"], "facts": facts, "before": {},
        "accuracy": _metres(line),
    }  # fmt: skip


def _metres(line: Line) -> float | None:
    told = line.told("accuracy")
    return float(told) if told else None


def _level(typed: str, wrong: list[str]) -> int:
    named = {name: level for level, name in kinds.LEVELS.items()}
    if typed in named:
        return named[typed]
    if typed.isascii() and typed.isdigit() and int(typed) in kinds.LEVELS:
        return int(typed)
    said = "、".join(f"{level} {name}" for level, name in kinds.LEVELS.items())
    wrong.append(f"级别“{typed}”不在名单里，可选：{said}")
    return 0


def _house(typed: str, wrong: list[str]) -> str:
    found = provider_queries.institution_by_code(typed) if typed else None
    if found is None:
        wrong.append(f"管理机构编码“{typed}”没有登记" if typed else "新增的没有写管理机构编码")
        return ""
    return str(found.id)


def _day(typed: str, wrong: list[str]) -> str:
    if not typed:
        return ""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        wrong.append(f"日期“{typed}”应写作 2026-01-31")
        return ""
    try:
        day_of(day, "since", "日期")
    except BadInput as no:
        wrong.append(no.sentence)
    return typed


def _crs(named: str) -> Crs:
    return "gcj02" if named == "gcj02" else "bd09" if named == "bd09" else "wgs84"
