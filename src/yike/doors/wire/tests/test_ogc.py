"""OGC API - Features, read by GDAL's own client and held against the standard's requirements."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextvars import copy_context
from dataclasses import replace
from datetime import date
from threading import Thread
from typing import Any, cast
from wsgiref.simple_server import WSGIRequestHandler, make_server

import jsonschema_rs
import pytest
import shapely
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import Client

from yike.doors.wire.ogc import answers
from yike.doors.wire.tests import mapped
from yike.doors.wire.tests.conftest import make_platform, problem
from yike.house.testing import Furnished, connected
from yike.rooms.core import clock
from yike.rooms.exchange import crs, layers
from yike.rooms.exchange.features import Feature, written
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers
from yike.rooms.people.actions.api_keys import LAYERS
from yike.rooms.places.models import Station

COUNTY, SHIPU, HEPU, JINPING = makers.COUNTY, makers.SHIPU, makers.HEPU, makers.JINPING
#: reads a layer as GDAL does, in a process of its own: the server answers in this one
READER = """
import json, sys
import pyogrio, shapely
told = json.loads(sys.stdin.read())
if told["key"]:
    pyogrio.set_gdal_config_options({"GDAL_HTTP_AUTH": "BEARER", "GDAL_HTTP_BEARER": told["key"]})
out = {}
if told["layers"] is None:
    told["layers"] = [str(one[0]) for one in pyogrio.list_layers("OAPIF:" + told["url"])]
for layer in told["layers"]:
    paged = layer in ("stations", "terminals")
    options = {"PAGE_SIZE": "2", "INITIAL_REQUEST_PAGE_SIZE": "2"} if paged else {}
    options |= told["options"]
    meta, fids, shapes, columns = pyogrio.raw.read(
        "OAPIF:" + told["url"], layer=layer, bbox=told["bbox"] and tuple(told["bbox"]), **options
    )
    names = [str(one) for one in meta["fields"]]
    rows = []
    for at in range(len(shapes)):
        row = {name: columns[no][at] for no, name in enumerate(names)}
        rows.append({
            "wkt": shapes[at].hex() if shapes[at] is not None else None,
            "row": {name: None if value is None or value != value else str(value)
                    for name, value in row.items()},
        })
    out[layer] = {"crs": meta["crs"], "rows": rows}
print(json.dumps(out))
"""


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Nothing is printed."""


@pytest.fixture
def county(furnished: Furnished, django_db_blocker: Any) -> Iterator[makers.County]:
    """A county of these tests' own: every point in it is counted."""
    name, made = furnished.once("ogc", makers.furnish)
    with connected(name, django_db_blocker), clock.at(makers.MONDAY):
        yield made


@pytest.fixture
def map_of(county: makers.County, settings: Any) -> Iterator[str]:
    """The served address of a county with places, outlines and a snapshot."""
    if not mapped.there():
        mapped.furnish(county)
    server = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=_Quiet)
    settings.YIKE = replace(settings.YIKE, public_url=f"http://127.0.0.1:{server.server_port}")

    def serve() -> None:
        server.serve_forever(0.05)
        connection.close()  # that of this thread

    thread = Thread(target=copy_context().run, args=(serve,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/ogc"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def web(map_of: str) -> Client:
    return Client()


def _key(**told: Any) -> str:
    return make_platform(scopes=[LAYERS], **told).key


def _gdal(url: str, *, key: str = "", bbox: Any = None, only: Any = None, **options: str) -> Any:
    told = {"url": url, "key": key, "bbox": bbox, "layers": only, "options": options}
    made = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", READER], input=json.dumps(told), text=True,
        capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    return json.loads(made.stdout)


def _ours(key: str, layer: str) -> tuple[Feature, ...]:
    from yike.rooms.core.actor import visitor
    from yike.rooms.people import actions as people_actions

    actor = visitor("wire", address="127.0.0.1")
    if key:
        found = people_actions.admit_peer(api_key=key, actor=actor)
        assert found
        actor = found
    with acting(actor):
        return layers.features_of(actor, layer, county=COUNTY)


def _same(told: list[Any], ours: tuple[Feature, ...]) -> int:
    """Every feature with every property and every coordinate to 1e-7; how many were compared."""
    by_code = {one["row"]["code"]: one for one in told}
    assert sorted(by_code) == sorted(str(one.properties["code"]) for one in ours)
    for one in ours:
        found = by_code[str(one.properties["code"])]
        for name, value in one.properties.items():
            read = found["row"].get(name)
            if isinstance(value, bool):
                read = {"True": "true", "False": "false", "1": "true", "0": "false"}.get(
                    str(read).removesuffix(".0"), read
                )
            if isinstance(value, float | int) and not isinstance(value, bool):
                assert float(str(read)) == pytest.approx(value), name
            else:
                assert (read or "").replace("/", "-") == written(value), name
        if one.shape is None:
            assert found["wkt"] is None
        else:
            shape = shapely.from_wkb(bytes.fromhex(found["wkt"]))
            assert shapely.equals_exact(shape, one.shape, 1e-7)
    return len(ours)


@pytest.mark.parametrize("who", ["visitor", "key"])
def test_gdal_reads_every_feature_of_every_layer_page_by_page(who: str, map_of: str) -> None:
    key = _key() if who == "key" else ""
    read = _gdal(map_of, key=key)
    shown = [one.id for one in layers.LAYERS_BY_ID.values() if key or one.open]
    assert sorted(read) == sorted(shown)
    compared = sum(_same(read[one]["rows"], _ours(key, one)) for one in shown)
    assert compared >= (18 if key else 11)
    assert len(read["stations"]["rows"]) == (5 if key else 3), "a town more than is published"
    if key:
        assert {one["row"]["code"] for one in read["coverage"]["rows"]} == {JINPING, makers.DASHA}


def test_gdal_asks_for_a_box_and_for_cgcs2000(map_of: str) -> None:
    key, box = _key(), [121.905, 29.205, 121.925, 29.225]
    wide = _gdal(map_of, key=key, only=["stations", "terminals"], bbox=box)
    codes = {one["row"]["code"] for one in wide["stations"]["rows"] if one["wkt"]}
    assert codes == {"OGC-1", "OGC-2"}
    assert len(wide["terminals"]["rows"]) == 3
    told = _gdal(map_of, key=key, only=["stations", "villages"], CRS="EPSG:4490")
    assert "4490" in told["stations"]["crs"]
    assert _same(told["stations"]["rows"], _ours(key, "stations")) == 5
    assert _same(told["villages"]["rows"], _ours(key, "villages")) == 1


def _get(web: Client, path: str = "", key: str = "", **asked: str) -> Any:
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    return web.get(f"/ogc{path}", asked, headers=headers)


def _fits(web: Client, found: Any, shape: str) -> dict[str, Any]:
    """The answer is as the API's own description has it."""
    described = _get(web, "/api").json()
    text = json.dumps(described["components"]).replace("#/components/", "#/$defs/")
    parts = json.loads(text, object_hook=_nullable)
    schema = {"$ref": f"#/$defs/schemas/{shape}", "$defs": parts}
    body: dict[str, Any] = found.json()
    jsonschema_rs.validate(schema, body)
    return body


def _nullable(one: dict[str, Any]) -> dict[str, Any]:
    if one.pop("nullable", False):
        return {"anyOf": [one, {"type": "null"}]}
    return one


def _links(body: dict[str, Any]) -> dict[str, str]:
    return {one["rel"]: one["type"] for one in body["links"]}


def test_the_documents_of_part_one(web: Client) -> None:
    landing = _fits(web, _get(web), "LandingPage")
    assert _links(landing) == {
        "self": "application/json", "alternate": "text/html", "service-doc": "text/html",
        "service-desc": "application/vnd.oai.openapi+json;version=3.0",
        "conformance": "application/json", "data": "application/json",
    }  # fmt: skip
    for link in landing["links"]:
        path = link["href"].split("/ogc", 1)[1]
        got = web.get(f"/ogc{path}", headers={"Accept": link["type"]})
        assert got.status_code == 200
        assert got.headers["Content-Type"].startswith(link["type"].split(";")[0])
    told = _fits(web, _get(web, "/conformance"), "Conformance")
    assert told["conformsTo"] == list(answers.CONFORMS)
    listed = _fits(web, _get(web, "/collections"), "Collections")
    for one in listed["collections"]:
        assert _links(one) == {"self": "application/json", "items": "application/geo+json"}
        assert one["crs"] == list(crs.BY_URI)
        own = _fits(web, _get(web, f"/collections/{one['id']}"), "Collection")
        assert own == one
    described = _get(web, "/api")
    assert described.headers["Content-Type"] == answers.OPENAPI
    paths = described.json()["paths"]
    assert {f"/collections/{one['id']}/items" for one in listed["collections"]} < set(paths)


def test_pages_follow_one_another_and_stay(web: Client, county: makers.County) -> None:
    path, key = "/collections/stations/items", _key()
    first = _get(web, path, key, limit="2")
    assert first.headers["Content-Type"] == "application/geo+json"
    body = _fits(web, first, "Features")
    assert (body["numberMatched"], body["numberReturned"]) == (5, 2)
    gone, was = body["features"][1]["id"], body["features"][1]["properties"]["opened_on"]
    with acting(makers.SYSTEM):  # what was on the first page goes: nothing slips off the second
        Station.objects.filter(pk=gone).update(
            closed_on=date(2026, 1, 1), opened_on=date(2026, 1, 1)
        )
    seen = [one["id"] for one in body["features"]]
    try:
        while more := next((one["href"] for one in body["links"] if one["rel"] == "next"), ""):
            got = web.get(more.split("127.0.0.1", 1)[1].split("/", 1)[1].join(["/", ""]),
                          headers={"Authorization": f"Bearer {key}"})  # fmt: skip
            body = _fits(web, got, "Features")
            seen += [one["id"] for one in body["features"]]
    finally:
        with acting(makers.SYSTEM):
            Station.objects.filter(pk=gone).update(closed_on=None, opened_on=was)
    assert len(seen) == len(set(seen)) == 5
    assert seen == sorted(seen)


def test_one_feature_in_each_system(web: Client) -> None:
    listed = _get(web, "/collections/stations/items", code="OGC-1").json()
    (one,) = listed["features"]
    path = f"/collections/stations/items/{one['id']}"
    for system in crs.ALL:
        got = _get(web, path, crs=system.uri)
        assert got.headers["Content-Crs"] == f"<{system.uri}>"
        body = _fits(web, got, "Feature")
        order = -1 if system.swapped else 1
        assert body["geometry"]["coordinates"][::order] == [121.9100001, 29.2100002]
        assert _links(body) == {"self": "application/geo+json", "collection": "application/json"}
        west, south, east, north = 121.90, 29.20, 121.915, 29.215
        box = (south, west, north, east) if system.swapped else (west, south, east, north)
        asked = {"bbox": ",".join(map(str, box)), "bbox-crs": system.uri}
        found = _get(web, "/collections/stations/items", **asked).json()
        assert [one["id"] for one in found["features"]] == [body["id"]]


@pytest.mark.parametrize(
    ("asked", "codes"),
    [({"datetime": "2026-01-15T00:00:00Z"}, ["OGC-1"]),
     ({"datetime": "../2026-02-01T00:00:00+08:00"}, ["OGC-1", "OGC-2"]),
     ({"datetime": "2026-02-15T00:00:00Z/"}, ["OGC-1", "OGC-2", "OGC-5"]),
     ({"featured": "true"}, ["OGC-1"]), ({"town_code": HEPU}, ["OGC-5"]),
     ({"level": "2"}, []), ({"bbox": "170,29,121,30"}, []),
     ({"bbox": "121,29,-1,122,30,1"}, ["OGC-1", "OGC-2", "OGC-5"]),
     ({"code": "OGC-2", "limit": "99999"}, ["OGC-2"])],
)  # fmt: skip
def test_conditions_hold_together(asked: dict[str, str], codes: list[str], web: Client) -> None:
    body = _fits(web, _get(web, "/collections/stations/items", **asked), "Features")
    assert sorted(one["properties"]["code"] for one in body["features"]) == codes
    assert body["numberMatched"] == len(codes)


@pytest.mark.parametrize(
    ("path", "asked", "status"),
    [("", {"f": "json"}, 400), ("/collections", {"x": "1"}, 400), ("/conformance", {"y": ""}, 400),
     ("/collections/stations/items", {"colour": "red"}, 400),
     ("/collections/stations/items", {"limit": "0"}, 400),
     ("/collections/stations/items", {"limit": "many"}, 400),
     ("/collections/stations/items", {"bbox": "1,2,3"}, 400),
     ("/collections/stations/items", {"bbox": "1,2,3,nan"}, 400),
     ("/collections/stations/items", {"bbox": "121,30,122,29"}, 400),
     ("/collections/stations/items", {"bbox": "121,29,122,30", "bbox-crs": crs.EPSG_4326.uri}, 400),
     ("/collections/stations/items", {"bbox": "1,2,3,4", "bbox-crs": "EPSG:3857"}, 400),
     ("/collections/stations/items", {"crs": "http://www.opengis.net/def/crs/EPSG/0/3857"}, 400),
     ("/collections/stations/items", {"datetime": "yesterday"}, 400),
     ("/collections/stations/items", {"datetime": "2026-13-01T00:00:00Z"}, 400),
     ("/collections/stations/items", {"level": "two"}, 400),
     ("/collections/nothing", {}, 404), ("/collections/villages", {}, 404),
     ("/collections/coverage/items", {}, 404), ("/collections/stations/items/nobody", {}, 404),
     ("/nothing", {}, 404)],
)  # fmt: skip
def test_every_no_has_the_one_shape(
    path: str, asked: dict[str, str], status: int, web: Client
) -> None:
    problem(_get(web, path, **asked), status)


def test_only_reading_and_only_with_a_key_that_holds(web: Client) -> None:
    problem(cast(Any, web.post("/ogc/collections")), 405)
    problem(_get(web, "/collections", "yike_wrong"), 401)


def test_a_key_reads_its_region_and_its_scope(web: Client) -> None:
    path = "/collections/stations/items"
    town = _get(web, path, _key(region_code=SHIPU)).json()
    assert town["numberMatched"] == 4
    assert (
        _get(web, "/collections/coverage/items", _key(region_code=SHIPU)).json()["numberMatched"]
        == 1
    )
    other = _get(web, path, _key(region_code=makers.NINGHAI)).json()
    assert (other["numberMatched"], other["features"]) == (0, [])
    plain = _get(web, path, make_platform().key).json()
    assert plain["numberMatched"] == 3, "a key for matters reads what everybody reads"
    problem(_get(web, "/collections/towns", make_platform().key), 404)
    hidden = {one.id for one in _ours(_key(), "stations")} - {
        one["id"] for one in _get(web, path).json()["features"]
    }
    for ref in hidden:
        problem(_get(web, f"{path}/{ref}"), 404)


def test_a_list_costs_no_more_for_more_features(
    web: Client, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(16, connection=connection):
        _get(web, "/collections/stations/items")
