"""How many questions each page asks the database: written down, and however many its rows are."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from checks import noting, source
from checks import scene as scenes
from yike.rooms.core import prepared
from yike.rooms.core.refs import new_id
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions as matters_actions
from yike.rooms.matters.demand import Demand

COUNTS = source.ROOT / "checks" / "query_counts.json"
#: page → who opens it
PAGES = {
    "/desk/": "officer",
    "/desk/?tab=late": "officer",
    "/desk/?tab=handled": "officer",
    "/desk/find?q=13857400001": "dispatcher",
    "/desk/m/{waiting}": "officer",
    "/desk/m/{fishery}": "holder",
    "/desk/m/{waiting}/dossier": "officer",
    "/desk/m/{waiting}/advice": "dispatcher",
    "/desk/assigning": "dispatcher",
    "/desk/nearest?region_code=330225103211&service=S01": "officer",
    "/desk/notices": "officer",
    "/desk/bookings?day=2026-11-17": "officer",
    "/desk/bookings/{booked}": "officer",
    "/desk/bookings/new?kind=consult": "clerk",
    "/desk/bookings/hours": "officer",
    "/desk/reception": "clerk",
    "/desk/record": "clerk",
    "/desk/stations": "officer",
    "/desk/featured": "officer",
    "/desk/halls": "officer",
    "/desk/together": "officer",
    "/desk/classes": "officer",
    "/desk/observation": "officer",
    "/desk/observation/waves/{wave}": "officer",
    "/desk/observation/waves/{wave}/points/{observed}": "officer",
    "/desk/observation/questionnaires/{questionnaire}": "officer",
    "/desk/basics": "officer",
    "/desk/basics/{station}": "officer",
    "/desk/visits": "dispatcher",
    "/desk/visits/{station}?day=2026-10-01": "officer",
    "/desk/featured/{station}": "officer",
    "/desk/facilities": "officer",
    "/desk/facilities/sign/{sign}": "officer",
    "/desk/sites": "officer",
    "/desk/qr": "officer",
    "/desk/qr/{code}": "dispatcher",
    "/desk/building": "officer",
    "/desk/building/{project}": "dispatcher",
    "/desk/tasks/{task}": "officer",
    "/desk/layers": "dispatcher",
    "/desk/layers?kind=01": "dispatcher",
    "/desk/layers/blanks": "dispatcher",
    "/desk/layers/verified": "dispatcher",
    "/desk/corrections": "dispatcher",
    "/need?kind=02&place=330225101000": "visitor",
    "/map?need=02&place=330225101000": "visitor",
    "/desk/regions": "dispatcher",
    "/desk/regions/330225101000": "officer",
    "/desk/grades": "officer",
    "/desk/grades/proof": "dispatcher",
    "/desk/grades/schemes": "officer",
    "/desk/grades/schemes/{scheme}": "dispatcher",
    "/desk/grades/stations/{station}": "officer",
    "/desk/grades/{grade}": "officer",
    "/desk/grades/{grade}/items/A1": "officer",
    "/desk/grades/{submitted}": "dispatcher",
    "/desk/items": "officer",
    "/desk/routing": "dispatcher",
    "/desk/routing/gaps": "dispatcher",
    "/desk/promises": "officer",
    "/desk/duty": "nonholder",
    "/desk/posts": "dispatcher",
    "/desk/posts/{post}": "officer",
    "/desk/posts/fairness": "dispatcher",
    "/desk/rosters/{roster}": "officer",
    "/desk/shifts/{shift}": "dispatcher",
    "/duty": "visitor",
    "/desk/calendars": "officer",
    "/desk/codes": "officer",
    "/desk/codes/divisions": "officer",
    "/desk/codes/divisions?code=330225": "officer",
    "/desk/codes/divisions?q=330225": "officer",
    "/desk/serving": "officer",
    "/desk/serving/{person}": "dispatcher",
    "/desk/institutions": "officer",
    "/desk/institutions/{house}": "dispatcher",
    "/desk/duty-teams": "officer",
    "/desk/volunteers": "officer",
    "/desk/volunteers/{volunteer}": "dispatcher",
    "/desk/volunteer-teams": "officer",
    "/desk/volunteer-tasks": "officer",
    "/desk/volunteer-tasks/{vtask}": "dispatcher",
    "/desk/services": "officer",
    "/desk/checkin": "nonholder",
    "/desk/arrivals": "dispatcher",
    "/desk/arrivals/{stood}": "dispatcher",
    "/desk/checkin/rules": "dispatcher",
    "/desk/duty-figures": "dispatcher",
    "/desk/duty/posts/{post}/code": "dispatcher",
    "/desk/stationing": "officer",
    "/desk/advisers": "officer",
    "/desk/advisers/work": "officer",
    "/desk/supplies": "officer",
    "/desk/supplies/gaps": "dispatcher",
    "/desk/windows": "officer",
    "/desk/pool": "officer",
    "/desk/joinings": "officer",
    "/desk/charges": "director",
    "/circuits": "visitor",
    "/village/330225101004": "visitor",
    "/desk/villages": "officer",
    "/desk/equality": "director",
    "/desk/proxies": "dispatcher",
    "/desk/circuits": "dispatcher",
    "/desk/circuits/{circuit}": "dispatcher",
    "/desk/circuits/visits/{visit}": "nonholder",
    "/desk/linkage": "dispatcher",
    "/desk/linkage/uploads/{upload}": "dispatcher",
    "/desk/linkage/comparisons/{compared}": "officer",
    "/desk/linkage/peers": "officer",
    "/desk/linkage/peers/{mapper}": "director",
    "/desk/reach": "dispatcher",
    "/desk/reach/networks/{network}": "officer",
    "/desk/reach/timetables/{timetable}": "officer",
    "/desk/reach/people/{asked}": "dispatcher",
    "/desk/reach/yardstick": "dispatcher",
    "/desk/reach/area?station={station}": "officer",
    "/desk/reach/runs/new": "dispatcher",
    "/desk/reach/runs/{run}": "officer",
    "/desk/reach/runs/{run}/access": "officer",
    "/desk/reach/runs/{run}/day": "officer",
    "/desk/reach/runs/{run}/scenario": "dispatcher",
    "/desk/reach/runs/{run}/what-if": "dispatcher",
    "/desk/reach/runs/{run}/compare/{run}": "officer",
    "/desk/siting": "dispatcher",
    "/desk/siting/new": "dispatcher",
    "/desk/siting/resources": "director",
    "/desk/siting/seasons": "officer",
    "/desk/siting/terminals": "officer",
    "/desk/siting/terminals/{rated}": "officer",
    "/desk/siting/{siting}": "officer",
    "/desk/siting/compare?plan={siting}": "officer",
    "/desk/siting/{siting}/build": "dispatcher",
    "/desk/quality": "director",
    "/desk/quality?tab=rectification": "director",
    "/desk/quality?tab=rating": "director",
    "/desk/quality/rectification/{rectification}": "officer",
    "/desk/complaints": "director",
    "/desk/warnings": "director",
    "/desk/ratings": "officer",
    "/desk/daily": "director",
    "/desk/people": "system",
    "/desk/people/grants": "security",
    "/desk/people/keys": "security",
    "/desk/trail": "auditor",
    "/command/": "director",
    "/command/orders/": "director",
    "/command/live": "director",
    "/command/map": "director",
    "/command/map/try?run={run}": "director",
    "/desk/own": "officer",
    "/": "visitor",
    "/items": "visitor",
    "/stations": "visitor",
    "/featured": "visitor",
    "/halls": "visitor",
    "/stations.csv": "visitor",
    "/follow/matter": "citizen",
    "/api/v1/matters/{peers}": "peer",
    "/api/v1/items": "peer",
}
#: what the main pages may ask at most; these figures may only fall
MOST = {
    "/desk/": 6,
    "/desk/?tab=late": 6,
    "/desk/?tab=handled": 6,
    "/desk/m/{waiting}": 16,
    "/desk/m/{fishery}": 16,
    "/follow/matter": 6,
    "/command/": 7,
    "/command/live": 10,
    "/command/orders/": 4,
    "/desk/own": 17,
}
#: a figure written down may be so much too high (what is kept of reference data differs by test)
SLACK = 2
#: pages whose rows grow with demands
GROWING = ("/desk/", "/desk/notices", "/desk/trail", "/command/", "/command/orders/")


def count(scene: scenes.Scene, page: str) -> int:
    """This will return how many statements one view of a page takes, warm, without savepoints."""
    browser = scene.browser(PAGES[page])
    path = page.format(**scene.references, **scene.ids)
    browser.get(path)
    with CaptureQueriesContext(connection) as caught, _prepared() as sent:
        found = browser.get(path)
        assert found.status_code == 200, f"{path}: {found.status_code}"
        if found.streaming:
            b"".join(found)
    asked = [one["sql"] for one in caught] + sent
    return len([sql for sql in asked if "SAVEPOINT" not in sql and "set_config" not in sql])


@contextmanager
def _prepared() -> Iterator[list[str]]:
    """Statements of core.prepared go past Django's own counting: they are questions too."""
    sent: list[str] = []
    bring = prepared._bring

    def heard(django: Any, statements: list[prepared.Answer]) -> None:
        sent.extend(one._sql.decode() for one in statements)
        bring(django, statements)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prepared, "_bring", heard)
        yield sent


def _allowed() -> dict[str, int]:
    read: dict[str, int] = json.loads(COUNTS.read_text(encoding="utf-8"))
    return read


@pytest.mark.parametrize("page", PAGES)
def test_no_page_asks_more_than_is_written_down(page: str, scene: scenes.Scene) -> None:
    with scenes.undone():
        found = count(scene, page)
    if os.environ.get("YIKE_WRITE_COUNTS"):
        _note(page, found)
    most = _allowed().get(page, 0)
    assert found <= most, (
        f"{page} asks {found} times, {most} are written down. Ask once for all rows; if it must "
        "ask more: `YIKE_WRITE_COUNTS=1 pytest checks/test_query_counts.py`, and say why"
    )
    assert found >= most - SLACK, f"{page} asks {found} times now: write that down, not {most}"


@pytest.mark.parametrize("page", MOST)
def test_the_main_pages_stay_under_their_ceiling(page: str) -> None:
    assert _allowed()[page] <= MOST[page], "ask once for all that lies beside (core.gathered)"


@pytest.mark.parametrize("page", GROWING)
def test_more_rows_take_no_more_questions(page: str, scene: scenes.Scene) -> None:
    with scenes.undone():
        before = count(scene, page)
        for number in range(5):
            _open(f"1390574{number:04d}")
        assert count(scene, page) <= before, "it asks once for each row"


def _open(phone: str) -> None:
    told: dict[str, Any] = {"text": scenes.WAGES, "region_code": scenes.JINPING, "name": "李多一"}
    with acting(scenes.VISITOR):
        matters_actions.open_matter(
            demand=Demand(**told, phone=phone), key=str(new_id()), actor=scenes.VISITOR
        )


def test_pages_written_down_are_pages_asked_for() -> None:
    assert sorted(_allowed()) == sorted(PAGES)


def _note(page: str, found: int) -> None:
    def change(before: str) -> str:
        told = {**json.loads(before or "{}"), page: found}
        kept = {name: told[name] for name in PAGES if name in told}
        return json.dumps(kept, indent=1) + "\n"

    noting.note(COUNTS, change)
