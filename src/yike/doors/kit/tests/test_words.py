"""Times in the words people use."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from yike.doors.kit import words
from yike.rooms.core.clock import CIVIL

NOW = datetime(2026, 11, 21, 14, 20, tzinfo=CIVIL)


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        (NOW, "今天 14:20"),
        (NOW - timedelta(days=1), "昨天 14:20"),
        (NOW + timedelta(hours=10), "明天 00:20"),
        (NOW + timedelta(days=4), "11月25日 14:20"),
        (NOW.replace(year=2025, month=3, day=2), "2025年3月2日 14:20"),
        (NOW.date(), "今天"),
    ],
)
def test_short_time(moment: datetime, told: str) -> None:
    assert words.short_time(moment, NOW) == told


def test_time_of_another_zone_is_told_in_civil_time() -> None:
    from datetime import UTC

    assert words.short_time(datetime(2026, 11, 20, 16, 30, tzinfo=UTC), NOW) == "今天 00:30"


@pytest.mark.parametrize(
    ("minutes", "told"),
    [(0, "不到 1 分钟"), (40, "40 分钟"), (125, "2 小时 5 分钟"), (60 * 24, "1 天"),
     (60 * 27, "1 天 3 小时"), (60 * 24 * 5 + 90, "5 天"), (-5, "不到 1 分钟")],
)  # fmt: skip
def test_length(minutes: int, told: str) -> None:
    assert words.length(timedelta(minutes=minutes)) == told


@pytest.mark.parametrize(
    ("due_in", "done", "paused", "tone"),
    [(48, None, False, "calm"), (2, None, False, "soon"), (-1, None, False, "late"),
     (0, None, False, "late"), (-1, None, True, "still"), (2, 1, False, "done"),
     (2, 3, False, "late")],
)  # fmt: skip
def test_promise(due_in: int, done: int | None, paused: bool, tone: str) -> None:
    done_at = None if done is None else NOW + timedelta(hours=done)
    told = words.promise(NOW + timedelta(hours=due_in), NOW, done_at=done_at, paused=paused)
    assert told.tone == tone
    assert told.sentence


@pytest.mark.parametrize(
    ("written", "told"),
    [("应在 2026-11-06 前签核", "应在11月6日前签核"), ("至 2025-12-31", "至2025年12月31日"),
     ("应于 2026-11-20 17:30 前办结。", "应于11月20日 17:30 前办结。"),
     ("2026-11-02 至 2026-12-06", "11月2日至12月6日"), ("编号 330225-2026-11-06-1", None),
     ("2026-13-40", None), ("没有日期", None)],
)  # fmt: skip
def test_dates_in_a_sentence_are_said_as_people_say_them(written: str, told: str | None) -> None:
    assert words.said_dates(written, NOW.date()) == (told or written)


@pytest.mark.parametrize(
    ("label", "job"), [("demo", True), ("alerts.watch", True), ("", True), ("林石生", False),
     ("Li Ming", False)],
)  # fmt: skip
def test_jobs_are_told_from_people(label: str, job: bool) -> None:
    assert words.is_job(label) is job
