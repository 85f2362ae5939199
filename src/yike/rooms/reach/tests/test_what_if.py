"""Other stations reckoned at once: the same figures as a scenario that is reckoned whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from yike.engines.travel.whatif import WhatIf
from yike.rooms.core import clock
from yike.rooms.core.refusal import BadInput
from yike.rooms.reach import actions, carrying, queries
from yike.rooms.reach.reckoning.serving import Listener
from yike.rooms.reach.scenarios import Edit
from yike.rooms.reach.tests import makers, reckoners
from yike.rooms.regions.tests.makers import COUNTY, HOUSE, county

pytestmark = pytest.mark.django_db
VILLAGE = "330225101202"


@pytest.fixture(scope="module")
def reckoner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Listener]:
    with reckoners.listening(tmp_path_factory.mktemp("live") / "reckoner.sock") as listener:
        yield listener


@pytest.fixture
def ready(reckoner: Listener, settings: Any) -> Iterator[None]:
    settings.RECKONER_SOCKET = reckoner.place
    with county():
        makers.station()
        makers.network()
        makers.people()
        yield


def _more(metres: float, name: str = "拟建村点") -> Edit:
    return Edit(do="add", name=name, point=(makers.lon_at(metres), makers.LAT))


def test_it_tells_what_a_scenario_reckoned_whole_tells(ready: None) -> None:
    run = makers.run()
    (station, _), *_ = queries.run_page(HOUSE, run).stations
    edits = [
        _more(1800), Edit(do="move", station=station, point=(makers.lon_at(900), makers.LAT)),
    ]  # fmt: skip
    live = queries.what_if(HOUSE, run, edits)
    stored = actions.ask_scenario(run_id=run, name="加一站", edits=edits, actor=HOUSE)
    carrying.reckon(stored)
    whole = queries.run_page(HOUSE, stored).changes[0]
    for name in ("covered_before", "covered_after", "newly_covered", "lost", "faster", "slower"):
        assert live.total[name] == getattr(whole, name), name
    assert live.total["minutes_saved"] == pytest.approx(whole.minutes_saved, abs=0.01)
    found = queries.difference(HOUSE, run, stored)
    assert (found.varied.total, found.varied.cells) == (live.total, live.cells)
    assert found.varied.villages == live.villages


def test_a_village_is_told_before_and_after_and_nothing_stays(ready: None) -> None:
    run = makers.run()
    for _ in range(2):
        live = queries.what_if(HOUSE, run, [_more(1800)])
        village, nearer = live.villages
        assert (village.code, village.before, village.after) == (VILLAGE, 24.0, 0.0)
        assert (village.gained, nearer.gained, live.total["newly_covered"]) == (100, 0, 100)
        assert (nearer.before, nearer.after) == (13.3, 10.7)
        assert [one["properties"]["before"] for one in live.cells["features"]] == [13.3, 24.0]
        assert live.engine_ms is not None
    far = Edit(do="add", name="海上", point=(makers.LON, 29.25))
    at_sea = queries.what_if(HOUSE, run, [far])
    assert (at_sea.unjoined, at_sea.villages) == (("海上",), ())
    with pytest.raises(BadInput):
        queries.what_if(HOUSE, run, [])


def test_a_question_that_breaks_off_leaves_no_half_step(
    ready: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A station was opened and not yet taken back: the run is laid out anew for the next one."""
    run = makers.run()
    (station, _), *_ = queries.run_page(HOUSE, run).stations
    moved = [Edit(do="move", station=station, point=(makers.lon_at(900), makers.LAT))]
    whole = queries.what_if(HOUSE, run, moved)
    with monkeypatch.context() as broken:
        broken.setattr(WhatIf, "remove", _breaks_off)
        assert "没有算成" in queries.what_if(HOUSE, run, moved).why
    again = queries.what_if(HOUSE, run, moved)
    assert (again.total, again.cells) == (whole.total, whole.cells)


def _breaks_off(*_: object) -> None:
    raise RuntimeError("cut")


def test_hours_are_asked_pair_by_pair(ready: None) -> None:
    at = datetime(2026, 11, 18, 9, 0, tzinfo=clock.CIVIL)
    run = makers.run(at=at)
    (station, _), *_ = queries.run_page(HOUSE, run).stations
    shut = Edit(do="hours", station=station, periods=((14 * 60, 17 * 60),))
    live = queries.what_if(HOUSE, run, [shut, _more(1800)])
    assert live.total["covered_after"] == 300
    assert live.total["cut_off"] == 0


def test_without_reckoner_it_says_so(ready: None, settings: Any) -> None:
    run = makers.run()
    settings.RECKONER_SOCKET = settings.RECKONER_SOCKET.with_name("nobody.sock")
    told = queries.what_if(HOUSE, run, [_more(1800)])
    assert "没有运行" in told.why
    assert told.villages == ()
    assert "没有运行" in queries.area(COUNTY, (makers.LON, makers.LAT)).why


def test_an_area_is_drawn_in_bands(ready: None) -> None:
    found = queries.area(COUNTY, (makers.LON, makers.LAT), minutes=(5, 15))
    assert [one["properties"]["minutes"] for one in found.areas["features"]] == [15, 5]
    assert found.licences
    assert "还没有骑行路网" in queries.area(COUNTY, (makers.LON, makers.LAT), "cycle").why


def test_the_bands_hold_the_people_counted_by_hand(ready: None) -> None:
    found = queries.bands(HOUSE, COUNTY, (makers.LON, makers.LAT), "walk")
    assert dict(found.sums) == makers.TOY["得"]["按分钟"]
    assert [(row.band, row.within) for row in found.rows] == [
        (10, (0, 300, 300, 300)), (15, (0, 0, 200, 200)), (30, (0, 0, 0, 100)),
    ]  # fmt: skip
    assert (found.beyond, found.total) == (1, 650)
    assert "ODbL" in json.loads(queries.bands_geojson(found))["licence"]
    with pytest.raises(BadInput):
        queries.bands(HOUSE, COUNTY, (makers.LON, 29.25), "walk")
