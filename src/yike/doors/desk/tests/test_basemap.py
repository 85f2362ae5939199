"""A base map is brought, made by a job, looked at, put into service, and the former put back."""

from __future__ import annotations

import dataclasses
import gzip
import json
import re
import struct
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from yike.doors.desk.tests.soup import soup
from yike.house.basemap.tests import makers as bays
from yike.rooms.core.actor import Actor
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers
from yike.rooms.places import actions, basemap_making, basemaps
from yike.rooms.regions import ground
from yike.rooms.trail import queries as trail_queries

Sit = Callable[[Actor], Client]


@pytest.fixture(autouse=True)
def apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = dataclasses.replace(settings.YIKE, state_dir=tmp_path)
    monkeypatch.setattr(settings, "YIKE", own)


def _archive(credit: str, *, told: bytes | None = None) -> bytes:
    """The least archive that is whole: no tiles."""
    words = gzip.compress(json.dumps({"attribution": credit}).encode()) if told is None else told
    numbers = (127, 0, 127, len(words), 127 + len(words), 0, 127 + len(words), 0, 0, 0, 0)
    ends = struct.pack("<4i", 1218000000, 291000000, 1220000000, 293000000)
    return (
        struct.pack("<7sB11Q6B", b"PMTiles", 3, *numbers, 1, 2, 2, 1, 6, 14)
        + ends + struct.pack("<B2i", 6, 0, 0) + words
    )  # fmt: skip


def _bring(desk: Client, name: str, raw: bytes) -> str:
    sent = desk.post("/desk/basemap", {"file": SimpleUploadedFile(name, raw)})
    assert sent.status_code == 302, soup(sent).one("main").words[:300]
    where = str(sent.headers["Location"])
    basemap_making.carry(UUID(basemaps.brought(ground.folder())[0].id))
    return where


@pytest.fixture
def press(django_capture_on_commit_callbacks: Any) -> Callable[..., HttpResponse]:
    """This will send a form and commit it, as outside of a test."""

    def pressed(desk: Client, path: str, told: dict[str, str] | None = None) -> HttpResponse:
        with django_capture_on_commit_callbacks(execute=True):
            return desk.post(path, told or {})  # type: ignore[return-value]

    return pressed


def _face(desk: Client, path: str, name: str) -> dict[str, Any]:
    text = desk.get(path).content.decode()
    found = re.search(rf'<script id="{name}-data" type="application/json">(.*?)</script>', text)
    assert found
    made: dict[str, Any] = json.loads(found[1])
    return made


def test_a_map_is_made_looked_at_used_and_the_former_put_back(
    county: makers.County, sit: Sit, tmp_path: Path, press: Callable[..., HttpResponse]
) -> None:
    desk = sit(county.dispatcher)
    where = _bring(desk, "海湾.osm", bays.write(tmp_path / "bay.osm").read_bytes())
    page = soup(desk.get(where)).one("main").words
    assert "可以启用" in page
    assert "个瓦片" in page
    drawn = _face(desk, where, "preview")["base"]
    assert desk.get(drawn["tiles"], headers={"Range": "bytes=0-6"}).getvalue() == b"PMTiles"
    assert ground.base() is None, "looking puts nothing into service"
    told = {"approval": "浙S(2026)1号", "credit": drawn["credit"]}
    assert press(desk, f"{where}/use", told).status_code == 302
    first = ground.base()
    assert first is not None
    assert (first.approval, ground.on_water(bays.SEA)) == ("浙S(2026)1号", True)
    below = soup(desk.get("/desk/stations/new")).one("p", class_="kit-map-note").words
    assert "审图号：浙S(2026)1号" in below
    again = desk.post(f"{where}/use", told)
    assert "已经在用" in soup(again).one("main").words, "a second press"
    assert desk.post(f"{where}/drop").status_code == 409
    other = _bring(desk, "b.pmtiles", _archive("某测绘院"))
    assert "没有附带水面" in soup(desk.get(other)).one("main").words
    assert desk.post(f"{other}/use", {"credit": ""}).status_code == 422
    assert press(desk, f"{other}/use", {"credit": "某测绘院"}).status_code == 302
    assert press(desk, "/desk/basemap/back").status_code == 302
    now = ground.base()
    assert now is not None
    assert (now.name, now.approval) == (first.name, "浙S(2026)1号")
    assert press(desk, f"{other}/drop").status_code == 302
    assert desk.get(other).status_code == 404
    assert sit(county.wang).post("/desk/basemap/back").status_code == 403


def test_what_is_not_committed_is_not_in_service(
    county: makers.County, sit: Sit, tmp_path: Path, press: Callable[..., HttpResponse]
) -> None:
    desk = sit(county.dispatcher)
    where, ref = _brought(desk, tmp_path)
    told: dict[str, Any] = {
        "county_code": makers.COUNTY, "map_id": ref, "approval": "", "credit": "某院",
        "actor": makers.SYSTEM,
    }  # fmt: skip
    drop = {"county_code": makers.COUNTY, "map_id": ref, "actor": makers.SYSTEM}
    for deed, given in ((actions.use_base_map, told), (actions.drop_base_map, drop)):
        with suppress(_Fails), acting(makers.SYSTEM):
            deed(**given)
            raise _Fails
    assert ground.base() is None
    assert desk.get(where).status_code == 200
    assert not _moved("启用（审图号没有）")
    assert press(desk, f"{where}/use", {"credit": "某院"}).status_code == 302
    assert ground.base() is not None
    assert _moved("启用（审图号没有）")


class _Fails(Exception):
    """The commit fails."""


def _brought(desk: Client, folder: Path) -> tuple[str, UUID]:
    where = _bring(desk, "海湾.osm", bays.write(folder / "bay.osm").read_bytes())
    return where, UUID(basemaps.brought(ground.folder())[0].id)


def _moved(deed: str) -> bool:
    with acting(makers.SYSTEM):
        told = trail_queries.history_of("base_map", "海湾.osm", actor=makers.SYSTEM)
    return any(deed in one.sentence for one in told.rows)


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("a.pmtiles", b"x", "不是 PMTiles"),
        ("a.pmtiles", _archive("x")[:-1], "不完整"),
        ("a.pmtiles", _archive("", told=gzip.compress(bytes(9_000_000))), "说明读不出来"),
        ("a.osm", b"<osm", "读不完整"),
    ],
)
def test_what_is_no_map_is_said_and_never_used(
    name: str, raw: bytes, said: str, county: makers.County, sit: Sit
) -> None:
    desk = sit(county.dispatcher)
    where = _bring(desk, name, raw)
    assert said in soup(desk.get(where)).one("main").words
    assert desk.post(f"{where}/use", {"credit": "某院"}).status_code == 422
    assert ground.base() is None


def test_other_files_are_refused_and_what_changed_on_disk_is_not_used(
    county: makers.County, sit: Sit
) -> None:
    desk = sit(county.dispatcher)
    for name in ("a.exe", "../../x.txt", ".osm"):
        sent = desk.post("/desk/basemap", {"file": SimpleUploadedFile(name, b"x")})
        assert sent.status_code == 422, name
    where = _bring(desk, "b.pmtiles", _archive("某院"))
    (row,) = basemaps.brought(ground.folder())
    (ground.folder() / f"{row.name}.pmtiles").write_bytes(b"other")
    refused = desk.post(f"{where}/use", {"credit": "某院"})
    assert refused.status_code == 422
    assert "和登记的不一样" in soup(refused).one("main").words
    with acting(makers.SYSTEM):
        actions.settle_base_map(
            map_id=UUID(row.id), file="x", words=[], actor=makers.SYSTEM
        )  # fmt: skip
    assert basemaps.brought(ground.folder()) == (row,), "made once"
