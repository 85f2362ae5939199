"""The tables of a siting plan: what is built, who gains how many minutes, how sure the answer is.

Minutes count places that open every day; what a circuit adds on some days is told apart.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from yike.engines.coverage.ground import MINUTE, UNREACHED, Ground
from yike.engines.coverage.scenarios import compare
from yike.engines.coverage.shares import EVERYBODY, tables
from yike.engines.coverage.yardsticks import both_yardsticks
from yike.engines.siting import Answer, Problem
from yike.rooms.reach import digests
from yike.rooms.reach.reckoning import packing, tabling
from yike.rooms.reach.reckoning.measuring import straight

Times = NDArray[np.int64]


def tables_of(
    times: Times, problem: Problem, answer: Answer, asked: dict[str, Any]
) -> dict[str, Any]:
    """This will return every table of a plan as plain JSON, nothing in it decided by a clock."""
    old = len(asked["stations"])
    before, after = _nearest(times, range(old)), _nearest(times, _daily(problem, answer))
    ground = tabling.ground_of(asked["cells"])
    target, told = asked["plan"]["minutes"], bool(answer.chosen)
    minutes = sorted({*tabling.THRESHOLDS, target})
    found = {
        "target": target,
        "minutes": minutes,
        "answer": _told(problem, answer),
        "why": _why(problem, answer, asked),
        "built": _built(times, problem, answer, asked, before) if told else [],
        "closed": _closed(answer, asked) if told else [],
        "shares": {"before": _shares(before, ground, minutes)},
        "radius": {"before": _radius(before, range(old), ground, asked)},
        "check": {"as_run": _as_run(before, asked), "total": int(problem.weight.sum())},
    }
    if told:
        found["shares"]["after"] = _shares(after, ground, minutes)
        found["radius"]["after"] = _radius(after, _daily(problem, answer), ground, asked)
        found["changes"] = [
            asdict(one) | {"code": one.name, "name": asked["names"].get(one.name, one.name)}
            for one in compare(before, after, ground, minutes=target, by=("village", "town"))
        ]
        found["medians"] = _medians(before, after, ground)
        found["some_days"] = _some_days(times, problem, answer, after, target)
    return found


def _daily(problem: Problem, answer: Answer) -> list[int]:
    return [at for at in answer.chosen if problem.share[at] == problem.full]


def _nearest(times: Times, places: Any) -> Times:
    here = list(places)
    if not here:
        return np.full(times.shape[1], UNREACHED, np.int64)
    best: Times = np.minimum(times[here].min(axis=0), UNREACHED)
    return best


def _told(problem: Problem, answer: Answer) -> dict[str, Any]:
    """Objective and bound as the engine counts them; `full` units make a person."""
    return {
        "question": answer.question,
        "status": answer.status,
        "objective": answer.objective,
        "bound": answer.bound,
        "gap": round(answer.gap, 6),
        "cut_short": answer.cut_short,
        "full": problem.full,
        "chosen": [problem.candidates[at] for at in answer.chosen],
        "served": answer.covered // problem.full,
        "unserved": -(-answer.uncovered // problem.full),
        "aside": int(problem.weight[list(answer.service.unreachable)].sum()),
    }


def _built(
    times: Times, problem: Problem, answer: Answer, asked: dict[str, Any], before: Times
) -> list[dict[str, Any]]:
    """Each new place with the people it serves, and those who come within the minutes by it."""
    old, limit = len(asked["stations"]), asked["plan"]["minutes"] * MINUTE
    whole = _daily(problem, answer)
    first = np.array(whole)[times[whole].argmin(axis=0)] if whole else np.full(times.shape[1], -1)
    now = _nearest(times, whole)
    newly = (now <= limit) & (before > limit)
    service = answer.service
    found = []
    for at in (one for one in answer.chosen if one >= old):
        told = asked["plan"]["candidates"][at - old]
        found.append({
            **{key: told[key] for key in ("id", "name", "lon", "lat", "village", "kind", "source",
                                          "price", "capacity", "days")},
            "village_name": asked["names"].get(told["village"], ""),
            "serves": int(service.units[service.candidate == at].sum()) // problem.full,
            "newly": int(problem.weight[newly & (first == at)].sum()),
        })  # fmt: skip
    found.sort(key=lambda one: (-one["newly"], -one["serves"], one["id"]))
    return found


def _closed(answer: Answer, asked: dict[str, Any]) -> list[dict[str, Any]]:
    stays = set(answer.chosen)
    return [
        {"id": one["id"], "name": one["name"]}
        for at, one in enumerate(asked["stations"])
        if at not in stays
    ]


def _shares(time: Times, ground: Ground, minutes: list[int]) -> list[dict[str, Any]]:
    return [
        {"group": row.group, "total": row.total, "covered": list(row.covered),
         "unreachable": row.unreachable, "median": row.median}
        for row in tables(time, ground, minutes=minutes)
        if row.key == EVERYBODY
    ]  # fmt: skip


def _radius(time: Times, places: Any, ground: Ground, asked: dict[str, Any]) -> dict[str, Any]:
    stands = [*asked["stations"], *asked["plan"]["candidates"]]
    cells, here = asked["cells"], [stands[at] for at in places]
    lon, lat = np.array(cells["lon"], float), np.array(cells["lat"], float)
    where = straight(lon, lat, here) if here else np.full(len(lon), 10**9)
    whole = both_yardsticks(
        time, where.astype(np.float64), ground, zones=ground.keys["zone"],
        standard=tabling.standard_of(asked["standard"]), minutes=asked["plan"]["minutes"],
    )[0]  # fmt: skip
    return {"total": whole.total, "within": whole.both + whole.radius_only}


def _medians(before: Times, after: Times, ground: Ground) -> dict[str, list[float | None]]:
    """By village: the median minutes before and after."""
    found: dict[str, list[float | None]] = {}
    for at, time in enumerate((before, after)):
        for row in tables(time, ground, minutes=[1], by=("village",)):
            if row.key == "village" and row.group == EVERYBODY:
                found.setdefault(row.name, [None, None])[at] = row.median
    return found


def _some_days(
    times: Times, problem: Problem, answer: Answer, after: Times, target: int
) -> dict[str, int]:
    """People beyond the minutes every day, and within them on some days of the week, by days."""
    some = [at for at in answer.chosen if problem.share[at] < problem.full]
    days = np.zeros(times.shape[1], np.int64)
    for at in some:
        days += np.where(times[at] <= target * MINUTE, problem.share[at], 0)
    days = np.where(after > target * MINUTE, np.minimum(days, problem.full), 0)
    return {
        str(count): int(problem.weight[days == count].sum()) for count in sorted(set(days)) if count
    }


def _why(problem: Problem, answer: Answer, asked: dict[str, Any]) -> dict[str, Any] | None:
    """Why there is no plan: by village who is left out and by how much, and every repair."""
    why = answer.explanation
    if why is None:
        return None
    cells, names = asked["cells"], asked["names"]
    label = {one["id"]: one["name"] for one in asked["plan"]["candidates"]}
    villages: dict[str, dict[str, Any]] = {}
    for short in why.shorts:
        code = cells["village"][short.demand]
        one = villages.setdefault(
            code, {"code": code, "name": names.get(code, code), "people": 0, "by": 0}
        )
        one["people"] += short.units // problem.full
        if one["by"] is not None:
            one["by"] = None if short.by is None else max(one["by"], round(short.by / MINUTE, 1))
    return {
        "reason": why.reason,
        "villages": sorted(villages.values(), key=lambda one: (-one["people"], one["code"])),
        "repairs": [
            {"kind": one.kind, "to": one.to, "by": one.by, "proven": one.proven,
             "names": [label.get(problem.candidates[at], "") for at in one.candidates]}
            for one in why.repairs
        ],
    }  # fmt: skip


def _as_run(before: Times, asked: dict[str, Any]) -> bool:
    """Whether the minutes without anything new are those of the run, cell by cell.

    A run of another moment, or without timetable, says nothing of the minutes by boat at a moment.
    """
    if not asked.get("before") or (asked["timed"] and asked["plan"]["moment"]["at"] != asked["at"]):
        return False
    return bool((packing.unpacked(digests.of_text(asked["before"])).time == before).all())
