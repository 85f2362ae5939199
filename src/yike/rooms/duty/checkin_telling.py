"""Whom a check-in concerns and which notice they get: the person on duty first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from yike.rooms.core.actor import INTERNAL, Actor
from yike.rooms.duty import checkin
from yike.rooms.duty.faces import hours_of
from yike.rooms.duty.models import CheckIn, MakeUp, Shift
from yike.rooms.notices import actions as notices_actions
from yike.rooms.notices.faces import Recipient
from yike.rooms.people import queries as people_queries
from yike.rooms.people import roles


def tell_of_checkin(kind: str, event: dict[str, Any], *, actor: Actor) -> None:
    """This will tell everybody an event of this kind concerns, once."""
    if "make_up_id" in event:
        _of_make_up(kind, event, actor)
        return
    shift = Shift.objects.select_related("post").get(pk=event["shift_id"])
    if kind == "CheckInReminded":
        _send([shift.account_id], "duty.check_remind", {}, shift, f"remind/{shift.pk}", actor)
    elif kind == "CheckInMissed":
        told = [shift.account_id, *_answering(shift.county_code, roles.DISPATCHER)]
        facts = {"person": shift.name}
        _send(told, "duty.check_missed", facts, shift, f"missed/{shift.pk}", actor)
    elif kind == "CheckInDoubted":
        _of_doubt(event, shift, actor)
    else:
        _of_decision(event, shift, actor)


def _of_doubt(event: dict[str, Any], shift: Shift, actor: Actor) -> None:
    """Whoever answers for the post's town is asked, and the county's dispatcher."""
    row = CheckIn.objects.get(pk=event["checkin_id"])
    region = shift.post.region_code
    told = [*_answering(region, roles.OFFICER), *_answering(shift.county_code, roles.DISPATCHER)]
    others = [one for one in told if one != shift.account_id]
    facts = {"person": shift.name, "kind": event["said"], "reason": "；".join(row.doubts)}
    _send(others, "duty.check_doubt", facts, shift, f"doubt/{row.pk}", actor)


def _of_decision(event: dict[str, Any], shift: Shift, actor: Actor) -> None:
    row = CheckIn.objects.get(pk=event["checkin_id"])
    facts = {"kind": f"{checkin.DIRECTIONS[row.direction]}{event['said']}",
             "reason": row.note or "未说明"}  # fmt: skip
    _send([row.account_id], "duty.check_decided", facts, shift, f"decided/{row.pk}", actor)


def _of_make_up(kind: str, event: dict[str, Any], actor: Actor) -> None:
    row = MakeUp.objects.select_related("shift__post").get(pk=event["make_up_id"])
    shift, facts = row.shift, {"person": row.shift.name, "reason": row.reason}
    if kind == "MakeUpAsked":
        told = _answering(shift.county_code, roles.DISPATCHER)
        others = [one for one in told if one != row.account_id]
        _send(others, "duty.make_up_asked", facts, shift, f"make_up/{row.pk}", actor)
    elif row.state in ("granted", "refused"):
        facts = {"kind": f"补签{event['said']}", "reason": row.note or "未说明"}
        once = f"make_up/{row.pk}/{row.state}"
        _send([row.account_id], "duty.check_decided", facts, shift, once, actor)


def _answering(region: str, role: str) -> list[UUID]:
    return list(people_queries.answering_for(role, region_code=region, level=INTERNAL))


def _send(
    accounts: Iterable[UUID | None],
    template: str,
    more: dict[str, str],
    shift: Shift,
    once: str,
    actor: Actor,
) -> None:
    when = f"{shift.day:%m月%d日} {hours_of(shift.from_at, shift.until_at)}"
    facts = {"post": shift.post.name, "when": when, **more}
    for account in dict.fromkeys(one for one in accounts if one is not None):
        notices_actions.tell(
            to=Recipient(account=account), template=template, facts=facts, about="shift",
            subject=str(shift.pk), region_code=shift.county_code, actor=actor,
            once=f"duty/{once}/{account}",
        )  # fmt: skip
