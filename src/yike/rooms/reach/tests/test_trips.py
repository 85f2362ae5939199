"""Minutes from a point to the stations: those of the toy county; and without a reckoner."""

from __future__ import annotations

import socket
import stat
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from yike.rooms.core import actor as actors
from yike.rooms.core.refusal import BadInput
from yike.rooms.guard.acting import acting
from yike.rooms.reach import queries, warm
from yike.rooms.reach.reckoning import shelf as shelves
from yike.rooms.reach.reckoning.serving import Listener
from yike.rooms.reach.tests import makers, reckoners
from yike.rooms.regions.tests.makers import COUNTY, county

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def reckoner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Listener]:
    place = tmp_path_factory.mktemp("a-folder-with-a-name-so-long-" * 4) / "reckoner.sock"
    with reckoners.listening(place) as listener:
        yield listener


@pytest.fixture
def asked(reckoner: Listener, settings: Any) -> None:
    settings.RECKONER_SOCKET = reckoner.place


def test_only_the_house_may_speak_to_the_reckoner(reckoner: Listener) -> None:
    assert stat.S_IMODE(reckoner.place.stat().st_mode) == 0o600


def test_anybody_is_told_the_minutes_of_the_road(asked: None) -> None:
    with county():
        makers.station()
        makers.network()
        with acting(actors.visitor("portal")):
            found = queries.trips(COUNTY, (makers.lon_at(1500), makers.LAT))
    (trip,) = found.rows
    assert trip.metres == 1500
    assert [(one.mode, one.minutes, one.by_ferry) for one in trip.ways] == [("walk", 20, False)]
    assert found.lacking == ("骑行", "车行")
    assert found.licences == ("© OpenStreetMap contributors，ODbL 许可",)
    assert (found.why, found.notes) == ("", ())


def test_no_way_and_no_road_are_said(asked: None) -> None:
    with county():
        makers.station()
        makers.network()
        isle = queries.trips(COUNTY, (makers.LON, makers.ISLE_LAT), ["walk"])
        sea = queries.trips(COUNTY, (makers.LON, 29.25), ["walk"])
        with pytest.raises(BadInput):
            queries.trips(COUNTY, (makers.LON, makers.LAT), ["rocket"])
    assert (isle.rows[0].ways, isle.rows[0].why) == ((), "六小时之内没有路可以到。")
    assert (sea.rows[0].ways, sea.why) == ((), "")
    assert sea.rows[0].why == "这里附近没有登记的路，不知道要多久。"
    assert "米内没有步行路网的路" in sea.notes[0]


def test_without_reckoner_or_network_the_straight_line_stays(settings: Any, tmp_path: Path) -> None:
    settings.RECKONER_SOCKET = tmp_path / "nobody.sock"
    with county():
        makers.station()
        bare = queries.trips(COUNTY, (makers.lon_at(1500), makers.LAT))
        makers.network()
        alone = queries.trips(COUNTY, (makers.lon_at(1500), makers.LAT))
    assert "还没有路网" in bare.why
    assert "没有运行" in alone.why
    assert [row.metres for row in (*bare.rows, *alone.rows)] == [1500, 1500]
    assert alone.rows[0].minutes is None


def test_a_reckoner_that_breaks_off_is_asked_once_more(settings: Any, tmp_path: Path) -> None:
    place = settings.RECKONER_SOCKET = tmp_path / "r.sock"
    said = [b"", b'{"modes": {}}\n']
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(place))
        listening.listen(2)
        thread = threading.Thread(target=_talk, args=(listening, said))
        thread.start()
        assert warm.ask("trips") == {"modes": {}}
        thread.join()
        thread = threading.Thread(target=_talk, args=(listening, [b"", b""]))
        thread.start()
        with pytest.raises(warm.NotRunning):
            warm.ask("trips")
        thread.join()


def test_a_first_question_that_takes_long_says_that_it_is_being_prepared(
    reckoner: Listener, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.RECKONER_SOCKET, settings.RECKONER_SECONDS = reckoner.place, 0.2
    held = reckoner.reckoner
    for known, said in (({"trips"}, "正忙"), (set[str](), "刚启动，正在准备")):
        monkeypatch.setattr(held, "known", known)
        with held._turn, pytest.raises(warm.NotRunning, match=said):
            warm.ask("trips")


def test_a_page_that_can_do_without_waits_a_short_time_only(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []

    def late(line: bytes, patience: float) -> bytes:
        waited.append(patience)
        raise TimeoutError

    monkeypatch.setattr(warm, "_once", late)
    settings.RECKONER_SHORT_SECONDS = 1.5
    with county():
        makers.station()
        makers.network()
        found = queries.trips(COUNTY, (makers.lon_at(1500), makers.LAT))
    assert waited == [1.5, warm.PING_SECONDS]
    assert "没有在规定时间内回答。只知道直线距离" in found.why


def _talk(listening: socket.socket, said: list[bytes]) -> None:
    for words in said:
        line, _ = listening.accept()
        with line:
            line.recv(1000)
            line.sendall(words)


def test_what_cannot_be_understood_is_answered_and_the_next_question_too(asked: None) -> None:
    for word in ("sing", "trips"):
        with pytest.raises(warm.NotRunning):
            warm.ask(word)
    assert warm.ask("ping")["pid"] > 0


def test_the_longest_unused_goes_from_the_shelf() -> None:
    class Book:
        def size(self) -> int:
            return 3 * shelves.MEGABYTE

    shelf = shelves.Shelf(7)
    for name in ("a", "b", "a", "c"):
        shelf.take(name, Book)
        shelf.trim()
    assert [shelf.has(name) for name in ("a", "b", "c")] == [True, False, True]
