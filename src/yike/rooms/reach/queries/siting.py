"""Plans of sites as pages draw them: what to build where, who gains, how sure, side by side."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotFound
from yike.rooms.reach import access, flow, questions
from yike.rooms.reach import telling as run_telling
from yike.rooms.reach.models import Run, SitingPlan
from yike.rooms.reach.queries.faces import ChangeRow, percent
from yike.rooms.reach.queries.handing import sheet_of
from yike.rooms.reach.siting import telling

_GROUPS = {"all": "所有人", "elderly": "老年人", "children": "儿童", "disabled": "残疾人"}


@dataclass(frozen=True, kw_only=True)
class SitingRow:
    """One plan in a list, and in a comparison; figures None while it is not done."""

    id: UUID
    name: str
    run_id: UUID
    run_name: str
    question_name: str
    state: str
    state_name: str
    fault: str
    proof: str
    limits: str
    #: when people set out by timetable, whose people count; empty for any time, for residents
    moment: str
    season: str
    points: int | None
    closed: int | None
    newly: int | None
    lost: int | None
    price: int | None
    price_per_newly: float | None
    percent_before: float | None
    percent_after: float | None
    minutes: int
    asked_at: datetime
    asked_by: str


@dataclass(frozen=True, kw_only=True)
class BuiltRow:
    """One new place. `price` None: nobody said what it costs."""

    id: str
    name: str
    lon: float
    lat: float
    village: str
    village_name: str
    kind: str
    kind_name: str
    source: str
    price: int | None
    capacity: int | None
    days: int | None
    serves: int
    newly: int


@dataclass(frozen=True, kw_only=True)
class ShareRow:
    """A group of people, before and after: percent by minutes."""

    name: str
    total: int | None
    before: tuple[float | None, ...]
    after: tuple[float | None, ...]
    median_before: float | None
    median_after: float | None


@dataclass(frozen=True, kw_only=True)
class GainRow:
    """A village that gains or loses."""

    code: str
    change: ChangeRow
    median_before: float | None
    median_after: float | None


@dataclass(frozen=True, kw_only=True)
class SitingPage:
    """One plan, whole. `nothing`: why nothing is built, "" where something is."""

    row: SitingRow
    built: tuple[BuiltRow, ...]
    closed: tuple[str, ...]
    shares: tuple[ShareRow, ...]
    minutes: tuple[int, ...]
    radius_before: float | None
    radius_after: float | None
    county: ChangeRow | None
    gains: tuple[GainRow, ...]
    some_days: tuple[tuple[str, int], ...]
    served: int
    unserved: int
    shorts: tuple[tuple[str, int, str], ...]
    repairs: tuple[str, ...]
    nothing: str
    assumptions: tuple[str, ...]
    licences: tuple[str, ...]
    aside: int
    as_run: bool
    seconds: float | None
    inputs_digest: str
    digest: str
    repeated: str
    repeated_at: datetime | None
    plans: bool


def siting_plans(actor: Actor, *, county: str) -> tuple[SitingRow, ...]:
    """This will return the plans of a county, the newest first."""
    found = SitingPlan.objects.filter(county_code=county).select_related("run")
    rows = found.defer("run__minutes", "run__inputs", "run__tables").order_by("-asked_at")
    return tuple(_row(one) for one in rows[:100])


def plannable_runs(actor: Actor, *, county: str) -> tuple[tuple[UUID, str, int], ...]:
    """This will return the finished runs a plan can rest on: id, name, minutes; newest first."""
    rows = Run.objects.filter(county_code=county, state=flow.DONE).order_by("-asked_at")
    found = rows.values_list("id", "name", "inputs__target")[:50]
    return tuple((ref, name, target) for ref, name, target in found)


def siting_plan(actor: Actor, ref: UUID) -> SitingPage:
    """This will return one plan with its tables. Refuses NotFound."""
    plan = _found(ref)
    tables, inputs = plan.tables, plan.inputs
    answer = tables.get("answer", {})
    why = tables.get("why") or {}
    minutes = tuple(tables.get("minutes", ()))
    changes = tables.get("changes", ())
    return SitingPage(
        row=_row(plan),
        built=tuple(_built(one) for one in tables.get("built", ())),
        closed=tuple(one["name"] for one in tables.get("closed", ())),
        shares=_shares(tables),
        minutes=minutes,
        radius_before=_radius(tables, "before"),
        radius_after=_radius(tables, "after"),
        county=next((_change(one) for one in changes if one["key"] == "all"), None),
        gains=_gains(changes, tables.get("medians", {})),
        some_days=tuple((days, people) for days, people in tables.get("some_days", {}).items()),
        served=answer.get("served", 0),
        unserved=answer.get("unserved", 0),
        shorts=tuple(
            (one["name"], one["people"], telling.short(one)) for one in why.get("villages", ())
        ),
        repairs=telling.repairs(why.get("repairs", ()), inputs, len(plan.run.inputs["stations"])),
        nothing="" if tables.get("built") else telling.nothing(inputs),
        assumptions=telling.asked(inputs) + telling.ferries(tables, inputs) + _unjoined(tables),
        licences=_licences(plan),
        aside=answer.get("aside", 0),
        as_run=tables.get("check", {}).get("as_run", False),
        seconds=plan.seconds,
        inputs_digest=plan.inputs_digest,
        digest=plan.digest,
        repeated=plan.repeated,
        repeated_at=plan.repeated_at,
        plans=access.plans(actor, plan.county_code),
    )


def compared(actor: Actor, refs: Sequence[UUID]) -> tuple[SitingPage, ...]:
    """This will return several plans, in the order asked, to stand side by side."""
    return tuple(siting_plan(actor, ref) for ref in dict.fromkeys(refs))


def gains_csv(actor: Actor, ref: UUID) -> str:
    """This will return who gains how many minutes, by village, as CSV."""
    page = siting_plan(actor, ref)
    head = ["区划代码", "村（社区）", "人口", f"原来{page.row.minutes}分钟内", "方案后",
            "新覆盖", "失去", "更快", "新通达", "人均省分钟", "原中位", "现中位"]  # fmt: skip
    rows = [
        [one.code, one.change.name, one.change.total, one.change.covered_before,
         one.change.covered_after, one.change.newly_covered, one.change.lost, one.change.faster,
         one.change.reached, one.change.minutes_saved, one.median_before, one.median_after]
        for one in page.gains
    ]  # fmt: skip
    return sheet_of([head, *rows, *([f"# {said}"] for said in page.licences)])


def built_csv(actor: Actor, ref: UUID) -> str:
    """This will return what is to be built where, as CSV."""
    page = siting_plan(actor, ref)
    head = ["名称", "类型", "村（社区）", "区划代码", "经度", "纬度", "造价（元）", "容量",
            "每周天数", "服务人数", "新覆盖人数", "来源"]  # fmt: skip
    rows = [
        [one.name, one.kind_name, one.village_name, one.village, one.lon, one.lat, one.price,
         one.capacity, one.days, one.serves, one.newly, one.source]
        for one in page.built
    ]  # fmt: skip
    return sheet_of([head, *rows, [f"# {page.row.proof}"]])


def siting_geojson(actor: Actor, ref: UUID) -> str:
    """This will return a plan for a map: new places, places that stay and close, candidates.

    Points in WGS84. `role`: new, stays, closes, candidate, barred.
    """
    plan = _found(ref)
    tables = plan.tables
    closed = {one["id"] for one in tables.get("closed", ())}
    built = {one["id"]: one for one in tables.get("built", ())}
    features = [
        _feature(one, "closes" if one["id"] in closed else "stays", {})
        for one in plan.run.inputs["stations"]
    ]
    for one in plan.inputs["candidates"]:
        new = built.get(one["id"])
        role = "new" if new else "barred" if one["barred"] else "candidate"
        more = {"serves": new["serves"], "newly": new["newly"]} if new else {}
        kind = {"kind": questions.KINDS[one["kind"]], "price": one["price"]}
        features.append(_feature(one, role, kind | more))
    told = {
        "type": "FeatureCollection",
        "name": plan.name,
        "proof": telling.proof(tables["answer"], plan.inputs) if tables else "",
        "features": features,
    }
    return json.dumps(told, ensure_ascii=False)


def _licences(plan: SitingPlan) -> tuple[str, ...]:
    roads = run_telling.licences(plan.run.inputs)
    moment = plan.inputs.get("moment")
    return (*roads, moment["timetable"]["licence"]) if moment else roads


def _found(ref: UUID) -> SitingPlan:
    rows = SitingPlan.objects.select_related("run").defer("run__minutes", "run__tables")
    row = rows.filter(pk=ref).first()
    if row is None:
        raise NotFound("没有这个选址方案")
    return row


def _row(plan: SitingPlan) -> SitingRow:
    tables = plan.tables
    whole = next((one for one in tables.get("changes", ()) if one["key"] == "all"), None)
    built = tables.get("built", ())
    price = sum(one["price"] for one in built) if _priced(built) else None
    newly = whole["newly_covered"] if whole else None
    gained = whole["covered_after"] - whole["covered_before"] if whole else 0
    return SitingRow(
        id=plan.id,
        name=plan.name,
        run_id=plan.run_id,
        run_name=plan.run.name,
        question_name=questions.QUESTIONS[plan.question],
        state=plan.state,
        state_name=flow.RUN_STATES[plan.state],
        fault=plan.fault,
        proof=telling.proof(tables["answer"], plan.inputs) if tables else "",
        limits=telling.limits(plan.inputs),
        moment=telling.moment(plan.inputs),
        season=telling.season(plan.inputs, tables),
        points=len(built) if tables else None,
        closed=len(tables["closed"]) if tables else None,
        newly=newly,
        lost=whole["lost"] if whole else None,
        price=price,
        price_per_newly=round(price / gained, 2) if price is not None and gained > 0 else None,
        percent_before=percent(whole["covered_before"], whole["total"]) if whole else None,
        percent_after=percent(whole["covered_after"], whole["total"]) if whole else None,
        minutes=plan.inputs["minutes"],
        asked_at=plan.asked_at,
        asked_by=plan.asked_by,
    )


def _priced(built: Sequence[Mapping[str, Any]]) -> bool:
    return bool(built) and all(one["price"] is not None for one in built)


def _built(one: Mapping[str, Any]) -> BuiltRow:
    return BuiltRow(kind_name=questions.KINDS[one["kind"]], **one)


def _shares(tables: Mapping[str, Any]) -> tuple[ShareRow, ...]:
    both = tables.get("shares", {})
    after = {one["group"]: one for one in both.get("after", ())}
    return tuple(
        ShareRow(
            name=_GROUPS.get(one["group"], one["group"]),
            total=one["total"],
            before=_percents(one),
            after=_percents(after[one["group"]]) if one["group"] in after else (),
            median_before=one["median"],
            median_after=after[one["group"]]["median"] if one["group"] in after else None,
        )
        for one in both.get("before", ())
    )


def _percents(one: Mapping[str, Any]) -> tuple[float | None, ...]:
    return tuple(percent(part, one["total"]) for part in one["covered"])


def _radius(tables: Mapping[str, Any], when: str) -> float | None:
    found = tables.get("radius", {}).get(when)
    return percent(found["within"], found["total"]) if found else None


def _gains(changes: Sequence[Mapping[str, Any]], medians: Mapping[str, Any]) -> tuple[GainRow, ...]:
    """Every village where somebody gains or loses, most newly covered first."""
    found = []
    for one in changes:
        moved = one["faster"] + one["slower"] + one["reached"] + one["cut_off"]
        if one["key"] == "village" and moved:
            was, now = medians.get(one["code"], (None, None))
            row = GainRow(
                code=one["code"], change=_change(one), median_before=was, median_after=now
            )
            found.append((-one["newly_covered"], -moved, one["code"], row))
    return tuple(row for *_, row in sorted(found, key=lambda told: told[:3]))


def _change(one: Mapping[str, Any]) -> ChangeRow:
    return ChangeRow(**{name: one[name] for name in ChangeRow.__dataclass_fields__})


def _unjoined(tables: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(
        f"{flow.MODES[mode]}路网附近没有路、接不上的点：{'、'.join(names[:8])}"
        + (f" 等 {len(names)} 个。" if len(names) > 8 else "。")
        for mode, names in tables.get("unjoined", {}).items()
        if names
    )


def _feature(one: Mapping[str, Any], role: str, more: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": one["id"],
        "geometry": {"type": "Point", "coordinates": [one["lon"], one["lat"]]},
        "properties": {"name": one["name"], "role": role, **more},
    }
