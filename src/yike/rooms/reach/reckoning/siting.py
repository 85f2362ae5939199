"""Where to build: minutes from every cell to every station and candidate, then the engine's answer.

Stations that stand are candidates too: kept, or allowed to close. What opens less than every day
serves a share of the week, and is never counted in the minutes of every day.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from yike.engines.siting import UNLIMITED, Answer, Asked, Problem, pose, solve
from yike.engines.siting.errors import TooLargeError
from yike.engines.siting.explain import attached, explain
from yike.engines.siting.partial import partial
from yike.engines.travel.arrays import UNITS, UNREACHED
from yike.rooms.reach.reckoning import crossings, gains
from yike.rooms.reach.reckoning.measuring import (
    Times,
    cells_of_mode,
    matrix_of,
    open_on_arrival,
)
from yike.rooms.reach.reckoning.moments import Timed
from yike.rooms.reach.reckoning.roads import Roads

MINUTE = 60 * UNITS
#: Pairs of a place and a cell that fit into the memory of the process, with what a search needs.
MOST_PAIRS = 25_000_000
_WEEK = 5


def run(asked: dict[str, Any]) -> dict[str, Any]:
    """This will answer one plan: its `tables`, the same for the same inputs, and the seconds.

    Beside what `measuring` is asked: `plan` with candidates and limits, `search_seconds`.
    """
    asked, counted = _in_season(asked)
    plan, cells = asked["plan"], asked["cells"]
    places = len(asked["stations"]) + len(plan["candidates"])
    if places * len(cells["id"]) > MOST_PAIRS:
        raise TooLargeError(
            f"{places} 个站点和候选点、{len(cells['id'])} 个人口单元，合起来太多；"
            "请减少候选点（例如只选未覆盖的村），或用村中心推算的人口做一次测算再选址。"
        )
    times, unjoined, apart = _times(asked)
    problem = _problem(times, asked)
    answer = _answer(problem, plan)
    tables = gains.tables_of(times, problem, answer, asked)
    tables["unjoined"] = unjoined
    tables |= counted
    afloat = apart & (times[: len(asked["stations"])].min(axis=0, initial=UNREACHED) < UNREACHED)
    tables["ferries"] = crossings.villages(afloat, asked)
    return {"tables": tables, "seconds": round(answer.seconds, 2)}


def _in_season(asked: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The same with the people who are there in the season, and how many that changes.

    Plans from before that counted the season in the search alone: they stay as they were.
    """
    plan, cells = asked["plan"], asked["cells"]
    if plan.get("counted") != "season":
        return asked, {}
    factors = np.array([plan["factors"].get(code, 100) for code in cells["village"]], np.int64)
    people = np.array(cells["people"], np.int64)
    there = _there(people, factors)
    groups = {
        name: _there(np.array(values, np.int64), factors).tolist()
        for name, values in cells["groups"].items()
    }
    counted = {"usual": int(people[people > 0].sum()), "there": int(there[there > 0].sum())}
    asked = asked | {
        "plan": plan | {"factors": {}},
        "cells": cells | {"people": there.tolist(), "groups": groups},
    }
    return asked, {"season": counted}


def _there(people: Any, factors: Any) -> Any:
    """So many percent of people in whole people, halves up; the unknown (-1) stay unknown."""
    return np.where(people < 0, people, (people * factors + 50) // 100)


def weights(asked: dict[str, Any]) -> Any:
    """This will return the people of each cell the plan is for; the unknown weigh nothing."""
    cells, whom = asked["cells"], asked["plan"]["whom"]
    people = np.array(cells["people"] if whom == "all" else cells["groups"][whom], np.int64)
    percent = asked["plan"].get("factors") or {}
    factors = np.array([percent.get(code, 100) for code in cells["village"]], np.int64)
    return (np.maximum(people, 0) * factors + 50) // 100


def _times(asked: dict[str, Any]) -> tuple[Times, dict[str, Any], crossings.Mask]:
    """Deciseconds from every cell to every place, by the mode of the cell: int64[places, cells].

    Beside them the places no road comes near, and the cells on other land than every station.
    """
    cells = asked["cells"]
    lon, lat = np.array(cells["lon"], float), np.array(cells["lat"], float)
    stands = [*asked["stations"], *asked["plan"]["candidates"]]
    times = np.full((len(stands), len(lon)), UNREACHED, np.int64)
    apart = np.ones(len(lon), np.bool_)
    unjoined: dict[str, Any] = {}
    for mode in sorted(asked["networks"]):
        here = cells_of_mode(asked["modes"], mode)
        roads = Roads(Path(asked["timed"].get(mode) or asked["networks"][mode]))
        snapper, farthest = roads.snapper, float(asked["farthest"])
        spots = np.array([(one["lon"], one["lat"]) for one in stands], float)
        doors = snapper.join(spots[:, 0], spots[:, 1], farthest=farthest)
        homes = snapper.join(lon[here], lat[here], farthest=farthest)
        ends = snapper.ends(homes, doors)
        seeds = snapper.seeds(doors)
        found = matrix_of(roads.hierarchy, seeds, ends)
        if asked["timed"]:
            at = datetime.fromisoformat(asked["plan"]["moment"]["at"])
            day = Timed(roads, homes, at, farthest)
            direct = found.astype(np.int32)
            found, _ = day.served(doors, direct, _doors(asked, stands), day.since)
        times[:, here] = np.minimum(times[:, here], found)
        apart[here] &= crossings.by_ferry(
            roads.network, seeds, ends, stations=len(asked["stations"])
        )
        unjoined[mode] = [stands[at]["name"] for at in doors.unreached()]
    if asked["since"] is not None and not asked["timed"]:
        open_on_arrival(times, asked["stations"], asked["since"])
    return np.minimum(times, UNREACHED), unjoined, apart


def _doors(asked: dict[str, Any], stands: list[dict[str, Any]]) -> list[dict[str, Any]] | None:
    """The hours of the stations that stand, None where none are asked; what is new never shuts."""
    if asked["since"] is None:
        return None
    return [{"periods": one.get("periods")} for one in stands]


def _problem(times: Times, asked: dict[str, Any]) -> Problem:
    plan, stations = asked["plan"], asked["stations"]
    new, old = plan["candidates"], len(asked["stations"])
    full = _WEEK if any(one["days"] for one in new) else 1
    shares = [full] * old + [one["days"] or full for one in new]
    bound = plan["existing_capacity"]
    room = [UNLIMITED if bound is None else bound] * old
    room += [UNLIMITED if one["capacity"] is None else one["capacity"] for one in new]
    number = plan["number"]
    if number is not None:
        number = min(number + (0 if plan["closing"] else old), old + len(new))
    return pose(
        times,
        weights(asked),
        candidates=[*(one["id"] for one in stations), *(one["id"] for one in new)],
        demands=asked["cells"]["id"],
        kinds=["station"] * old + [one["kind"] for one in new],
        price=np.array([0] * old + [one["price"] or 0 for one in new], np.int64),
        capacity=np.array(room, np.int64),
        share=np.array(shares, np.int64),
        full=full,
        kept=[] if plan["closing"] else list(range(old)),
        excluded=[old + at for at, one in enumerate(new) if one["barred"]],
        groups=_groups(new, old),
        p=number if plan["question"] not in ("cover", "share") else None,
        budget=plan["budget"],
    )


def _groups(new: list[dict[str, Any]], old: int) -> list[list[int]]:
    found: dict[str, list[int]] = {}
    for at, one in enumerate(new):
        if one["group"]:
            found.setdefault(one["group"], []).append(old + at)
    return [members for members in found.values() if len(members) > 1]


def _answer(problem: Problem, plan: dict[str, Any]) -> Answer:
    within, quantile = plan["minutes"] * MINUTE, Fraction(plan["percent"], 100)
    seconds, seed = float(plan["seconds"]), plan["seed"]
    if plan["question"] != "share":
        asked = Asked(
            question=plan["question"], within=within, quantile=quantile, by=plan["by"],
            seconds=seconds, seed=seed,
        )  # fmt: skip
        return solve(problem, asked)
    answer = partial(problem, within, quantile, seconds=seconds, seed=seed)
    if answer.status != "infeasible":
        return answer
    why = explain(problem, "cover", within=within, quantile=quantile, seconds=1.0)
    return attached(answer, replace(why, repairs=()))
