"""One station on one sheet: what stands there, its own words by version, small numbers not told."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client

from yike.doors.desk import station_sheet
from yike.doors.desk.tests.soup import soup
from yike.doors.desk.tests.test_featured import station
from yike.rooms.core.actor import Actor
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers
from yike.rooms.places import actions as places_actions
from yike.rooms.places.models import StationNote

Sit = Callable[[Actor], Client]
SYSTEM = makers.SYSTEM


@pytest.mark.parametrize(("count", "told"), [(1, "不足 3"), (2, "不足 3"), (3, "3"), (40, "40")])
def test_a_small_number_is_not_told(count: int, told: str) -> None:
    assert station_sheet.said(count) == told


def test_the_sheet_of_a_station(county: makers.County, sit: Sit) -> None:
    ref = UUID(station())
    with acting(SYSTEM):
        places_actions.register_space(
            station_id=ref, code="R9", name="视频室", kind="video", seats=3,
            equipment="摄像头、大屏", actor=SYSTEM,
        )  # fmt: skip
    for number in range(4):
        makers.opened(phone=f"1385740000{number}")
    where, office = f"/desk/stations/{ref}/sheet", sit(county.wang)
    empty = soup(office.get(where)).one("main").words
    assert "站点还没有写" in empty
    typed = {"year": "2026", "demand": "来问拖欠工钱的多", "access_words": "门口有坡道",
             "source": "站点台账", "seen": "0"}  # fmt: skip
    assert office.post(where, typed | {"year": "2031"}).status_code == 422
    assert office.post(where, typed | {"source": ""}).status_code == 422
    assert office.post(where, typed).status_code == 302
    # somebody who read the empty page does not write over it
    assert office.post(where, typed).status_code == 422
    newer = typed | {"demand": "休渔期来问劳务合同的多", "seen": "1"}
    assert office.post(where, newer).status_code == 302
    page = soup(office.get(where)).one("main").words
    assert "摄像头、大屏" in page
    assert "门口有坡道" in page
    assert "第 2 版" in page
    assert "第 1 版（2026 年，站点台账）：来问拖欠工钱的多" in page
    with acting(county.wang):
        face = station_sheet.sheet_face(county.wang, ref)
    assert [told for _, told in face.demands] == ["4"]
    # of another town one neither writes nor counts what is not one's own
    other = sit(county.zhao)
    assert other.post(where, newer | {"seen": "2"}).status_code == 422
    with acting(county.wang):
        assert StationNote.objects.filter(version=1).update(demand="改过") == 0
