"""Whom a change of duty concerns and which notice they get; the words are templates of notices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from yike.rooms.core import clock
from yike.rooms.core.actor import INTERNAL, Actor
from yike.rooms.duty import words
from yike.rooms.duty.faces import hours_of
from yike.rooms.duty.models import CallAsk, CallOut, Roster, Shift, ShiftChange
from yike.rooms.notices import actions as notices_actions
from yike.rooms.notices.faces import Recipient
from yike.rooms.people import queries as people_queries
from yike.rooms.people import roles


def tell(kind: str, event: dict[str, Any], *, actor: Actor) -> None:
    """This will tell everybody an event of this kind concerns, once."""
    if "roster_id" in event:
        _of_roster(event, actor)
    elif kind == "PostEnded":
        _of_end(event, actor)
    elif kind in ("SubstituteCalled", "SubstituteTook", "SubstituteMissing"):
        _of_call(kind, event, actor)
    else:
        _of_change(kind, event, actor)


def _of_roster(event: dict[str, Any], actor: Actor) -> None:
    """Each person on duty is told their number of shifts and the first one."""
    roster = Roster.objects.get(pk=event["roster_id"])
    rows = Shift.objects.filter(roster=roster, from_at__gt=clock.now())
    for account, shift, count in _by_person(rows):
        facts = _facts(shift) | {
            "count": str(count),
            "period": f"{roster.from_on:%m-%d} 至 {roster.until_on:%m-%d}（不含）",
        }
        once = f"duty/r/{roster.pk}/{roster.facts.get('solved_at', '')[5:19]}"
        _send([account], "duty.published", facts, shift, once, actor)


def _of_end(event: dict[str, Any], actor: Actor) -> None:
    """Whoever was to stand at a post after its end is told not to come."""
    rows = Shift.objects.filter(
        post=event["post_id"], public=True, state__in=words.STANDING, day__gte=event["ended_on"],
        until_at__gt=clock.now(),
    )  # fmt: skip
    for account, shift, count in _by_person(rows):
        since = f"{date.fromisoformat(event['ended_on']):%m月%d日}起"
        facts = _facts(shift) | {"period": since, "reason": event["reason"], "count": str(count)}
        _send([account], "duty.post_ended", facts, shift, f"duty/e/{shift.post_id}", actor)


def _by_person(rows: QuerySet[Shift]) -> Iterator[tuple[UUID, Shift, int]]:
    """The account of each who stands there, their first shift, and how many they have."""
    found: dict[UUID, list[Shift]] = {}
    rows = rows.filter(account_id__isnull=False)
    for row in rows.select_related("post").order_by("from_at", "id"):
        assert row.account_id is not None
        found.setdefault(row.account_id, []).append(row)
    for account, shifts in found.items():
        yield account, shifts[0], len(shifts)


def _of_call(kind: str, event: dict[str, Any], actor: Actor) -> None:
    call = CallOut.objects.select_related("shift__post", "shift__replaced_by").get(
        pk=event["call_id"]
    )
    facts = _facts(call.shift) | {"person": call.shift.name, "reason": call.reason or "未说明"}
    if kind == "SubstituteCalled":
        asks = CallAsk.objects.filter(call=call, asked_at__isnull=False, answer="")
        for ask in asks:
            told = [ask.account_id]
            _send(told, "duty.called", facts, call.shift, f"duty/call/{call.pk}", actor)
        return
    alarmed = planners(call.county_code)
    if kind == "SubstituteTook":
        facts["other"] = call.shift.replaced_by.name if call.shift.replaced_by else ""
        both = [call.shift.account_id, *alarmed]
        _send(both, "duty.taken", facts, call.shift, f"duty/taken/{call.pk}", actor)
    if kind == "SubstituteMissing":
        _send(alarmed, "duty.missing", facts, call.shift, f"duty/missing/{call.pk}", actor)


def _of_change(kind: str, event: dict[str, Any], actor: Actor) -> None:
    row = ShiftChange.objects.select_related("shift__post").get(pk=event["change_id"])
    facts = _facts(row.shift) | {
        "person": row.by_name,
        "other": row.to_name,
        "kind": event["said"],
        "reason": row.reason or "未说明",
    }
    told: Iterable[UUID | None] = (row.by_account, row.to_account)
    if kind == "ChangeAsked":
        told = (row.to_account,)
    elif kind == "ChangeAnswered" and row.state == "agreed":
        told = (row.by_account, *planners(row.county_code))
    template = "duty.change_asked" if kind == "ChangeAsked" else "duty.changed"
    _send(told, template, facts, row.shift, f"duty/change/{row.pk}/{row.state}", actor)


def planners(county: str) -> list[UUID]:
    """This will return who dispatches the county, and who answers for it: both see the alarm."""
    found = [
        one
        for role in (roles.DISPATCHER, roles.DIRECTOR)
        for one in people_queries.answering_for(role, region_code=county, level=INTERNAL)
    ]
    return list(dict.fromkeys(found))


def _facts(shift: Shift) -> dict[str, str]:
    return {
        "post": shift.post.name,
        "when": f"{shift.day:%m月%d日} {hours_of(shift.from_at, shift.until_at)}",
    }


def _send(
    accounts: Iterable[UUID | None],
    template: str,
    facts: dict[str, str],
    shift: Shift,
    once: str,
    actor: Actor,
) -> None:
    for account in dict.fromkeys(one for one in accounts if one is not None):
        notices_actions.tell(
            to=Recipient(account=account),
            template=template,
            facts=facts,
            about="shift",
            subject=str(shift.pk),
            region_code=shift.county_code,
            actor=actor,
            once=f"{once}/{account}",
        )
