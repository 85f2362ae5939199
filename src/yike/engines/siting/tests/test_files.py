"""Files: OR-Library problems, runs that can be repeated; and plans compared, sites scored."""

from __future__ import annotations

import csv
import json
import os
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from yike.engines.siting import (
    UNREACHED,
    Asked,
    BadFileError,
    BadProblemError,
    changed,
    orlib,
    plan,
    pose,
    solve,
)
from yike.engines.siting.compare import compare
from yike.engines.siting.score import Criterion, scores
from yike.engines.siting.tests.test_metamorphic import county

SHARED = os.environ.get("YIKE_SHARED_DATA", "")
TRIANGLE = "4 4 1\n1 2 9\n2 3 1\n1 3 1\n2 1 2\n"


def test_the_last_of_several_edges_counts() -> None:
    problem = orlib.read(TRIANGLE)
    assert problem.p == 1
    assert problem.cost[0].tolist() == [0, 2, 1, UNREACHED]
    assert orlib.read(TRIANGLE, p=2).p == 2


def test_distances_are_those_of_scipy() -> None:
    rng = np.random.default_rng(4)
    edges = {
        (min(i, j), max(i, j)): int(cost)
        for i, j, cost in rng.integers((0, 0, 1), 40, (150, 3))
        if i != j
    }
    rows, columns = zip(*edges, strict=True)
    graph = csr_array((list(edges.values()), (rows, columns)), shape=(40, 40))
    expected = dijkstra(graph, directed=False)
    ours = orlib.distances(40, edges)
    assert (np.where(ours == UNREACHED, np.inf, ours) == expected).all()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "空的"),
        ("4 4", "空的"),
        (TRIANGLE[:-4], "截断"),
        (TRIANGLE + "1 2", "多出"),
        ("4 1 1\n1 7 2", "不存在的点"),
        ("4 1 1\n1 2 -2", "负数"),
        ("4 1 1\n1 two 2", "“two”不是整数"),
        ("0 1 1", "不像"),
    ],
)
def test_a_broken_library_file_is_refused(text: str, said: str) -> None:
    with pytest.raises(BadFileError, match=said):
        orlib.read(text)


def test_more_stations_than_candidates_are_refused() -> None:
    with pytest.raises(BadProblemError, match="候选点有 4 个"):
        orlib.read(TRIANGLE, p=5)


@pytest.mark.skipif(not SHARED, reason="YIKE_SHARED_DATA does not point to the OR-Library files")
@pytest.mark.parametrize("number", range(1, 6))
def test_published_optima_are_found_and_proven(number: int) -> None:
    folder = Path(SHARED) / "siting"
    with (folder / "optima_pmed1_10.csv").open(encoding="utf-8") as file:
        known = {int(row["instance"]): row for row in csv.DictReader(file)}
    problem = orlib.read((folder / f"pmed{number}.txt").read_text(encoding="ascii"))
    answer = solve(problem, Asked(question="pmedian"))
    published = int(known[number]["published_optimum"])
    assert (answer.objective, answer.bound, answer.status) == (published, published, "optimal")


def test_a_run_is_a_file_that_gives_the_same_answer(tmp_path: Path) -> None:
    problem, file = county(40, 200, 1), tmp_path / "run.json"
    asked = Asked(question="center", quantile=Fraction("0.95"))
    plan.save(file, problem, asked, solve(problem, asked))
    again = plan.repeat(file, problem)
    assert again.same
    assert again.same_versions
    assert not again.was_cut_short
    assert list(tmp_path.iterdir()) == [file]
    run = json.loads(file.read_text(encoding="utf-8"))
    run["result"]["chosen"] = run["result"]["chosen"][1:]
    file.write_text(json.dumps(run), encoding="utf-8")
    assert not plan.repeat(file, problem).same


def test_a_run_of_other_inputs_or_cut_off_is_refused(tmp_path: Path) -> None:
    problem, file = county(20, 50, 1), tmp_path / "run.json"
    asked = Asked(question="mclp", within=2000)
    plan.save(file, problem, asked, solve(problem, asked))
    other = changed(problem, weight=problem.weight + 1)
    with pytest.raises(BadFileError, match="另一份数据"):
        plan.repeat(file, other)
    file.write_text(file.read_text(encoding="utf-8")[:-20], encoding="utf-8")
    with pytest.raises(BadFileError, match="截断"):
        plan.repeat(file, problem)
    file.write_text("{}", encoding="utf-8")
    with pytest.raises(BadFileError, match="不是选址方案"):
        plan.load(file)


def test_plans_are_compared_person_by_person() -> None:
    cost = np.array([[0, 10, 20, UNREACHED], [20, 10, 0, UNREACHED], [20, 10, 5, 3]])
    problem = pose(cost, np.array([1, 2, 4, 8]), price=np.array([3, 5, 6]), kept=[0])
    base, far, island, both = compare(problem, [(0,), (0, 1), (0, 2), (0, 1, 2)], within=5, step=10)
    assert (base.covered, base.uncovered, base.newly, base.price) == (1, 14, 0, 0)
    assert (far.covered, far.newly, far.price_per_newly) == (5, 4, Fraction(5, 4))
    assert far.steps == ((-20, -10, 4),)
    assert (island.covered, island.reached, island.never) == (13, 8, 0)
    assert island.price_per_newly == Fraction(6, 12)
    assert [one.pareto for one in (base, far, island, both)] == [True, True, True, False]
    for one in (base, far, island, both):
        moved = sum(people for *_, people in one.steps)
        assert moved + one.unchanged + one.reached + one.unreached + one.never == 15
        assert one.covered + one.uncovered == 15
    (_, back) = compare(problem, [(0, 2), (0,)], within=5, step=10)
    assert (back.lost, back.newly, back.unreached, back.price_per_newly) == (12, 0, 8, None)


def _criterion(name: str, ground: str, weight: int, low: int, high: int) -> Criterion:
    return Criterion(
        name=name,
        ground=ground,
        weight=Fraction(weight),
        low=Fraction(low),
        high=Fraction(high),
    )


def test_a_site_is_scored_by_its_stronger_reason() -> None:
    criteria = [
        _criterion("人流", "footfall", 3, 0, 100),
        _criterion("夜间", "footfall", 1, 0, 1),
        _criterion("分钟", "scarcity", 1, 15, 60),
        _criterion("律师", "scarcity", 1, 4, 0),
    ]
    sites = {
        "车站": {"人流": 90, "夜间": 1, "分钟": 2, "律师": 9},
        "海岛": {"人流": 1, "夜间": 0, "分钟": 80, "律师": 1},
        "镇上": {"人流": 30, "夜间": 0, "分钟": 15, "律师": 2},
    }
    exact = {site: {k: Fraction(v) for k, v in values.items()} for site, values in sites.items()}
    first, second, third = scores(exact, criteria)
    assert (first.site, first.ground, first.total) == ("车站", "footfall", Fraction(37, 40))
    assert (second.site, second.ground, second.total) == ("海岛", "scarcity", Fraction(7, 8))
    assert (third.site, third.total, third.rank) == ("镇上", Fraction(1, 4), 3)
    assert [part.points for part in second.parts] == [
        Fraction(3, 100),
        Fraction(0),
        Fraction(1),
        Fraction(3, 4),
    ]
    del exact["镇上"]["律师"]
    with pytest.raises(BadProblemError, match="“镇上”缺少指标“律师”"):
        scores(exact, criteria)


def test_distances_along_a_chain_add_up() -> None:
    assert orlib.distances(3, {(0, 1): 4, (1, 2): 5}).tolist() == [[0, 4, 9], [4, 0, 5], [9, 5, 0]]
