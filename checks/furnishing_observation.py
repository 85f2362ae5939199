"""An observation point of 石浦司法所 that asks, with one code out, one paper, and a draft."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from checks.scene import MORNING, Scene
from yike.demo import cast
from yike.rooms.guard.acting import acting
from yike.rooms.observation import actions as observation_actions
from yike.rooms.observation import codes, queries


def ask(scene: Scene) -> None:
    """This will set up a point and a period, hand out a code and a paper, and draft a version."""
    dispatcher, officer = scene.actors["dispatcher"], scene.actors["officer"]
    with acting(dispatcher):
        point = observation_actions.set_up_point(
            county_code=cast.COUNTY, name="渔港观测点", region_code="330225101000",
            institution_id=officer.org_id, actor=dispatcher,
        )  # fmt: skip
        spare = observation_actions.set_up_point(
            county_code=cast.COUNTY, name="广场观测点", region_code="330225101000",
            institution_id=officer.org_id, actor=dispatcher,
        )  # fmt: skip
        sheet = observation_actions.draft_questionnaire(
            county_code=cast.COUNTY, title="服务问卷", actor=dispatcher
        )
        observation_actions.put_question(
            questionnaire_id=sheet, kind="scale", words="这里的服务怎么样？", dimension="感受",
            weight=1, actor=dispatcher,
        )  # fmt: skip
        observation_actions.move_questionnaire(
            questionnaire_id=sheet, deed="publish", actor=dispatcher
        )
        draft = observation_actions.draft_version(questionnaire_id=sheet, actor=dispatcher)
        past, _ = _wave("上一期", sheet, point, scene)
        observation_actions.close_wave(wave_id=past, actor=dispatcher)
        wave, layer = _wave("第一期", sheet, point, scene)
    with acting(officer):
        out, paper, done = (
            _code(way, wave, point, layer, scene) for way in ("qr", "paper", "paper")
        )
        observation_actions.type_in(code_id=done, answers={1: "4"}, actor=officer)
    scene.ids |= {
        "observed": str(point), "observed_spare": str(spare), "questionnaire": str(sheet),
        "questionnaire_draft": str(draft), "wave": str(wave), "layer": str(layer),
        "answer_code": codes.word(out), "answer_code_id": str(out), "answer_paper": str(paper),
    }  # fmt: skip


def _wave(name: str, sheet: UUID, point: UUID, scene: Scene) -> tuple[UUID, UUID]:
    actor = scene.actors["dispatcher"]
    made = observation_actions.plan_wave(
        county_code=cast.COUNTY, questionnaire_id=sheet, name=name, unit="person", whom="居民",
        source="村台账", from_on=MORNING.date(), last_on=MORNING.date() + timedelta(days=30),
        strata="成年，村民", actor=actor,
    )  # fmt: skip
    layer = queries.wave_page(actor, made).strata[0][0]
    observation_actions.plan_sample(wave_id=made, point_id=point, planned={layer: 20}, actor=actor)
    observation_actions.open_wave(wave_id=made, actor=actor)
    return made, layer


def _code(way: str, wave: UUID, point: UUID, layer: UUID, scene: Scene) -> UUID:
    (made,) = observation_actions.make_codes(
        wave_id=wave, point_id=point, stratum_id=layer, way=way, actor=scene.actors["officer"]
    )
    return made
