"""Opening hours read from words, and the doors that come of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from yike.engines.travel.arrays import UNREACHED
from yike.engines.travel.doors import doors, served
from yike.engines.travel.errors import HoursError
from yike.engines.travel.hours import Holidays, Hours, open_periods, read_hours

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "hours.yaml").read_text(encoding="utf-8")
)
MAY = Holidays(
    days=frozenset(date(2026, 5, day) for day in range(1, 6)), makeups=frozenset([date(2026, 5, 9)])
)
MINUTE = 600


def _hours(text: str) -> Hours:
    found = read_hours(text)
    assert found is not None
    return found


@pytest.mark.parametrize("case", CASES, ids=[one["text"] for one in CASES])
def test_words_open_the_door_on_these_days(case: dict[str, Any]) -> None:
    hours = _hours(case["text"])
    told = {
        day: [f"{a // 60:02d}:{a % 60:02d}-{b // 60:02d}:{b % 60:02d}" for a, b in spans]
        for day in case["open"]
        if (spans := hours.spans_on(day, MAY)) is not None
    }
    assert told == case["open"]


@pytest.mark.parametrize("text", ["", "  ", ";"])
def test_no_words_are_unknown(text: str) -> None:
    assert read_hours(text) is None


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Mo-Fr sunrise-17:00", "Mo-Frsunrise-"),
        ("Mo-Xx 08:00-12:00", "Mo-Xx"),
        ("08:00-25", "08:00-25"),
        ("08:61-12:00", "08:61-12:00"),
        ("25:00-26:00", "25:00-26:00"),
        ("08:00-08:00", "08:00-08:00"),
        ("Mo-Fr", "Mo-Fr"),
        ("下午2:00-5:30", "下午2:00-5:30"),
        ("17:00+", "17:00\\+"),
        ("Jan-Mar 08:00-12:00", "Jan-Mar"),
    ],
)
def test_what_is_not_understood_is_named(text: str, word: str) -> None:
    with pytest.raises(HoursError, match=f"里的“{word}”看不懂"):
        read_hours(text)


def test_contradictions_are_refused() -> None:
    with pytest.raises(HoursError, match="重叠"):
        read_hours("08:00-12:00,11:00-13:00")
    with pytest.raises(HoursError, match="2026-05-01 既列为节假日又列为调休上班日"):
        Holidays(days=MAY.days, makeups=frozenset([date(2026, 5, 1)]))


def test_a_night_belongs_to_the_day_on_which_it_began() -> None:
    hours = _hours("Tu 20:00-26:00; We off")
    assert open_periods(hours, date(2026, 5, 6), MAY, ahead=0) == [(-240 * MINUTE, 120 * MINUTE)]


def test_days_without_a_gap_are_one_period() -> None:
    periods = open_periods(_hours("24/7"), date(2026, 5, 6), MAY, ahead=2)
    assert periods == [(-1440 * MINUTE, 3 * 1440 * MINUTE)]


def test_who_says_nothing_of_holidays() -> None:
    assert not _hours("Mo-Fr 08:00-12:00").speaks_of_holidays()
    assert _hours("Mo-Fr 08:00-12:00; PH off").speaks_of_holidays()


@pytest.mark.parametrize(
    ("policy", "early", "arrive", "told"),
    [
        ("arrive_open", 0, 99, None),
        ("arrive_open", 0, 100, 100),
        ("arrive_open", 0, 199, 199),
        ("arrive_open", 0, 200, None),
        ("arrive_open", 30, 170, 170),
        ("arrive_open", 30, 171, None),
        ("may_wait", 0, 99, 100),
        ("may_wait", 30, 171, 300),
        ("may_wait", 30, 371, None),
        ("may_wait", 101, 0, None),
    ],
)
def test_the_edges_of_a_door(policy: Any, early: int, arrive: int, told: int | None) -> None:
    door = doors([[(100, 200), (300, 400)], None], policy, before_closing=early)
    at = served(0, arrive, door.arrays)
    assert (None if at == UNREACHED else at) == told
    assert served(1, arrive, door.arrays) == arrive


def test_a_station_never_open_has_no_period() -> None:
    door = doors([[], [(5, 9)]], "may_wait", before_closing=0)
    assert np.array_equal(door.first, [0, 0, 1])
    assert served(0, 3, door.arrays) == UNREACHED
