"""What citizens speak of: cases a supervisor can read, and properties that hold for all of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from yike.rooms.quality import keyness, vocabulary
from yike.rooms.quality.keyness import Comment

CASES = yaml.safe_load(Path(__file__).with_name("topics.yaml").read_text(encoding="utf-8"))
FIELD = vocabulary.topics()


def comments(rows: Any) -> list[Comment]:
    return [
        Comment(ref=f"r{no}", person=str(person), words=str(words))
        for no, (person, words) in enumerate(rows or [])
    ]


@pytest.mark.parametrize("case", CASES, ids=[one["case"] for one in CASES])
def test_cases(case: dict[str, Any]) -> None:
    found = keyness.find(
        comments(case["now"]), comments(case.get("before")), comments(case.get("past")),
        field=FIELD, hidden=case.get("hidden", ()),
    )  # fmt: skip
    told = {one.key: one for one in found}
    for key, persons in case.get("shown", {}).items():
        assert told[key].persons == persons
    if case.get("shown") == {}:
        assert found == ()
    assert not set(case.get("not", ())) & {one.name for one in found}
    assert not set(case.get("not", ())) & set(told)
    for key, before in case.get("before_of", {}).items():
        assert told[key].before == before
    for key, change in case.get("change", {}).items():
        assert told[key].change == change
    if "order" in case:
        assert [one.key for one in found if one.key in case["order"]] == case["order"]


SAID = st.lists(
    st.tuples(
        st.sampled_from("abcdefgh"),
        st.lists(
            st.sampled_from(
                ["态度", "没人接", "排队", "蚊子", "王建国", "13857412345", "太慢", "x1", "，"]
            ),
            max_size=6,
        ).map("".join),
    ),
    max_size=30,
)


@settings(deadline=None)
@given(now=SAID, before=SAID, past=SAID)
def test_few_are_never_shown_and_nothing_personal_is(now: Any, before: Any, past: Any) -> None:
    found = keyness.find(
        comments(now), comments(before), comments(past), field=FIELD, hidden=["王建国"]
    )
    for one in found:
        assert one.persons >= keyness.LEAST
        assert one.before is None or one.before == 0 or one.before >= keyness.LEAST
        assert not set("0123456789abcdefghx") & set(one.name)
        assert "建国" not in one.name
        assert one.refs


@settings(deadline=None)
@given(
    y1=st.integers(0, 500), y2=st.integers(0, 500), more1=st.integers(1, 500),
    more2=st.integers(1, 500),
)  # fmt: skip
def test_the_weight_is_fair(y1: int, y2: int, more1: int, more2: int) -> None:
    n1, n2 = y1 + more1, y2 + more2
    if y1 + y2:
        there = keyness.weight(y2, n2, y1, n1)
        assert keyness.weight(y1, n1, y2, n2) == pytest.approx(-there, abs=1e-9)
    if y1 * n2 == y2 * n1 and y1:
        assert keyness.weight(y1, n1, y2, n2) == pytest.approx(0, abs=1e-9)


def test_the_weight_of_a_known_case() -> None:
    """By hand: 30 of 300 against 10 of 300, prior 10 × 40/600 = 2/3."""
    assert keyness.weight(30, 300, 10, 300) == pytest.approx(3.166, abs=0.005)


def test_the_vocabulary_is_whole_and_no_word_serves_two() -> None:
    words = [word for one in FIELD for word in one.words]
    assert len(words) == len(set(words))
    assert len({one.name for one in FIELD}) == len(FIELD) >= 12
