"""What a run says about equity: shares by group, service hours per person, Lorenz curves, gaps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotFound
from yike.rooms.reach import telling
from yike.rooms.reach.models import Run
from yike.rooms.reach.queries.faces import PlaceRow, RunRow
from yike.rooms.reach.queries.handing import sheet_of
from yike.rooms.reach.queries.rows import run_row
from yike.rooms.reach.queries.run_page import GROUPS, places_of

_ALL = {"all": "全体"} | GROUPS
#: key of a table → what its rows are
_KINDS = {"all": "全县", "town": "乡镇（街道）", "village": "村（社区）"}


@dataclass(frozen=True, kw_only=True)
class GroupShares:
    """Shares by minutes of one group, the county first, then its towns."""

    name: str
    county: PlaceRow | None
    towns: tuple[PlaceRow, ...]


@dataclass(frozen=True, kw_only=True)
class AccessRow:
    """Hours per 1,000 people in one place; `mean` None where nobody was counted."""

    kind: str
    code: str
    name: str
    group: str
    total: int | None
    mean: float | None
    without: int | None


@dataclass(frozen=True, kw_only=True)
class StationHours:
    """What one station has, and how many (weighted) people share it; `told`: rosters name it."""

    name: str
    hours: float
    people: int
    told: bool


@dataclass(frozen=True, kw_only=True)
class Curve:
    """Gini and Lorenz; `gini` None where there is nobody or nothing to spread.

    `tenths`: of the people in tenths, those with the least first, the percent of all they have.
    """

    gini: float | None
    lorenz: tuple[tuple[float, float], ...]
    tenths: tuple[tuple[int, float], ...]
    left_out: int


@dataclass(frozen=True, kw_only=True)
class GapRow:
    """Uncovered places that lie together; minutes None where no way leads out."""

    rank: int
    people: int
    unknown_cells: int
    towns: str
    villages: tuple[str, ...]
    station: str | None
    nearest: float | None
    median: float | None


@dataclass(frozen=True, kw_only=True)
class AccessPage:
    """The equity of one run. `known` False: reckoned before these tables were, to be done again.

    `people` None: nobody's number is known, so nothing here is zero: it is unknown.
    """

    row: RunRow
    target: int
    minutes: tuple[int, ...]
    known: bool
    people: int | None
    groups: tuple[GroupShares, ...]
    lacking: tuple[str, ...]
    villages: tuple[PlaceRow, ...]
    time: Curve
    gaps: tuple[GapRow, ...]
    #: None: the run was asked without service hours
    hours: Curve | None
    since: str
    until: str
    bound: int
    access: tuple[AccessRow, ...]
    villages_access: tuple[AccessRow, ...]
    stations: tuple[StationHours, ...]
    licences: tuple[str, ...]

    @property
    def chart(self) -> tuple[dict[str, Any], ...]:
        """The curves to be drawn: name and points, as the tables beside them say."""
        curves = [("用时", self.time), ("服务时数", self.hours)]
        return tuple(
            {"name": name, "points": [list(one) for one in curve.lorenz]}
            for name, curve in curves
            if curve and curve.lorenz
        )

    @property
    def tenths(self) -> tuple[tuple[int, tuple[float | None, ...]], ...]:
        """The table behind the chart: percent of the people, then what each curve gives them."""
        curves = [dict(one.tenths) for one in (self.time, self.hours) if one is not None]
        return tuple((10 * k, tuple(one.get(k) for one in curves)) for k in range(1, 11))

    @property
    def finding(self) -> str:
        """The chart in one sentence."""
        if self.hours and self.hours.gini is not None:
            half = dict(self.hours.tenths)[5]
            return f"可得服务最少的一半人，分到 {half:.1f}% 的服务时数"
        if self.time.gini is not None:
            half = 100 - dict(self.time.tenths)[5]
            return f"路上用时最长的一半人，占了全部用时的 {half:.1f}%"
        return "没有可以比较的人口和用时"


def access_page(actor: Actor, ref: UUID) -> AccessPage:
    """This will return what a run says about equity. Refuses NotFound."""
    rows = Run.objects.select_related("parent").defer("minutes", "parent__minutes")
    row = rows.filter(pk=ref).first()
    if row is None:
        raise NotFound("没有这项服务圈数据")
    tables, supply = row.tables, row.inputs.get("supply") or {}
    told = tables.get("access")
    shares = tuple(_shares(tables, group) for group in _ALL)
    found = tuple(_access(told)) if told else ()
    return AccessPage(
        row=run_row(row),
        target=row.inputs["target"],
        minutes=tuple(tables.get("minutes", ())),
        known="spread" in tables,
        people=next((one.county.total for one in shares if one.county), None),
        groups=tuple(one for one in shares if one.county and one.county.total is not None),
        lacking=tuple(one.name for one in shares if not one.county or one.county.total is None),
        villages=places_of(tables, {}, "village", "all"),
        time=_curve(tables.get("spread") or {}),
        gaps=tuple(_gap(one) for one in tables.get("gaps", ())),
        hours=_curve(told) if told else None,
        since=supply.get("from_on", ""),
        until=supply.get("until_on", ""),
        bound=told["bound"] if told else 0,
        access=tuple(one for one in found if one.kind != "village"),
        villages_access=tuple(one for one in found if one.kind == "village"),
        stations=tuple(StationHours(**one) for one in told["stations"]) if told else (),
        licences=telling.licences(row.inputs),
    )


def access_csv(actor: Actor, ref: UUID) -> str:
    """This will return equity by place and group as CSV; what is unknown stays empty."""
    page = access_page(actor, ref)
    hours = {(one.code, one.group): one for one in (*page.access, *page.villages_access)}
    head = ["类别", "代码", "名称", "人群", "人口", *(f"{m}分钟内（%）" for m in page.minutes)]
    head += ["中位分钟", "每千人可得服务时数", "得不到服务的人数"]
    rows = [head]
    for group in page.groups:
        places = [("全县", group.county), *(("乡镇（街道）", one) for one in group.towns)]
        rows += [_line(kind, one, group.name, hours) for kind, one in places if one]
    rows += [_line("村（社区）", one, "全体", hours) for one in page.villages]
    return sheet_of([*rows, *([f"# {said}"] for said in page.licences)])


def _line(
    kind: str, one: PlaceRow, group: str, hours: Mapping[tuple[str, str], AccessRow]
) -> list[Any]:
    told = hours.get((one.code, group))
    access = [told.mean, told.without] if told else [None, None]
    percents = one.percents or ()
    return [kind, one.code, one.name, group, one.total, *percents, one.median, *access]


def _shares(tables: Mapping[str, Any], group: str) -> GroupShares:
    county = next(iter(places_of(tables, {}, "all", group)), None)
    return GroupShares(name=_ALL[group], county=county, towns=places_of(tables, {}, "town", group))


def _access(told: Mapping[str, Any]) -> list[AccessRow]:
    """Those with the least first; who nobody counted comes last."""
    rows = [
        AccessRow(
            kind=one["key"], code=one["code"], name="全县" if one["key"] == "all" else one["name"],
            group=_ALL.get(one["group"], one["group"]), total=one["total"], mean=one["mean"],
            without=one["without"],
        )
        for one in told["rows"]
        if one["group"] == "all" or one["key"] != "village"
    ]  # fmt: skip
    kinds = list(_KINDS)
    rows.sort(key=lambda one: (kinds.index(one.kind), one.mean is None, one.mean or 0, one.code))
    return rows


def _curve(told: Mapping[str, Any]) -> Curve:
    points = tuple((float(x), float(y)) for x, y in told.get("lorenz", ()))
    tenths = tuple((round(10 * x), 100 * y) for x, y in points if round(100 * x) % 10 == 0 and x)
    return Curve(
        gini=told.get("gini"), lorenz=points, tenths=tenths, left_out=told.get("left_out", 0)
    )


def _gap(one: Mapping[str, Any]) -> GapRow:
    return GapRow(
        rank=one["rank"], people=one["people"], unknown_cells=one["unknown_cells"],
        towns="、".join(one["towns"]), villages=tuple(one["villages"]), station=one["station"],
        nearest=one["nearest"], median=one["median"],
    )  # fmt: skip
