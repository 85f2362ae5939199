"""Where something could be built: village centres, public places, a table of the office. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from math import cos, isfinite, nan, radians
from typing import Any, NoReturn

from yike.rooms.core.refusal import BadInput
from yike.rooms.reach import questions
from yike.rooms.reach.siting import tables

Point = tuple[float, float]
#: A county has fewer places worth asking for; more is another table.
MOST = 1000
_ALSO = {
    "name": ("名称", "候选点"),
    "lon": ("经度",),
    "lat": ("纬度",),
    "village": ("区划代码", "村代码", "village_code", "region_code"),
    "kind": ("类型",),
    "cost": ("造价", "造价（元）", "费用"),
    "capacity": ("容量", "服务人数"),
    "days": ("每周天数",),
    "group": ("互斥组",),
    "exclude": ("排除", "不可选"),
}
_YES, _NO = {"1", "是", "yes", "true"}, {"", "0", "否", "no", "false"}


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One place where something could be built. `price` yuan; None: nobody said.

    `days` of service a week, None for every day; `group`: of each at most one is built;
    `barred` says why it may not be chosen, "" where it may.
    """

    id: str
    name: str
    lon: float
    lat: float
    village: str
    kind: str
    source: str
    price: int | None = None
    capacity: int | None = None
    days: int | None = None
    group: str = ""
    barred: str = ""

    def plain(self) -> dict[str, Any]:
        """This will return it as plain JSON."""
        return asdict(self)


def from_table(
    content: bytes,
    *,
    known: Collection[str],
    centres: Mapping[str, Point],
    costs: Mapping[str, int | None],
    days: int,
    place: Callable[[float, float], Point],
) -> list[Candidate]:
    """This will read the office's own table of places. Refuses BadInput naming the line.

    `known`: codes of the county; `centres`: village → point, for rows without coordinates;
    `place`: (lon, lat) → point in WGS84.
    """
    titles, rows = tables.lines(
        _text(content), lambda why: _no(f"候选点表{why}"), most=MOST, noun="行"
    )
    head = _head(titles)
    found: list[Candidate] = []
    for line, cells in rows:
        told = {key: cell.strip() for key, cell in zip(head, cells, strict=False) if key}
        village = told.get("village", "")
        point = _point(line, told, centres, place)
        here = village if village in known else nearest(point, centres)
        found.append(_candidate(line, told, f"t{len(found) + 1}", point, here, costs, days))
    if not found:
        _no(f"候选点表应有 1 到 {MOST} 行，现在一行也没有。")
    return found


def nearest(point: Point, centres: Mapping[str, Point]) -> str:
    """This will return the village whose centre is nearest, "" where no centre is known."""
    wide = cos(radians(point[1]))

    def far(code: str) -> float:
        lon, lat = centres[code]
        return ((lon - point[0]) * wide) ** 2 + (lat - point[1]) ** 2

    return min(sorted(centres), key=far, default="")


def barred(
    candidates: Iterable[Candidate], villages: Mapping[str, str], outline: list[Any]
) -> list[Candidate]:
    """This will mark those in a listed village (code → name) or inside an outline as barred."""
    marked = []
    for one in candidates:
        why = one.barred
        if one.village in villages:
            why = f"在排除的村“{villages[one.village]}”"
        elif any(inside((one.lon, one.lat), ring) for ring in outline):
            why = "在排除的范围里"
        marked.append(Candidate(**(asdict(one) | {"barred": why})))
    return marked


def inside(point: Point, polygon: list[list[list[float]]]) -> bool:
    """This will say whether a point lies in a polygon: an outer ring, then its holes."""
    crossed = 0
    lon, lat = point
    for ring in polygon:
        for (x1, y1, *_), (x2, y2, *_) in zip(ring, ring[1:] + ring[:1], strict=True):
            if (y1 > lat) != (y2 > lat) and lon < x1 + (lat - y1) * (x2 - x1) / (y2 - y1):
                crossed += 1
    return crossed % 2 == 1


def _candidate(
    line: int, told: dict[str, str], ref: str, point: Point, village: str,
    costs: Mapping[str, int | None], days: int,
) -> Candidate:  # fmt: skip
    kind, price = _kind(line, told.get("kind", "")), _whole(line, told, "cost")
    return Candidate(
        id=ref,
        name=told.get("name") or _no(f"候选点表第 {line} 行没有名称，请补上。"),
        lon=point[0],
        lat=point[1],
        village=village,
        kind=kind,
        source="上传的候选点表",
        price=costs.get(kind) if price is None else price,
        capacity=_whole(line, told, "capacity"),
        days=(_days(line, told) or days) if kind == questions.MOBILE else None,
        group=told.get("group", "")[:40],
        barred="候选点表里标为不可选" if _marked(line, told) else "",
    )


def _point(
    line: int,
    told: dict[str, str],
    centres: Mapping[str, Point],
    place: Callable[[float, float], Point],
) -> Point:
    if told.get("lon") and told.get("lat"):
        return place(_number(line, told, "lon"), _number(line, told, "lat"))
    if told.get("village", "") not in centres:
        _no(f"候选点表第 {line} 行没有经纬度，写的村也没有中心点，请补上。")
    return centres[told["village"]]


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadInput("候选点表不是文本表格，请另存为 CSV（UTF-8）再传。", field="file")


def _head(typed: list[str]) -> list[str]:
    known = {other: key for key, others in _ALSO.items() for other in (key, *others)}
    head = [known.get(title.strip().lower(), "") for title in typed]
    if "name" not in head or not ({"lon", "lat"} <= set(head) or "village" in head):
        _no("候选点表第一行应为 name,lon,lat[,village,kind,cost,capacity,days,group,exclude]。")
    return head


def _kind(line: int, typed: str) -> str:
    words = {name: code for code, name in questions.KINDS.items()} | {
        code: code for code in questions.KINDS
    }
    if typed and typed not in words:
        known = "、".join(questions.KINDS.values())
        _no(f"候选点表第 {line} 行的类型“{typed}”不对，可用：{known}。")
    return words.get(typed, questions.STATION)


def _number(line: int, told: dict[str, str], key: str) -> float:
    try:
        number = float(told[key])
    except ValueError:
        number = nan
    if not isfinite(number):
        _no(f"候选点表第 {line} 行的“{told[key]}”不是数字，请改正。")
    return number


def _whole(line: int, told: dict[str, str], key: str) -> int | None:
    if not told.get(key):
        return None
    number = _number(line, told, key)
    if number != int(number) or not 0 <= number < 10**11:
        _no(f"候选点表第 {line} 行的“{told[key]}”应是不小于零的整数。")
    return int(number)


def _days(line: int, told: dict[str, str]) -> int | None:
    days = _whole(line, told, "days")
    if days is not None and not 1 <= days <= questions.WEEK:
        _no(f"候选点表第 {line} 行的每周天数应在 1 到 {questions.WEEK} 之间。")
    return days


def _marked(line: int, told: dict[str, str]) -> bool:
    typed = told.get("exclude", "").lower()
    if typed not in _YES | _NO:
        _no(f"候选点表第 {line} 行的“排除”应填 1 或 0。")
    return typed in _YES


def _no(sentence: str) -> NoReturn:
    raise BadInput(sentence, field="file")
