"""Profiles of featured stations: drafted by who looks after them, published by the county."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import yaml
from django.db import DatabaseError, transaction

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.guard.acting import acting
from yike.rooms.places import actions, featured_pages, featuring, queries
from yike.rooms.places.models import FeaturedProfile
from yike.rooms.places.tests import makers
from yike.rooms.places.tests.test_upkeep import OFFICER, OTHER, shot
from yike.rooms.regions.tests.makers import COUNTY, GUEST, KEEPER, STRANGER, county

CASES = yaml.safe_load(Path(__file__).with_name("featuring.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["what"])
def test_what_a_profile_must_tell(case: dict[str, Any]) -> None:
    assert (featuring.lacks(**case["told"]) == ()) == case["may"]


@pytest.mark.parametrize("state", sorted(featuring.STATES))
def test_a_verb_starts_only_from_its_states(state: str) -> None:
    for row in featuring.ROWS:
        if state in row.states:
            assert featuring.row_of(row.verb, state) is row
        else:
            with pytest.raises(NotAllowed):
                featuring.row_of(row.verb, state)


@pytest.fixture
def station(db: None) -> UUID:
    with county():
        return makers.station()


def write(station: UUID, actor: Actor = OFFICER, **told: Any) -> None:
    with acting(actor):
        actions.write_profile(station_id=station, actor=actor, **told)


def do(deed: Any, station: UUID, actor: Actor, **told: Any) -> None:
    with acting(actor):
        deed(station_id=station, actor=actor, **told)


@pytest.mark.django_db
def test_a_profile_goes_public_after_somebody_elses_review(station: UUID) -> None:
    write(station)
    with pytest.raises(BadInput, match="至少写一项"):
        do(actions.submit_profile, station, OFFICER)
    write(station, theme="渔港", partners=["渔政站", "渔政站", " "], features=["海上调解"])
    do(actions.submit_profile, station, OFFICER)
    with pytest.raises(NotAllowed, match="正在审核"):
        write(station, theme="别的")
    with acting(GUEST):
        assert featured_pages.published_in(COUNTY) == ()
        assert not FeaturedProfile.objects.exists()
    do(actions.return_profile, station, KEEPER, reason="共建单位请写全称")
    write(station, theme="渔港", partners=["中国渔政象山站"])
    do(actions.submit_profile, station, OFFICER)
    do(actions.publish_profile, station, KEEPER)
    photo = shot(OFFICER, "station", station)
    with acting(OTHER):
        actions.review_photo(photo_id=photo, good=True, actor=OTHER)
    with acting(GUEST):
        [row] = featured_pages.published_in(COUNTY)
        assert (row.profile.theme, row.profile.partners) == ("渔港", ("中国渔政象山站",))
        assert [one.id for one in row.pictures] == [photo]
        assert (row.station.featured, row.station.theme) == (True, "渔港")


@pytest.mark.django_db
def test_a_new_version_takes_the_place_and_keeps_the_day(station: UUID) -> None:
    write(station, theme="一")
    do(actions.submit_profile, station, OFFICER)
    do(actions.publish_profile, station, KEEPER)
    write(station, theme="二")
    do(actions.submit_profile, station, OFFICER)
    with acting(GUEST):
        assert featured_pages.published_in(COUNTY)[0].profile.theme == "一"
    do(actions.publish_profile, station, KEEPER)
    with acting(KEEPER):
        page = featured_pages.page_of(station)
    assert [row.state for row in page.versions] == ["published", "replaced"]
    assert page.versions[0].featured_on == page.versions[1].featured_on
    do(actions.withdraw_profile, station, KEEPER, reason="站点改建")
    with acting(GUEST):
        assert featured_pages.published_in(COUNTY) == ()
        assert not queries.station(station).featured


@pytest.mark.django_db
def test_who_may_not(station: UUID) -> None:
    for actor in (GUEST, STRANGER):
        with pytest.raises(NotAllowed):
            write(station, actor, theme="我的")
    own = replace(KEEPER, ref="01900000-0000-7000-8000-00000000000e")
    write(station, own, theme="县里起草")
    do(actions.submit_profile, station, own)
    with pytest.raises(NotAllowed, match="不能自己审核"):
        do(actions.publish_profile, station, own)
    with pytest.raises(NotAllowed):
        do(actions.publish_profile, station, OFFICER)
    with acting(OFFICER):
        rows = FeaturedProfile.objects.filter(station=station)
        assert rows.update(state="published") == 0, "rows say no too"
        with pytest.raises(DatabaseError), transaction.atomic():
            FeaturedProfile.objects.create(
                station_id=station, version=9, state="published", written_at="2026-01-01T00:00Z"
            )
    do(actions.publish_profile, station, KEEPER)
