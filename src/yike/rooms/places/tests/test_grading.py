"""The rule of grading: cases a clerk can read, and what must hold of every scheme."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from yike.rooms.core.refusal import NotAllowed
from yike.rooms.places import grade_flow, grading
from yike.rooms.places.grading import Criterion, Given, Grade, Known, Scheme, Step

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "grading.yaml").read_text("utf-8"))
STEPS = (
    Step(at_least=20, points=10), Step(at_least=35, points=20), Step(at_least=45, points=30),
)  # fmt: skip
SCHEME = Scheme(
    levels=(3,),
    grades=(
        Grade(name="五星", points=90),
        Grade(name="四星", points=75, must=("C",)),
        Grade(name="三星", points=60),
    ),
    criteria=(
        Criterion(code="A", name="不收费", points=20, veto=True),
        Criterion(code="B", name="窗口", points=30, rule="points", evidence="photo"),
        Criterion(
            code="C", name="开放", points=30, rule="number", fact="weekly_hours", steps=STEPS
        ),
        Criterion(code="D", name="制度", points=20, evidence="document"),
    ),
)


def _known(told: dict[str, Any], facts: dict[str, int]) -> Known:
    given_ = {
        code: Given(claimed=claimed, found=found, papers=frozenset(papers))
        for code, (claimed, found, papers) in told.items()
    }
    return Known(level=3, given=given_, facts=facts)


def _codes(lines: Any) -> list[str]:
    return [one.criterion.code for one in lines]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_cases(case: dict[str, Any]) -> None:
    result = grading.assess(SCHEME, _known(case["given"], case["facts"]))
    assert (result.points, result.grade) == (case["points"], case["grade"])
    assert _codes(result.vetoes) == case["vetoes"]
    said = {one.criterion.code: one.why for one in result.lines}
    for code, why in case.get("why", {}).items():
        assert said[code] == why
    if "next" in case:
        told, wanted = result.next, case["next"]
        assert (told is None) == (wanted is None)
        if told is not None:
            assert {
                "name": told.name, "short": told.short, "vetoes": _codes(told.vetoes),
                "must": _codes(told.must), "chances": _codes(told.chances),
            } == wanted  # fmt: skip


ANSWERS = st.fixed_dictionaries(
    {
        "A": st.integers(0, 1), "B": st.integers(0, 30), "C": st.integers(0, 60),
        "D": st.integers(0, 1),
    }
)  # fmt: skip
ALL = frozenset({"photo", "document"})


def _full(values: dict[str, int]) -> Known:
    told = {code: Given(claimed=n, papers=ALL) for code, n in values.items()}
    return Known(level=3, given=told, facts={"weekly_hours": values["C"]})


@given(ANSWERS)
def test_points_are_the_sum_and_gaps_are_what_is_missing(values: dict[str, int]) -> None:
    result = grading.assess(SCHEME, _full(values))
    assert result.points == sum(one.points for one in result.lines)
    assert result.points + sum(one.missing for one in result.lines) == result.full
    assert set(_codes(result.gaps)) == {x.criterion.code for x in result.lines if not x.met}
    assert all(bool(one.why) != one.met for one in result.lines)


@given(ANSWERS, st.sampled_from("ABCD"))
def test_doing_better_never_lowers_a_grade(values: dict[str, int], better: str) -> None:
    order = ["", "三星", "四星", "五星"]
    more = values | {better: {"A": 1, "B": 30, "C": 60, "D": 1}[better]}
    before, after = (grading.assess(SCHEME, _full(one)) for one in (values, more))
    assert order.index(after.grade) >= order.index(before.grade)


@given(ANSWERS)
def test_filling_what_the_next_grade_lacks_reaches_it(values: dict[str, int]) -> None:
    result = grading.assess(SCHEME, _full(values))
    if result.next is None:
        assert result.grade == "五星"
        return
    mended = dict(values)
    for one in (*result.next.vetoes, *result.next.must, *result.next.chances):
        mended[one.criterion.code] = {"A": 1, "B": 30, "C": 60, "D": 1}[one.criterion.code]
    names = [one.name for one in SCHEME.grades]
    reached = grading.assess(SCHEME, _full(mended)).grade
    assert names.index(reached) <= names.index(result.next.name)


def test_a_scheme_comes_back_as_it_was_stored() -> None:
    assert grading.read(grading.write(SCHEME)) == SCHEME


def test_criteria_of_other_levels_do_not_count() -> None:
    town = Criterion(code="E", name="镇", points=20, levels=(3,))
    village = Criterion(code="F", name="村", points=20, levels=(4,))
    both = replace(SCHEME, levels=(3, 4), criteria=(*SCHEME.criteria[:3], town, village))
    assert grading.faults(both) == ()
    assert [one.code for one in both.of_level(4)] == ["A", "B", "C", "F"]


FAULTS: list[tuple[Scheme, str]] = [
    (replace(SCHEME, levels=()), "适用于哪一级"),
    (replace(SCHEME, grades=()), "还没有等级"),
    (replace(SCHEME, criteria=SCHEME.criteria[1:]), "合计 80 分，应为 100 分"),
    (replace(SCHEME, grades=(SCHEME.grades[2], SCHEME.grades[0])), "从高到低"),
    (replace(SCHEME, grades=(Grade(name="x", points=101),)), "不超过 100 分"),
    (replace(SCHEME, grades=(Grade(name="x", points=9, must=("Z",)),)), "必备指标 Z"),
    (replace(SCHEME, criteria=(*SCHEME.criteria, SCHEME.criteria[0])), "同一个编号"),
    (replace(SCHEME, criteria=(Criterion(code="N", name="n", points=100, rule="number"),)),
     "应说明是哪个数字"),
    (replace(SCHEME, criteria=(
        Criterion(code="N", name="n", points=100, rule="number", fact="seats",
                  steps=(Step(at_least=5, points=100), Step(at_least=3, points=10))),)),
     "从低到高"),
    (replace(SCHEME, criteria=(Criterion(code="N", name="n", points=0),)), "没有分值"),
]  # fmt: skip


@pytest.mark.parametrize(("scheme", "words"), FAULTS)
def test_what_is_wrong_with_a_scheme_is_named(scheme: Scheme, words: str) -> None:
    assert words in "；".join(grading.faults(scheme))


def test_a_whole_scheme_has_no_fault() -> None:
    assert grading.faults(SCHEME) == ()


#: state → verbs the office may, verbs the county may who judged before, and who did not
LIFE = {
    "draft": ({"answer", "submit", "drop"}, set(), set()),
    "returned": ({"answer", "submit", "drop"}, set(), set()),
    "submitted": (set(), set(), {"review", "send_back", "conclude"}),
    "reviewed": (set(), {"reconsider", "award", "refuse"}, {"reconsider", "award", "refuse"}),
    "awarded": ({"appeal"}, {"lower"}, {"lower"}),
    "refused": ({"appeal"}, set(), set()),
    "lowered": ({"appeal"}, set(), set()),
    "appealed": (set(), set(), {"uphold", "grant"}),
    "dropped": (set(), set(), set()),
}


@pytest.mark.parametrize("state", grade_flow.STATES)
def test_who_may_do_what_in_each_state(state: str) -> None:
    office = frozenset[grade_flow.Standing]({"office"})
    county = frozenset[grade_flow.Standing]({"county"})
    asked: tuple[tuple[frozenset[grade_flow.Standing], bool], ...] = (
        (office, False),
        (county, True),
        (county, False),
        (frozenset(), False),
    )
    for (standing, judged), wanted in zip(asked, (*LIFE[state], set()), strict=True):
        open_ = {row.verb for row in grade_flow.allowed(state, standing, judged=judged)}
        assert open_ == wanted
        for row in grade_flow.ROWS:
            if row.verb in open_:
                assert grade_flow.refuse(row.verb, state, standing, judged=judged) is row
            else:
                with pytest.raises(NotAllowed):
                    grade_flow.refuse(row.verb, state, standing, judged=judged)
