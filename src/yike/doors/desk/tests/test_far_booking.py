"""A remote talk at the desk: booked with the station's machine, listed there, told how to join."""

from __future__ import annotations

import pytest

from yike.doors.desk.tests.conftest import Sit
from yike.rooms.booking.tests import makers
from yike.rooms.booking.tests.makers import MONDAY, SYSTEM
from yike.rooms.booking.tests.test_far import stand, video
from yike.rooms.core import clock
from yike.rooms.guard.acting import acting

pytestmark = pytest.mark.django_db


def test_the_desk_books_it_lists_it_and_tells_how_to_join(sit: Sit) -> None:
    desk = makers.furnish()
    with acting(SYSTEM), clock.at(MONDAY):
        far = stand(desk)
        slot = video(30, 9)
    client = sit(desk.clerk)
    with clock.at(MONDAY):
        offered = client.get("/desk/bookings/new?kind=video").content.decode()
        assert f"terminal {far[1]}" in offered
        assert 'name="far"' not in client.get("/desk/bookings/new?kind=notary").content.decode()
        typed = {
            "kind": "video", "slot": str(slot.pk), "far": f"terminal {far[1]}", "name": "张三丰",
            "phone": makers.PHONE,
        }  # fmt: skip
        made = client.post("/desk/bookings/new", typed)
        assert made.status_code == 302
        reference = made["Location"].split("/")[-1].split("?")[0]
        told = client.post(f"/desk/bookings/{reference}/join", {"words": "会议室 8001"})
        assert told.status_code == 302
        page = client.get(f"/desk/bookings/{reference}").content.decode()
        assert "石浦镇工作站（自助终端）" in page
        assert "会议室 8001" in page
        listed = client.get("/desk/bookings?day=2026-11-17").content.decode()
        assert "远程视频（1）" in listed
        again = client.post("/desk/bookings/new", typed | {"phone": "13857400002"})
        assert again.status_code == 422
