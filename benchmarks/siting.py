"""Siting against published optima, proven bounds, and spopt with the same solver.

    PYTHONPATH=src:. .venv/bin/python -m benchmarks.siting --orlib DIR    # pmed1.txt …, optima*.csv
    ... -m benchmarks.siting --large                # 10,000 villages x 1,000 candidates
    ... -m benchmarks.siting --spopt                # two of its covers by the peer as well
    ... -m benchmarks.siting --hard                 # set cover and quantile centre
    ... --cpu                                       # limits by processor time, for a shared machine

Every choice is priced again from the plain table (numpy; the distances of OR-Library by scipy), no
bound may pass what was found, published or proven elsewhere in the run. The ratio to the peer is
one of processor time, all threads of the solver included. Two tables: walking times on the drawn
network, and points strewn around eighty towns. `optima*.csv` holds `instance` (the number) and
`published_optimum`; neither it nor the files are part of the product.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import time
from fractions import Fraction
from pathlib import Path
from typing import Any

from benchmarks import reach_ground

reach_ground.with_peers("benchmarks.siting")

import numpy as np
from scipy.sparse import csgraph

from yike.engines.siting.answer import Stopwatch
from yike.engines.siting.orlib import read
from yike.engines.siting.problem import Problem, pose
from yike.engines.siting.solve import Asked, solve, warm
from yike.engines.travel import journeys, points

VILLAGES, CANDIDATES = 10_000, 1_000
#: seconds within which a published optimum is to be found
QUICK = 5.0
#: table, minutes or metres (tenths of a second, metres), number of stations
COVERS = (
    ("walked", 9000, 20),
    ("walked", 9000, 60),
    ("walked", 4500, 20),
    ("walked", 4500, 100),
    ("strewn", 800, 20),
    ("strewn", 500, 50),
    ("strewn", 300, 100),
)
WITH_PEER = (COVERS[1], COVERS[4])
MEDIANS = tuple((table, p) for table in ("walked", "strewn") for p in (10, 30, 100))
SET_COVERS = (("walked", 18_000), ("strewn", 800), ("strewn", 1500))
CENTRES = (("walked", 20, Fraction(95, 100)), ("strewn", 20, Fraction(99, 100)))


def main() -> int:
    """This will print what each question took and proved as JSON; 1 where an answer is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orlib", type=Path, help="folder of OR-Library files and optima*.csv")
    parser.add_argument(
        "--seconds", type=float, default=60.0, help="for each question (medians: 10)"
    )
    parser.add_argument("--large", action="store_true")
    parser.add_argument(
        "--spopt", action="store_true", help="the peer on two covers, a minute each"
    )
    parser.add_argument("--hard", action="store_true")
    parser.add_argument("--cpu", action="store_true", help="limits of processor time (not HiGHS's)")
    asked = parser.parse_args()
    if asked.cpu:
        Stopwatch.clock = staticmethod(time.process_time)
    for question in ("pmedian", "mclp", "cover", "center"):
        warm(question)
    told: dict[str, Any] = {}
    if asked.orlib:
        told["orlib"] = _library(asked.orlib)
    if asked.large or asked.hard or asked.spopt:
        told |= _tables(asked)
    rows = [
        row for name, part in told.items() for row in (part["files"] if name == "orlib" else part)
    ]
    told["load"] = [round(load, 1) for load in os.getloadavg()]
    told["wrong"] = sum(row["wrong"] for row in rows)
    print(json.dumps(told, ensure_ascii=False, indent=1))
    return 1 if told["wrong"] else 0


def _tables(asked: argparse.Namespace) -> dict[str, Any]:
    """The questions on the two large tables."""
    tables, told = {"walked": walked(), "strewn": strewn()}, {}
    if asked.large:
        told["medians"] = [_median(tables[name], name, p) for name, p in MEDIANS]
    if asked.large or asked.spopt:
        covers = COVERS if asked.large else WITH_PEER
        told["covers"] = [_cover(tables[one[0]], *one, asked) for one in covers]
    if asked.hard:
        told["set_covers"] = [_all(tables[one[0]], *one, asked.seconds) for one in SET_COVERS]
        told["centres"] = [_centre(tables[one[0]], *one, asked.seconds) for one in CENTRES]
    return told


def walked() -> tuple[Any, Any]:
    """This will return walking times on the drawn network, and people: int32[a, n], int64[n]."""
    network = reach_ground.prepared(reach_ground.drawn(330, "walk"))
    chance = np.random.default_rng(0)
    main = np.flatnonzero(network.pieces() == 0)
    ends = points.ends_at(chance.choice(main, VILLAGES, replace=False))
    seeds = points.seeds_at(chance.choice(main, CANDIDATES, replace=False))
    assert network.hierarchy is not None
    return journeys.matrix(network.hierarchy, seeds, ends), _people(chance)


def strewn() -> tuple[Any, Any]:
    """This will return straight distances between points around eighty towns, and people."""
    chance = np.random.default_rng(0)
    sites = chance.uniform(0, 100, (CANDIDATES, 2))
    towns = chance.uniform(5, 95, (80, 2))
    homes = chance.normal(0, 3, (VILLAGES, 2)) + towns[chance.integers(0, 80, VILLAGES)]
    apart = np.hypot(*(sites[:, None] - homes[None]).transpose(2, 0, 1))
    return np.rint(apart * 100).astype(np.int32), _people(chance)


def _people(chance: np.random.Generator) -> Any:
    return np.rint(chance.gamma(0.7, 40, VILLAGES)).astype(np.int64) + 1


def _library(folder: Path) -> dict[str, Any]:
    """Every file of the folder by its number, against the published optimum."""
    published: dict[int, int] = {}
    for file in folder.glob("optima*.csv"):
        with file.open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                published[int(row["instance"])] = int(row["published_optimum"])
    found = sorted((int(file.stem[4:]), file) for file in folder.glob("pmed*.txt"))
    files = [_instance(number, file, published.get(number)) for number, file in found]
    return {
        "files": files,
        "at_the_published_optimum": sum(row["objective"] == row["published"] for row in files),
        "there_within_5_s": sum(row["after_5_s"] == row["published"] for row in files),
        "proven": sum(row["bound"] == row["objective"] for row in files),
        "seconds": round(sum(row["seconds"] for row in files), 1),
        "cpu_seconds": round(sum(row["cpu_seconds"] for row in files), 1),
    }


def _instance(number: int, file: Path, published: int | None) -> dict[str, Any]:
    text = file.read_text(encoding="ascii")
    table = _floyd(text)
    problem = read(text)
    first, spent = _timed(problem, Asked(question="pmedian", seconds=QUICK))
    answer = first
    if first.status != "optimal":
        answer, more = _timed(problem, Asked(question="pmedian", seconds=120.0))
        spent = more | {name: spent[name] + more[name] for name in ("seconds", "cpu_seconds")}
    best = answer.objective if published is None else published
    return {
        "file": file.name,
        "published": published,
        "objective": answer.objective,
        "bound": answer.bound,
        "after_5_s": first.objective,
        **spent,
        "wrong": int(table[list(answer.chosen)].min(axis=0).sum() != answer.objective)
        + int(answer.bound > best)
        + int(answer.objective < best),
    }


def _floyd(text: str) -> Any:
    """The distances of a file by scipy: of edges given twice the last one counts."""
    numbers = np.array(text.split(), dtype=np.int64)
    n, edges = int(numbers[0]), numbers[3:].reshape(-1, 3)
    table = np.full((n, n), np.inf)
    for i, j, cost in edges:
        table[i - 1, j - 1] = table[j - 1, i - 1] = cost
    np.fill_diagonal(table, 0)
    return csgraph.floyd_warshall(table).astype(np.int64)


def _timed(problem: Problem, asked: Asked) -> tuple[Any, dict[str, Any]]:
    begun, spent = time.perf_counter(), time.process_time()
    answer = solve(problem, asked)
    return answer, {
        "status": answer.status,
        "gap_percent": round(answer.gap * 100, 4),
        "seconds": round(time.perf_counter() - begun, 2),
        "cpu_seconds": round(time.process_time() - spent, 2),
    }


def _median(table: tuple[Any, Any], name: str, p: int) -> dict[str, Any]:
    """The goal: a gap of at most 0.3 % proven in ten seconds."""
    cost, people = table
    answer, spent = _timed(pose(cost, people, p=p), Asked(question="pmedian", seconds=10.0))
    again = int((cost[list(answer.chosen)].min(axis=0).astype(np.int64) * people).sum())
    wrong = int(again != answer.objective) + int(answer.bound > answer.objective)
    row = {"table": name, "p": p, "objective": answer.objective, "bound": answer.bound}
    return {**row, **spent, "wrong": wrong}


def _cover(
    table: tuple[Any, Any], name: str, within: int, p: int, asked: argparse.Namespace
) -> dict[str, Any]:
    cost, people = table
    problem = pose(cost, people, p=p)
    answer, spent = _timed(problem, Asked(question="mclp", within=within, seconds=asked.seconds))
    again = int(people[(cost[list(answer.chosen)] <= within).any(axis=0)].sum())
    row = {"table": name, "within": within, "p": p, "objective": answer.objective, **spent}
    row["wrong"] = int(again != answer.objective) + int(answer.bound < answer.objective)
    if asked.spopt and (name, within, p) in WITH_PEER:
        value, seconds, cpu = _spopt(cost, people, within, p)
        row |= {"spopt_objective": value, "spopt_seconds": round(seconds, 1)}
        row |= {"spopt_cpu_seconds": round(cpu, 1), "ratio": round(cpu / row["cpu_seconds"], 1)}
        row["wrong"] += int(answer.status == "optimal" and value != answer.objective)
    return row


def _spopt(cost: Any, people: Any, within: int, p: int) -> tuple[int, float, float]:
    """The peer with HiGHS, from the table to the optimum: that, seconds, processor's seconds."""
    import pulp
    from spopt.locate import MCLP

    begun, spent = time.perf_counter(), time.process_time()
    model = MCLP.from_cost_matrix(cost.T.astype(float), people, float(within), p_facilities=p)
    model.solve(pulp.HiGHS(msg=False, threads=2, gapRel=0.0))
    found = round(pulp.value(model.problem.objective))
    return found, time.perf_counter() - begun, time.process_time() - spent


def _all(table: tuple[Any, Any], name: str, within: int, seconds: float) -> dict[str, Any]:
    """Set cover of everybody whom any candidate reaches at all."""
    cost, people = table
    reached = (cost <= within).any(axis=0)
    cost = np.ascontiguousarray(cost[:, reached])
    problem = pose(cost, people[reached])
    answer, spent = _timed(problem, Asked(question="cover", within=within, seconds=seconds))
    whole = bool((cost[list(answer.chosen)] <= within).any(axis=0).all())
    row = {"table": name, "within": within, "stations": answer.objective, "bound": answer.bound}
    wrong = int(not whole) + int(answer.bound > answer.objective)
    return {**row, **spent, "wrong": wrong + int(len(answer.chosen) != answer.objective)}


def _centre(
    table: tuple[Any, Any], name: str, p: int, share: Fraction, seconds: float
) -> dict[str, Any]:
    cost, people = table
    asked = Asked(question="center", quantile=share, seconds=seconds)
    answer, spent = _timed(pose(cost, people, p=p), asked)
    near = cost[list(answer.chosen)].min(axis=0)
    needed = -(-int(people.sum()) * share.numerator // share.denominator)
    wrong = int(people[near <= answer.objective].sum() < needed)
    row = {"table": name, "p": p, "share": str(share), "cost": answer.objective}
    wrong += int(answer.bound > answer.objective)
    return {**row, "bound": answer.bound, **spent, "wrong": wrong}


if __name__ == "__main__":
    raise SystemExit(main())
