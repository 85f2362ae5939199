"""Observation in the play: an example questionnaire about the service itself, which says so."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from yike.demo import cast, stage
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.observation import actions as observation_actions
from yike.rooms.observation import queries as observation_queries
from yike.rooms.places import actions as places_actions
from yike.rooms.places import colocation, colocation_pages
from yike.rooms.places import queries as places_queries

TITLE = "公共法律服务问卷（演示）"
_WAVES = ("已关闭的一期（演示）", "正在问的一期（演示）")
#: no law is asked: only the service, so that nothing here can be taken for a norm
_QUESTIONS: tuple[dict[str, Any], ...] = (
    {"kind": "single", "words": "想打电话问法律问题，公共法律服务热线是哪个号码？",
     "dimension": "知晓", "weight": 1, "options": "*12348\n12345\n12315\n不清楚"},
    {"kind": "multi", "words": "您知道这个服务站可以办哪些事？", "dimension": "知晓", "weight": 1,
     "options": "*法律咨询\n*人民调解申请\n*法律援助申请指引\n都不知道"},
    {"kind": "yesno", "words": "遇到法律问题，您会想到来服务站吗？", "dimension": "使用",
     "weight": 2, "options": "*是"},
    {"kind": "scale", "words": "您觉得这里的服务怎么样？", "dimension": "感受", "weight": 2},
    {"kind": "text", "words": "您还希望这里做什么？"},
)  # fmt: skip
#: station → the scales that its twelve example sheets gave
_SHEETS = {"st-shipu": "455434545345", "st-hepu": "232343223432"}


def everything(*, actor: Actor) -> None:
    """This will set up two points, a period that is closed and one that runs, unless they stand."""
    known = observation_queries.overview(actor, cast.COUNTY)
    if any(one.title == TITLE for one in known.questionnaires):
        return
    points = {code: _point(code, actor) for code in _SHEETS}
    sheet = _questionnaire(actor)
    done, running = (_asking(sheet, name, points, actor) for name in _WAVES)
    for code, scales in _SHEETS.items():
        _fill(done, points[code], scales, actor)
        _fill(running, points[code], scales[:3], actor)
    observation_actions.close_wave(wave_id=done, actor=actor)


def _asking(sheet: UUID, name: str, points: dict[str, UUID], actor: Actor) -> UUID:
    """A period with its plan, open."""
    wave = _wave(sheet, name, actor)
    young, old = (ref for ref, _ in observation_queries.wave_page(actor, wave).strata)
    for point in points.values():
        observation_actions.plan_sample(
            wave_id=wave, point_id=point, planned={young: 12, old: 18}, actor=actor
        )
    observation_actions.open_wave(wave_id=wave, actor=actor)
    return wave


def _fill(wave: UUID, point: UUID, scales: str, actor: Actor) -> None:
    young, old = (ref for ref, _ in observation_queries.wave_page(actor, wave).strata)
    for no, scale in enumerate(scales):
        _sheet(wave, point, (young, old)[no % 2], no, scale, actor)


def _point(code: str, actor: Actor) -> UUID:
    station = places_queries.station_by_code(stage.code(code))
    assert station is not None, code
    if colocation.OBSERVE not in colocation_pages.point("station", station.id).there:
        places_actions.tell_element(
            host="station", place_id=station.id, kind=colocation.OBSERVE, since=clock.today(),
            unit=station.institution_name, evidence="演示", actor=actor,
        )  # fmt: skip
    return observation_actions.set_up_point(
        county_code=cast.COUNTY, host=f"station:{station.id}", demo=True, actor=actor
    )


def _questionnaire(actor: Actor) -> UUID:
    made = observation_actions.draft_questionnaire(
        county_code=cast.COUNTY, title=TITLE, demo=True, actor=actor,
        intro="这是一份演示问卷，只问服务站自己的事，用来看问卷长什么样。",
    )  # fmt: skip
    for one in _QUESTIONS:
        observation_actions.put_question(questionnaire_id=made, actor=actor, **one)
    observation_actions.move_questionnaire(questionnaire_id=made, deed="publish", actor=actor)
    return made


def _wave(questionnaire: UUID, name: str, actor: Actor) -> UUID:
    today = clock.today()
    return observation_actions.plan_wave(
        county_code=cast.COUNTY, questionnaire_id=questionnaire, name=name, unit="person",
        whom="来服务站的成年人（演示）", source="演示数，没有依据", from_on=today,
        last_on=today + timedelta(days=60), strata="18-59岁\n60岁以上", least=10, demo=True,
        actor=actor,
    )  # fmt: skip


def _sheet(wave: UUID, point: UUID, layer: UUID, no: int, scale: str, actor: Actor) -> None:
    (code,) = observation_actions.make_codes(
        wave_id=wave, point_id=point, stratum_id=layer, way="paper", actor=actor
    )
    answers: dict[int, str | list[str]] = {
        1: "1" if no % 3 else "4", 2: ["1", "2"] if no % 2 else ["1"],
        3: "1" if scale > "2" else "2", 4: scale, 5: "",
    }  # fmt: skip
    observation_actions.type_in(code_id=code, answers=answers, actor=actor)
