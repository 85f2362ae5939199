"""A platform's own list by OGC API – Features: pages, limits, one host, and what came of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from uuid import UUID

import pytest
from procrastinate.contrib.django import app

from yike.rooms.core import clock
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.exchange import actions, fetching, peer_pages, queries
from yike.rooms.exchange.tests.test_peers import CHIEF, page, register
from yike.rooms.exchange.tests.test_uploads import OFFICER
from yike.rooms.guard.acting import acting
from yike.rooms.notices.tests.linking import NOON
from yike.rooms.places.tests import makers
from yike.rooms.regions.tests.makers import county

Answer = tuple[int, dict[str, str], bytes]


@contextmanager
def serving(answer: Callable[[str], Answer]) -> Iterator[str]:
    """A platform on this machine that answers a path as told."""

    class Asked(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = answer(self.path)
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(body))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Asked)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/ogc/collections/points"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(autouse=True)
def here(settings: Any) -> None:
    settings.YIKE = replace(settings.YIKE, link_hosts="127.0.0.1")


def one(code: str, name: str, lon: float = 121.93) -> dict[str, Any]:
    where = {"type": "Point", "coordinates": [lon, 29.21]}
    return {"type": "Feature", "properties": {"code": code, "name": name}, "geometry": where}


def told(*rows: Any, then: str = "") -> Answer:
    links = [{"rel": "self", "href": "x"}] + ([{"rel": "next", "href": then}] if then else [])
    body = {"type": "FeatureCollection", "features": list(rows), "links": links}
    return 200, {}, json.dumps(body).encode()


def two_pages(path: str) -> Answer:
    assert path.startswith("/ogc/collections/points/items?limit=1000")
    if "page=2" in path:
        return told(one("XX", "别处没有的站"))
    return told(one("SP", "石浦站"), then="/ogc/collections/points/items?limit=1000&page=2")


@pytest.mark.django_db
def test_a_list_of_two_pages_is_fetched_and_compared_and_a_fault_is_said() -> None:
    with clock.at(NOON), county():
        makers.station(code="SP", name="石浦站", point=(121.93, 29.21))
    peer = register()
    asked: dict[str, Any] = {"peer_id": peer, "layer": "stations", "crs": "wgs84", "metres": 100}
    with acting(CHIEF), pytest.raises(NotAllowed):
        actions.ask_list(peer_id=peer, actor=CHIEF)
    with acting(OFFICER), pytest.raises(NotAllowed):
        actions.set_list(url="", actor=OFFICER, **asked)
    with acting(CHIEF), pytest.raises(BadInput, match="https"):
        actions.set_list(url="http://map.example/ogc", actor=CHIEF, **asked)
    with serving(two_pages) as url:
        with acting(CHIEF):
            actions.set_list(url=url, actor=CHIEF, **asked)
            actions.ask_list(peer_id=peer, actor=CHIEF)
            assert peer_pages.peers_with_list() == (peer,)
        _job(peer)
    found = page(peer).listed
    assert (found.fault, found.fetched_at is not None) == ("", True)
    assert found.report is not None
    with acting(CHIEF):
        report = queries.comparison_page(CHIEF, found.report)
    assert (report.row.here, report.row.there, report.row.both) == (1, 2, 1)
    _job(peer)  # nobody listens any more: the last report stays, and the fault is said
    gone = page(peer).listed
    assert gone.fault.startswith("连不上")
    assert gone.report == found.report


def _job(peer: UUID) -> None:
    app.tasks["exchange.fetch_list"].func(peer_id=str(peer))


def _moved(path: str) -> Answer:
    return 302, {"Location": "http://127.0.0.1:1/"}, b""


def _elsewhere(path: str) -> Answer:
    return told(one("A", "甲"), then="http://localhost:1/ogc/collections/points/items")


def _round(path: str) -> Answer:
    return told(one("A", "甲"), then=path)


def _cut(path: str) -> Answer:
    return 200, {"Content-Length": "900"}, b'{"type": "FeatureCollection"'


def _endless(path: str) -> Answer:
    return told(then=f"{path}&more=1")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (_moved, "不跟随"),
        (_elsewhere, "不在登记的主机上"),
        (_round, "指回了"),
        (_cut, "没有答完"),
        (_endless, "超过 3 页"),
        (lambda _: (200, {}, b"<html>"), "不是 GeoJSON"),
        (lambda _: (200, {}, b"[" * 100_000), "不是 GeoJSON"),
        (lambda _: (200, {}, b'{"type": "Feature"}'), "FeatureCollection"),
        (lambda _: (404, {}, b"{}"), "回答 404"),
        (lambda _: told(*[one("A", "甲")] * 30), "MB，没有取完"),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(
    answer: Callable[[str], Answer], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "MOST_PAGES", 3)
    monkeypatch.setattr(fetching, "MOST_BYTES", 2_000 if said.startswith("MB") else 200_000)
    with serving(answer) as url, pytest.raises(fetching.NotFetched, match=said):
        fetching.fetched(url)


def test_a_private_address_is_not_called(settings: Any) -> None:
    settings.YIKE = replace(settings.YIKE, link_hosts="")
    with serving(two_pages) as url, pytest.raises(fetching.NotFetched, match="内部网络"):
        fetching.fetched(url)
