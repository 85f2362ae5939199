"""Codes made at a point, and sheets left with them: once, by nobody in particular."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed
from yike.rooms.guard import clean, limits
from yike.rooms.guard.acting import acting
from yike.rooms.observation import access, codes, entry, events, flow, scoring
from yike.rooms.observation.models import AnswerCode, AnswerSheet, Point, Quota, Stratum, Wave
from yike.rooms.observation.queries.answering import code_held
from yike.rooms.trail import actions as trail_actions

MOST_AT_ONCE = 100
_HOUR, _PER_ADDRESS = 3600, 600


@transaction.atomic
def make_codes(
    *,
    wave_id: UUID,
    point_id: UUID,
    stratum_id: UUID,
    way: str,
    number: int = 1,
    expires_on: date | None = None,
    actor: Actor,
) -> tuple[UUID, ...]:
    """This will make codes for one layer at a point, each good for one sheet, and return their ids.

    Refuses NotAllowed while the period is not open and a layer of which nobody is planned there;
    BadInput more than 100 at once and a last day outside the period.
    """
    wave, point = access.run(actor, wave_id, point_id)
    layer = access.stratum(wave, stratum_id)
    access.hold(wave.pk)
    wave.refresh_from_db(fields=["state"])
    if wave.state != flow.OPEN or wave.last_on < clock.today() or wave.from_on > clock.today():
        raise NotAllowed("观测期还没有开始，或已经结束", way_on="不能发答卷码。")
    if not Quota.objects.filter(stratum=layer, point=point, planned__gt=0).exists():
        raise NotAllowed(f"这里没有计划问“{layer}”", way_on="请换一层，或请县里改计划。")
    entry.one_of(way, flow.WAYS, "way", "方式")
    if not 1 <= number <= MOST_AT_ONCE:
        raise BadInput(f"一次发 1 到 {MOST_AT_ONCE} 个。", field="number")
    until = expires_on or wave.last_on
    if not clock.today() <= until <= wave.last_on:
        raise BadInput("有效期要在今天和观测期的最后一天之间。", field="expires_on")
    access.hold(point.pk, alone=True)  # serials follow one another
    made = _made(wave, point, layer, way, number, until)
    _tell_codes(wave, point, "发出", way, number, actor)
    return made


@transaction.atomic
def spoil_code(*, wave_id: UUID, point_id: UUID, code_id: UUID, actor: Actor) -> None:
    """This will make an unused code void: it does not count as asked any more."""
    wave, point = access.run(actor, wave_id, point_id)
    row = access.code_for(actor, code_id)
    if row.point_id != point.pk or row.stratum.wave_id != wave.pk:
        raise BadInput("请从列表里选答卷码。", field="code_id")
    done = AnswerCode.objects.filter(pk=row.pk, used_on=None, spoilt_on=None).update(
        spoilt_on=clock.today()
    )
    if not done:
        raise NotAllowed("这个答卷码已经用过或作废")
    _tell_codes(wave, point, "作废", row.way, 1, actor)


@transaction.atomic
def answer(*, code: str, answers: Mapping[int, scoring.Value], actor: Actor) -> None:
    """This will take the sheet of whoever holds a code; nothing is kept of who that is.

    Refuses NotFound a wrong code, NotAllowed one that was used, is void or expired, or whose period
    is closed; BadInput what is missing, at the field "q<no>"; TooMany.
    """
    limits.allow(what="observation", who=actor.address, per_seconds=_HOUR, at_most=_PER_ADDRESS)
    held = code_held(code, actor)
    with acting(replace(actor, claim_key=codes.digest(code))):
        _take(held.code_id, answers, actor)


@transaction.atomic
def type_in(*, code_id: UUID, answers: Mapping[int, scoring.Value], actor: Actor) -> None:
    """This will take a sheet of paper that somebody of the point types in. Refuses as `answer`."""
    if access.code_for(actor, code_id).way != flow.PAPER:
        raise NotAllowed("这个码不是纸质问卷的", way_on="请本人自己填。")
    _take(code_id, answers, actor)


def _take(code_id: UUID, answers: Mapping[int, scoring.Value], actor: Actor) -> None:
    row = AnswerCode.objects.select_related("stratum__wave", "point").get(pk=code_id)
    wave = row.stratum.wave
    access.hold(wave.pk)
    wave.refresh_from_db(fields=["state"])
    today = clock.today()
    no = flow.hindrance(
        wave.state, ended=wave.last_on < today, expired=row.expires_on < today,
        used=row.used_on is not None, spoilt=row.spoilt_on is not None,
    )  # fmt: skip
    if no:
        raise NotAllowed(no, way_on="要找人帮忙，请打 12348。")
    kept, wrong = scoring.read(entry.questions(wave), answers)
    for number, sentence in wrong.items():
        raise BadInput(sentence, field=f"q{number}")
    told = {
        number: clean.text(value, field=f"q{number}", most=scoring.MOST_WORDS)
        if isinstance(value, str) else value
        for number, value in kept.items()
    }  # fmt: skip
    # the lock that makes "once" true; without it two windows at once would both be in time
    locked = AnswerCode.objects.select_for_update(of=("self",)).filter(pk=code_id, used_on=None)
    if not locked.exists():
        raise Clash("这个答卷码刚刚用过了，一个码只能答一次。")
    AnswerSheet.objects.create(
        stratum_id=row.stratum_id, point_id=row.point_id, way=row.way, answers=told
    )
    AnswerCode.objects.filter(pk=code_id).update(used_on=today)
    event = events.SheetTaken(point=row.point.name, way=flow.WAYS[row.way], **entry.about(wave))
    trail_actions.record(event, actor=actor)


def _made(
    wave: Wave, point: Point, layer: Stratum, way: str, number: int, until: date
) -> tuple[UUID, ...]:
    out = AnswerCode.objects.filter(point=point, stratum__wave=wave)
    last = out.aggregate(last=Max("serial"))["last"] or 0
    rows = []
    for serial in range(last + 1, last + 1 + number):
        ref = new_id()
        rows.append(
            AnswerCode(
                id=ref, stratum=layer, point=point, way=way, serial=serial,
                digest=codes.digest(codes.word(ref)), made_on=clock.today(), expires_on=until,
            )
        )  # fmt: skip
    AnswerCode.objects.bulk_create(rows)
    return tuple(row.id for row in rows)


def _tell_codes(wave: Wave, point: Point, deed: str, way: str, number: int, actor: Actor) -> None:
    told = events.CodesMade(
        point=point.name, deed=deed, way=flow.WAYS[way], number=number, **entry.about(wave)
    )
    trail_actions.record(told, actor=actor)
