"""Fields of items: definitions and answers."""

from __future__ import annotations

from typing import Any

import pytest

from yike.rooms.catalogue import forms, shipped

FIELDS: list[dict[str, Any]] = [
    {"name": "died_on", "label": "去世日期", "kind": "date", "required": True},
    {"name": "heirs", "label": "继承人数", "kind": "number"},
    {"name": "will", "label": "遗嘱", "kind": "choice", "options": ["有", "没有"]},
    {"name": "visit", "label": "上门", "kind": "yesno"},
    {"name": "note", "label": "说明", "kind": "text"},
]
GOOD = {"died_on": "2026-05-01", "heirs": "3", "will": "有", "visit": "是", "note": "x"}


def test_every_shipped_form_is_sound_and_of_a_known_item() -> None:
    codes = {item["code"] for item in shipped.read("service_items.json")}
    for code, fields in shipped.read("item_forms.json").items():
        assert code in codes
        assert forms.form_fault(fields) == ""


def test_good_answers_become_plain_values() -> None:
    answers, faults = forms.read_answers(FIELDS, GOOD | {"other": "left out"})
    assert faults == {}
    assert answers == {
        "died_on": "2026-05-01", "heirs": "3", "will": "有", "visit": True, "note": "x",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("died_on", "", "请填写去世日期"),
        ("died_on", "5月1日", "2026-05-01"),
        ("died_on", "2026-02-30", "2026-05-01"),
        ("heirs", "三", "数字"),
        ("heirs", "NaN", "数字"),
        ("will", "也许", "选择"),
        ("visit", "maybe", "选择是或否"),
        ("note", "长" * 201, "不能超过200字"),
    ],
)
def test_a_wrong_answer_is_named(name: str, typed: str, said: str) -> None:
    answers, faults = forms.read_answers(FIELDS, GOOD | {name: typed})
    assert list(faults) == [name]
    assert said in faults[name]
    assert name not in answers


@pytest.mark.parametrize(
    "fields",
    [
        {},
        [{"name": "a"}],
        [{"name": "a b", "label": "x", "kind": "text"}],
        [{"name": "a", "label": "x", "kind": "colour"}],
        [{"name": "a", "label": "x", "kind": "choice"}],
        [{"name": "a", "label": "x", "kind": "text"}, {"name": "a", "label": "y", "kind": "text"}],
    ],
)
def test_a_wrong_definition_is_named(fields: Any) -> None:
    assert forms.form_fault(fields)
