"""The pure rules of check-in: cases a dispatcher can read, and what must hold of all of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from yike.rooms.core import clock
from yike.rooms.duty import checkin, checkin_codes, checkin_offline
from yike.rooms.duty.checkin import Came, Fix, Policy, Span, Spot
from yike.rooms.duty.checkin_offline import Handed
from yike.rooms.regions.coordinates import distance_m

DESK = (121.9440, 29.2150)
POST = UUID(int=7)
SECRET = b"s" * 32
MORNING = ("2026-11-23T08:30", "2026-11-23T12:00")


def _cases(name: str) -> pytest.MarkDecorator:
    file = Path(__file__).parent / "cases" / f"checkin_{name}.yaml"
    found = yaml.safe_load(file.read_text(encoding="utf-8"))
    return pytest.mark.parametrize("case", found, ids=[one["case"] for one in found])


def civil(text: str) -> datetime:
    """A civil moment."""
    return datetime.fromisoformat(text).replace(tzinfo=clock.CIVIL)


def _span(case: dict[str, Any]) -> Span:
    since, until = case.get("span", MORNING)
    return Span(from_at=civil(since), until_at=civil(until))


@_cases("places")
def test_where_somebody_stands(case: dict[str, Any]) -> None:
    told = case.get("fix")
    at = civil("2026-11-23T08:25")
    fix = told and Fix(
        point=checkin.border(told[0], told[1], case.get("crs", "wgs84")),
        accuracy_m=told[2], at=at, mock=case.get("mock", False),
    )  # fmt: skip
    earlier = [
        Fix(point=(lon, lat), accuracy_m=accuracy, at=civil(when))
        for when, lon, lat, accuracy in case.get("earlier", [])
    ]
    spot = Spot(point=None if "spot" in case else DESK)
    found = checkin.judge_place(fix, spot, earlier, Policy())
    assert found.verdict == case["verdict"], found
    assert case.get("why", "") in found.why
    assert bool(found.why) == (found.verdict == "mock")
    if "band" in case:
        assert found.band == case["band"]


@_cases("times")
def test_when_somebody_comes_and_goes(case: dict[str, Any]) -> None:
    policy = Policy(**case.get("policy", {}))
    found = checkin.judge_time(case["direction"], civil(case["at"]), _span(case), policy)
    assert (found.code, found.minutes) == (case["timing"], case.get("minutes", 0))


@_cases("attendance")
def test_what_came_of_it(case: dict[str, Any]) -> None:
    came = Came(
        came_at=civil(case["came"]) if "came" in case else None,
        left_at=civil(case["left"]) if "left" in case else None,
        made_up=case.get("made_up", False), away=case.get("away", False),
    )  # fmt: skip
    policy = Policy(watched=case.get("watched", True))
    found = checkin.attendance(_span(case), came, civil(case["now"]), policy)
    told = (found.code, found.late_minutes, found.early_minutes, found.hours)
    assert told == (case["state"], case.get("late", 0), case.get("early", 0), case.get("hours", 0))
    assert found.made_up == came.made_up


@given(
    st.floats(120, 123), st.floats(28, 31), st.floats(-5, 20_000), st.integers(10, 1000),
    st.integers(10, 500),
)  # fmt: skip
def test_nothing_passes_that_is_farther_than_the_radius(
    lon: float, lat: float, accuracy: float, radius: int, limit: int
) -> None:
    fix = Fix(point=(lon, lat), accuracy_m=accuracy, at=civil("2026-11-23T08:25"))
    spot = Spot(point=DESK, radius_m=radius, accuracy_m=limit)
    found = checkin.judge_place(fix, spot, (), Policy())
    if found.passes:
        assert distance_m((lon, lat), DESK) <= radius
        assert 0 < accuracy <= limit


@given(st.integers(-300, 900), st.integers(-300, 900))
def test_hours_never_exceed_the_shift(came: int, left: int) -> None:
    span = Span(from_at=civil(MORNING[0]), until_at=civil(MORNING[1]))
    minute = timedelta(minutes=1)
    said = Came(came_at=span.from_at + came * minute, left_at=span.from_at + left * minute)
    found = checkin.attendance(span, said, civil("2026-11-25T08:00"), Policy())
    assert 0 <= found.hours <= 3.5


class TestCodes:
    def test_a_code_lives_for_its_window_and_the_next(self) -> None:
        at = civil("2026-11-23T08:30:10")
        code = checkin_codes.screen_code(SECRET, POST, checkin_codes.window_of(at, 60))
        assert len(code) == 8
        for later, holds in ((0, True), (49, True), (100, True), (111, False), (-20, False)):
            moment = at + timedelta(seconds=later)
            found = checkin_codes.read(code, secret=SECRET, post=POST, at=moment, seconds=60)
            assert bool(found) is holds, later

    def test_another_post_or_secret_shows_another_code(self) -> None:
        made = {
            checkin_codes.screen_code(secret, post, 1)
            for secret in (SECRET, b"t" * 32)
            for post in (POST, UUID(int=8))
        }
        assert len(made) == 4

    def test_the_printed_code_lives_for_its_day(self) -> None:
        code = checkin_codes.daily_code(SECRET, POST, date(2026, 11, 23))
        told = f" {code[:5].lower()} {code[5:]}"
        for when, holds in (("2026-11-23T23:59", True), ("2026-11-24T00:00", False)):
            found = checkin_codes.read(told, secret=SECRET, post=POST, at=civil(when), seconds=60)
            assert (found is not None and found[0] == "daily") is holds


class TestOffline:
    KEY = b"k" * 32
    HANDED = Handed(
        key=KEY, at=civil("2026-11-23T07:00"), told_at=civil("2026-11-22T07:00"), last_seq=1
    )

    def _text(self, *, seq: int = 2, clock_min: int = 80, counter_min: int = 80) -> str:
        ms = int((self.HANDED.told_at + timedelta(minutes=clock_min)).timestamp() * 1000)
        return f"{POST}|in|{seq}|121.944|29.215|15|0|{ms}|{counter_min * 60_000}"

    def _doubts(self, text: str, received: str = "2026-11-23T10:00") -> tuple[str, ...]:
        told = checkin_offline.read(text)
        assert told is not None
        return checkin_offline.doubts(self.HANDED, told, received=civil(received))

    def test_a_clock_off_by_a_day_does_not_matter(self) -> None:
        told = checkin_offline.read(self._text())
        assert told is not None
        assert checkin_offline.made_at(self.HANDED, told) == civil("2026-11-23T08:20")
        assert self._doubts(self._text()) == ()

    def test_what_speaks_against_it_is_said(self) -> None:
        assert self._doubts(self._text(seq=1)) == ("顺序号倒退，可能重放",)
        assert self._doubts(self._text(clock_min=20)) == ("手机时钟被调过",)
        assert self._doubts(self._text(), "2026-11-23T08:00") == ("时间在收到之后",)
        told = checkin_offline.read(self._text())
        assert told is not None
        for when, old in (("2026-11-26T08:20", False), ("2026-11-26T08:21", True)):
            at = civil(when)
            assert checkin_offline.too_old(self.HANDED, told, received=at, hours=72) is old

    def test_one_sign_changed_breaks_the_signature(self) -> None:
        text = self._text()
        mac = checkin_offline.signature(self.KEY, text)
        assert checkin_offline.signed(self.HANDED, text, mac)
        assert not checkin_offline.signed(self.HANDED, text.replace("121.944", "121.945"), mac)
        assert not checkin_offline.signed(self.HANDED, text, "0" * 64)

    @given(st.text(max_size=500))
    def test_rubbish_is_no_record(self, text: str) -> None:
        assert checkin_offline.read(text) is None

    def test_almost_a_record_is_none(self) -> None:
        for bad in ("x|in|1|1|1|1|0|9e99|1", "x|up|1|1|1|1|0|1|1", "x|in|1|a|1|1|0|1|1",
                    "x|in|1|1|1|1|0|99999999999999999999|1", "x|in|1|nan|1|1|0|1|1",
                    "x|in|1|200|95|1|0|1|1"):  # fmt: skip
            assert checkin_offline.read(bad) is None, bad
