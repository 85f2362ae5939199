"""Elements of a place: what is one by itself, what is told, how many stand together."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from yike.rooms.core import clock
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound
from yike.rooms.guard.acting import acting
from yike.rooms.places import actions, colocation, colocation_pages
from yike.rooms.places.models import SiteElement
from yike.rooms.places.tests import makers
from yike.rooms.places.tests.test_upkeep import OFFICER
from yike.rooms.regions.tests.makers import COUNTY, GUEST, SHIPU, STRANGER, county


@pytest.mark.parametrize(
    ("there", "lacks"),
    [((), 3), (("legal",), 2), (("practice", "circle"), 3), (("legal", "culture", "observe"), 0)],
)
def test_what_lacks_of_the_three(there: tuple[str, ...], lacks: int) -> None:
    assert len(colocation.missing(there)) == lacks


def test_places_are_counted_by_how_many_of_the_three() -> None:
    points = [set(), {"legal"}, {"legal", "practice"}, {"legal", "culture", "observe", "circle"}]
    assert colocation.by_count(points) == (1, 2, 0, 1)


@pytest.fixture
def station(db: None) -> UUID:
    with county():
        return makers.station()


def tell(station: UUID, actor: Any = OFFICER, **told: Any) -> UUID:
    known: dict[str, Any] = {
        "host": "station", "place_id": station, "kind": "culture", "unit": "石浦司法所",
        "since": clock.today(), "evidence": "现场核对",
    }  # fmt: skip
    with acting(actor):
        return actions.tell_element(actor=actor, **(known | told))


@pytest.mark.django_db
def test_one_place_is_several_things_in_several_registers(station: UUID) -> None:
    with pytest.raises(BadInput, match="本来就是"):
        tell(station, kind="legal")
    with pytest.raises(BadInput, match="编号"):
        tell(station, kind="circle")
    with pytest.raises(BadInput):
        tell(station, since=clock.today() + timedelta(days=1))
    with pytest.raises(BadInput):
        tell(station, evidence=" ")
    for kind, number in (("culture", ""), ("observe", ""), ("practice", "SJ-7"), ("circle", "Q-3")):
        made = tell(station, kind=kind, number=number, function="法律咨询")
    with pytest.raises(Clash):
        tell(station)
    with acting(GUEST):
        found = colocation_pages.point("station", station)
        assert (found.missing, found.own) == ((), "legal")
        assert {one.number for one in found.told} == {"", "SJ-7", "Q-3"}
        [town] = [row for row in colocation_pages.by_town([found], [(SHIPU, "石浦镇")]) if row.code]
        assert town.whole == 1
        assert found in colocation_pages.points_in(COUNTY)
        assert SiteElement.objects.update(unit="x") == 0
    with acting(OFFICER):
        end: dict[str, Any] = {"host": "station", "place_id": station, "element_id": made}
        actions.end_element(actor=OFFICER, **end)
        with pytest.raises(NotFound):
            actions.end_element(actor=OFFICER, **end)
    with pytest.raises(NotAllowed):
        tell(station, STRANGER)


@pytest.mark.django_db
def test_a_park_of_law_is_legal_culture_by_itself(station: UUID) -> None:
    with acting(OFFICER), pytest.raises(NotFound):
        colocation_pages.point("boat", station)
    with county() as house:
        park = actions.list_site(name="法治公园", kind="park", region_code=SHIPU, actor=house)
    with pytest.raises(BadInput, match="本来就是"):
        tell(park, host="site")
    tell(park, host="site", kind="observe")
    with acting(GUEST):
        assert colocation_pages.point("site", park).missing == ("公共法律服务",)
