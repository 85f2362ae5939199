"""Words, places, masks and safe hours: pure."""

from __future__ import annotations

from datetime import datetime

import pytest

from yike.rooms.core.clock import CIVIL
from yike.rooms.notices import hours, wording


def test_places_are_names_never_paths() -> None:
    assert wording.fill("{a} {b} {a.x} {a[0]} {0} {}", {"a": 1}) == "1 — {a.x} {a[0]} {0} {}"


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("请致电13812345678。", "请致电138****5678。"),
        ("330225199001011234", "330225************"),
        ("33022519900101123X 张三", "330225************ 张三"),
        ("工单 20261121000123456789", "工单 20261121000123456789"),
        (13812345678, "138****5678"),
        (5, 5),
        (True, True),
        (None, None),
        (["13812345678", {"电话": "13812345678"}], ["138****5678", {"电话": "138****5678"}]),
    ],
)
def test_identity_is_masked_whoever_calls(told: object, kept: object) -> None:
    assert wording.masked(told) == kept


def test_a_title_is_one_line() -> None:
    assert wording.one_line("a\r\nBcc: b@c.d\u2028e\x00", 50) == "a Bcc: b@c.d e"


@pytest.mark.parametrize(("typed", "kept"), [("9:00", "09:00"), ("21：30", "21:30"), ("25:00", "")])
def test_times_of_day_are_read(typed: str, kept: str) -> None:
    assert hours.read(typed) == kept


@pytest.mark.parametrize(
    ("now", "begins", "ends", "opens"),
    [
        ("10:00", "09:00", "11:30", "21 10:00"),
        ("08:59", "09:00", "11:30", "21 09:00"),
        ("11:30", "09:00", "11:30", "22 09:00"),
        ("23:00", "21:00", "06:00", "21 23:00"),
        ("05:59", "21:00", "06:00", "21 05:59"),
        ("06:00", "21:00", "06:00", "21 21:00"),
        ("03:00", "", "", "21 03:00"),
    ],
)
def test_hours_open_next(now: str, begins: str, ends: str, opens: str) -> None:
    hour, minute = map(int, now.split(":"))
    moment = datetime(2026, 11, 21, hour, minute, tzinfo=CIVIL)
    assert f"{hours.next_open(moment, begins, ends):%d %H:%M}" == opens
