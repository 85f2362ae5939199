"""What people and machines send to break the house: each gets a sentence, nobody a traceback."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from checks import scene as scenes
from yike.demo import cast
from yike.rooms.core import actor as actors
from yike.rooms.guard.acting import acting
from yike.rooms.people import actions as people_actions

JUNK = ("\x00", "abc", "-1", "9" * 20, "0001-01-01", "9999-12-31", "0001-01", "9999-12", "𠮷\u202e")
#: role → addresses whose {} is filled with junk
ADDRESSES = {
    "director": (
        "/command/?day={}", "/command/orders/?opened_from={}", "/command/orders/?opened_until={}",
        "/command/orders/?closed_on={}", "/command/orders/?after={}", "/command/orders/?town={}",
    ),
    "dispatcher": (
        "/desk/calendars?month={}", "/desk/calendars/{}", "/desk/promises?code={}",
        "/desk/routing?try=1&region_code={}",
    ),
    "clerk": (
        "/desk/?after={}", "/desk/?tab={}", "/desk/find?q={}", "/desk/m/{}", "/desk/items/{}",
        "/desk/items?mode={}", "/desk/codes?list={}", "/desk/notices?after={}",
        "/desk/record?key={}", "/desk/record?phone={}&town={}",
    ),
    "auditor": ("/desk/trail?after={}", "/desk/trail?since={}", "/desk/trail?subject={}"),
    "visitor": (
        "/items/{}", "/stations?town={}", "/map?place={}", "/map?name={}&item={}",
        "/ask?about={}", "/follow?reference={}",
    ),
    "peer": ("/api/v1/items?kind={}", "/api/v1/regions/{}/children", "/api/v1/matters/{}"),
}  # fmt: skip
_ALL = [(role, address) for role, some in ADDRESSES.items() for address in some]


@pytest.mark.parametrize(("role", "address"), _ALL)
def test_junk_in_an_address_is_answered(role: str, address: str, scene: scenes.Scene) -> None:
    from urllib.parse import quote

    for junk in JUNK:
        with scenes.undone():
            found = scene.browser(role).get(address.replace("{}", quote(junk)))
            assert found.status_code < 500, (address, junk)


@pytest.mark.parametrize(
    ("role", "path", "field"),
    [
        ("visitor", "/ask/village", "town"),
        ("clerk", "/desk/reception/serve", "ticket"),
        ("clerk", "/desk/record", "key"),
        ("dispatcher", "/desk/calendars/office", "starts_at"),
        ("security", "/desk/people/keys", "until"),
    ],
)
def test_junk_in_a_form_is_answered(role: str, path: str, field: str, scene: scenes.Scene) -> None:
    usual = {
        "starts_at": "2026-12-01T08:00", "ends_at": "2026-12-01T09:00", "reason": "台风",
        "name": "平台", "region_code": cast.COUNTY, "per_minute": "60",
    }  # fmt: skip
    for junk in (*JUNK, "0001-01-01T00:00", "9999-12-31T23:59"):
        with scenes.undone():
            found = scene.browser(role).post(path, {**usual, field: junk})
            assert found.status_code < 500, (path, junk)


def test_a_deed_of_the_house_or_an_outcome_is_no_address(scene: scenes.Scene) -> None:
    for verb in ("settle", "say_not_helped", "give_up"):
        with scenes.undone():
            path = f"/desk/m/{scene.references['answered']}/do/{verb}"
            assert scene.browser("officer").post(path, {"words": "不满意"}).status_code == 404


def test_an_ended_session_shows_no_password_again(scene: scenes.Scene) -> None:
    typed = {"old": "jiu-mima-1234", "password": "xin-mima-1234", "again": "xin-mima-1234"}
    with scenes.undone():
        found = scene.browser("visitor").post("/profile/password", typed)
    page = found.content.decode()
    assert found.status_code == 401
    assert not any(word in page for word in typed.values())


def test_what_shows_a_person_is_kept_by_no_cache(scene: scenes.Scene) -> None:
    reference, file = scene.references["working"], scene.ids["file"]
    asked = (
        ("officer", f"/desk/m/{reference}"),
        ("officer", f"/desk/m/{reference}/files/{file}"),
        ("peer", f"/api/v1/matters/{scene.references['peers']}"),
    )
    for role, path in asked:
        with scenes.undone():
            found = scene.browser(role).get(path)
            assert "no-store" in found.headers["Cache-Control"], path
            if found.streaming:
                b"".join(found)


def _hand_over(scene: scenes.Scene, key: str = "", **told: Any) -> Any:
    body = {"text": scenes.WAGES, "region_code": scenes.JINPING, "phone": "13800009999"} | told
    browser = scene.browser("peer")
    if key:
        browser.defaults["HTTP_AUTHORIZATION"] = f"Bearer {key}"
    return browser.post(
        "/api/v1/matters", json.dumps(body), "application/json",
        headers={"Idempotency-Key": "hostile-0001"},
    )  # fmt: skip


@pytest.mark.parametrize("field", ["text", "name", "peer_ref", "email", "relation", "contact_note"])
def test_a_marking_in_any_field_of_the_wire_is_refused(field: str, scene: scenes.Scene) -> None:
    with scenes.undone():
        found = _hand_over(scene, **{field: "密级：机密"})
    assert found.status_code == 422
    assert found.json()["errors"][0]["field"] == field


def test_a_control_sign_in_a_code_is_refused(scene: scenes.Scene) -> None:
    for field in ("item_code", "category", "peer_ref"):
        with scenes.undone():
            assert _hand_over(scene, **{field: "A\x00"}).status_code == 422


def _key(scene: scenes.Scene, **told: Any) -> str:
    house = actors.system("checks")
    with acting(house):
        return people_actions.make_api_key(name="小平台", actor=house, **told).key


def test_a_key_opens_nothing_outside_its_region(scene: scenes.Scene) -> None:
    with scenes.undone():
        key = _key(scene, region_code="330225101000")
        assert _hand_over(scene, key).status_code == 201
        found = _hand_over(scene, key, region_code=scenes.DASHA)
        assert (found.status_code, found.json()["errors"][0]["field"]) == (422, "region_code")


def test_a_key_is_good_for_its_scopes_only(scene: scenes.Scene) -> None:
    with scenes.undone():
        key = _key(scene, region_code=cast.COUNTY, scopes=("matters:follow",))
        assert _hand_over(scene, key).status_code == 403
    with scenes.undone():
        key = _key(scene, region_code=cast.COUNTY, scopes=("matters:open",))
        reference = _hand_over(scene, key).json()["reference"]
        browser = scene.browser("peer")
        browser.defaults["HTTP_AUTHORIZATION"] = f"Bearer {key}"
        assert browser.get(f"/api/v1/matters/{reference}").status_code == 403


def test_a_message_sent_twice_stands_once(scene: scenes.Scene) -> None:
    with scenes.undone():
        citizen = scene.browser("citizen")
        for _ in range(2):
            assert (
                citizen.post("/follow/message", {"words": "补一句：还欠加班费"}).status_code == 302
            )
        page = citizen.get("/follow/matter").content.decode()
    assert page.count("补一句：还欠加班费") == 1


def test_nobody_but_office_and_house_moves_promises_and_calendars(scene: scenes.Scene) -> None:
    for table in ("promise", "calendar", "calendarversion", "closure"):
        with scenes.undone(), acting(scenes.VISITOR), connection.cursor() as cursor:
            cursor.execute(f"delete from clocks_{table}")
            assert cursor.rowcount == 0


def test_beside_marked_words_no_paper_is_kept(scene: scenes.Scene) -> None:
    working = f"/desk/m/{scene.references['working']}/do/send_message"
    asked = (
        ("citizen", "/follow/message", {"words": "【机密】补充"}, "file"),
        ("officer", working, {"words": "【机密】补充"}, "file_ids"),
        ("clerk", "/desk/record", {"key": "k" * 20, "text": "【机密】补充"}, "papers"),
    )
    for role, path, told, field in asked:
        with scenes.undone():
            paper = SimpleUploadedFile("附页.txt", "普通内容".encode(), "text/plain")
            found = scene.browser(role).post(path, {**told, field: paper})
            assert found.status_code == 422, path
            with acting(actors.system("checks")), connection.cursor() as cursor:
                cursor.execute("select count(*) from files_file where name = '附页.txt'")
                assert cursor.fetchone() == (0,), path
