"""Items at halls: told by who looks after the place, nearest first, gaps named."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import yaml

from yike.rooms.catalogue import actions, hall_words, halls, queries
from yike.rooms.catalogue.models import HallItem
from yike.rooms.core.refusal import BadInput, NotAllowed, NotFound
from yike.rooms.guard.acting import acting
from yike.rooms.places import actions as place_actions
from yike.rooms.places.tests.test_upkeep import OFFICER
from yike.rooms.regions.tests.makers import COUNTY, GUEST, HOUSE, KEEPER, SHIPU, STRANGER, county

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "halls.yaml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Stands:
    """A hall of a case."""

    name: str
    town_code: str
    status: str


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["what"])
def test_which_hall_comes_first(case: dict[str, Any]) -> None:
    rows = [Stands(*told) for told in case["halls"]]
    found = hall_words.nearest_first(rows, "A", {"A": 0.0, "B": 9000.0, "C": 3000.0})
    assert [one.name for one in found] == case["order"]


@pytest.fixture
def hall(db: None) -> UUID:
    with county():
        actions.add_item(code="PLS-T1", name="公证预约", kind="公证", mode="办事", actor=HOUSE)
        return place_actions.list_site(
            name="石浦便民服务中心", kind="near", region_code=SHIPU, actor=HOUSE
        )


def tell(hall: UUID, actor: Any = OFFICER, **told: Any) -> int:
    with acting(actor):
        code = queries.items()[0].code
        known: dict[str, Any] = {
            "item_codes": [code], "status": "offered", "window": "3号窗口"
        }  # fmt: skip
        return actions.tell_hall_items(site_id=hall, actor=actor, **(known | told))


@pytest.mark.django_db
def test_an_item_is_told_once_and_told_anew(hall: UUID) -> None:
    with acting(GUEST):
        assert halls.items_without_hall(COUNTY)
    with pytest.raises(BadInput, match="要写窗口"):
        tell(hall, window="")
    with pytest.raises(BadInput, match="现行"):
        tell(hall, item_codes=["PLS-NONE"])
    assert tell(hall) == 1
    assert tell(hall, status="guided", window="") == 1
    with acting(GUEST):
        [row] = halls.page(hall).items
        assert (row.status, row.window) == ("guided", "")
        assert halls.where(row.item_code, COUNTY, town=SHIPU) == (row,)
        assert row.item_code not in [one.code for one in halls.items_without_hall(COUNTY)]
    with acting(OFFICER):
        actions.end_hall_item(site_id=hall, item_code=row.item_code, actor=OFFICER)
        with pytest.raises(NotFound):
            actions.end_hall_item(site_id=hall, item_code=row.item_code, actor=OFFICER)
        assert halls.page(hall).items == ()


@pytest.mark.django_db
def test_who_may_not_and_what_is_no_hall(hall: UUID) -> None:
    tell(hall)
    with acting(GUEST):
        assert HallItem.objects.update(window="x") == 0, "rows say no"
    for actor in (GUEST, STRANGER):
        with pytest.raises(NotAllowed):
            tell(hall, actor)
    with acting(KEEPER):
        park = place_actions.list_site(
            name="法治公园", kind="park", region_code=SHIPU, actor=KEEPER
        )
    with pytest.raises(NotFound):
        tell(park, KEEPER)
