"""Security registers other systems, sees what became of each delivery, and sends again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from yike.doors.desk.tests.soup import soup
from yike.rooms.core.actor import Actor
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers
from yike.rooms.notices import outbox
from yike.rooms.notices.tests import platform as platforms
from yike.rooms.people import actions as people_actions
from yike.rooms.people import roles

Sit = Callable[[Actor], Client]


@pytest.fixture
def system(settings: Any, tmp_path: Path) -> Iterator[platforms.Platform]:
    settings.KEYS_FILE = tmp_path / "keys.json"
    settings.YIKE = replace(settings.YIKE, link_hosts="127.0.0.1")
    found = platforms.Platform()
    yield found
    found.stop()


@pytest.fixture
def desk(county: makers.County, sit: Sit) -> Client:
    return sit(replace(county.admin, roles=frozenset({roles.ADMIN_SECURITY})))


def told(system: platforms.Platform, **more: Any) -> dict[str, Any]:
    usual = {
        "name": "县局办公系统", "preset": "standard", "url": system.url,
        "region_code": makers.COUNTY, "events_wanted": ["order.waiting"],
        "roles_wanted": ["officer"], "break_days": "3",
    }  # fmt: skip
    return usual | more


def test_an_office_is_registered_tested_and_sent_again(
    system: platforms.Platform, desk: Client
) -> None:
    made = soup(desk.post("/desk/links/new/office", told(system)))
    secret = made.one("p", class_="key").words
    listed = soup(desk.get("/desk/links"))
    where = next(one.attrs["href"] for one in listed.all("a") if one.words == "县局办公系统")
    assert secret not in soup(desk.get(where)).words
    assert "/hook" not in listed.words
    assert desk.post(f"{where}/test").status_code == 302
    outbox.hand_over_all()
    assert platforms.proves(system.taken[0], secret)
    page = soup(desk.get(where))
    assert "已接收" in page.words
    again = next(
        one.attrs["action"]
        for one in page.all("form")
        if "deliveries" in one.attrs.get("action", "")
    )
    assert desk.post(again).status_code == 302
    outbox.hand_over_all()
    assert len(system.taken) == 2
    assert desk.post(f"{where}/pause", {}).status_code == 422
    assert desk.post(f"{where}/pause", {"reason": "对方升级"}).status_code == 302
    assert desk.post(f"{where}/resume").status_code == 302
    fresh = soup(desk.post(f"{where}/secret")).one("p", class_="key").words
    assert fresh != secret
    assert desk.post(f"{where}/end", {"reason": "不用了"}).status_code == 302
    assert "已停用" in soup(desk.get(where)).words
    assert desk.post(f"{where}/explode").status_code == 404
    assert desk.get("/desk/links/new/nothing").status_code == 404


@pytest.mark.parametrize(
    ("field", "value"),
    [("url", "https://10.0.0.1/x"), ("url", "http://example.com"), ("events_wanted", []),
     ("roles_wanted", []), ("name", "")],
)  # fmt: skip
def test_what_was_typed_comes_back_with_the_reason(
    system: platforms.Platform, desk: Client, field: str, value: Any
) -> None:
    answer = desk.post("/desk/links/new/office", told(system, **{field: value}))
    assert answer.status_code == 422
    page = soup(answer)
    if field != "name":
        assert page.one("input", name="name").attrs["value"] == "县局办公系统"


def test_a_platform_is_registered_for_its_key(
    system: platforms.Platform, desk: Client, county: makers.County
) -> None:
    with acting(makers.SYSTEM):
        key = people_actions.make_api_key(
            name="安徽法律服务网", region_code=makers.COUNTY, actor=makers.SYSTEM
        )
    answer = desk.post(
        "/desk/links/new/platform",
        {"name": "回告", "key_id": str(key.id), "url": system.url, "break_days": "3"},
    )
    assert "安徽法律服务网" in soup(answer).words
    twice = desk.post(
        "/desk/links/new/platform",
        {"name": "再一次", "key_id": str(key.id), "url": system.url, "break_days": "3"},
    )
    assert twice.status_code == 422


def test_the_system_administrator_looks_and_no_more(
    system: platforms.Platform, desk: Client, county: makers.County, sit: Sit
) -> None:
    desk.post("/desk/links/new/office", told(system))
    other = sit(replace(county.admin, roles=frozenset({roles.ADMIN_SYSTEM})))
    page = soup(other.get("/desk/links"))
    where = next(one.attrs["href"] for one in page.all("a") if one.words == "县局办公系统")
    forms = soup(other.get(where)).all("form")
    assert not [one for one in forms if "links" in one.attrs.get("action", "")]
    assert other.post(f"{where}/test").status_code == 403
