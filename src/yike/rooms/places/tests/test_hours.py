"""Opening hours: what is wrong with them, what they say, and when they are open."""

from __future__ import annotations

from datetime import datetime

import pytest

from yike.rooms.places import hours

MONDAY = "2026-11-23"
SATURDAY = "2026-11-28"


def at(day: str, time: str) -> datetime:
    """A civil moment."""
    return datetime.fromisoformat(f"{day}T{time}:00+08:00")


@pytest.mark.parametrize(
    ("time", "open_"),
    [("08:29", False), ("08:30", True), ("11:59", True), ("12:00", False), ("14:00", True),
     ("17:30", False)],
)  # fmt: skip
def test_periods_hold_their_first_minute_and_not_their_last(time: str, open_: bool) -> None:
    assert hours.is_open(hours.OFFICE, "closed", at(MONDAY, time), "plain") is open_


def test_holidays_and_make_up_days() -> None:
    ten = at(MONDAY, "10:00")
    assert not hours.is_open(hours.OFFICE, "closed", ten, "holiday")
    assert hours.is_open(hours.OFFICE, "open", ten, "holiday")
    saturday = at(SATURDAY, "10:00")
    assert not hours.is_open(hours.OFFICE, "closed", saturday, "plain")
    assert hours.is_open(hours.OFFICE, "closed", saturday, "makeup")
    assert not hours.is_open(hours.OFFICE, "open", saturday, "makeup")


def test_all_day_ends_at_midnight() -> None:
    assert hours.is_open(hours.ALWAYS, "open", at(MONDAY, "23:59"), "plain")
    assert hours.is_open(hours.ALWAYS, "open", at(MONDAY, "00:00"), "plain")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (hours.OFFICE, "周一至周五 08:30-12:00、14:00-17:30"),
        (hours.ALWAYS, "每天 全天"),
        ({"wed": [["09:00", "11:00"]], "sat": [["09:00", "11:00"]]},
         "周三 09:00-11:00；周六 09:00-11:00"),
        ({}, "时间待公布"),
    ],
)  # fmt: skip
def test_in_words(typed: hours.Hours, said: str) -> None:
    assert hours.sentence(typed) == said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ([], "按星期"),
        ({"monday": []}, "不认识的星期"),
        ({"mon": [["08:30"]]}, "星期一"),
        ({"mon": [["8:30", "12:00"]]}, "08:30"),
        ({"mon": [["12:00", "08:30"]]}, "结束晚于开始"),
        ({"mon": [["08:00", "12:00"], ["11:00", "13:00"]]}, "互不重叠"),
        ({"mon": [["08:00", "25:00"]]}, "08:30"),
        ({"mon": [["24:00", "24:00"]]}, "结束晚于开始"),
        ({"mon": "always"}, "若干时段"),
    ],
)
def test_faults_are_named(typed: object, said: str) -> None:
    assert said in hours.fault(typed)


@pytest.mark.parametrize("typed", [hours.OFFICE, hours.ALWAYS, {}, {"mon": []}])
def test_good_hours_have_no_fault(typed: object) -> None:
    assert hours.fault(typed) == ""
