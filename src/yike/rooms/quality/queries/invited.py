"""The page on which somebody rates: by link, or by reference and phone."""

from __future__ import annotations

from dataclasses import replace

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed
from yike.rooms.guard.acting import acting
from yike.rooms.matters import flow as matters_flow
from yike.rooms.matters import queries as matters_queries
from yike.rooms.matters.faces import Service
from yike.rooms.matters.queries import EffortFace
from yike.rooms.providers import queries as providers_queries
from yike.rooms.quality import codes
from yike.rooms.quality.faces import RatePage
from yike.rooms.quality.models import Rating
from yike.rooms.quality.queries.links import link_of

_STATES = (
    matters_flow.ANSWERED,
    matters_flow.CLOSED,
    matters_flow.ARCHIVED,
    matters_flow.DECLINED,
)


def rate_page(actor: Actor, *, token: str = "", reference: str = "") -> RatePage:
    """This will return what is rated, by link or by claim. Refuses NotFound for a wrong link.

    A link that has expired or was used says so in `why_not`; nothing of the matter's text shows.
    """
    if token:
        link = link_of(token)
        citizen, where = actor.claiming(link.reference, link.phone_index), link.reference
        late = link.expires_at < clock.now()
        used = link.used_at is not None
    elif actor.kind == "citizen":
        citizen, where, late, used = actor, actor.claim_ref, False, False
    elif actor.kind == "staff" and reference:
        citizen, where, late, used = actor, reference, False, False
    else:
        raise NotAllowed("请凭编号和电话，或评价链接来评价")
    with acting(citizen):
        service = matters_queries.service_of(citizen, where)
        rating = Rating.objects.filter(matter=service.matter_id).first()
        cost = _cost(matters_queries.effort_of(citizen, where))
        return replace(_page(service, rating, late=late, used=used), cost=cost)


def _cost(noted: EffortFace | None) -> str:
    """What the handler noted, for the citizen to correct."""
    if noted is None:
        return ""
    said = [noted.pay_name + (f" {noted.yuan} 元" if noted.yuan else "")] if noted.pay_name else []
    said += [f"到场 {noted.visits} 次"] if noted.visits is not None else []
    return "，".join(said)


def _page(service: Service, rating: Rating | None, *, late: bool, used: bool) -> RatePage:
    again = bool(rating and service.answered_at and service.answered_at > rating.rated_at)
    open_ = service.answered_at is not None and service.state in _STATES
    said = rating is not None and (not again or rating.again_at is not None)
    why = _why_not(open_=open_, said=said, late=late, used=used)
    office = service.holder_org
    return RatePage(
        reference=service.reference,
        title="" if service.level else service.title,
        office=providers_queries.names_of([office]).get(office, "") if office else "",
        answered_at=service.answered_at,
        may=not why,
        why_not=why,
        level_name=codes.LEVELS[rating.level] if rating else "",
        again_name=codes.LEVELS.get(rating.again_level or 0, "") if rating else "",
        again=again,
    )


def _why_not(*, open_: bool, said: bool, late: bool, used: bool) -> str:
    if said:
        return "这件事您已经评价过了，谢谢。"
    if late:
        return "这个评价链接已经过期。凭编号和电话在“查进度”里还可以评价。"
    if used:
        return "这个评价链接已经用过了。"
    return "" if open_ else "这件事还在办理，答复以后再请您评价。"
