"""Turns trail entries about a matter into sentences for people; citizens hear what is told them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from yike.rooms.clocks import events as clock_events
from yike.rooms.core import clock, prepared
from yike.rooms.core.event import Event
from yike.rooms.matters import events
from yike.rooms.matters.faces import TimelineLine
from yike.rooms.trail.models import Entry

_HEARD: list[type[Event]] = [
    *(
        kind
        for kind in vars(events).values()
        if isinstance(kind, type) and issubclass(kind, Event) and kind is not events.MatterLooked
    ),
    clock_events.ClockNeared,
    clock_events.ClockWarned,
    clock_events.ClockBroken,
]
_KINDS = {event.kind(): event for event in _HEARD}


def lines(matter_id: UUID, *, for_citizen: bool, details: dict[int, str]) -> list[TimelineLine]:
    """This will return the history of a matter, oldest first. `details`: custody seq → reason."""
    rows = prepared.run(_LINES, [str(matter_id)])
    made = (
        _line(at.astimezone(UTC), *row, for_citizen=for_citizen, details=details)
        for at, *row in rows
    )
    return [line for line in made if line is not None]


#: Planned once for each connection: who may read what of the trail is said by a dozen rooms, and
#: to plan that takes ten times as long as to read (20 ms).
_LINES = (
    "select at, kind, actor_kind, actor_label, body from trail_entry"
    " where about = 'matter' and subject = %s order by id"
)


def heard(found: Iterable[tuple[datetime, str, str, str, str]]) -> tuple[TimelineLine, ...]:
    """This will return what the citizen of another matter was told, for whoever is merged in.

    "您" there is somebody else: whose deed it was is not said.
    """
    made = (_line(*row, for_citizen=True, details={}) for row in found)
    return tuple(
        replace(line, who="主件", sentence=line.sentence.replace("您", "当事人"))
        for line in made
        if line is not None and line.kind not in _OWN
    )


#: what passes between the main's citizen and the office alone
_OWN = frozenset({"MessageSent", "MatterRated", "PapersAsked", "PapersBrought", "MatterMerged"})


def last_deed(matter_id: UUID) -> str:
    """This will say who did the last thing to a matter, what, and when; "" when nobody did."""
    rows = Entry.objects.filter(about="matter", subject=str(matter_id)).order_by("-id")
    found = rows.values_list("at", "kind", "actor_kind", "actor_label", "body").first()
    line = _line(*found, for_citizen=False, details={}) if found else None
    return f"{said(line.at)}，{line.who}：{line.sentence}。" if line else ""


def said(moment: datetime) -> str:
    """This will write an instant as people say it: 11月21日 10:32."""
    civil = moment.astimezone(clock.CIVIL)
    return f"{civil.month}月{civil.day}日 {civil:%H:%M}"


def _line(
    at: datetime,
    kind: str,
    actor_kind: str,
    label: str,
    body: str,
    *,
    for_citizen: bool,
    details: dict[int, str],
) -> TimelineLine | None:
    event = _KINDS.get(kind)
    if event is None:
        return None
    words = getattr(event, "TOLD", "") if for_citizen else event.SENTENCE
    if not words:
        return None
    facts: dict[str, Any] = json.loads(body)
    if for_citizen and facts.get("told"):
        words = facts["told"]
    return TimelineLine(
        at=at,
        who=_who(actor_kind, label, for_citizen),
        sentence=words.format(**_readable(facts)),
        kind=kind.rpartition(".")[2],
        detail="" if for_citizen else details.get(facts.get("seq") or 0, ""),
    )


def _who(kind: str, label: str, for_citizen: bool) -> str:
    if kind == "citizen":
        return "您" if for_citizen else "当事人"
    if kind == "system":
        return "系统"
    return f"{label[:1]}**" if for_citizen and kind == "staff" and label else label


def _readable(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: _written(name, value) for name, value in facts.items()}


def _written(name: str, value: Any) -> Any:
    if name.endswith("_at") and value:
        return said(datetime.fromisoformat(value))
    if name.endswith("_on") and value:
        day = date.fromisoformat(value)
        return f"{day.month}月{day.day}日"
    return value
