"""Periods: planned with their frame, opened, closed; closing writes the index for good."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, NotAllowed, NotFound
from yike.rooms.observation import access, entry, events, figures, flow, indexing
from yike.rooms.observation.models import (
    AnswerCode,
    IndexFigure,
    Point,
    Questionnaire,
    Quota,
    Stratum,
    Wave,
)
from yike.rooms.providers.access import require_registrar
from yike.rooms.trail import actions as trail_actions

_LONGEST, _MOST = 366, 100_000


@transaction.atomic
def plan_wave(
    *,
    county_code: str,
    questionnaire_id: UUID,
    name: str,
    unit: str,
    whom: str,
    source: str,
    from_on: date,
    last_on: date,
    strata: str,
    least: int = figures.LEAST_USUAL,
    demo: bool = False,
    actor: Actor,
) -> UUID:
    """This will plan a period: whom the frame counts, from where it is known, its layers, its days.

    `strata`: one layer a line, 年龄段，群体. `least`: fewer answers are no index. Refuses BadInput
    days in the wrong order or over a year, a questionnaire that is not published.
    """
    require_registrar(actor, county_code)
    sheet = access.seen(Questionnaire, actor, questionnaire_id)
    if sheet.state != flow.PUBLISHED or sheet.county_code != county_code:
        raise BadInput("请选一份已发布的问卷。", field="questionnaire_id")
    if not 0 <= (last_on - from_on).days < _LONGEST:
        raise BadInput("日期写反了，或超过一年。", field="last_on")
    if not figures.LEAST <= least <= _MOST:
        raise BadInput(f"至少 {figures.LEAST} 份才出指数，可以更多。", field="least")
    layers, wrong = figures.read_strata(strata)
    if wrong:
        raise BadInput(wrong, field="strata")
    row = Wave(
        id=new_id(), county_code=county_code, questionnaire=sheet, from_on=from_on,
        last_on=last_on, least=least, demo=demo,
        name=entry.filled(name, "name", "名称", most=80),
        unit=entry.one_of(unit, flow.UNITS, "unit", "样本单位"),
        whom=entry.filled(whom, "whom", "问的是谁"),
        source=entry.filled(source, "source", "样本框来源"),
    )  # fmt: skip
    entry.insert(row, f"已经有观测期“{row.name}”")
    Stratum.objects.bulk_create(
        Stratum(
            id=new_id(), wave=row, no=no, age=entry.line(age, "strata"),
            group=entry.line(group, "strata"),
        )
        for no, (age, group) in enumerate(layers, 1)
    )  # fmt: skip
    _tell(row, "筹备", actor)
    return row.id


@transaction.atomic
def plan_sample(
    *, wave_id: UUID, point_id: UUID, planned: Mapping[UUID, int], actor: Actor
) -> None:
    """This will write how many of each layer are to answer at a point, until the period is closed.

    Refuses NotFound a layer of another period, BadInput numbers out of reach, a point that ended,
    and to plan nothing where codes are out.
    """
    wave, point = access.kept(Wave, actor, wave_id), access.seen(Point, actor, point_id)
    if wave.state == flow.CLOSED or point.ended_on is not None:
        raise NotAllowed("观测期已经关闭，或观测点已经撤销", way_on="计划不能再改。")
    layers = {one.id: one for one in Stratum.objects.filter(wave=wave)}
    if set(planned) - set(layers):
        raise NotFound("没有这个样本层")
    if any(not 0 <= many <= _MOST for many in planned.values()):
        raise BadInput("计划数是 0 到 100000 的整数。", field="point_id")
    out = AnswerCode.objects.filter(point=point, stratum__wave=wave).values_list(
        "stratum", flat=True
    )
    for ref in set(out.distinct()):
        if not planned.get(ref, 1):
            raise NotAllowed(f"“{layers[ref]}”已经发出答卷码，计划不能改成 0")
    for ref, many in planned.items():
        Quota.objects.update_or_create(stratum_id=ref, point=point, defaults={"planned": many})
    told = events.SamplePlanned(
        point=point.name, planned=sum(planned.values()), **entry.about(wave)
    )
    trail_actions.record(told, actor=actor)


@transaction.atomic
def open_wave(*, wave_id: UUID, actor: Actor) -> None:
    """This will let a planned period begin. Refuses NotAllowed one without any planned sample."""
    wave = access.kept(Wave, actor, wave_id)
    state, words = flow.moved("wave", "open", wave.state)
    if not state:
        raise NotAllowed(f"观测期{flow.WAVE[wave.state]}，不能再开始")
    if wave.last_on < clock.today():
        raise NotAllowed("观测期的最后一天已经过了", way_on="请另建一期。")
    if not Quota.objects.filter(stratum__wave=wave, planned__gt=0).exists():
        raise NotAllowed("还没有给任何观测点写计划样本", way_on="请先写计划样本。")
    wave.state = state
    wave.save(update_fields=["state"])
    _tell(wave, words, actor)


@transaction.atomic
def close_wave(*, wave_id: UUID, actor: Actor) -> None:
    """This will close a period: no answer comes in any more, and its index is written for good."""
    wave = access.kept(Wave, actor, wave_id)
    access.hold(wave.pk, alone=True)
    state, words = flow.moved("wave", "close", wave.state)
    if not state:
        raise NotAllowed(f"观测期{flow.WAVE[wave.state]}，不能关闭")
    IndexFigure.objects.bulk_create(
        IndexFigure(
            id=new_id(), wave=wave, point_id=point, dimension=dimension, answers=one.n,
            value=one.value, error=one.se, free=one.free, why=one.why,
        )
        for (point, dimension), one in indexing.computed(wave).items()
    )  # fmt: skip
    wave.state, wave.closed_on = state, clock.today()
    wave.save(update_fields=["state", "closed_on"])
    _tell(wave, words, actor)


def _tell(wave: Wave, deed: str, actor: Actor) -> None:
    trail_actions.record(events.WaveMoved(deed=deed, **entry.about(wave)), actor=actor)
