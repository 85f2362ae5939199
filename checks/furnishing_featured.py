"""A featured station with a reviewed photo, and one whose profile waits."""

from __future__ import annotations

import io
from uuid import UUID

from PIL import Image

from checks.scene import HOUSE, MORNING, Scene
from yike.demo import stage
from yike.rooms.catalogue import actions as catalogue_actions
from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.core.actor import Actor
from yike.rooms.files import actions as files_actions
from yike.rooms.guard.acting import acting
from yike.rooms.places import actions as places_actions
from yike.rooms.places import halls as place_halls
from yike.rooms.places import queries as places_queries


def show(scene: Scene) -> None:
    """This will leave the harbour's station featured, with a photo, and another one drafted."""
    _pictured(scene)
    officer = scene.actors["officer"]
    other = places_queries.station_by_code(stage.code("pt-330225101004"))
    ref = other.id if other else UUID(scene.ids["station"])
    with acting(officer):
        places_actions.write_profile(station_id=ref, theme="社区法治", actor=officer)
        _used(UUID(scene.ids["station"]), officer)
        places_actions.tell_element(
            host="station", place_id=UUID(scene.ids["station"]), kind="culture",
            unit="石浦司法所", since=MORNING.date(), evidence="挂牌", actor=officer,
        )  # fmt: skip
        hall = place_halls.halls_in(officer.region_from)[0]
        item = catalogue_queries.items()[0]
        catalogue_actions.tell_hall_items(
            site_id=hall.id, item_codes=[item.code], status="offered", window="3号窗口",
            actor=officer,
        )  # fmt: skip
    scene.ids |= {"hall": str(hall.id), "item": item.code}


def _used(ref: UUID, officer: Actor) -> None:
    """One of the basic five told and tried, and visitors counted."""
    day = MORNING.date()
    places_actions.set_basic_way(station_id=ref, basic="search", way="direct", actor=officer)
    places_actions.record_basic_try(
        station_id=ref, basic="search", on=day, outcome="works", actor=officer
    )
    places_actions.count_visitors(
        station_id=ref, from_on=day, last_on=day, visitors=12, how="book", actor=officer
    )
    places_actions.tell_note(
        station_id=ref, year=day.year, demand="来问拖欠工钱的多", seen=0,
        source="站点台账", actor=officer,
    )  # fmt: skip


def _pictured(scene: Scene) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), "blue").save(drawn, "PNG")
    with acting(HOUSE):
        kept = files_actions.keep_file(
            name="门口.png", content=drawn.getvalue(), claim="photo-station", actor=HOUSE
        )
        photo = places_actions.add_photo(
            facility="station", facility_id=UUID(scene.ids["station"]), file_id=kept.id,
            taken_on=MORNING.date(), direction="s", actor=HOUSE,
        )  # fmt: skip
        places_actions.review_photo(photo_id=photo, good=True, actor=HOUSE)
    scene.ids["station_photo"] = str(photo)
