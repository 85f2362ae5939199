"""Who takes it, decided: a lawyer's cases, and what must hold for any of them."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from yike.rooms.matters import assignment
from yike.rooms.matters.assignment import Candidate, Case, Policy

AT = datetime(2026, 11, 16, 10, 0, tzinfo=timezone(timedelta(hours=8)))
SPACE = UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
CASES = yaml.safe_load((Path(__file__).parent / "assignment.yaml").read_text(encoding="utf-8"))
PLACE = (121.95, 29.20)


def who(name: str) -> UUID:
    """The id of somebody by name."""
    return uuid5(SPACE, name)


def person(told: dict[str, Any]) -> Candidate:
    """A usual lawyer, but for what the case tells."""
    hours = told.get("几小时后值班")
    return Candidate(
        id=who(told["姓名"]),
        account=who(told["姓名"]) if told.get("账号", True) else None,
        name=told["姓名"],
        kind=told.get("类别", "01"),
        takes_orders=told.get("机构接单", True),
        region_code="330225000000",
        areas=tuple(str(one) for one in told.get("区域", ())),
        point=tuple(told["位置"]) if "位置" in told else None,
        specialties=frozenset(told.get("擅长", ())),
        languages=frozenset(told.get("语言", ())),
        unfit=tuple(told.get("不能服务", ())),
        relations=tuple((kind, index, said) for kind, index, said in told.get("近亲属", ())),
        on_duty=told.get("值班", False),
        duty_at=AT + timedelta(hours=hours) if hours else None,
        capacity=told.get("上限", 10),
        carried=told.get("在办", 2),
        expected=told.get("应接", 0),
        received=told.get("已接", 0),
        weight=told.get("权重", 100),
    )


def case_of(told: dict[str, Any]) -> Case:
    """A usual demand, but for what the case tells."""
    return Case(
        region_code="330225101004",
        point=PLACE,
        category="B01",
        category_name="劳动争议",
        kinds=frozenset(told.get("类别", ["01"])),
        kind_names="律师",
        languages=tuple(told.get("语言", ())),
        parties=frozenset((kind, index) for kind, index in told.get("本方", ())),
        opponents=frozenset((kind, index) for kind, index in told.get("对方", ())),
        served_other=frozenset(map(who, told.get("帮过对方", ()))),
        served_co_accused=frozenset(map(who, told.get("帮过同案", ()))),
        earlier=frozenset(map(who, told.get("办过", ()))),
    )


def policy_of(told: dict[str, Any]) -> Policy:
    """The house's policy, but for what the case tells."""
    usual = assignment.HOUSE
    return replace(
        usual,
        musts=frozenset(told.get("条件", usual.musts)),
        limits={**usual.limits, **told.get("数", {})},
    )


@pytest.mark.parametrize("told", CASES, ids=[one["说"] for one in CASES])
def test_a_lawyers_cases(told: dict[str, Any]) -> None:
    case, policy = case_of(told.get("诉求", {})), policy_of(told.get("规则", {}))
    people = [person(one) for one in told["人"]]
    ranked = assignment.rank(case, people, at=AT, policy=policy)
    first = ranked[0].candidate.name if not ranked[0].excluded_by else None
    assert first == told["答"]
    sentences = {one.candidate.name: one.sentence for one in ranked}
    for name, words in told.get("不能", {}).items():
        assert words in sentences[name]


KINDS = st.sampled_from(["01", "05", "06"])
AREAS = st.sampled_from(
    [(), ("330225101004",), ("330225101000",), ("330225000000",), ("330226000000",)]
)
PLACES = st.none() | st.tuples(st.floats(121.5, 122.1), st.floats(29.0, 29.7))
PEOPLE = st.builds(
    Candidate,
    id=st.uuids(),
    account=st.none() | st.uuids(),
    name=st.sampled_from(["甲", "乙", "丙"]),
    kind=KINDS,
    takes_orders=st.booleans(),
    region_code=st.just("330225000000"),
    areas=AREAS,
    point=PLACES,
    specialties=st.frozensets(st.sampled_from(["B01", "A01"])),
    languages=st.frozensets(st.sampled_from(["象山话", "手语"])),
    unfit=st.sampled_from([(), ("证照已到期",)]),
    relations=st.sampled_from([(), (("phone", "x", "兄弟"),)]),
    on_duty=st.booleans(),
    duty_at=st.none() | st.integers(1, 72).map(lambda hours: AT + timedelta(hours=hours)),
    capacity=st.integers(0, 12),
    carried=st.integers(0, 25),
    expected=st.floats(0, 50),
    received=st.integers(0, 50),
    weight=st.sampled_from([0, 50, 100, 150]),
)
POOLS = st.lists(PEOPLE, max_size=12, unique_by=lambda one: one.id)
ASKS = st.builds(
    Case,
    region_code=st.just("330225101004"),
    point=st.just(PLACE),
    category=st.just("B01"),
    kinds=st.frozensets(KINDS, max_size=2),
    languages=st.sampled_from([(), ("象山话",)]),
    opponents=st.sampled_from([frozenset(), frozenset({("phone", "x")})]),
)
POLICIES = st.builds(
    Policy, musts=st.frozensets(st.sampled_from(sorted(assignment.MUSTS))),
    weights=st.fixed_dictionaries({"fair": st.floats(0.5, 50)}),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(ASKS, POOLS, POLICIES, st.randoms(use_true_random=False))
def test_the_order_of_telling_changes_nothing(
    case: Case, pool: list[Candidate], policy: Policy, chance: random.Random
) -> None:
    before = assignment.rank(case, pool, at=AT, policy=policy)
    mixed = list(pool)
    chance.shuffle(mixed)
    assert assignment.rank(case, mixed, at=AT, policy=policy) == before


@settings(max_examples=150, deadline=None)
@given(ASKS, POOLS, POLICIES)
def test_nobody_excluded_stands_before_anybody_able(
    case: Case, pool: list[Candidate], policy: Policy
) -> None:
    ranked = assignment.rank(case, pool, at=AT, policy=policy)
    flags = [bool(one.excluded_by) for one in ranked]
    assert flags == sorted(flags)
    assert len(ranked) == len(pool)
    marks = case.parties | case.opponents
    for one in ranked:
        who_ = one.candidate
        close = any((kind, index) in marks for kind, index, _ in who_.relations)
        if close or who_.unfit or who_.account is None or who_.weight == 0:
            assert one.excluded_by in assignment.HARD
            assert one.sentence


@settings(max_examples=200, deadline=None)
@given(
    ASKS, PEOPLE, POLICIES,
    st.sampled_from(["carried", "received", "expected", "on_duty", "specialties", "point"]),
)  # fmt: skip
def test_what_speaks_for_somebody_never_counts_against(
    case: Case, one: Candidate, policy: Policy, better: str
) -> None:
    gains: dict[str, Any] = {
        "carried": max(0, one.carried - 1),
        "received": max(0, one.received - 1),
        "expected": one.expected + 1,
        "on_duty": True,
        "specialties": one.specialties | {"B01"},
        "point": PLACE,
    }
    more = replace(one, **{better: gains[better]})
    (before,) = assignment.rank(case, [one], at=AT, policy=policy)
    (after,) = assignment.rank(case, [more], at=AT, policy=policy)
    if not before.excluded_by:
        assert not after.excluded_by
        assert after.score >= before.score - 1e-9


@settings(max_examples=150, deadline=None)
@given(ASKS, POOLS, POLICIES)
def test_the_reasons_add_up_to_the_score(case: Case, pool: list[Candidate], policy: Policy) -> None:
    for one in assignment.rank(case, pool, at=AT, policy=policy):
        reasons = assignment.explain(case, one, at=AT, policy=policy)
        assert reasons
        assert all(reason.sentence for reason in reasons)
        assert sum(reason.points for reason in reasons) == pytest.approx(one.score, abs=0.1)


@settings(max_examples=150, deadline=None)
@given(ASKS, POOLS, POLICIES, st.integers(0, 11))
def test_every_order_is_due_once_and_got_once(
    case: Case, pool: list[Candidate], policy: Policy, number: int
) -> None:
    ranked = assignment.rank(case, pool, at=AT, policy=policy)
    able = [one.candidate for one in ranked if not one.excluded_by]
    if able:
        parts = assignment.shares(ranked, able[number % len(able)])
        assert sum(one.expected for one in parts) == pytest.approx(1)
        assert sum(one.received for one in parts) == 1


def test_a_year_of_orders_is_spread_fairly_and_nobody_starves() -> None:
    """Twenty equals in different places, a year of orders from anywhere: the spread stays small."""
    chance = random.Random(11)
    people = [
        Candidate(
            id=who(f"人{number}"), account=who(f"人{number}"), name=f"人{number}", kind="01",
            region_code="330225000000", capacity=50,
            point=(121.5 + number / 40, 29.0 + number / 40),
        )
        for number in range(20)
    ]  # fmt: skip
    books = {one.account: [0.0, 0] for one in people}
    for _ in range(2_000):
        point = (chance.uniform(121.5, 122.1), chance.uniform(29.0, 29.7))
        case = Case(region_code="330225101004", point=point, kinds=frozenset({"01"}))
        pool = [
            replace(one, expected=books[one.account][0], received=int(books[one.account][1]))
            for one in people
        ]
        ranked = assignment.rank(case, pool, at=AT, policy=assignment.HOUSE)
        for share in assignment.shares(ranked, ranked[0].candidate):
            books[share.account][0] += share.expected
            books[share.account][1] += share.received
    got = [int(received) for _, received in books.values()]
    mean = sum(got) / len(got)
    assert max(got) - min(got) < 0.1 * mean


def test_a_lower_weight_is_a_smaller_share() -> None:
    people = [
        Candidate(id=who(name), account=who(name), name=name, capacity=50, weight=weight,
                  region_code="330225000000")
        for name, weight in (("甲", 100), ("乙", 50))
    ]  # fmt: skip
    case = Case(region_code="330225101004")
    books = {one.account: [0.0, 0] for one in people}
    for _ in range(300):
        pool = [
            replace(one, expected=books[one.account][0], received=int(books[one.account][1]))
            for one in people
        ]
        ranked = assignment.rank(case, pool, at=AT, policy=assignment.HOUSE)
        for share in assignment.shares(ranked, ranked[0].candidate):
            books[share.account][0] += share.expected
            books[share.account][1] += share.received
    assert abs(books[who("甲")][1] - 200) <= 2


def test_policies_are_kept_whole_and_checked() -> None:
    policy = replace(assignment.HOUSE, version=3, weights={"fair": 12.0}, musts=frozenset({"duty"}))
    assert assignment.of_plain(3, policy.plain()).plain() == policy.plain()
    assert assignment.faults(policy) == ()
    wrong = replace(policy, weights={"fair": 0.0, "duty": 101.0}, limits={"top": 0})
    assert {field for field, _ in assignment.faults(wrong)} == {
        "weight_fair", "weight_duty", "limit_top",
    }  # fmt: skip
    assert assignment.changes(assignment.HOUSE, policy)


def test_an_unknown_name_is_answered_with_those_there_are() -> None:
    wrong = assignment.Policy(weights={"fair": 1.0, "looks": 3.0}, limits={"queue": 1})
    said = dict(assignment.faults(wrong))
    assert "没有“looks”这一项" in said["weight_looks"]
    assert "fair" in said["weight_looks"]
    assert "top" in said["limit_queue"]
