"""Calling back about a bad rating: tries, and how it ends. Never by those who served."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput
from yike.rooms.people import queries as people_queries
from yike.rooms.quality import (
    access,
    calling,
    codes,
    deed,
    events,
    mending,
    redoing,
    standings,
    telling,
)
from yike.rooms.quality.models import Attempt, Callback, Rating


@transaction.atomic
def note_attempt(*, case_id: UUID, result: str, words: str, actor: Actor, seen: str = "") -> None:
    """This will note one try to reach the citizen, here and on the order. Refuses who served."""
    doing = deed.begin("note_attempt", Callback, case_id, actor=actor, seen=seen)
    if result not in codes.RESULTS:
        raise BadInput("请选择联系结果", field="result")
    Attempt.objects.bulk_create(
        [
            Attempt(
                id=new_id(),
                callback=doing.case,
                at=doing.now,
                by_account=actor.account_id,
                result=result,
                words=deed.words(words),
            )
        ]
    )
    calling.show(doing.case, result, actor=actor)
    deed.settle(doing)
    told = {"result": result, "result_name": codes.RESULTS[result]}
    deed.done(doing, events.CallbackAttempted(**(_about(doing.case) | told)))


@transaction.atomic
def send_redo(*, case_id: UUID, words: str, actor: Actor, seen: str = "") -> None:
    """This will have the matter done once more; one that is being redone already stays so."""
    doing = deed.begin("send_redo", Callback, case_id, actor=actor, seen=seen)
    rating = _rating(doing)
    redoing.redo(rating.matter_id, deed.words(words), actor=actor)
    doing.change(words=deed.words(words))
    deed.settle(doing)
    deed.done(doing, events.CallbackRedone(**_about(doing.case), matter_id=rating.matter_id))


@transaction.atomic
def send_mend(
    *, case_id: UUID, to_org: UUID, words: str, hard: bool = False, actor: Actor, seen: str = ""
) -> UUID:
    """This will end the callback in a rectification by an office; returns the rectification."""
    doing = deed.begin("send_mend", Callback, case_id, actor=actor, seen=seen)
    doing.change(words=deed.words(words))
    made = mending.assign(
        mending.Task(
            source="rating",
            org=to_org,
            title=f"差评整改：{codes.LEVELS[_rating(doing).level]}",
            task=doing.case.words,
            hard=hard,
            found_at=doing.case.found_at,
            rating=doing.case.rating_id,
        ),
        of=doing.case,
        actor=actor,
    )
    deed.settle(doing)
    deed.done(doing, events.CallbackToMend(**_about(doing.case), rectification_id=made))
    return made


@transaction.atomic
def ask_exclude(*, case_id: UUID, ground: str, words: str, actor: Actor, seen: str = "") -> None:
    """This will ask that the rating shall not count; somebody else verifies it."""
    doing = deed.begin("ask_exclude", Callback, case_id, actor=actor, seen=seen)
    if ground not in codes.GROUNDS:
        raise BadInput("请选择不采纳的理由", field="ground")
    doing.change(ground=ground, words=deed.words(words))
    deed.settle(doing)
    told = {"ground": ground, "ground_name": codes.GROUNDS[ground]}
    deed.done(doing, events.ExclusionAsked(**(_about(doing.case) | told)))


@transaction.atomic
def grant_exclude(*, case_id: UUID, words: str, actor: Actor, seen: str = "") -> None:
    """This will take the rating out of the figures, verified by a second person."""
    doing = deed.begin("grant_exclude", Callback, case_id, actor=actor, seen=seen)
    said = deed.words(words)
    name = codes.GROUNDS[doing.case.ground]
    standings.stand(_rating(doing), "excluded", f"{name}：{said}", actor)
    deed.settle(doing)
    deed.done(doing, events.ExclusionGranted(**_about(doing.case), ground_name=name))


@transaction.atomic
def refuse_exclude(*, case_id: UUID, words: str, actor: Actor, seen: str = "") -> None:
    """This will not agree: the callback goes on."""
    doing = deed.begin("refuse_exclude", Callback, case_id, actor=actor, seen=seen)
    doing.change(words=deed.words(words), ground="")
    deed.settle(doing)
    deed.done(doing, events.ExclusionRefused(**_about(doing.case)))


@transaction.atomic
def hand_callback(*, case_id: UUID, account_id: UUID, actor: Actor, seen: str = "") -> None:
    """This will let somebody else call back. Refuses those who served."""
    doing = deed.begin("hand_callback", Callback, case_id, actor=actor, seen=seen)
    if account_id not in people_queries.account_names([account_id]):
        raise BadInput("没有这个人员", field="account_id")
    if account_id in doing.case.served_accounts:
        raise BadInput("不能让办这件事的人回访", field="account_id")
    doing.change(owner_account=account_id)
    deed.settle(doing)
    telling.staff(
        "quality.callback", doing.case, "callback", actor=actor, account=account_id, reason="转给您"
    )
    deed.done(doing, events.CallbackHanded(**_about(doing.case), owner=account_id))


def _about(case: Callback) -> dict[str, Any]:
    return {
        "callback_id": case.id, "rating_id": case.rating_id, "region_code": case.region_code,
    }  # fmt: skip


def _rating(doing: deed.Deed[Callback]) -> Rating:
    return access.rating_for(doing.actor, doing.case.rating_id)
