"""The example boats: read by the product's own reader, in force today, and marked in every name."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from yike.demo import sailings
from yike.demo.sailings import Crossing
from yike.engines.travel.gtfs.day import connections_on, day_clock
from yike.engines.travel.gtfs.feed import Feed, valid_dates
from yike.engines.travel.gtfs.reading import read_feed
from yike.rooms.core import clock

TODAY = date(2026, 11, 22)
BOATS = (
    Crossing(
        name="甲—乙轮渡（示例）", quays=("甲码头（示例）", "乙码头（示例）"),
        places=((121.9, 29.2), (121.9, 29.15)), minutes=15, first=390, last=1050, every=30,
    ),
    Crossing(
        name="甲—丙轮渡（示例）", quays=("甲码头（示例）", "丙码头（示例）"),
        places=((121.9, 29.2), (121.84, 29.12)), minutes=20, first=420, last=990, every=90,
    ),
)  # fmt: skip


@pytest.fixture
def feed(tmp_path: Path) -> Feed:
    path = tmp_path / "boats.zip"
    path.write_bytes(sailings.feed(TODAY, BOATS))
    return read_feed(path)


def test_it_is_read_whole_and_holds_today_and_tomorrow(feed: Feed) -> None:
    valid = valid_dates(feed)
    assert valid is not None
    assert valid[0] <= TODAY < TODAY + timedelta(days=300) < valid[1]
    assert len(feed.trips.ids) == 2 * 23 + 2 * 7
    assert not feed.notes


@pytest.mark.parametrize("mode", ["walk", "cycle", "car"])
@pytest.mark.parametrize("later", [0, 1])
def test_the_last_boat_goes_and_then_none(feed: Feed, mode: str, later: int) -> None:
    at = datetime(2026, 11, 22 + later, 12, tzinfo=clock.CIVIL)
    on, _ = day_clock(feed, at)
    rides = connections_on(feed, on, mode=mode)  # type: ignore[arg-type]
    left = [one // 600 for one in rides.depart.tolist() if one < 600 * 1440]
    assert (min(left), max(left)) == (390, 1050)


def test_nobody_takes_it_for_real_times() -> None:
    assert "示例" in sailings.FILE
    assert "非真实时刻" in sailings.LICENCE
    text = sailings.feed(TODAY, BOATS)
    assert sailings.feed(TODAY, BOATS)[:2] == text[:2] == b"PK"
