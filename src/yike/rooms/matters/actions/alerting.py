"""Warning those whom a promise concerns, and the rules by which they are warned."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from yike.rooms.clocks import access as clocks_access
from yike.rooms.clocks import actions as clocks_actions
from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.clocks.faces import ClockFace
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.guard import clean
from yike.rooms.matters import alerts, codes, events, flow, timeline
from yike.rooms.matters.models import AlertRule, Matter
from yike.rooms.notices import actions as notices_actions
from yike.rooms.notices import queries as notices_queries
from yike.rooms.notices.faces import Recipient
from yike.rooms.people import roles
from yike.rooms.trail import actions as trail_actions

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_MOST_MINUTES = 7 * 1440


@transaction.atomic
def warn_of(*, kind: str, matter_id: UUID, clock_id: UUID, actor: Actor) -> datetime | None:
    """This will tell those whom the rules name that a promise turned yellow, orange or red.

    Each recipient once for each clock and colour, however often it is called. Returns when to call
    again for those in their silence; None when all are told, or the warning has been overtaken: the
    clock stopped or waits, or a worse colour has come.
    """
    matter = Matter.objects.filter(id=matter_id).first()
    colour, template = alerts.EVENTS[kind]
    face = _clock(matter, clock_id) if matter else None
    if matter is None or face is None or not _still(matter, face, colour):
        return None
    now = clock.now()
    rule = alerts.rule_for(face.promise_code)
    opens = alerts.silent_until(rule, colour, now)
    if opens > now:
        return opens
    waits = []
    for to in alerts.addresses(matter, rule.recipients(colour)):
        who = str(to.account or to.org)
        once = f"alert/{clock_id}/{colour}/{face.due_at:%Y%m%d%H%M}/{who}"
        free = _free_at(matter, to, colour, rule.again_minutes, once)
        if free is None or free <= now:
            _tell(matter, face, to, template, once, actor)
        else:
            waits.append(free)
    return min(waits, default=None)


@transaction.atomic
def set_alerts(
    *,
    recipients: Mapping[str, Iterable[str]],
    reason: str,
    actor: Actor,
    promise_code: str = "",
    quiet_from: str = "",
    quiet_until: str = "",
    rest_days: bool = True,
    again_minutes: int = 60,
    red_at_once: bool = False,
) -> int:
    """This will make a new version of who is warned and when nobody is; returns its number.

    `recipients`: colour → levels (holder, office, dispatcher, director); `promise_code` "" for
    every promise without a rule of its own. Refuses whoever is neither dispatcher nor director
    (NotAllowed), unknown words, half a silence, and red that reaches nobody (BadInput).
    """
    _may_set(actor)
    told = {colour: list(dict.fromkeys(recipients.get(colour, ()))) for colour in alerts.TOLD}
    _check(told, promise_code, (quiet_from, quiet_until), again_minutes)
    rows = AlertRule.objects.filter(promise_code=promise_code)
    version = (rows.aggregate(top=Max("version"))["top"] or 0) + 1
    AlertRule.objects.create(
        id=new_id(),
        promise_code=promise_code,
        version=version,
        recipients=told,
        quiet_from=quiet_from,
        quiet_until=quiet_until,
        rest_days=rest_days,
        again_minutes=again_minutes,
        red_at_once=red_at_once,
        reason=clean.text(reason, field="reason", most=200, least=2),
        set_at=clock.now(),
        set_by=actor.account_id,
    )
    trail_actions.record(
        events.AlertsSet(promise_code=promise_code, version=version, reason=reason), actor=actor
    )
    return version


@transaction.atomic
def set_thresholds(
    *,
    promise_code: str,
    near_percent: int | None,
    warn_percent: int | None,
    warn_before_minutes: int | None,
    actor: Actor,
) -> int:
    """This will change when a promise turns yellow and orange; returns the promise's version.

    For promises made from now on; those made stay as they are. Refuses as set_alerts, and as the
    room clocks does.
    """
    _may_set(actor)
    made = clocks_actions.set_warnings(
        code=promise_code,
        near_percent=near_percent,
        warn_percent=warn_percent,
        warn_before_minutes=warn_before_minutes,
        actor=actor,
    )
    return made.version


def _clock(matter: Matter, clock_id: UUID) -> ClockFace | None:
    faces = clocks_queries.faces_of("matter", matter.id)
    return next((one for one in faces if one.id == clock_id), None)


def _still(matter: Matter, face: ClockFace, colour: str) -> bool:
    """Whether the colour is still what the clock shows."""
    if matter.state not in flow.GOING or face.state != "running":
        return False
    if colour == "red":
        return True
    worse = face.broken_at if colour == "orange" else face.warned_at or face.broken_at
    return worse is None


def _free_at(
    matter: Matter, to: Recipient, colour: str, minutes: int, once: str
) -> datetime | None:
    """When somebody may hear again of a matter; None: at once. Told already counts as at once."""
    if notices_queries.is_told(once):
        return None
    heard = [template for level, template in alerts.EVENTS.values() if _rank(level, colour)]
    last = notices_queries.last_told(to=to, about="matter", subject=str(matter.id), templates=heard)
    return last + timedelta(minutes=minutes) if last else None


def _rank(level: str, colour: str) -> bool:
    """A worse colour than the one heard does not wait."""
    return alerts.TOLD.index(level) >= alerts.TOLD.index(colour)


def _tell(
    matter: Matter, face: ClockFace, to: Recipient, template: str, once: str, actor: Actor
) -> None:
    notices_actions.tell(
        to=to,
        template=template,
        facts={
            "reference": matter.reference,
            "order_no": matter.order_no or matter.reference,
            "promise": face.promise_name,
            "due": timeline.said(face.due_at),
            "due_at": face.due_at.astimezone(clock.CIVIL).isoformat(timespec="minutes"),
            "state": flow.STATES[matter.state],
            "urgency": codes.URGENCIES[matter.urgency],
        },
        about="matter",
        subject=str(matter.id),
        region_code=matter.region_code,
        once=once,
        actor=actor,
    )


def _may_set(actor: Actor) -> None:
    if actor.kind != "system" and not actor.has(roles.DISPATCHER, roles.DIRECTOR):
        raise NotAllowed("只有派单员和局领导可以修改预警规则", way_on="请把意见告诉派单员。")
    clocks_access.require_keeper(actor)


def _check(
    told: Mapping[str, list[str]], promise_code: str, quiet: tuple[str, str], minutes: int
) -> None:
    known = {one.code for one in clocks_queries.promise_list()}
    if promise_code and promise_code not in known:
        raise BadInput("没有这种时限", field="promise_code")
    for colour, levels in told.items():
        if set(levels) - set(alerts.LEVELS):
            raise BadInput("请从列表里选择通知谁", field=colour)
    if not told["red"]:
        raise BadInput("超期至少要通知一方", way_on="请为红色选上承办单位或派单员。", field="red")
    if bool(quiet[0]) != bool(quiet[1]) or not all(_TIME.fullmatch(one) for one in quiet if one):
        raise BadInput(
            "免打扰时间要写明从几点到几点", way_on="都不填就是不设。", field="quiet_from"
        )
    if not 0 <= minutes <= _MOST_MINUTES:
        raise BadInput("间隔要在 0 到 10080 分钟之间", field="again_minutes")
