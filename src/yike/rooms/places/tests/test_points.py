"""Points are checked before they are kept: own town, another close by, another system, swapped."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import shapely
from django.conf import settings
from django.db import transaction

from yike.house.basemap import building, using
from yike.house.basemap.tests import makers as bays
from yike.rooms.core import actor as actors
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers
from yike.rooms.places import actions, queries
from yike.rooms.providers import actions as provider_actions
from yike.rooms.regions import actions as region_actions
from yike.rooms.regions.coordinates import from_wgs84
from yike.rooms.trail import queries as trail_queries

pytestmark = pytest.mark.django_db
#: 石浦镇 as drawn here; its border with 鹤浦镇 runs along 29.17 N
SHIPU_AT, HEPU_AT = (121.931, 29.203), (121.931, 29.12)


@pytest.fixture
def county() -> makers.County:
    made = makers.furnish()
    with acting(makers.SYSTEM):
        drawn = {
            makers.SHIPU: shapely.box(121.87, 29.17, 121.99, 29.25),
            makers.HEPU: shapely.box(121.87, 29.06, 121.99, 29.17),
        }
        region_actions.import_outlines(
            outlines=[
                region_actions.OutlineFacts(
                    region_code=code, shape=shapely.to_wkb(one), box=one.bounds, area_km2=1,
                    points=5,
                )
                for code, one in drawn.items()
            ],
            year=2024, source="测试", crs="WGS 84", file_name="x", actor=makers.SYSTEM,
        )  # fmt: skip
    return made


def register(county: makers.County, actor: Actor, code: str = "A", **told: Any) -> UUID:
    usual: dict[str, Any] = {
        "code": code, "name": f"{code}站", "level": 3, "institution_id": county.shipu_office,
        "region_code": makers.SHIPU, "point": SHIPU_AT,
    }  # fmt: skip
    with acting(actor):
        return actions.register_station(**usual | told, actor=actor)


def refused(county: makers.County, **told: Any) -> str:
    with pytest.raises(BadInput) as no, transaction.atomic():
        register(county, county.dispatcher, **told)
    return str(no.value.sentence)


def test_a_point_in_its_own_town_asks_nothing(county: makers.County) -> None:
    made = register(county, county.dispatcher)
    with acting(county.dispatcher):
        (only,) = queries.history(made, actor=county.dispatcher)
    assert "仍按所填保存" not in only.sentence


def test_another_town_is_asked_about_and_kept_for_a_reason(county: makers.County) -> None:
    said = refused(county, point=HEPU_AT)
    assert "不在象山县石浦镇的边界内，而在象山县鹤浦镇" in said
    made = register(county, county.dispatcher, point=HEPU_AT, point_reason="站点设在渡口对岸")
    with acting(county.dispatcher):
        told = queries.history(made, actor=county.dispatcher)[-1]
    assert "站点设在渡口对岸" in told.sentence
    assert "鹤浦镇" in told.sentence


def test_a_town_without_outline_is_not_judged(county: makers.County) -> None:
    register(county, county.dispatcher, region_code="330225104000", point=(121.84, 29.58))


@pytest.mark.parametrize("system", ["gcj02", "bd09"])
def test_another_system_is_recognised(county: makers.County, system: Any) -> None:
    # 400 m inside the southern border as meant, outside it as typed
    edge = (
        next(
            (121.931, lat / 1e4)
            for lat in range(291700, 291800)
            if from_wgs84((121.931, lat / 1e4), system)[1] < 29.1672
        )
        if from_wgs84(SHIPU_AT, system)[1] < SHIPU_AT[1]
        else (121.985, 29.2485)
    )
    typed = from_wgs84(edge, system)
    said = refused(county, point=typed)
    assert ("GCJ-02" if system == "gcj02" else "BD-09") in said
    register(county, county.dispatcher, point=typed, crs=system)


def test_swapped_numbers_are_said(county: makers.County) -> None:
    assert "写反" in refused(county, point=SHIPU_AT[::-1])


def test_duplicates_within_the_countys_metres(county: makers.County) -> None:
    register(county, county.dispatcher)
    close = (SHIPU_AT[0] + 0.0003, SHIPU_AT[1])  # 29 m
    assert "离“A站”只有 29 米" in refused(county, code="B", point=close)
    far = (SHIPU_AT[0] + 0.0006, SHIPU_AT[1])  # 58 m
    register(county, county.dispatcher, "C", point=far)
    with acting(county.director):
        provider_actions.set_norm(
            code="points.duplicate_metres", region_code=makers.COUNTY, value=20,
            source="县里定的", actor=county.director,
        )  # fmt: skip
    register(county, county.dispatcher, "B", point=close)


def test_a_station_is_no_duplicate_of_itself_and_unmoved_is_not_asked(
    county: makers.County,
) -> None:
    made = register(county, county.dispatcher, point=HEPU_AT, point_reason="对岸")
    with acting(county.dispatcher):
        actions.revise_station(
            station_id=made, point=HEPU_AT, phone="0574-1", actor=county.dispatcher
        )
        nearby = (HEPU_AT[0] + 0.0001, HEPU_AT[1])
        with pytest.raises(BadInput) as no, transaction.atomic():
            actions.revise_station(station_id=made, point=nearby, actor=county.dispatcher)
        assert "只有" not in no.value.sentence
        assert queries.station(made).point == HEPU_AT


def test_signs_are_asked_about_signs_only(county: makers.County) -> None:
    register(county, county.dispatcher)
    told: dict[str, Any] = {
        "kind": "guide", "region_code": makers.SHIPU, "point": SHIPU_AT, "actor": county.dispatcher,
    }  # fmt: skip
    with acting(county.dispatcher):
        actions.register_facility(facility="sign", code="S1", name="一号牌", **told)
        with pytest.raises(BadInput, match="一号牌"), transaction.atomic():
            actions.register_facility(facility="sign", code="S2", name="二号牌", **told)
        actions.register_facility(
            facility="sign", code="S2", name="二号牌", point_reason="正反两面各一块", **told
        )


def test_the_house_loads_registers_without_being_asked(county: makers.County) -> None:
    register(county, actors.system("test"), point=HEPU_AT)


@pytest.fixture(scope="module")
def bay(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state folder with a small bay as base map: land in the west, sea in the east."""
    folder = tmp_path_factory.mktemp("bay")
    building.build(bays.write(folder / "bay.osm"), folder / "bay.pmtiles")
    using.use(folder / "bay.pmtiles", folder)
    return folder


@pytest.fixture
def mapped(bay: Path, county: makers.County, monkeypatch: pytest.MonkeyPatch) -> makers.County:
    monkeypatch.setattr(settings, "YIKE", dataclasses.replace(settings.YIKE, state_dir=bay))
    return county


@pytest.mark.parametrize(
    ("point", "said"), [((121.94, 29.22), "水面上"), ((121.885, 29.175), "没有道路")]
)
def test_the_base_map_is_asked_for_water_and_roads(
    mapped: makers.County, point: Any, said: str
) -> None:
    assert said in refused(mapped, point=point)
    register(mapped, mapped.dispatcher, point=point, point_reason="渡船上的流动站点")


def test_dry_and_by_a_road_nothing_is_asked(mapped: makers.County) -> None:
    register(mapped, mapped.dispatcher, region_code=makers.HEPU, point=(121.885, 29.1505))


def test_a_moved_sign_is_asked_again_and_an_unmoved_one_is_not(county: makers.County) -> None:
    keeper = county.dispatcher
    told: dict[str, Any] = {"kind": "guide", "region_code": makers.SHIPU, "actor": keeper}
    with acting(keeper):
        made = actions.register_facility(
            facility="sign", code="S1", name="一号牌", point=SHIPU_AT, **told
        )
        other = (SHIPU_AT[0] + 0.01, SHIPU_AT[1])
        actions.register_facility(facility="sign", code="S2", name="二号牌", point=other, **told)
        move: dict[str, Any] = {"facility": "sign", "facility_id": made, "actor": keeper}
        for point, said in ((HEPU_AT, "鹤浦镇"), (other, "二号牌")):
            with pytest.raises(BadInput, match=said), transaction.atomic():
                actions.revise_facility(point=point, **move)
        actions.revise_facility(point=HEPU_AT, point_reason="牌子立在对岸码头", **move)
        actions.revise_facility(point=HEPU_AT, name="一号指引牌", **move)
        told_of = trail_queries.history_of("facility", str(made), actor=keeper).rows
    assert sum("牌子立在对岸码头" in row.sentence for row in told_of) == 1
