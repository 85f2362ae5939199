"""Whatever is asked, every plan obeys every hard rule, by a checker that knows no model."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yike.engines.roster import (
    BACKUP,
    MAIN,
    Busy,
    Need,
    Person,
    Plan,
    Post,
    Problem,
    Wish,
    faults,
    greedy,
    plain,
    solve,
)

MONDAY = date(2026, 11, 23)
MARKS = ("律师", "调解", "公证", "象山话")
FEW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    posts = tuple(
        Post(f"p{n}", tuple(draw(st.lists(_marks(1), max_size=2)))) for n in range(draw(_some(4)))
    )
    needs = tuple(_need(draw, n, posts) for n in range(draw(_some(14))))
    people = tuple(_person(draw, n, posts) for n in range(draw(_some(6))))
    wishes = tuple(
        Wish(draw(st.sampled_from(people)).id, draw(st.booleans()), weekday=draw(st.integers(0, 6)))
        for _ in range(draw(st.integers(0, 3)))
    )
    rest = draw(st.sampled_from((0, 480, 660)))
    return Problem(people, posts, needs, wishes, rest_minutes=rest)


@FEW
@given(problems())
def test_every_plan_obeys_every_hard_rule(problem: Problem) -> None:
    plan = solve.plan(problem, seconds=10)
    assert faults(problem, plan.assignments) == ()
    _adds_up(problem, plan)
    assert plan.bound <= plan.objective + 1e-6


@FEW
@given(problems())
def test_the_first_plan_obeys_them_too_and_the_last_is_no_worse(problem: Problem) -> None:
    targets = solve.fair_targets(problem, seconds=10)
    quick = greedy.start(problem, targets)
    assert faults(problem, quick) == ()
    assert _empty(problem, solve.plan(problem, seconds=10).assignments) <= _empty(problem, quick)


@FEW
@given(problems(), st.data())
def test_planning_again_obeys_them_and_moves_no_more_than_it_must(
    problem: Problem, data: st.DataObject
) -> None:
    before = solve.plan(problem, seconds=10)
    if not before.assignments:
        return
    need_id, who = data.draw(st.sampled_from(before.assignments))
    day = next(need.day for need in problem.needs if need.id == need_id)
    people = tuple(
        replace(one, away={**one.away, day: "leave"}) if one.id == who else one
        for one in problem.people
    )
    after = replace(problem, people=people)
    again = solve.replan(after, before.assignments, seconds=10)
    assert faults(after, again.assignments) == ()
    # what still stands fills at least as much as if nobody moved
    fallen = [one for one in before.assignments if one[1] == who and _day(problem, one[0]) == day]
    still = [one for one in before.assignments if one not in fallen]
    assert _empty(after, again.assignments) <= _empty(after, still)


def test_fixed_shifts_stay_even_where_they_break_a_rule() -> None:
    post = Post("p", (frozenset({"律师"}),))
    needs = tuple(_shift(n, MONDAY, hour) for n, hour in enumerate((9, 10)))
    anna, bert = Person("a", frozenset({"律师"})), Person("b", frozenset({"律师"}))
    problem = Problem((anna, bert), (post,), needs, fixed=(("0", "a"), ("1", "a")))
    assert solve.plan(problem, seconds=5).assignments == (("0", "a"), ("1", "a"))


def test_load_is_shared_over_the_quarter() -> None:
    post = Post("p", (frozenset({"律师"}),))
    needs = tuple(_shift(n, MONDAY + timedelta(days=n), 9) for n in range(5))
    people = (Person("a", frozenset({"律师"}), load=40), Person("b", frozenset({"律师"}), load=20))
    plan = solve.plan(Problem(people, (post,), needs), seconds=5)
    assert Counter(who for _, who in plan.assignments) == {"b": 5}


def test_wishes_are_kept_where_they_cost_nothing() -> None:
    post = Post("p")
    needs = tuple(_shift(n, MONDAY + timedelta(days=n), 9) for n in range(2))
    people = (Person("a"), Person("b"))
    wishes = (Wish("a", False, weekday=0), Wish("b", True, day=MONDAY))
    plan = solve.plan(Problem(people, (post,), needs, wishes), seconds=5)
    assert ("0", "b") in plan.assignments


def test_shifts_stood_elsewhere_count_for_rest() -> None:
    night = Busy(
        MONDAY, datetime(2026, 11, 23, 20, tzinfo=UTC), datetime(2026, 11, 24, 8, tzinfo=UTC), "n"
    )
    needs = (_shift(0, MONDAY + timedelta(days=1), 9),)
    plan = solve.plan(Problem((Person("a", busy=(night,)),), (Post("p"),), needs), seconds=5)
    assert [(one.reason, dict(one.kept_away)) for one in plan.uncovered] == [("rest", {"rest": 1})]


@FEW
@given(problems())
def test_problems_and_plans_survive_json(problem: Problem) -> None:
    told = json.loads(json.dumps(plain.problem_to_plain(problem)))
    assert plain.problem_from_plain(told) == problem
    plan = solve.plan(problem, seconds=10)
    told = json.loads(json.dumps(plain.plan_to_plain(plan)))
    assert plain.plan_from_plain(told) == plan


def _adds_up(problem: Problem, plan: Plan) -> None:
    filled = Counter(need for need, _ in plan.assignments)
    missing = {one.need: one.missing for one in plan.uncovered}
    for need in problem.needs:
        assert filled[need.id] + missing.get(need.id, 0) == need.count


def _empty(problem: Problem, assignments: Iterable[tuple[str, str]]) -> int:
    """What the empty places of a plan cost."""
    filled = Counter(need for need, _ in assignments)
    by_part = {
        part: sum(need.count - filled[need.id] for need in problem.needs if need.part == part)
        for part in (MAIN, BACKUP)
    }
    return 5 * by_part[MAIN] + 2 * by_part[BACKUP]


def _day(problem: Problem, need_id: str) -> date:
    return next(need.day for need in problem.needs if need.id == need_id)


def _some(most: int) -> st.SearchStrategy[int]:
    return st.integers(1, most)


def _marks(least: int) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(MARKS), min_size=least, max_size=3)


def _need(draw: st.DrawFn, number: int, posts: tuple[Post, ...]) -> Need:
    day = MONDAY + timedelta(days=draw(st.integers(0, 8)))
    start = datetime(day.year, day.month, day.day, draw(st.integers(0, 23)), tzinfo=UTC)
    hours = draw(st.sampled_from((2, 4, 12)))
    post = draw(st.sampled_from(posts)).id
    return Need(
        str(number), post, day, start, start + timedelta(hours=hours),
        draw(st.sampled_from((MAIN, MAIN, BACKUP))), draw(st.sampled_from((1, 1, 2))), float(hours),
        "岛" if post in ("p2", "p3") else "",
    )  # fmt: skip


def _person(draw: st.DrawFn, number: int, posts: tuple[Post, ...]) -> Person:
    away = draw(st.sets(st.integers(0, 8), max_size=3))
    return Person(
        f"a{number}",
        draw(_marks(0)),
        {MONDAY + timedelta(days=day): "leave" for day in away},
        load=float(draw(st.integers(0, 30))),
        share=draw(st.sampled_from((1.0, 0.5))),
        per_week=draw(st.integers(0, 5)),
        per_month=draw(st.integers(1, 8)),
        familiar=frozenset({draw(st.sampled_from(posts)).id}),
    )


def _shift(number: int, day: date, hour: int) -> Need:
    start = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    return Need(str(number), "p", day, start, start + timedelta(hours=3), weight=3.0)
