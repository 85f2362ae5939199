"""A small county with two supervisors, answered matters and ratings by real actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers
from yike.rooms.matters.tests.makers import MONDAY, SYSTEM, VISITOR, County
from yike.rooms.notices import reference as notices_reference
from yike.rooms.quality import actions
from yike.rooms.quality.models import Callback, Rating

__all__ = ["MONDAY", "SYSTEM", "VISITOR"]
TUESDAY = MONDAY + timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Quality:
    """The county of the matters tests, and who watches over it."""

    county: County
    bureau: UUID
    ma: Actor
    gao: Actor


def furnish() -> Quality:
    """This will furnish the county, a bureau above it, and two supervisors."""
    county = makers.furnish()
    with acting(SYSTEM), clock.at(MONDAY - timedelta(days=400)):
        notices_reference.load_reference(actor=SYSTEM)
        bureau = makers._office(
            "bureau", "象山县司法局", "bureau", makers.COUNTY, handles_orders=False
        )
        ma = makers.person("majian", "马监督", "supervisor", bureau, makers.COUNTY, level=3)
        gao = makers.person("gaojian", "高监督", "supervisor", bureau, makers.COUNTY, level=3)
    return Quality(county=county, bureau=bureau, ma=ma, gao=gao)


def answered(county: County, *, by: Actor | None = None, **told: Any) -> str:
    """This will return the reference of a matter that 石浦司法所 answered an hour ago."""
    with clock.at(clock.now() - timedelta(hours=1)):
        reference = makers.worked(county, **told)
        who = by or county.wang
        makers.do("close", reference, who, result="answered", reply="可以向劳动监察投诉。")
    return reference


def rated(
    reference: str,
    level: int,
    *,
    at: datetime | None = None,
    phone: str = makers.PHONE,
    address: str = "198.51.100.7",
    **told: Any,
) -> UUID:
    """This will rate as the citizen, and let the house look at it."""
    if level < 3:
        told.setdefault("reasons", ("slow",))
    who = makers.citizen(reference, phone)
    citizen = Actor(**{**who.__dict__, "address": address})
    with clock.at(at or clock.now()):
        with acting(citizen):
            made = actions.rate(level=level, actor=citizen, **told)
        house("examine_rating", rating_id=made)
    return made


def house(verb: str, **told: Any) -> Any:
    """This will do one deed of the house."""
    with acting(SYSTEM):
        return getattr(actions, verb)(actor=SYSTEM, **told)


def do(verb: str, actor: Actor, **told: Any) -> Any:
    """This will do one deed in one transaction, as a door does."""
    with acting(actor):
        return getattr(actions, verb)(actor=actor, **told)


def rating(rating_id: UUID) -> Rating:
    """This will return a rating as the house sees it."""
    with acting(SYSTEM):
        return Rating.objects.get(id=rating_id)


def callback_of(rating_id: UUID) -> Callback:
    """This will return the callback of a rating as the house sees it."""
    with acting(SYSTEM):
        return Callback.objects.get(rating=rating_id)
