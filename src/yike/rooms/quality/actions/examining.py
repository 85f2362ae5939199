"""After a rating: is it odd, must somebody call back, who is told. And checking odd ones."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import NotAllowed
from yike.rooms.people import queries as people_queries
from yike.rooms.people import roles
from yike.rooms.quality import (
    access,
    codes,
    deed,
    events,
    policy,
    serving,
    sharing,
    standings,
    telling,
)
from yike.rooms.quality.models import Callback, Invitation, Rating
from yike.rooms.trail import actions as trail_actions

CONTACT = "rating.contact"


@transaction.atomic
def examine_rating(*, rating_id: UUID, actor: Actor) -> UUID | None:
    """This will flag a rating that looks odd, and owe a callback for a bad one; repeatable.

    Returns the callback, if one is owed. Only the house does it, so that nobody can leave it out.
    """
    if actor.kind != "system":
        raise NotAllowed("只有系统可以检查评价")
    rating = access.rating_for(actor, rating_id, lock=True)
    _flag(rating, actor)
    _tell_rated(rating, actor)
    worst = min(rating.level, rating.again_level or 5)
    return _owe(rating, actor) if worst in codes.BAD else None


@transaction.atomic
def check_rating(*, rating_id: UUID, counts: bool, words: str, actor: Actor) -> None:
    """This will decide whether a flagged rating counts. Supervisors only, never who served."""
    rating = access.rating_for(actor, rating_id, lock=True)
    if not access.watches(actor, rating.region_code):
        raise NotAllowed("只有监督员可以核实评价")
    if actor.account_id in (rating.account, rating.given_by):
        raise NotAllowed("与您有关的评价，请别人核实")
    if rating.standing != "held":
        raise NotAllowed("这条评价不需要核实")
    standings.stand(rating, "counted" if counts else "excluded", deed.words(words), actor)


@transaction.atomic
def owe_missing_callbacks(*, actor: Actor, limit: int = 200) -> int:
    """This will owe a callback for every bad rating that has none: 100 % is a promise."""
    if actor.kind != "system":
        raise NotAllowed("只有系统可以补建回访")
    bad = Rating.objects.filter(level__lte=2).exclude(id__in=Callback.objects.values("rating"))
    found = list(bad.order_by("rated_at").values_list("id", flat=True)[:limit])
    return sum(examine_rating(rating_id=one, actor=actor) is not None for one in found)


def _flag(rating: Rating, actor: Actor) -> None:
    flags = set(rating.flags) | _odd(rating)
    if flags == set(rating.flags) or rating.standing == "excluded":
        return
    rating.flags, rating.standing = sorted(flags), "held"
    rating.save(update_fields=["flags", "standing"])
    names = "、".join(codes.FLAGS[one] for one in rating.flags)
    standings.say(events.RatingFlagged, rating, actor, flags=names)


def _odd(rating: Rating) -> set[str]:
    if not rating.address:
        return set()
    same = Rating.objects.filter(
        address=rating.address, rated_at__gt=rating.rated_at - timedelta(days=1)
    )
    shown = Invitation.objects.filter(matter=rating.matter_id, address=rating.address)
    found = {"same_address"} if same.count() > policy.value("address.most") else set()
    return found | ({"own_device"} if shown.exists() else set())


def _tell_rated(rating: Rating, actor: Actor) -> None:
    """Notice of evaluation results to the one rated (B3.9): the level, never who."""
    case = Callback(id=rating.id, region_code=rating.region_code)
    level = codes.LEVELS[rating.again_level or rating.level]
    telling.staff(
        "quality.rated", case, "rating", actor=actor, account=rating.account, org=rating.org,
        once=f"rated/{rating.id}/{rating.again_level or 0}", reason=level,
    )  # fmt: skip


def _owe(rating: Rating, actor: Actor) -> UUID:
    known = Callback.objects.filter(rating=rating.id).values_list("id", flat=True).first()
    if known is not None:
        return known
    case = _callback(rating, actor)
    Callback.objects.bulk_create([case])
    due = deed.start_clock("callback", case, CONTACT, actor=actor, started_at=rating.rated_at)
    case.due_at = due
    case.save(update_fields=["due_at"])
    event = events.CallbackOwed(
        callback_id=case.id,
        rating_id=rating.id,
        region_code=case.region_code,
        owner=case.owner_account,
        due_at=due.astimezone(clock.CIVIL),
    )
    trail_actions.record(event, actor=actor)
    telling.staff(
        "quality.callback", case, "callback", actor=actor, account=case.owner_account,
        reason=codes.LEVELS[rating.level],
    )  # fmt: skip
    return case.id


def _callback(rating: Rating, actor: Actor) -> Callback:
    invitation = serving.newest_invitation(rating.matter_id)
    accounts = set(invitation.served_accounts if invitation else ())
    accounts |= {one for one in (rating.account, rating.given_by) if one}
    return Callback(
        id=new_id(),
        state="waiting",
        region_code=rating.region_code,
        secrecy=rating.secrecy,
        owner_account=_caller(rating, frozenset(accounts), actor),
        found_at=rating.rated_at,
        rating=rating,
        served_org=rating.org,
        served_accounts=sorted(accounts),
        demo=rating.demo,
    )


def _caller(rating: Rating, served: frozenset[UUID], actor: Actor) -> UUID | None:
    """The least loaded supervisor of the region, else somebody of the office that first received
    it, else a director; never who served, nor their office."""
    found = sharing.least_loaded(rating.region_code, rating.secrecy, roles.SUPERVISOR, but=served)
    if found is not None:
        return found
    if rating.first_org and rating.first_org != rating.org:
        others = [
            one.id
            for one in people_queries.colleagues(rating.first_org, actor=actor)
            if one.id not in served and set(one.roles) & roles.UNMASKS
        ]
        if others:
            return others[0]
    return sharing.least_loaded(rating.region_code, rating.secrecy, roles.DIRECTOR, but=served)
