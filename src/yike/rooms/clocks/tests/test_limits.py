"""Reading the limits of service items."""

from __future__ import annotations

import pytest

from yike.rooms.clocks.limits import Limit, read_limits


def test_steps_come_in_order() -> None:
    first, second = read_limits("审查决定:7:CD;指派:3:CD(免核查经济状况)")
    assert (first.step, first.amount, first.unit, first.local) == (
        "审查决定", 7, "calendar_days", False,
    )  # fmt: skip
    assert (second.step, second.amount, second.note) == ("指派", 3, "免核查经济状况")


@pytest.mark.parametrize(
    ("text", "amount", "unit", "local"),
    [
        ("出具公证书:15:WD(不含补充材料、核实时间)", 15, "working_days", False),
        ("转交:24:H", 24, "elapsed_hours", False),
        ("提出:6:M(2026-03-01前收到裁决)", 6, "months", False),
        ("实习期:1:Y", 1, "years", False),
        ("响应:1:WD(本地)", 1, "working_days", True),
        ("调解:30:CD(本地,可约定延长)", 30, "calendar_days", True),
        ("答复:0:I", 0, "elapsed_minutes", False),
        ("审查：7：CD", 7, "calendar_days", False),
    ],
)
def test_units_and_notes(text: str, amount: int, unit: str, local: bool) -> None:
    (limit,) = read_limits(text)
    assert (limit.amount, limit.unit, limit.local) == (amount, unit, local)
    assert limit.at_once == (amount == 0)


def test_the_longer_end_of_a_range_is_promised() -> None:
    (limit,) = read_limits("审核:5–15:WD")
    assert (limit.least, limit.amount) == (5, 15)


@pytest.mark.parametrize(
    "text",
    [
        "按约定",
        "每月次数:1次",
        "现场服务:月度4–8小时(本地)",
        "听证通知:5:WD(提前)",
        "时效不足:7:CD(触发条件)",
        "审查:七:CD",
        "审查:7:XX",
    ],
)
def test_words_without_a_time_to_act_within_keep_their_words(text: str) -> None:
    (limit,) = read_limits(text)
    assert limit.amount is None
    assert limit.written == text


def test_an_extension_belongs_to_the_step_before() -> None:
    accept, finish = read_limits("受理决定:7:WD;完成鉴定:30:WD;延长:30:WD")
    assert (accept.extend, finish.amount, finish.extend) == (0, 30, 30)
    (alone,) = read_limits("延长:30:WD")
    assert (alone.step, alone.amount) == ("延长", 30)
    days, months = read_limits("审理:60:CD;延长:1:M")
    assert (days.extend, months.step) == (0, "延长")


def test_nothing_is_nothing() -> None:
    assert read_limits("") == ()
    assert read_limits(" ; ；") == ()
    assert read_limits("其余按本地")[0] == Limit(
        step="其余按本地", local=True, written="其余按本地"
    )
