"""Who sets up, who asks: keepers of the county; staff of the office that answers for a point."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.db import connection

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed, NotFound
from yike.rooms.observation.models import AnswerCode, Point, Question, Questionnaire, Stratum, Wave
from yike.rooms.people import roles
from yike.rooms.providers.access import REGISTRARS, require_registrar
from yike.rooms.regions import codes

Kept = TypeVar("Kept", Point, Questionnaire, Wave)
_NO = {Point: "没有这个观测点", Questionnaire: "没有这份问卷", Wave: "没有这个观测期"}


def seen(model: type[Kept], actor: Actor, ref: UUID) -> Kept:
    """This will return one of the actor's own county; NotFound otherwise."""
    found = model.objects.filter(pk=ref).first()
    if found is None or not here(actor, found.county_code):
        raise NotFound(_NO[model])
    return found


def kept(model: type[Kept], actor: Actor, ref: UUID) -> Kept:
    """This will lock and return one whose county the actor keeps."""
    require_registrar(actor, seen(model, actor, ref).county_code)
    row: Kept | None = model.objects.select_for_update().filter(pk=ref).first()
    if row is None:  # seen, but what has ended nobody changes any more
        raise NotAllowed("已经结束，不能再改", way_on="结束以后只能查看。")
    return row


def draft(actor: Actor, ref: UUID) -> Questionnaire:
    """This will lock and return a questionnaire that is still a draft."""
    found = kept(Questionnaire, actor, ref)
    if found.state != "draft":
        raise NotAllowed("已发布的问卷不能修改", way_on="请从它起草新版本。")
    return found


def question(actor: Actor, ref: UUID) -> Question:
    """This will lock and return a question whose county the actor keeps; NotFound otherwise."""
    found = Question.objects.select_related("questionnaire").filter(pk=ref).first()
    if found is None:
        raise NotFound("没有这道题")
    kept(Questionnaire, actor, found.questionnaire_id)
    return found


def run(actor: Actor, wave_id: UUID, point_id: UUID) -> tuple[Wave, Point]:
    """This will return a period and a point at which the actor asks. Refuses NotAllowed."""
    wave, point = seen(Wave, actor, wave_id), seen(Point, actor, point_id)
    if not runs(actor, point):
        raise NotAllowed("这个观测点不由您负责", way_on="请联系观测点的责任单位。")
    return wave, point


def code_for(actor: Actor, ref: UUID) -> AnswerCode:
    """This will return a code of a point at which the actor asks; NotFound otherwise."""
    rows = AnswerCode.objects.select_related("point", "stratum__wave").filter(pk=ref)
    found = rows.first()
    if found is None or not runs(actor, found.point):
        raise NotFound("没有这个答卷码")
    return found


def stratum(wave: Wave, ref: UUID) -> Stratum:
    """This will return a layer of the frame. Refuses NotFound."""
    found = Stratum.objects.filter(wave=wave, pk=ref).first()
    if found is None:
        raise NotFound("没有这个样本层")
    return found


def runs(actor: Actor, point: Point) -> bool:
    """This will say whether somebody asks at a point."""
    if keeps(actor, point.region_id):
        return True
    asks = actor.kind == "staff" and actor.has(roles.CLERK, roles.OFFICER)
    return asks and actor.org_id == point.institution_id and here(actor, point.county_code)


def keeps(actor: Actor, region_code: str) -> bool:
    """This will say whether somebody keeps what stands in a region."""
    span = (actor.region_from, actor.region_until)
    staff = actor.kind == "staff" and actor.has(*REGISTRARS) and codes.within(region_code, span)
    return actor.kind == "system" or staff


def here(actor: Actor, county_code: str) -> bool:
    """This will say whether somebody is of a county; staff without a region are of the house's."""
    if not codes.is_code(county_code) or codes.level_of(county_code) != "county":
        return False
    if actor.kind == "system":
        return True
    near = not actor.region_from or codes.within(actor.region_from, codes.span(county_code))
    return actor.kind == "staff" and near


def hold(wave_id: UUID, *, alone: bool = False) -> None:
    """This will keep a period from being closed while somebody answers, and the other way round."""
    which = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"select {which}(hashtextextended(%s, 0))", [f"observation:{wave_id}"])
