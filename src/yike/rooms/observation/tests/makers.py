"""A point, a questionnaire and a period for tests, made by real actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.observation import actions, queries
from yike.rooms.places import actions as places_actions
from yike.rooms.places.tests import makers as place_makers
from yike.rooms.regions.tests.makers import COUNTY, HOUSE

STRATA = "18-59岁，村民\n60岁以上，村民"
#: 1 scale, 2 knowledge, 3 several, 4 text
ANSWERS: dict[int, str | list[str]] = {1: "4", 2: "1", 3: ["1", "2"], 4: "好"}


@dataclass
class Made:
    """What a test begins with."""

    point: UUID
    questionnaire: UUID
    wave: UUID
    strata: tuple[UUID, UUID]

    @property
    def at(self) -> dict[str, Any]:
        """The period and the point, as actions name them."""
        return {"wave_id": self.wave, "point_id": self.point}


def questionnaire(actor: Actor = HOUSE) -> UUID:
    """A published one with four questions about the service."""
    made = actions.draft_questionnaire(
        county_code=COUNTY, title="服务问卷", intro="想听听您的看法。", actor=actor
    )
    put: dict[str, Any] = {"questionnaire_id": made, "actor": actor}
    actions.put_question(
        kind="scale", words="您觉得这里的服务怎么样？", dimension="感受", weight=2, **put
    )
    actions.put_question(
        kind="yesno", words="打 12348 要收费吗？", dimension="知晓", weight=1, options="*否",
        knowledge=True, source="服务承诺（演示）", **put,
    )  # fmt: skip
    actions.put_question(
        kind="multi", words="这里可以做什么？", dimension="知晓", weight=1,
        options="*法律咨询\n*人民调解\n办营业执照", **put,
    )  # fmt: skip
    actions.put_question(kind="text", words="还想说什么？", **put)
    actions.move_questionnaire(questionnaire_id=made, deed="publish", actor=actor)
    return made


def wave(
    sheet: UUID, *points: UUID, name: str = "第一期", actor: Actor = HOUSE, least: int = 10
) -> tuple[UUID, tuple[UUID, UUID]]:
    """An open period with 10 and 30 planned at each point."""
    made = actions.plan_wave(
        county_code=COUNTY, questionnaire_id=sheet, name=name, unit="person", whom="常住居民",
        source="村台账（演示）", from_on=clock.today(), last_on=clock.today() + timedelta(days=30),
        strata=STRATA, least=least, actor=actor,
    )  # fmt: skip
    young, old = (ref for ref, _ in queries.wave_page(actor, made).strata)
    for point in points:
        actions.plan_sample(wave_id=made, point_id=point, planned={young: 10, old: 30}, actor=actor)
    actions.open_wave(wave_id=made, actor=actor)
    return made, (young, old)


def point(code: str = "OB", actor: Actor = HOUSE) -> UUID:
    """A station that was told to be one, set up."""
    station = place_makers.station(code=code)
    told: dict[str, Any] = {"kind": "observe", "unit": "司法所", "evidence": "挂牌"}
    places_actions.tell_element(
        host="station", place_id=station, since=clock.today(), actor=HOUSE, **told
    )
    return actions.set_up_point(county_code=COUNTY, host=f"station:{station}", actor=actor)


def everything(actor: Actor = HOUSE) -> Made:
    """All of it."""
    sheet, where = questionnaire(actor), point(actor=actor)
    made, strata = wave(sheet, where, actor=actor)
    return Made(point=where, questionnaire=sheet, wave=made, strata=strata)


def answered(made: Made, scale: str, *, old: bool = False, actor: Actor = HOUSE) -> None:
    """One sheet of paper typed in."""
    (code,) = actions.make_codes(stratum_id=made.strata[old], way="paper", actor=actor, **made.at)
    actions.type_in(code_id=code, answers=ANSWERS | {1: scale}, actor=actor)
