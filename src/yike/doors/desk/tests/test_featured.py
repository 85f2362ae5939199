"""A featured station from the office's draft to the page everybody reads."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from yike.doors.desk.tests.soup import soup
from yike.doors.desk.tests.test_kept import drawn, shot
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers
from yike.rooms.places import queries
from yike.rooms.places.tests import makers as place_makers

Sit = Callable[[Actor], Client]


def station() -> str:
    """A station in 石浦."""
    with acting(makers.SYSTEM):
        return str(place_makers.station(code="TS", name="石浦特色站"))


def test_a_profile_from_the_draft_to_the_portal(county: makers.County, sit: Sit) -> None:
    office, desk, citizen, ref = sit(county.wang), sit(county.dispatcher), Client(), station()
    assert "还没有公布特色站点" in citizen.get("/featured").content.decode()
    chosen = office.get("/desk/featured", {"station": ref})
    where = chosen.headers["Location"]
    assert where == f"/desk/featured/{ref}"
    told = {"theme": "", "partners": "甲单位\n乙单位", "features": "", "story": "", "source": ""}
    assert office.post(f"{where}/write", told).status_code == 302
    refused = office.post(f"{where}/submit")
    assert refused.status_code == 422
    assert "至少写一项" in refused.content.decode()
    assert office.post(f"{where}/write", told | {"source": "任务清单第3项"}).status_code == 302
    assert office.post(f"{where}/submit").status_code == 302
    assert office.post(f"{where}/publish").status_code == 422
    assert "待县里审核" in soup(desk.get("/desk/featured")).one("main").words
    assert desk.post(f"{where}/publish").status_code == 302
    sent = {"file": shot(), "taken_on": f"{clock.today()}", "direction": "s", "words": "门口"}
    kept = f"/desk/facilities/station/{ref}"
    assert office.post(f"{kept}/photo", sent).status_code == 302
    photo = next(
        one.attrs["href"].rsplit("/", 1)[-1] for one in soup(desk.get(kept)).all("a")
        if "/photos/" in one.attrs.get("href", "")
    )  # fmt: skip
    assert citizen.get(f"/stations/{ref}/photos/{photo}").status_code == 404, "not reviewed yet"
    assert desk.post(f"{kept}/review", {"photo_id": photo, "good": "1"}).status_code == 302
    page = soup(citizen.get(f"/stations/{ref}"))
    assert "特色主题" not in page.one("main").words, "what nobody wrote is not shown"
    assert page.one("img", alt="门口")
    assert drawn(citizen, f"/stations/{ref}/photos/{photo}") == "JPEG"
    assert "甲单位、乙单位" in soup(citizen.get("/featured")).one("main").words
    assert desk.post(f"{where}/withdraw", {"reason": "改建"}).status_code == 302
    with acting(makers.SYSTEM):
        assert not queries.stations_in("330225000000", featured=True)
    assert "石浦特色站" not in citizen.get("/featured").content.decode()
