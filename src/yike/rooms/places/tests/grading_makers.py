"""A scheme, a station of an office, and the people who grade it; made by real actions."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from PIL import Image

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.files import actions as files_actions
from yike.rooms.guard.acting import acting
from yike.rooms.places import actions
from yike.rooms.places.tests import makers
from yike.rooms.places.tests.test_grading import SCHEME
from yike.rooms.providers.tests import makers as provider_makers
from yike.rooms.regions.tests.makers import COUNTY, HOUSE, SHIPU


def _staff(n: int, role: str, region: tuple[str, str], org: object = "") -> Actor:
    return Actor(
        kind="staff", ref=f"01900000-0000-7000-8000-0000000001{n:02d}", label=f"工作人员{n}",
        roles=frozenset({role}), region_from=region[0], region_until=region[1], org=str(org),
        level=1,
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Who is there."""

    station: UUID
    office: UUID
    clerk: Actor
    reviewer: Actor
    other: Actor
    stranger: Actor


def ground(**facts: Any) -> Ground:
    """This will register an office with its station and name the people; inside `county()`."""
    office = provider_makers.institution(code="XS-SP", name="石浦司法所", kind="office")
    whole, town = (COUNTY, "330226000000"), (SHIPU, "330225102000")
    return Ground(
        station=makers.station(institution_id=office, **facts),
        office=office,
        clerk=_staff(1, "officer", town, office),
        reviewer=_staff(2, "dispatcher", whole),
        other=_staff(3, "director", whole),
        stranger=_staff(4, "officer", ("330225103000", "330225104000")),
    )


def scheme(*, publish: bool = True, on: date | None = None, **more: Any) -> UUID:
    """This will draft the scheme of the tests, and publish it from today."""
    told: dict[str, Any] = {
        "county_code": COUNTY, "name": "示例标准", "source": "测试用示例", "levels": SCHEME.levels,
        "grades": SCHEME.grades, "criteria": SCHEME.criteria, "appeal_days": 10,
    }  # fmt: skip
    made = actions.draft_scheme(actor=HOUSE, **(told | more))
    if publish:
        actions.publish_scheme(scheme_id=made, active_from=on or clock.today(), actor=HOUSE)
    return made


def photo(actor: Actor, name: str = "窗口.jpg") -> UUID:
    """This will keep a picture as the one who took it."""
    kept = io.BytesIO()
    Image.new("RGB", (40, 30), (200, 30, 30)).save(kept, "JPEG")
    with acting(actor):
        return files_actions.keep_file(
            name=name, content=kept.getvalue(), claim="grade", actor=actor
        ).id


def answered(found: Ground, **values: int) -> UUID:
    """This will answer everything, with a picture where evidence is asked for."""
    told = {"A": 1, "B": 30, "D": 1} | values
    with acting(found.clerk):
        made = actions.begin_assessment(station_id=found.station, actor=found.clerk)
    for code, value in told.items():
        papers = [photo(found.clerk)] if code in "BD" and value else []
        with acting(found.clerk):
            actions.answer_criterion(
                assessment_id=made, code=code, value=value, file_ids=papers, actor=found.clerk
            )
    return made


def submitted(found: Ground, **values: int) -> UUID:
    """This will hand an answered assessment in."""
    made = answered(found, **values)
    with acting(found.clerk):
        actions.submit_assessment(assessment_id=made, actor=found.clerk)
    return made


def reviewed(found: Ground, **values: int) -> UUID:
    """This will agree with everything and conclude the review."""
    made, who = submitted(found, **values), found.reviewer
    with acting(who):
        actions.agree_with_rest(assessment_id=made, actor=who)
        actions.conclude_review(assessment_id=made, actor=who)
    return made


def awarded(found: Ground, **values: int) -> UUID:
    """This will give the grade."""
    made, who = reviewed(found, **values), found.reviewer
    with acting(who):
        actions.award_grade(
            assessment_id=made,
            awarded_on=clock.today(),
            certificate="经评定，授予等级。",
            actor=who,
        )
    return made
