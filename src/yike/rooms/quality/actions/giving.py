"""Rating a matter: by link, by reference and phone, or by staff for the citizen. Once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed
from yike.rooms.guard import clean, limits
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions as matters_actions
from yike.rooms.matters import flow as matters_flow
from yike.rooms.matters import queries as matters_queries
from yike.rooms.matters.faces import Service
from yike.rooms.people import roles
from yike.rooms.quality import access, codes, events, policy, serving
from yike.rooms.quality.models import Invitation, Rating
from yike.rooms.quality.queries.links import link_of
from yike.rooms.trail import actions as trail_actions

WORDS_MOST = 500
#: tries of one address, of one browser: in an hour
#: more is a slip of the finger
_MOST_VISITS, _MOST_FEN = 99, 10**9
_PER_ADDRESS, _PER_DEVICE, _HOUR = 30, 10, 3600
_STATES = frozenset(
    {matters_flow.ANSWERED, matters_flow.CLOSED, matters_flow.ARCHIVED, matters_flow.DECLINED}
)


@dataclass(frozen=True, kw_only=True)
class _Said:
    """What is said, read and cleaned."""

    level: int
    reasons: tuple[str, ...]
    words: str
    anonymous: bool
    channel: str
    visits: int | None
    fen: int | None

    @property
    def bad(self) -> bool:
        return self.level in codes.BAD


def rate(
    *,
    level: int,
    reasons: Sequence[str] = (),
    words: str = "",
    anonymous: bool = False,
    token: str = "",
    reference: str = "",
    channel: str = "",
    device: str = "",
    said_visits: int | None = None,
    said_yuan: Decimal | None = None,
    actor: Actor,
) -> UUID:
    """This will rate an answered matter, and close it or have it redone when it waits for that.

    By `token` (anybody who holds the link), as the citizen who claims the matter, or by window and
    hotline staff for the citizen (`reference`, `channel`). level 1-5; the two bad need a reason.
    `said_visits`, `said_yuan`: how often the citizen came and what they paid, where they say it.
    Refuses who served (and records that they tried), a second time (Clash), too many of one
    address or device (TooMany), an expired or used link. Not one transaction: a refusal of who
    served leaves its entry.
    """
    said = _read(level, reasons, words, anonymous, _channel(actor, token, channel))
    said = replace(said, visits=_visits(said_visits), fen=_fen(said_yuan))
    _limit(actor, device)
    citizen, where = _citizen(actor, token, reference)
    with acting(citizen):
        service = matters_queries.service_of(citizen, where)
        invitation = serving.newest_invitation(service.matter_id)
        why = _conflict(service, invitation, actor)
        if why:
            _record_refusal(service, why, actor)
    if why:
        raise NotAllowed(f"{why}，不能评价这件事", way_on="请让当事人自己评价。")
    with transaction.atomic(), acting(citizen):
        return _give(said, service, invitation, actor, citizen)


@transaction.atomic
def _record_refusal(service: Service, why: str, actor: Actor) -> None:
    """Stays although the deed is refused: it is part of the caller's transaction, not of ours."""
    event = events.RatingRefused(
        matter_id=service.matter_id, region_code=service.region_code, why=why
    )
    trail_actions.record(event, actor=actor)


def _read(
    level: int, reasons: Sequence[str], words: str, anonymous: bool, channel: str
) -> _Said:  # fmt: skip
    if level not in codes.LEVELS:
        raise BadInput("请选择满意程度", field="level")
    known = tuple(dict.fromkeys(one for one in reasons if one in codes.REASONS))
    if level in codes.BAD and not known:
        raise BadInput("请选一选哪里不满意，我们好去改", field="reasons")
    said = clean.text(words, field="words", most=WORDS_MOST)
    kept = known if level in codes.BAD else ()
    return _Said(level=level, reasons=kept, words=said, anonymous=anonymous, channel=channel,
                 visits=None, fen=None)  # fmt: skip


def _visits(typed: int | None) -> int | None:
    if typed is not None and not 0 <= typed <= _MOST_VISITS:
        raise BadInput(f"次数应在 0 到 {_MOST_VISITS} 之间", field="said_visits")
    return typed


def _fen(typed: Decimal | None) -> int | None:
    if typed is None:
        return None
    fen = int(typed * 100)
    if not 0 <= fen <= _MOST_FEN or fen != typed * 100:
        raise BadInput("请写付了多少元，最多两位小数；没付写 0", field="said_yuan")
    return fen


def _channel(actor: Actor, token: str, channel: str) -> str:
    if token:
        return "link"
    if actor.kind == "citizen":
        return "follow"
    if actor.kind == "staff" and actor.has(roles.CLERK, roles.AGENT, roles.SUPERVISOR):
        if channel not in codes.ON_BEHALF:
            raise BadInput("请选择在哪里代填", field="channel")
        return channel
    raise NotAllowed("请凭编号和电话，或评价链接来评价", way_on="窗口和热线的工作人员可以代填。")


def _limit(actor: Actor, device: str) -> None:
    if actor.kind in ("staff", "system"):
        return
    limits.allow(
        what="rate.address", who=actor.address, per_seconds=_HOUR, at_most=_PER_ADDRESS
    )  # fmt: skip
    if device:
        limits.allow(what="rate.device", who=device, per_seconds=_HOUR, at_most=_PER_DEVICE)


def _citizen(actor: Actor, token: str, reference: str) -> tuple[Actor, str]:
    """Under whose eyes it is done: the citizen whose matter it is, whoever holds the pen."""
    if token:
        link = link_of(token)
        if link.expires_at < clock.now():
            raise NotAllowed("这个评价链接已经过期", way_on="请凭编号和电话在“查进度”里评价。")
        if link.used_at is not None:
            raise Clash("这个评价链接已经用过了", way_on="谢谢您，一件事评价一次。")
        return actor.claiming(link.reference, link.phone_index), link.reference
    if actor.kind == "citizen":
        return actor, actor.claim_ref
    service = matters_queries.service_of(actor, reference)
    if not service.phone_index:
        return actor, service.reference
    told = replace(actor, label=f"{actor.label}（代当事人）"[:80])
    return told.claiming(service.reference, service.phone_index), service.reference


def _conflict(service: Service, invitation: Invitation | None, actor: Actor) -> str:
    """Why this person may not rate: served it, is of the office, or has the phone of who did."""
    accounts = set(service.served_accounts) | set(invitation.served_accounts if invitation else ())
    orgs = set(service.served_orgs) | set(invitation.served_orgs if invitation else ())
    if actor.kind == "staff" and actor.account_id in accounts:
        return "您办过这件事"
    if access.served(actor, accounts, orgs):
        return "您的单位办过这件事"
    if invitation and service.phone_index and service.phone_index in invitation.served_phones:
        return "这个电话是办事人员的"
    return ""


def _give(
    said: _Said, service: Service, invitation: Invitation | None, actor: Actor, citizen: Actor
) -> UUID:
    answered = service.answered_at
    if answered is None or service.state not in _STATES:
        raise NotAllowed("这件事还没有答复，答复以后再请您评价")
    before = Rating.objects.filter(matter=service.matter_id).select_for_update().first()
    rating = _again(before, said, answered) if before else _first(said, service, actor)
    Invitation.objects.filter(matter=service.matter_id, used_at=None).update(used_at=clock.now())
    _record(rating, said, again=before is not None, actor=actor)
    if service.state == matters_flow.ANSWERED and citizen.kind == "citizen":
        _move(said, citizen)
    return rating.id


def _first(said: _Said, service: Service, actor: Actor) -> Rating:
    now, answered = clock.now(), service.answered_at
    assert answered is not None
    quick = (now - answered).total_seconds() < policy.value("fast.seconds")
    rating = Rating(
        id=new_id(),
        matter_id=service.matter_id,
        region_code=service.region_code,
        secrecy=service.level,
        category=service.category,
        org=service.holder_org,
        account=service.answerer or service.holder_account,
        first_org=service.first_org,
        level=said.level,
        reasons=list(said.reasons),
        words=said.words,
        anonymous=said.anonymous,
        channel=said.channel,
        said_visits=said.visits,
        said_fen=said.fen,
        given_by=actor.account_id,
        answered_at=answered,
        rated_at=now,
        address=_address(actor),
        flags=["too_fast"] if quick else [],
        standing="held" if quick else "counted",
        demo=service.demo,
    )
    Rating.objects.bulk_create([rating], ignore_conflicts=True)
    if not Rating.objects.filter(id=rating.id).exists() and actor.kind == "citizen":
        raise Clash("这件事已经评价过了", way_on="一件事评价一次，谢谢您。")
    return rating


def _again(before: Rating, said: _Said, answered: datetime) -> Rating:
    """After it was done once more: the first rating stands, beside it what is said now."""
    if before.again_at is not None or answered <= before.rated_at:
        raise Clash("这件事已经评价过了", way_on="一件事评价一次；还有话说，请写留言或投诉。")
    before.again_level, before.again_words, before.again_at = said.level, said.words, clock.now()
    names = ["again_level", "again_words", "again_at"]
    if said.visits is not None or said.fen is not None:
        before.said_visits, before.said_fen = said.visits, said.fen
        names += ["said_visits", "said_fen"]
    before.save(update_fields=names)
    return before


def _address(actor: Actor) -> str:
    return limits.hashed(actor.address) if actor.address and actor.kind != "staff" else ""


def _move(said: _Said, citizen: Actor) -> None:
    """The matter waits for this word: helped closes it, not helped has it done once more.

    Whoever does not want to be named is not quoted on the matter's page: only reasons stand there.
    """
    reasons = "、".join(codes.REASONS[one] for one in said.reasons)
    words = reasons if said.anonymous or len(said.words) < 2 else said.words
    matters_actions.say_helped(
        reference=citizen.claim_ref,
        helped=said.level >= codes.HELPED,
        words=words,
        actor=citizen,
    )


def _record(rating: Rating, said: _Said, *, again: bool, actor: Actor) -> None:
    event = events.RatingGiven(
        rating_id=rating.id,
        matter_id=rating.matter_id,
        region_code=rating.region_code,
        level=said.level,
        level_name=codes.LEVELS[said.level],
        channel=said.channel,
        channel_name=codes.CHANNELS[said.channel],
        bad=said.bad,
        again=again,
        demo=rating.demo,
    )
    trail_actions.record(event, actor=actor)
