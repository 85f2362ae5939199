"""Warnings reach those the rules name, once for each colour, and nobody in their silence."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from yike.rooms.clocks import actions as clocks_actions
from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.core import clock
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions, alerts
from yike.rooms.matters import queries as matters_queries
from yike.rooms.matters.models import Matter
from yike.rooms.matters.tests import makers
from yike.rooms.matters.tests.makers import do, opened
from yike.rooms.notices import queries as notices_queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
YELLOW, ORANGE, RED = "ClockNeared", "ClockWarned", "ClockBroken"
#: help.finish from Monday 10:00: half is used on Thursday, four fifths on Friday, due next Monday
NEAR = datetime(2026, 11, 19, 9, 20, tzinfo=clock.CIVIL)
WARN = datetime(2026, 11, 20, 16, 30, tzinfo=clock.CIVIL)
BROKEN = datetime(2026, 11, 24, 10, 0, tzinfo=clock.CIVIL)


@pytest.fixture
def working(county: makers.County) -> str:
    """An order of 石浦 in hand."""
    reference = opened(demand_type="2").reference
    do("sign", reference, county.wang)
    return reference


def warn(reference: str, kind: str, at: datetime) -> datetime | None:
    """Ticks at an instant, then does what the worker would do with this warning."""
    with clock.at(at), acting(makers.SYSTEM) as house:
        clocks_actions.tick(now=at, limit=50, actor=house)
        matter = Matter.objects.get(reference=reference)
        assert matter.finish_clock is not None
        return actions.warn_of(
            kind=kind, matter_id=matter.id, clock_id=matter.finish_clock, actor=house
        )


def titles(actor: Any) -> list[str]:
    """The warnings in somebody's inbox, newest first."""
    with acting(actor):
        return [row.title for row in notices_queries.inbox(actor).rows if "预警" in row.title]


def test_each_colour_reaches_its_levels_once(county: makers.County, working: str) -> None:
    for _ in range(2):
        assert warn(working, YELLOW, NEAR) is None
    assert len(titles(county.wang)) == 1
    assert titles(county.dispatcher) == []
    assert warn(working, ORANGE, WARN) is None
    assert warn(working, RED, BROKEN) is None
    assert titles(county.wang)[0].startswith("红色预警")
    assert titles(county.dispatcher) == ["红色预警：工单已超期"]
    assert titles(county.director) == ["红色预警：工单已超期"]
    assert titles(county.zhao) == []


def test_the_list_shows_the_same_colour(county: makers.County, working: str) -> None:
    seen = []
    for at in (makers.MONDAY, NEAR, WARN, BROKEN):
        with clock.at(at), acting(county.wang):
            (row,) = matters_queries.matters_waiting_for(county.wang).rows
            seen.append(row.alert)
    assert seen == ["green", "yellow", "orange", "red"]


def test_nobody_is_disturbed_at_night_or_on_a_rest_day(county: makers.County, working: str) -> None:
    saturday = datetime(2026, 11, 21, 10, 0, tzinfo=clock.CIVIL)
    night = datetime(2026, 11, 19, 23, 0, tzinfo=clock.CIVIL)
    assert warn(working, YELLOW, night) == datetime(2026, 11, 20, 8, 0, tzinfo=clock.CIVIL)
    assert warn(working, ORANGE, saturday) == datetime(2026, 11, 23, 8, 0, tzinfo=clock.CIVIL)
    assert titles(county.wang) == []
    with acting(county.director):
        actions.set_alerts(
            recipients={"red": ["office"], "orange": ["office"]}, rest_days=False,
            reason="周末有人值守", actor=county.director,
        )  # fmt: skip
    assert warn(working, ORANGE, saturday) is None
    assert len(titles(county.wang)) == 1


def test_the_same_person_hears_again_only_after_a_while(
    county: makers.County, working: str
) -> None:
    with acting(county.dispatcher):
        actions.set_alerts(
            recipients={"yellow": ["office"], "orange": ["office"], "red": ["office"]},
            again_minutes=600, rest_days=False, reason="少打扰", actor=county.dispatcher,
        )  # fmt: skip
        actions.set_thresholds(
            promise_code="help.finish", near_percent=50, warn_percent=51,
            warn_before_minutes=None, actor=county.dispatcher,
        )  # fmt: skip
    reference = opened(key="another-one", demand_type="2").reference
    assert warn(reference, YELLOW, NEAR) is None
    again = warn(reference, ORANGE, NEAR + timedelta(hours=1))
    assert again is None, "a worse colour does not wait for a milder one"
    assert len(titles(county.wang)) == 2
    # the same colour of another promise of the same matter waits
    with acting(makers.SYSTEM) as house, clock.at(NEAR + timedelta(hours=2)):
        matter = Matter.objects.get(reference=reference)
        other = clocks_actions.start_clock(
            subject_kind="matter", subject_id=matter.id, promise_code="media.answer",
            region_code=matter.region_code, actor=house,
        )  # fmt: skip
        later = actions.warn_of(kind=ORANGE, matter_id=matter.id, clock_id=other.id, actor=house)
    assert later == NEAR + timedelta(hours=11)


def test_a_warning_that_was_overtaken_is_told_to_nobody(
    county: makers.County, working: str
) -> None:
    do("close", working, county.wang, result="answered", reply="已经答复")
    assert warn(working, RED, BROKEN) is None
    assert titles(county.wang) == []


def test_a_private_matter_is_told_to_none_who_may_not_see_it(
    county: makers.County, working: str
) -> None:
    with acting(makers.SYSTEM):
        Matter.objects.filter(reference=working).update(level=3)
    warn(working, RED, BROKEN)
    assert titles(county.wang)
    assert titles(county.dispatcher) == [], "may not see that level"
    assert len(titles(county.director)) == 1


def test_thresholds_are_versions_and_clocks_keep_theirs(
    county: makers.County, working: str
) -> None:
    with acting(county.dispatcher):
        made = actions.set_thresholds(
            promise_code="help.finish", near_percent=30, warn_percent=60,
            warn_before_minutes=420, actor=county.dispatcher,
        )  # fmt: skip
        newest, former = clocks_queries.promise_versions("help.finish")
    assert (made, newest.near_percent, former.near_percent) == (2, 30, 50)
    assert (newest.length, newest.basis) == (former.length, former.basis)
    with acting(makers.SYSTEM):
        old = Matter.objects.get(reference=working)
        fresh = Matter.objects.get(
            reference=opened(key="after-the-change", demand_type="2").reference
        )
    assert old.near_at is not None
    assert fresh.near_at is not None
    assert fresh.near_at < old.near_at


def test_only_dispatchers_and_directors_set_rules(county: makers.County) -> None:
    with acting(county.wang), pytest.raises(NotAllowed):
        actions.set_alerts(recipients={"red": ["office"]}, reason="试试", actor=county.wang)
    some: tuple[dict[str, Any], ...] = (
        {"recipients": {"red": []}},
        {"recipients": {"red": ["mayor"]}},
        {"recipients": {"red": ["office"]}, "quiet_from": "22:00"},
        {"recipients": {"red": ["office"]}, "again_minutes": -1},
        {"recipients": {"red": ["office"]}, "promise_code": "nothing"},
    )
    for wrong in some:
        with acting(county.director), pytest.raises(BadInput):
            actions.set_alerts(**wrong, reason="改一改", actor=county.director)


def test_a_rule_of_its_own_goes_before_everybodys(county: makers.County) -> None:
    with acting(county.director):
        actions.set_alerts(recipients={"red": ["office"]}, reason="全部", actor=county.director)
        actions.set_alerts(
            recipients={"red": ["director"]}, promise_code="urgent.finish", reason="紧急",
            actor=county.director,
        )  # fmt: skip
        assert alerts.rule_for("urgent.finish").red == ("director",)
        assert alerts.rule_for("help.finish").red == ("office",)
        assert [one.version for one in alerts.versions("")] == [1, 0]


def test_an_unknown_matter_is_nobodys(county: makers.County) -> None:
    with acting(makers.SYSTEM) as house:
        nothing = UUID(int=1)
        assert actions.warn_of(kind=RED, matter_id=nothing, clock_id=nothing, actor=house) is None
