"""A map's face becomes a figure that says itself in words; outside hosts only with a key."""

from __future__ import annotations

import dataclasses
import json
import re
from typing import Any

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client

from yike.doors.kit import mapping

LAYER = mapping.MapLayer(
    name="stations",
    label="站点",
    kind="point",
    data=mapping.collection([mapping.point(121.9, 29.2, id="a", name="</script><b>石浦")]),
    classes=(mapping.MapClass(value="hall", label="中心", tone="done", symbol="star"),),
)
FACE = mapping.MapFace(label="站点分布", layers=(LAYER,), region="330225000000", list_id="list")


def _set(monkeypatch: pytest.MonkeyPatch, **more: Any) -> None:
    monkeypatch.setattr(settings, "YIKE", dataclasses.replace(settings.YIKE, **more))


def _shown(face: mapping.MapFace = FACE) -> str:
    return render_to_string("kit/_map.html", {"map": face})


def test_the_figure_names_itself_its_legend_and_its_list() -> None:
    text = _shown()
    assert 'href="#list"' in text
    assert re.search(r'shape-star"[^>]*></span>中心', text)
    assert "站点分布" in text
    assert "style=" not in text


def test_its_data_is_whole_and_cannot_end_the_script() -> None:
    found = re.search(r'<script id="map-data" type="application/json">(.*?)</script>', _shown())
    assert found is not None
    told = json.loads(found[1])
    assert told["layers"][0]["data"]["features"][0]["properties"]["name"] == "</script><b>石浦"
    assert told["outlines"] == "/maps/outlines/330225000000.geojson"
    assert told["tianditu"] == ""


def test_the_approval_number_is_said_or_said_to_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "没有审图号" in _shown()
    _set(monkeypatch, map_approval="甬S(2026)1号")
    assert "审图号：甬S(2026)1号" in _shown()


def _allowed(web: Client) -> dict[str, str]:
    policy = web.get("/sign-in").headers["Content-Security-Policy"]
    return dict(one.strip().split(" ", 1) for one in policy.split(";") if " " in one.strip())


@pytest.mark.django_db
def test_outside_hosts_are_allowed_only_with_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    web = Client()
    assert not any("tianditu" in each for each in _allowed(web).values())
    _set(monkeypatch, tianditu_key="k")
    told = _allowed(web)
    hosts = {f"https://t{n}.tianditu.gov.cn" for n in range(8)}
    for name in ("img-src", "connect-src"):
        assert {each for each in told[name].split() if each.startswith("https:")} == hosts
    assert "tianditu" not in told["script-src"] + told["default-src"]
