"""Questions, scores, the index and what may be shown of it: rules as cases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from yike.rooms.observation import figures, flow, scoring

_CASES = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8"))


def _of(part: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", _CASES[part], ids=lambda one: str(one.get("what", one)))


def _asked(case: dict[str, Any]) -> scoring.Asked:
    options, right = scoring.read_options(case["kind"], case.get("options", ""))
    if case["kind"] == scoring.MULTI and not options:
        options, right = ("甲", "乙"), ("1",)
    return scoring.Asked(
        no=1, kind=case["kind"], words="？", dimension=case.get("dimension", "知晓"),
        weight=case.get("weight", 1), options=options, right=right,
        knowledge=case.get("knowledge", False),
    )  # fmt: skip


@_of("faults")
def test_what_is_wrong_with_a_question(case: dict[str, Any]) -> None:
    field, sentence = scoring.fault(_asked(case))
    assert (field, bool(sentence)) == (case["field"], bool(case["field"]))


@_of("scores")
def test_what_an_answer_is_worth(case: dict[str, Any]) -> None:
    assert scoring.score(_asked(case), case["value"]) == pytest.approx(case["is"], abs=1e-3)


@_of("reads")
def test_what_was_answered(case: dict[str, Any]) -> None:
    told = "长" * 301 if case["given"] == "long" else case["given"]
    kept, wrong = scoring.read([_asked(case)], {1: told})
    assert wrong == ({1: case["wrong"]} if "wrong" in case else {})
    assert "kept" not in case or kept == case["kept"]


def test_the_whole_is_the_mean_of_dimensions_by_weight() -> None:
    questions = [
        scoring.Asked(no=1, kind="scale", words="a", dimension="信任", weight=3),
        scoring.Asked(no=2, kind="scale", words="b", dimension="信任", weight=1),
        scoring.Asked(no=3, kind="yesno", words="c", dimension="知晓", weight=2, right=("1",)),
        scoring.Asked(no=4, kind="text", words="d"),
    ]
    found = scoring.of_sheet(questions, {"1": "5", "2": "1", "3": "2", "4": "好"})
    assert found == {"": 50.0, "信任": 75.0, "知晓": 0.0}
    assert scoring.weights(questions) == {"信任": 4, "知晓": 2}


@_of("figures")
def test_the_index_by_strata(case: dict[str, Any]) -> None:
    pairs = [(name, float(one)) for name, rows in case["told"].items() for one in rows]
    found, wanted = figures.estimate(pairs, case["planned"], least=10), case["is"]
    assert (found.n, found.why, list(found.missed)) == (
        wanted["n"], wanted.get("why", ""), wanted.get("missed", []),
    )  # fmt: skip
    assert found.value == pytest.approx(wanted.get("value"))
    assert found.se == pytest.approx(wanted.get("se"), abs=1e-5)
    assert found.free == wanted.get("free", 0)


@_of("compares")
def test_a_difference_and_chance(case: dict[str, Any]) -> None:
    one, other = (
        figures.Figure(n=40, value=value, se=se, free=free)
        for value, se, free in (case["one"], case["other"])
    )
    assert figures.compare(one, other, pairs=case["pairs"]).verdict == case["verdict"]


@_of("student")
def test_the_quantile_of_student(case: dict[str, Any]) -> None:
    assert figures.student(case["error"], case["free"]) == pytest.approx(case["is"], abs=0.02)


@_of("small")
def test_small_counts_are_hidden(case: dict[str, Any]) -> None:
    assert list(figures.shown(case["given"])) == case["is"]


@_of("progress")
def test_progress(case: dict[str, Any]) -> None:
    one = figures.progress(tuple(row) for row in case["given"])
    assert [one.planned, one.counted, one.answered, one.asked, one.done, one.rate] == case["is"]


@_of("strata")
def test_strata_are_read(case: dict[str, Any]) -> None:
    found, wrong = figures.read_strata(case["given"])
    assert [list(one) for one in found] == case.get("is", [])
    assert case.get("wrong", "") in wrong
    assert bool(wrong) == ("wrong" in case)


@_of("hindrances")
def test_why_a_code_is_not_good(case: dict[str, Any]) -> None:
    told = {key: case.get(key, False) for key in ("ended", "expired", "used", "spoilt")}
    said = flow.hindrance(case["state"], **told)
    assert case["is"] in said
    assert bool(said) == bool(case["is"])


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 100)), max_size=60))
def test_an_index_lies_between_its_answers_and_forgets_their_order(
    told: list[tuple[str, float]],
) -> None:
    plan = {"a": 10, "b": 30, "c": 0}
    found = figures.estimate(told, plan, least=10)
    again = figures.estimate(reversed(told), plan, least=10)
    counted = [one for name, one in told if plan[name]]
    assert found.n == len(counted)
    assert again.value == pytest.approx(found.value)
    if found.value is not None:
        assert min(counted) - 1e-6 <= found.value <= max(counted) + 1e-6
    if found.low is not None and found.high is not None and found.value is not None:
        assert 0 <= found.low <= found.value <= found.high <= 100
