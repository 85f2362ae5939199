"""From a run and what a planner wants to the inputs of a plan, whole; and to what is reckoned."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from math import isfinite
from typing import Any, NoReturn
from uuid import UUID

from yike.rooms.core.refusal import BadInput
from yike.rooms.places import upkeep_pages
from yike.rooms.reach import assembling, digests, questions
from yike.rooms.reach.models import Run, Season, SitingPlan
from yike.rooms.reach.siting import candidates as cands
from yike.rooms.reach.siting import moments, seasonal
from yike.rooms.reach.siting.candidates import Candidate, Point
from yike.rooms.regions import codes
from yike.rooms.regions import queries as regions_queries
from yike.rooms.regions.coordinates import Crs

#: children of the search: the same seed brings the same answer
SEED = 1


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a planner wants. `number`: new points, or all points where existing ones may close.

    `budget` and `costs` (by kind) in yuan; `villages`, `sites`: kind to be offered at village
    centres and at the listed public places, "" for none; `table`, `outline`: uploaded bytes;
    `excluded`: names or codes of villages, one a line; `existing_capacity` people a station serves;
    `seasons`: the people of these, weighted by their days. `at`: when people set out, by the boats
    and buses of that day; None: by road, crossings with the minutes the network says.
    """

    name: str
    question: str
    minutes: int = 0
    percent: int = 100
    by: str = questions.NUMBER
    number: int | None = None
    budget: int | None = None
    closing: bool = False
    whom: str = "all"
    existing_capacity: int | None = None
    villages: str = ""
    sites: str = ""
    table: bytes = b""
    system: Crs = "wgs84"
    costs: Mapping[str, int | None] = field(default_factory=dict)
    capacity: int | None = None
    days: int = 1
    excluded: str = ""
    outline: bytes = b""
    seconds: int = 60
    seasons: tuple[UUID, ...] = ()
    at: datetime | None = None


def inputs_of(run: Run, wanted: Wanted) -> dict[str, Any]:
    """This will gather every input of a plan. Refuses BadInput what is lacking or contradicts."""
    minutes = wanted.minutes or run.inputs["target"]
    _check(wanted, minutes, run)
    names: dict[str, str] = {}
    centres: dict[str, Point] = {}
    for row in regions_queries.regions_in(codes.span(run.county_code)):
        names[row.code] = row.short_name
        if row.point:
            centres[row.code] = row.point
    found, left_out = _candidates(run, wanted, names, centres)
    outline = _outline(wanted.outline)
    listed = _listed(wanted.excluded, names)
    found = cands.barred(found, listed, outline)
    _check_costs(wanted, found)
    return {
        "run": {"id": str(run.id), "inputs": run.inputs_digest, "result": run.digest},
        "question": wanted.question,
        "minutes": minutes,
        "percent": wanted.percent,
        "by": wanted.by,
        "number": wanted.number,
        "budget": wanted.budget,
        "closing": wanted.closing,
        "whom": wanted.whom,
        "existing_capacity": wanted.existing_capacity,
        "costs": {kind: wanted.costs.get(kind) for kind in questions.KINDS},
        **_seasons(run, wanted),
        "seconds": wanted.seconds,
        "seed": SEED,
        "candidates": [one.plain() for one in found],
        "left_out": left_out,
        "excluded": sorted(listed.values()),
        "outline": outline,
        "names": {
            code: names[code] for code in sorted({one.village for one in found if one.village})
        },
    }


def asked_of(plan: SitingPlan) -> dict[str, Any]:
    """This will return what the child process is asked for a plan, from what is stored."""
    run = plan.run
    told = assembling.asked_of(run, before=bytes(run.minutes) if run.minutes else None)
    told |= moments.laid_out(plan.inputs, run.inputs["networks"])
    told |= moments.at_the_doors(plan.inputs, told)
    return told | {
        "plan": plan.inputs,
        "names": plan.inputs["names"] | told["names"],
        "search_seconds": plan.inputs["seconds"],
    }


def _candidates(
    run: Run, wanted: Wanted, names: dict[str, str], centres: dict[str, Point]
) -> tuple[list[Candidate], list[str]]:
    villages = {
        code: at
        for code, at in centres.items()
        if code in set(assembling.cells_of(run.people)["village"])
    }
    villages = villages or {code: at for code, at in centres.items() if not code.endswith("000")}
    found: list[Candidate] = []
    left_out: list[str] = []
    if wanted.villages:
        found += [
            _made(wanted, wanted.villages, f"v{code}", names[code], at, code, "村中心")
            for code, at in sorted(villages.items())
        ]
    if wanted.sites:
        for row in upkeep_pages.sites_in(run.county_code):
            at = centres.get(row.region_code)
            if at is None:
                left_out.append(row.name)
                continue
            found.append(_made(
                wanted, wanted.sites, f"s{row.id}", row.name, at,
                cands.nearest(at, villages), f"公共场所（{row.kind_name}），按所在区划的中心",
            ))  # fmt: skip
    if wanted.table:
        found += cands.from_table(
            wanted.table, known=names, centres=villages, costs=wanted.costs, days=wanted.days,
            place=lambda lon, lat: regions_queries.read_point(lon, lat, wanted.system),
        )  # fmt: skip
    if not found:
        _no("还没有候选点。", "villages", "请选村中心、公共场所，或上传候选点表。")
    if len(found) > cands.MOST:
        _no(f"候选点最多 {cands.MOST} 个，现在有 {len(found)} 个。", "villages")
    return found, left_out


def _made(
    wanted: Wanted, kind: str, ref: str, name: str, at: Point, village: str, source: str
) -> Candidate:
    return Candidate(
        id=ref, name=name, lon=at[0], lat=at[1], village=village, kind=kind, source=source,
        price=wanted.costs.get(kind), capacity=wanted.capacity,
        days=wanted.days if kind == questions.MOBILE else None,
    )  # fmt: skip


def _seasons(run: Run, wanted: Wanted) -> dict[str, Any]:
    """Percent of people by village, the mean of the seasons by their days, and their names; and
    when people set out."""
    rows = list(Season.objects.filter(
        pk__in=wanted.seasons, county_code=run.county_code, ended_at=None
    ).order_by("since", "name"))  # fmt: skip
    if len(rows) != len(set(wanted.seasons)):
        _no("选的季节已经停用，请重新选择。", "seasons")
    villages = sorted(set(assembling.cells_of(run.people)["village"]))
    told = [(row.factors, (row.until - row.since).days + 1) for row in rows]
    names = [f"{row.name}（{row.since}至{row.until}，{row.source}）" for row in rows]
    factors = seasonal.factors(villages, told)
    counted = {"counted": moments.BY_SEASON} if rows else {}
    moment = moments.moment_of(run, wanted.at, rows)
    return {"factors": factors, "seasons": names} | counted | moment


def _check(wanted: Wanted, minutes: int, run: Run) -> None:
    if wanted.question not in questions.QUESTIONS:
        _no("请选择要回答的问题。", "question")
    if not 1 <= minutes <= 240:
        _no("分钟数应在 1 到 240 之间。", "minutes")
    if wanted.question in questions.LIMITED and wanted.number is None and wanted.budget is None:
        _no("这个问题要写个数或预算。", "number")
    if wanted.number is not None and not 1 <= wanted.number <= cands.MOST:
        _no(f"个数应在 1 到 {cands.MOST} 之间。", "number")
    if not 1 <= wanted.percent <= 100:
        _no("百分比应在 1 到 100 之间。", "percent")
    if wanted.seconds not in questions.SECONDS:
        _no("请选择求解时间。", "seconds")
    if not 1 <= wanted.days <= questions.WEEK:
        _no(f"每周天数应在 1 到 {questions.WEEK} 之间。", "days")
    if wanted.whom != "all":
        groups = assembling.cells_of(run.people)["groups"]
        if wanted.whom not in groups:
            _no(f"这份人口数据里没有{questions.WHOM.get(wanted.whom, '这个')}的人数。", "whom")


def _check_costs(wanted: Wanted, found: list[Candidate]) -> None:
    by_price = wanted.budget is not None or (
        wanted.question == questions.COVER and wanted.by == questions.PRICE
    )
    lacking = [one.name for one in found if one.price is None and not one.barred]
    if by_price and lacking:
        _no(
            f"有 {len(lacking)} 个候选点没有造价（如“{lacking[0]}”），不能按预算或造价算。",
            "budget", "请填每类的造价，或在候选点表里逐个填写。",
        )  # fmt: skip


def _listed(typed: str, names: Mapping[str, str]) -> dict[str, str]:
    """The villages named one a line, by code or by name: code → name."""
    by_name: dict[str, list[str]] = {}
    for code, name in names.items():
        by_name.setdefault(name, []).append(code)
    found: dict[str, str] = {}
    for line in (one.strip() for one in typed.splitlines()):
        if not line:
            continue
        here = [line] if line in names else by_name.get(line, [])
        if not here:
            _no(f"没有叫“{line[:30]}”的村，请写区划里的名称或十二位代码。", "excluded")
        if len(here) > 1:
            _no(f"有 {len(here)} 个村都叫“{line}”，请写十二位代码。", "excluded")
        found[here[0]] = names[here[0]]
    return found


def _outline(content: bytes) -> list[Any]:
    """Polygons (outer ring, then holes) of a GeoJSON file in WGS84."""
    if not content:
        return []
    try:
        told = json.loads(content.decode("utf-8-sig"))
        parts = told["features"] if told["type"] == "FeatureCollection" else [told]
        polygons: list[Any] = []
        for part in parts:
            shape = part.get("geometry", part)
            polygons += [shape["coordinates"]] if shape["type"] == "Polygon" else []
            polygons += shape["coordinates"] if shape["type"] == "MultiPolygon" else []
        clean = [
            [[[float(lon), float(lat)] for lon, lat, *_ in ring] for ring in polygon]
            for polygon in polygons
        ]
        if not all(isfinite(x) for part in clean for ring in part for spot in ring for x in spot):
            raise ValueError
    except (ValueError, OverflowError, KeyError, TypeError, AttributeError, RecursionError):
        _no("排除范围应是 GeoJSON 的面（Polygon 或 MultiPolygon）。", "outline")
    if not clean or sum(len(ring) for polygon in clean for ring in polygon) > 20_000:
        _no("排除范围里没有面，或者点太多（最多两万个）。", "outline")
    return clean


def digest_of(inputs: dict[str, Any]) -> str:
    """This will return the mark of a plan's inputs."""
    return digests.of_words(inputs)


def _no(sentence: str, field: str, way_on: str = "") -> NoReturn:
    raise BadInput(sentence, way_on=way_on, field=field)
