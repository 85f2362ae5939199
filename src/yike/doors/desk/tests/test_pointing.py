"""Forms that ask where something stands: a map fills them, a doubt is answered with a reason."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from yike.doors.desk.tests.soup import soup
from yike.rooms.core.actor import Actor
from yike.rooms.matters.tests import makers

Sit = Callable[[Actor], Client]
_DATA = re.compile(r'<script id="[\w-]+-data" type="application/json">(.*?)</script>')
SIGN = {
    "name": "渔港指引牌", "kind": "12348热线指引牌", "region_code": makers.SHIPU,
    "installed_on": "2026-01-05", "lon": "121.931", "lat": "29.203",
}  # fmt: skip


def _picks(text: str) -> list[dict[str, Any]]:
    return [json.loads(one)["pick"] for one in _DATA.findall(text)]


@pytest.mark.parametrize(
    "path",
    ["/desk/stations/new", "/desk/facilities/new/sign", "/desk/facilities/new/terminal"],
)
def test_the_map_knows_the_inputs_it_fills(path: str, county: makers.County, sit: Sit) -> None:
    text = sit(county.dispatcher).get(path).content.decode()
    (pick,) = _picks(text)
    for name in ("lon", "lat", "crs"):
        assert f'id="{pick[name]}"' in text
    assert f'value="{pick["crs_value"]}"' in text


def test_a_doubtful_sign_is_kept_for_a_reason_and_moved_on_a_map(
    county: makers.County, sit: Sit
) -> None:
    desk = sit(county.dispatcher)
    first = desk.post("/desk/facilities/new/sign", SIGN | {"code": "S1"})
    asked = desk.post("/desk/facilities/new/sign", SIGN | {"code": "S2", "name": "二号牌"})
    assert (first.status_code, asked.status_code) == (302, 422)
    assert "渔港指引牌" in soup(asked).one("main").words
    more = {"code": "S2", "name": "二号牌", "point_reason": "正反两面各一块"}
    kept = desk.post("/desk/facilities/new/sign", SIGN | more)
    assert kept.status_code == 302
    where = kept.headers["Location"]
    (pick,) = _picks(desk.get(where).content.decode())
    assert pick["lon"] == "revise_lon"
    moved = {"name": "二号牌", "lon": "121.9311", "lat": "29.203"}
    assert desk.post(f"{where}/revise", moved).status_code == 422
    assert desk.post(f"{where}/revise", moved | {"point_reason": "量过了"}).status_code == 302


def test_who_does_not_keep_the_register_gets_no_map(county: makers.County, sit: Sit) -> None:
    where = sit(county.dispatcher).post("/desk/facilities/new/sign", SIGN | {"code": "S1"})
    seen = sit(county.wang).get(where.headers["Location"])
    assert seen.status_code == 200
    assert not _picks(seen.content.decode())
