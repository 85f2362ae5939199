"""Up the ladder of a broken promise: each rung recorded once, at its own instant, then told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.clocks.faces import ClockFace
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.guard import clean
from yike.rooms.matters import alerts, codes, events, flow, ladder, names, timeline, watching
from yike.rooms.matters import deed as deeds
from yike.rooms.matters.ladder import Ladder, Rung
from yike.rooms.matters.models import Escalation, LadderRule, Matter, Supervision
from yike.rooms.notices import actions as notices_actions
from yike.rooms.notices.faces import Recipient
from yike.rooms.people import queries as people_queries
from yike.rooms.people import roles
from yike.rooms.trail import actions as trail_actions

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
#: longest wait before a rung, in its unit
_AFTER_MOST = 90
#: the rung from which on the office owes a report (督办)
_WATCHED = 2
#: from this level on only those who answer for it hear of a matter, none by name
_CLOSED = 2


@transaction.atomic
def climb(*, matter_id: UUID, clock_id: UUID, actor: Actor) -> datetime | None:
    """This will record the rungs a broken promise has reached; returns when the next one comes.

    However often it is called, each rung is recorded once for each due instant; after a long rest
    all that were passed, each with its own instant. None: no more, or it no longer runs.
    """
    _house(actor)
    matter = Matter.objects.select_for_update().filter(id=matter_id).first()
    face = _running(matter, clock_id)
    if matter is None or face is None:
        return None
    found, now = ladder.ladder_for(face.promise_code), clock.now()
    known = Escalation.objects.filter(clock_id=clock_id, due_at=face.due_at)
    before = set(known.values_list("rung", flat=True))
    for rung, at in ladder.climb(found, face):
        if at > now:
            return at
        if rung.rung not in before:
            _record(matter, face, found, rung, at, actor)
    return None


@transaction.atomic
def tell_rung(*, escalation_id: UUID, actor: Actor) -> datetime | None:
    """This will tell those whom a rung names, once; returns when to come back in their silence.

    Who hears of a higher rung of the same promise at the same time hears of that one only. Nobody
    is told of what has ended meanwhile.
    """
    _house(actor)
    row = Escalation.objects.select_for_update().filter(id=escalation_id, told_at=None).first()
    matter = Matter.objects.filter(id=row.matter_id).first() if row else None
    face = _running(matter, row.clock_id) if row else None
    if row is None or matter is None or face is None or face.due_at != row.due_at:
        return None
    now, rule = clock.now(), ladder.ladder_for(row.promise_code)
    quiet = alerts.Rule(
        quiet_from=rule.quiet_from, quiet_until=rule.quiet_until, rest_days=rule.rest_days
    )
    opens = alerts.silent_until(quiet, "red", now)
    if opens > now:
        return opens
    told = [to for to in _addresses(matter, row) if to not in _higher(matter, row)]
    for to in told:
        _tell(matter, row, to, actor)
    row.told, row.told_at = _named(told), now
    row.save(update_fields=["told", "told_at"])
    return None


@transaction.atomic
def set_ladder(
    *,
    rungs: Sequence[Rung],
    reason: str,
    actor: Actor,
    promise_code: str = "",
    quiet_from: str = "",
    quiet_until: str = "",
    rest_days: bool = True,
) -> int:
    """This will make a new version of who is told of broken promises; returns its number.

    `rungs`: 催办, 督办 and 通报 (1, 2, 3), each later than the one before; `promise_code` "" for
    every promise without a ladder of its own. Refuses whoever is neither dispatcher nor director
    (NotAllowed), and rungs that reach nobody or stand out of order (BadInput).
    """
    if actor.kind != "system" and not actor.has(roles.DISPATCHER, roles.DIRECTOR):
        raise NotAllowed("只有派单员和局领导可以修改督促阶梯", way_on="请把意见告诉派单员。")
    _check(rungs, promise_code, (quiet_from, quiet_until))
    rows = LadderRule.objects.filter(promise_code=promise_code)
    version = (rows.aggregate(top=Max("version"))["top"] or 0) + 1
    row = LadderRule(
        id=new_id(), promise_code=promise_code, version=version,
        rungs=[one.plain() for one in rungs], quiet_from=quiet_from, quiet_until=quiet_until,
        rest_days=rest_days, reason=clean.text(reason, field="reason", most=200, least=2),
        set_at=clock.now(), set_by=actor.account_id,
    )  # fmt: skip
    LadderRule.objects.bulk_create([row])
    event = events.LadderSet(promise_code=promise_code, version=version, reason=row.reason)
    trail_actions.record(event, actor=actor)
    return version


def _house(actor: Actor) -> None:
    if actor.kind != "system":
        raise NotAllowed("只有系统可以自动督促")


def _running(matter: Matter | None, clock_id: UUID) -> ClockFace | None:
    """The promise, when it is broken and still runs for a matter that goes on."""
    if matter is None or matter.state not in flow.GOING:
        return None
    faces = clocks_queries.faces_of("matter", matter.id)
    face = next((one for one in faces if one.id == clock_id), None)
    return face if face and face.state == "running" and face.broken_at else None


def _record(
    matter: Matter, face: ClockFace, found: Ladder, rung: Rung, at: datetime, actor: Actor
) -> None:
    row = Escalation(
        id=new_id(), matter=matter, clock_id=face.id, purpose=face.purpose,
        promise_code=face.promise_code, promise_name=face.promise_name, due_at=face.due_at,
        rung=rung.rung, reached_at=at, recorded_at=clock.now(), rule_version=found.version,
        holder_org=matter.holder_org, recipients=rung.plain(),
    )  # fmt: skip
    Escalation.objects.bulk_create([row])
    event = events.PromisePressed(
        **deeds.about(matter), escalation_id=row.id, clock_id=face.id,
        promise_name=face.promise_name, rung=rung.rung, rung_name=rung.name, due_at=face.due_at,
        reached_at=at.astimezone(clock.CIVIL),
    )  # fmt: skip
    trail_actions.record(event, actor=actor)
    if rung.rung == _WATCHED:
        _watch(matter, face, found, row, actor)


def _watch(matter: Matter, face: ClockFace, found: Ladder, row: Escalation, actor: Actor) -> None:
    """Opens a supervision that the office reports on, unless one waits for its report already."""
    if Supervision.objects.filter(matter=matter.id, reported_at=None).exists():
        return
    words = f"“{face.promise_name}”应于{timeline.said(face.due_at)}前完成，请说明原因和完成时间"
    made = watching.watch(
        matter, words=words, due_on=_report_by(found, face), at=clock.now(), by=actor
    )
    event = events.SupervisionOpened(
        **deeds.about(matter), escalation_id=row.id, no=made.no, org=matter.holder_org,
        org_name=names.orgs([matter.holder_org]).get(matter.holder_org, ""), due_on=made.due_on,
    )  # fmt: skip
    trail_actions.record(event, actor=actor)


def _report_by(found: Ladder, face: ClockFace) -> date:
    """The day of the next rung, so that a report may prevent it; else the next working day."""
    now = clock.now()
    later = [at for rung, at in ladder.climb(found, face) if rung.rung > _WATCHED and at > now]
    due = later[0] if later else _tomorrow(face, now)
    return due.astimezone(clock.CIVIL).date()


def _tomorrow(face: ClockFace, now: datetime) -> datetime:
    return clocks_queries.reached(face.calendar_version, now, 1, "working_days")


def _addresses(matter: Matter, row: Escalation) -> list[Recipient]:
    found = alerts.addresses(matter, row.recipients.get("to", ()))
    named = [] if matter.level >= _CLOSED else row.recipients.get("accounts", ())
    return list(dict.fromkeys([*found, *(Recipient(account=UUID(one)) for one in named)]))


def _higher(matter: Matter, row: Escalation) -> list[Recipient]:
    above = Escalation.objects.filter(
        clock_id=row.clock_id, due_at=row.due_at, rung__gt=row.rung, told_at=None
    )
    return [to for one in above for to in _addresses(matter, one)]


def _tell(matter: Matter, row: Escalation, to: Recipient, actor: Actor) -> None:
    who = str(to.account or to.org)
    notices_actions.tell(
        to=to,
        template="matter.pressed",
        facts={
            "reference": matter.reference,
            "order_no": matter.order_no or matter.reference,
            "rung": codes.RUNGS[row.rung],
            "promise": row.promise_name,
            "due": timeline.said(row.due_at),
            "due_at": row.due_at.astimezone(clock.CIVIL).isoformat(timespec="minutes"),
            "reached": timeline.said(row.reached_at),
            "state": flow.STATES[matter.state],
            "urgency": codes.URGENCIES[matter.urgency],
            "office": names.orgs([matter.holder_org]).get(matter.holder_org, ""),
            "reason": _wanted(matter),
        },
        about="matter",
        subject=str(matter.id),
        region_code=matter.region_code,
        once=f"rung/{row.clock_id}/{row.due_at:%Y%m%d%H%M}/{row.rung}/{who}",
        actor=actor,
    )


def _wanted(matter: Matter) -> str:
    """What the office shall do now; by which day it reports, when it is watched."""
    rows = Supervision.objects.filter(matter=matter.id, reported_at=None).order_by("due_on")
    day = rows.values_list("due_on", flat=True).first()
    by = f"，{day.month}月{day.day}日前反馈" if day else ""
    return f"请立即办理并说明原因{by}"


def _named(told: Sequence[Recipient]) -> list[str]:
    people = people_queries.account_names([to.account for to in told if to.account])
    orgs = names.orgs([to.org for to in told if to.org])
    said = (people.get(to.account, "") if to.account else orgs.get(to.org, "") for to in told)
    return [one for one in said if one]


def _check(rungs: Sequence[Rung], promise_code: str, quiet: tuple[str, str]) -> None:
    known = {one.code for one in clocks_queries.promise_list()}
    if promise_code and promise_code not in known:
        raise BadInput("没有这种时限", field="promise_code")
    if [one.rung for one in rungs] != sorted(codes.RUNGS):
        raise BadInput("催办、督办、通报三级都要写明", field="rungs")
    for one in rungs:
        field = f"to_{one.rung}"
        if one.unit not in ladder.UNITS or not 0 <= one.after <= _AFTER_MOST:
            raise BadInput(f"超期后多久要在 0 到 {_AFTER_MOST} 之间", field=f"after_{one.rung}")
        if set(one.to) - set(alerts.LEVELS) or not (one.to or one.accounts):
            raise BadInput(f"{one.name}至少要通知一方", field=field)
    if len({one.unit for one in rungs}) > 1:
        raise BadInput("三级要用同一种单位", field="unit")
    if [one.after for one in rungs] != sorted(one.after for one in rungs):
        raise BadInput(
            "越高的一级要越晚", way_on="请按催办、督办、通报的先后填写。", field="after_2"
        )
    _check_accounts([account for one in rungs for account in one.accounts])
    if bool(quiet[0]) != bool(quiet[1]) or not all(_TIME.fullmatch(one) for one in quiet if one):
        raise BadInput(
            "免打扰时间要写明从几点到几点", way_on="都不填就是不设。", field="quiet_from"
        )


def _check_accounts(accounts: Sequence[UUID]) -> None:
    known = people_queries.account_names(accounts) if accounts else {}
    if set(accounts) - known.keys():
        raise BadInput("指名的人不在账号里", way_on="请从列表里选择。", field="accounts")
