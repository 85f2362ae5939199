"""The director's screen from the board's figures: what each figure opens, where each town lies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from yike.doors.kit import mapping
from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.core.actor import Actor
from yike.rooms.matters import codes, flow
from yike.rooms.matters import queries as matters_queries
from yike.rooms.matters.faces import Board, Count, Filters
from yike.rooms.providers import queries as providers_queries
from yike.rooms.regions import queries as regions_queries

#: bars shown of a long list; the table behind shows all
MOST_BARS = 12


@dataclass(frozen=True, kw_only=True)
class Tile:
    """One figure: its name, value, tone (kit.words.Told), icon, and what it opens."""

    name: str
    value: int
    tone: str
    icon: str
    opens: str
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class Spot:
    """One town on the map, WGS84; `opens` is the list behind it."""

    code: str
    name: str
    lon: float
    lat: float
    opened: int
    open: int
    late: int
    opens: str


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One line of a table with the list it opens."""

    count: Count
    opens: str


@dataclass(frozen=True, kw_only=True)
class Screen:
    """Everything the wall shows for one day."""

    day: date
    region: str
    before: date
    after: date | None
    tiles: tuple[Tile, ...]
    towns: tuple[Bar, ...]
    kinds: tuple[Bar, ...]
    types: tuple[Bar, ...]
    doors: tuple[Bar, ...]
    spots: tuple[Spot, ...]
    unplaced: tuple[str, ...]
    trend: tuple[tuple[str, int, int], ...]
    finding: str
    map_finding: str
    kind_finding: str

    @property
    def top_kinds(self) -> tuple[Bar, ...]:
        """The kinds shown at once."""
        return self.kinds[:MOST_BARS]

    @property
    def other_kinds(self) -> tuple[Bar, ...]:
        """The kinds behind a fold."""
        return self.kinds[MOST_BARS:]

    @property
    def placed(self) -> frozenset[str]:
        """The towns that stand on the map."""
        return frozenset(spot.code for spot in self.spots)

    @property
    def map(self) -> mapping.MapFace:
        """The towns on the map: how many are open, red where some are late, each opens its list."""
        data = mapping.collection([_badge(spot) for spot in self.spots])
        layer = mapping.MapLayer(
            name="towns", label="各乡镇在办", kind="badge", data=data, classes=_STANDING
        )
        return mapping.MapFace(
            label="各乡镇在办诉求分布图",
            layers=(layer,),
            region=self.region,
            list_id="towns-list",
            list_where="旁边的表格",
            size="tall",
        )


def screen(actor: Actor, day: date, *, today: date) -> Screen:
    """This will return the wall of one day, as far as the actor may see."""
    board = matters_queries.board(actor, day)
    points = {
        town.code: town.point for town in regions_queries.towns_of(actor.region_from) if town.point
    }
    return Screen(
        day=day,
        region=actor.region_from,
        before=day - timedelta(days=1),
        after=day + timedelta(days=1) if day < today else None,
        tiles=_tiles(board),
        towns=_bars(board.by_town, "town"),
        kinds=_bars(board.by_category, "category"),
        types=_bars(board.by_type, "demand_type"),
        doors=_bars(board.by_door, "door"),
        spots=_spots(board, points),
        unplaced=tuple(town.name for town in board.by_town if town.code not in points),
        trend=tuple(
            (f"{each.day.month}月{each.day.day}日", each.opened, each.closed)
            for each in board.trend
        ),
        finding=_trend_finding(board),
        map_finding=_town_finding(board),
        kind_finding=_kind_finding(board),
    )


def opens(**filters: str) -> str:
    """This will return the query that opens the orders behind a figure."""
    return urlencode({name: value for name, value in filters.items() if value})


def filters_of(told: dict[str, Any]) -> Filters:
    """This will return the filters that a cleaned form tells."""
    return Filters(**{name: value for name, value in told.items() if value})


_LEVELS = {"county": "县级承办", "town": "镇级承办", "village": "村级承办"}
_ONLY = {
    "late": "已超期",
    "soon": "即将超期",
    "near": "用时过半",
    "open": "在办",
    "unrouted": "无人承接",
    "unsigned": "待签收",
}


def title_of(told: dict[str, Any]) -> str:
    """This will say in words which orders a list shows."""
    words = [
        _ONLY.get(told["only"], ""),
        flow.STATES.get(told["state"], ""),
        codes.DOORS.get(told["door"], ""),
        codes.CHANNELS.get(told["channel"], ""),
        codes.DEMAND_TYPES.get(told["demand_type"], ""),
        catalogue_queries.matter_name(told["category"]) if told["category"] else "",
        regions_queries.name_of(told["town"]) if told["town"] else "",
        _LEVELS.get(told["level"], ""),
        providers_queries.institution(told["holder_org"]).name if told["holder_org"] else "",
        f"{told['opened_from']:%-m月%-d日}起受理" if told["opened_from"] else "",
        f"{told['closed_on']:%-m月%-d日}办结" if told["closed_on"] else "",
    ]
    return " · ".join(word for word in words if word) or "全部诉求"


def _tiles(board: Board) -> tuple[Tile, ...]:
    day = board.day.isoformat()
    next_day = (board.day + timedelta(days=1)).isoformat()
    new = opens(opened_from=day, opened_until=next_day)
    spot = opens(opened_from=day, opened_until=next_day, only="spot")
    nobody = opens(only="unrouted")
    closed, late, soon = opens(closed_on=day), opens(only="late"), opens(only="soon")
    rows = (
        ("红色：已超期", board.late, "late", "exclamation-octagon-fill", late, "过了承诺时间"),
        ("橙色：快到期", board.soon, "soon", "hourglass-split", soon, "已到橙色预警时间"),
        ("黄色：用时过半", board.near, "near", "clock-history", opens(only="near"), "还没到橙色"),
        ("待签收", board.unsigned, "calm", "inbox", opens(state="21"), "已派到单位，还没人签收"),
        ("无人承接", board.unrouted, "late", "signpost-split", nobody, "由县中心兜底"),
        ("在办", board.open, "calm", "clipboard-check", opens(only="open"), "全部未办结"),
        ("当日新增", board.opened, "still", "plus-circle", new, "当天受理"),
        ("当日办结", board.closed, "still", "check2-circle", closed, "当天答复或办结"),
        ("即时办结", board.on_spot, "still", "lightning", spot, "当天当场答复"),
    )  # fmt: skip
    return tuple(
        Tile(
            name=name, value=value, tone=tone if value else "still", icon=icon, opens=to, hint=hint
        )
        for name, value, tone, icon, to, hint in rows
    )


def _bars(counts: tuple[Count, ...], filter_name: str) -> tuple[Bar, ...]:
    return tuple(Bar(count=each, opens=opens(**{filter_name: each.code})) for each in counts)


def _spots(board: Board, points: dict[str, tuple[float, float]]) -> tuple[Spot, ...]:
    return tuple(
        Spot(
            code=town.code,
            name=town.name,
            lon=points[town.code][0],
            lat=points[town.code][1],
            opened=town.opened,
            open=town.open,
            late=town.late,
            opens=opens(town=town.code),
        )
        for town in board.by_town
        if town.code in points
    )


_STANDING = (
    mapping.MapClass(value="late", label="有超期", tone="late"),
    mapping.MapClass(value="calm", label="没有超期", tone="calm"),
)


def _badge(spot: Spot) -> dict[str, Any]:
    """The more are open, the larger: the area grows with the number."""
    return mapping.point(
        spot.lon,
        spot.lat,
        id=spot.code,
        name=spot.name,
        text=str(spot.open),
        size=round(22 + 3 * sqrt(spot.open)),
        value=f"在办 {spot.open} 件，超期 {spot.late} 件",
        link=f"{reverse('command:orders')}?{spot.opens}",
        link_label="看诉求清单",
        **{"class": "late" if spot.late else "calm"},
    )


def _trend_finding(board: Board) -> str:
    if not board.trend:
        return "近两周没有受理记录"
    opened = sum(each.opened for each in board.trend)
    closed = sum(each.closed for each in board.trend)
    way = "在办增加" if opened > closed else "在办减少" if opened < closed else "进出持平"
    return f"近 {len(board.trend)} 天受理 {opened} 件、办结 {closed} 件，{way}"


def _town_finding(board: Board) -> str:
    late = [town for town in board.by_town if town.late]
    if late:
        worst = max(late, key=lambda town: town.late)
        return f"{len(late)} 个乡镇有超期，{worst.name}最多（{worst.late} 件）"
    if any(town.open for town in board.by_town):
        most = max(board.by_town, key=lambda town: town.open)
        return f"没有乡镇超期；在办最多的是{most.name}（{most.open} 件）"
    return "现在没有在办的诉求"


def _kind_finding(board: Board) -> str:
    counted = [kind for kind in board.by_category if kind.open or kind.opened]
    if not counted:
        return "现在没有在办的诉求"
    most = max(counted, key=lambda kind: kind.open)
    return f"在办最多的是“{most.name}”（{most.open} 件）"
