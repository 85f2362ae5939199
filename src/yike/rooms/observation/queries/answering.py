"""What whoever holds a code is asked, and what a clerk types in from paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import QuerySet

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotFound
from yike.rooms.guard import limits
from yike.rooms.guard.acting import acting
from yike.rooms.observation import access, codes, entry, flow, scoring
from yike.rooms.observation.models import AnswerCode

#: wrong codes of one address in an hour
_TRIES, _HOUR = 30, 3600
_WHAT = "observation.code"


@dataclass(frozen=True, kw_only=True)
class AskPage:
    """What is asked with one code, or why it cannot be any more."""

    code_id: UUID
    serial: int
    stratum: str
    way_name: str
    title: str
    version: int
    intro: str
    point: str
    phone: str
    unit_name: str
    last_on: str
    questions: tuple[scoring.Asked, ...]
    why_not: str
    demo: bool
    wave_id: UUID
    point_id: UUID


def code_held(code: str, actor: Actor) -> AskPage:
    """This will return what a code is for. Refuses NotFound, one answer for all wrong ones.

    Only wrong codes are counted against an address: a hall's people all come from one.
    """
    limits.allow(what=_WHAT, who=actor.address, per_seconds=_HOUR, at_most=_TRIES)
    key = codes.digest(code)
    with acting(replace(actor, claim_key=key)):
        row = _rows().filter(digest=key).first() if key else None
        if row is None:
            raise NotFound(
                "没有找到这个答卷码", way_on="请核对网址或重新扫码；也可以请工作人员帮忙。"
            )
        page = _page(row)
    limits.give_back(what=_WHAT, who=actor.address, per_seconds=_HOUR, at_most=_TRIES)
    return page


def paper_page(actor: Actor, code_id: UUID) -> AskPage:
    """This will return what is on a sheet of paper that is typed in. Refuses NotFound."""
    access.code_for(actor, code_id)
    row = _rows().get(pk=code_id)
    if row.way != flow.PAPER:
        raise NotFound("没有这份纸质问卷")
    return _page(row)


def _rows() -> QuerySet[AnswerCode]:
    return AnswerCode.objects.select_related("stratum__wave__questionnaire", "point")


def _page(row: AnswerCode) -> AskPage:
    wave, today = row.stratum.wave, clock.today()
    return AskPage(
        code_id=row.id, serial=row.serial, stratum=str(row.stratum), way_name=flow.WAYS[row.way],
        title=wave.questionnaire.title, version=wave.questionnaire.version,
        intro=wave.questionnaire.intro, point=row.point.name, phone=row.point.phone,
        unit_name=flow.UNITS[wave.unit], last_on=f"{wave.last_on:%Y-%m-%d}",
        questions=tuple(entry.questions(wave)), demo=wave.demo, wave_id=wave.id,
        point_id=row.point_id,
        why_not=flow.hindrance(
            wave.state, ended=wave.last_on < today, expired=row.expires_on < today,
            used=row.used_on is not None, spoilt=row.spoilt_on is not None,
        ),
    )  # fmt: skip
