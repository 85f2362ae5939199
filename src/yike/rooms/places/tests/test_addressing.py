"""Typed addresses: what they may mean, and what 天地图 says when it may be asked."""

from __future__ import annotations

import dataclasses
import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings

from yike.rooms.guard import calling
from yike.rooms.matters.tests import makers
from yike.rooms.places import addressing, geocoder, origins
from yike.rooms.regions import ground
from yike.rooms.regions.coordinates import Point
from yike.rooms.regions.tests import makers as region_makers

SAID = {"status": "0", "msg": "ok", "location": {"lon": "121.93", "lat": 29.2, "level": "门址"}}


@pytest.mark.parametrize(
    ("body", "exact"),
    [
        (SAID, "place"),
        (SAID | {"location": SAID["location"] | {"level": "道路"}}, "road"),  # type: ignore[operator]
        (SAID | {"location": SAID["location"] | {"level": "一个新词"}}, "town"),  # type: ignore[operator]
        ({"status": "1"}, ""),
        ({"status": "0"}, "odd"),
        ({"status": "0", "location": {"lon": "NaN", "lat": "1"}}, "odd"),
        (["status"], "odd"),
    ],
)
def test_an_answer_is_a_candidate_or_a_sentence(body: Any, exact: str) -> None:
    raw = json.dumps(body).encode()
    if exact == "odd":
        with pytest.raises(geocoder.NotAnswered):
            geocoder.read(raw, "渔港路12号")
    else:
        assert [one.exact for one in geocoder.read(raw, "渔港路12号")] == [exact][: bool(exact)]


@pytest.mark.django_db
def test_outside_is_asked_only_with_a_key_and_silence_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    actor, asked = makers.SYSTEM, list[str]()
    told: dict[str, Any] = {"county": "330225000000", "actor": actor}

    def call(*, url: str, hosts: frozenset[str] | None, **_: Any) -> calling.Answer:
        asked.append(url)
        assert hosts == frozenset()
        return calling.Answer(status=200, body=json.dumps(SAID).encode())

    monkeypatch.setattr(calling, "call", call)
    assert geocoder.ask("渔港路12号", **told) == ()
    assert not asked
    keyed = dataclasses.replace(settings.YIKE, tianditu_server_key="secret-key")
    monkeypatch.setattr(settings, "YIKE", keyed)
    (found,) = geocoder.ask("渔港路12号&tk=x", **told)
    assert (found.source, found.point) == ("天地图", (121.93, 29.2))
    query = parse_qs(urlsplit(asked[0]).query)
    assert query["tk"] == ["secret-key"]
    assert json.loads(query["ds"][0]) == {"keyWord": "渔港路12号&tk=x"}

    def silent(**_: Any) -> calling.Answer:
        raise calling.Silent("to secret-key")

    monkeypatch.setattr(calling, "call", silent)
    with pytest.raises(geocoder.NotAnswered) as why:
        geocoder.ask("渔港路12号", **told)
    assert "secret-key" not in str(why.value)


@pytest.mark.django_db
def test_the_most_exact_in_the_town_told_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    spot: Point = (121.931, 29.203)

    def named(_: str) -> tuple[tuple[str, str, Point], ...]:
        return (("渔港公园", "park", spot),)

    def roads(_: str) -> dict[str, list[Any]]:
        return {"渔港路": [object()]}

    def spots(_: list[Any], near: Point | None) -> tuple[tuple[Point, float], ...]:
        assert near is not None
        return ((spot, 640.0),)

    monkeypatch.setattr(ground, "named_within", named)
    monkeypatch.setattr(ground, "roads_within", roads)
    monkeypatch.setattr(ground, "spots_on", spots)
    with region_makers.county():
        found = addressing.candidates("石浦镇 渔港路12号 渔港公园旁", county=region_makers.COUNTY)
        assert addressing.candidates(" 石 ", county=region_makers.COUNTY) == ()
    assert [(one.name, one.exact) for one in found] == [
        ("渔港公园", "place"), ("渔港路", "road"), ("石浦镇", "town")
    ]  # fmt: skip
    assert found[1].metres == 640


def test_who_tells_a_point_tells_its_way() -> None:
    typed = origins.columns(origins.Origin(), "gcj02", moved=True)
    assert typed == {"point_crs": "gcj02", "point_way": "typed", "point_accuracy_m": None}
    assert origins.columns(None, "wgs84", moved=True)["point_way"] == ""
    assert origins.columns(origins.Origin(), "wgs84", moved=False) == {}
