"""Grades in the play: an example scheme that says so, stations in every stage of being graded."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any
from uuid import UUID

import yaml
from PIL import Image, ImageDraw

from yike.demo import cast, stage
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.files import actions as files_actions
from yike.rooms.places import actions as places_actions
from yike.rooms.places import grading, schemes
from yike.rooms.places import queries as places_queries

#: shifts of the last thirty days as the play's assessments had them
_SHIFTS = 20
_WHOLE: Mapping[str, int] = {
    "Z1": 1, "Z2": 1, "A1": 9, "A2": 1, "A3": 1, "C2": 1, "D1": 9, "D2": 1,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Part:
    """One station's assessment: how far it has come, and what is other than whole."""

    place: str
    until: str
    days_ago: int
    other: Mapping[str, int]


#: how far each has come: answered, submitted, reviewed, awarded, refused or appealed
PARTS = (
    Part(place="st-xizhou", until="awarded", days_ago=70, other={"A3": 0}),
    Part(place="st-daxu", until="awarded", days_ago=66, other={"A2": 0, "A1": 6}),
    Part(place="st-juexi", until="refused", days_ago=60, other={"Z1": 0}),
    Part(
        place="st-dingtang",
        until="refused",
        days_ago=58,
        other={"A1": 0, "A2": 0, "C2": 0, "D1": 0, "D2": 0},
    ),
    Part(place="st-tuci", until="appealed", days_ago=12, other={"Z2": 0}),
    Part(place="st-xinqiao", until="reviewed", days_ago=9, other={"D2": 0}),
    Part(place="st-dongchen", until="submitted", days_ago=3, other={}),
    Part(place="st-hepu", until="submitted", days_ago=2, other={"A3": 0, "A1": 5}),
    Part(place="st-maoyang", until="answered", days_ago=1, other={}),
)
#: station, grade and day of what was given before there was this house
_BEFORE = (("st-danxi", "三星", date(2024, 11, 20)), ("st-dandong", "四星", date(2024, 11, 20)))


@cache
def told() -> dict[str, Any]:
    """This will return the example scheme as it is written down."""
    file = resources.files("yike.demo").joinpath("data/grade_scheme.yaml")
    found: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return found


def everything(*, actor: Actor) -> None:
    """This will publish the example and grade some stations; what stands already stays."""
    if any(row.name == told()["name"] for row in schemes.schemes_in(cast.COUNTY)):
        return
    now = clock.now()
    with clock.at(now - timedelta(days=100)):
        _publish(actor)
    for place, grade, day in _BEFORE:
        places_actions.import_grade(
            station_id=_station(place), grade=grade, awarded_on=day, actor=actor,
            source="演示数据，没有真实文件", reason="演示：以前评定的等级",
        )  # fmt: skip
    for part in PARTS:
        with clock.at(now - timedelta(days=part.days_ago)):
            _play(part, actor)


def _publish(actor: Actor) -> None:
    body = grading.read(told())
    made = places_actions.draft_scheme(
        county_code=cast.COUNTY, name=told()["name"], source=told()["source"],
        levels=body.levels, full=body.full, appeal_days=told()["appeal_days"],
        grades=body.grades, criteria=body.criteria, demo=True, actor=actor,
    )  # fmt: skip
    places_actions.publish_scheme(scheme_id=made, active_from=clock.today(), actor=actor)


def _play(part: Part, actor: Actor) -> None:
    ref = places_actions.begin_assessment(station_id=_station(part.place), actor=actor)
    answers = dict(_WHOLE) | dict(part.other)
    if part.until == "answered":
        answers = {code: answers[code] for code in ("Z1", "Z2", "A1")}
    evidence = {one.code: one.evidence for one in grading.read(told()).criteria}
    for code, value in answers.items():
        papers = [_picture(code, actor)] if value and evidence[code] else []
        places_actions.answer_criterion(
            assessment_id=ref, code=code, value=value, file_ids=papers, actor=actor
        )
    if part.until == "answered":
        return
    places_actions.submit_assessment(assessment_id=ref, given={"duty_shifts": _SHIFTS}, actor=actor)
    if part.until != "submitted":
        _judge(part, ref, actor)


def _judge(part: Part, ref: UUID, actor: Actor) -> None:
    places_actions.agree_with_rest(assessment_id=ref, actor=actor)
    places_actions.conclude_review(assessment_id=ref, actor=actor)
    if part.until == "awarded":
        places_actions.award_grade(
            assessment_id=ref, awarded_on=clock.today(), actor=actor,
            certificate="演示：经复核评定，授予等级。",
        )  # fmt: skip
    elif part.until in ("refused", "appealed"):
        places_actions.refuse_grade(
            assessment_id=ref, reason="演示：没有达到最低等级的要求。", actor=actor
        )
    if part.until == "appealed":
        words = "演示：通报的那件事发生在另一个站点，请重新核实。"
        places_actions.file_appeal(assessment_id=ref, reason=words, actor=actor)


def _picture(code: str, actor: Actor) -> UUID:
    """A drawn card that says it is one: the play has no photographs."""
    card = Image.new("RGB", (480, 360), (226, 232, 240))
    pen = ImageDraw.Draw(card)
    pen.rectangle((12, 12, 468, 348), outline=(71, 85, 105), width=3)
    pen.text((40, 150), f"DEMO PICTURE  {code}", fill=(30, 41, 59), font_size=36)
    kept = io.BytesIO()
    card.save(kept, "PNG")
    return files_actions.keep_file(
        name=f"演示图片 {code}.png", content=kept.getvalue(), claim=f"demo-grade-{code}",
        actor=actor,
    ).id  # fmt: skip


def _station(key: str) -> UUID:
    found = places_queries.station_by_code(stage.code(key))
    assert found is not None, key
    return found.id
