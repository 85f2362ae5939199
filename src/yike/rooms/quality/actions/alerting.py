"""Alerts: raised by the house by rule, owned by somebody, mended or found false by a second."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import NotAllowed
from yike.rooms.people import roles
from yike.rooms.quality import codes, deed, events, mending, telling
from yike.rooms.quality.finding import Finding
from yike.rooms.quality.models import Alert, Callback, Complaint, Rectification
from yike.rooms.quality.models.cases import Case
from yike.rooms.trail import actions as trail_actions

ASSIGN = "alert.assign"
#: the same finding is not raised again so soon after it ended
QUIET = timedelta(days=7)
_KINDS: dict[str, type[Case]] = {
    "callback": Callback,
    "rectification": Rectification,
    "alert": Alert,
    "complaint": Complaint,
}


@transaction.atomic
def raise_alert(*, finding: Finding, actor: Actor) -> UUID | None:
    """This will raise an alert, once for each subject while it is open and a week after.

    Owner: a supervisor of the region, else a director. Returns None when it was raised already.
    """
    if actor.kind != "system":
        raise NotAllowed("预警由系统按规则发出")
    same = Alert.objects.filter(
        rule=finding.rule, subject_kind=finding.subject_kind, subject=finding.subject
    )
    recent = same.filter(ended_at__gt=clock.now() - QUIET)
    if same.filter(ended_at=None).exists() or recent.exists():
        return None
    case = _case(finding)
    Alert.objects.bulk_create([case], ignore_conflicts=True)
    if not Alert.objects.filter(id=case.id).exists():
        return None  # another job found the same in the same moment
    case.due_at = deed.start_clock("alert", case, ASSIGN, actor=actor)
    case.save(update_fields=["due_at"])
    telling.staff(
        "quality.alert", case, "alert", actor=actor, account=case.owner_account, reason=case.title
    )
    event = events.AlertRaised(
        **_about(case),
        subject_kind=case.subject_kind,
        subject=case.subject,
        owner=case.owner_account,
        due_at=case.due_at.astimezone(clock.CIVIL),
    )
    trail_actions.record(event, actor=actor)
    return case.id


@transaction.atomic
def raise_all(*, findings: Sequence[Finding], actor: Actor) -> int:
    """This will raise many alerts; returns how many were new."""
    made = [raise_alert(finding=one, actor=actor) for one in findings]
    return sum(one is not None for one in made)


@transaction.atomic
def send_alert(
    *, case_id: UUID, to_org: UUID, words: str, hard: bool = False, actor: Actor, seen: str = ""
) -> UUID:
    """This will give the alert to an office to mend; returns the rectification."""
    doing = deed.begin("send_alert", Alert, case_id, actor=actor, seen=seen)
    doing.change(words=deed.words(words))
    deed.stop_clocks("alert", doing.case, actor=actor)
    made = mending.assign(
        mending.Task(
            source="alert",
            org=to_org,
            title=doing.case.title,
            task=doing.case.words,
            hard=hard,
            found_at=doing.case.found_at,
            alert=doing.case.id,
        ),
        of=doing.case,
        actor=actor,
    )
    deed.settle(doing)
    deed.done(doing, events.AlertAssigned(**_about(doing.case), rectification_id=made))
    return made


@transaction.atomic
def ask_dismiss(*, case_id: UUID, words: str, actor: Actor, seen: str = "") -> None:
    """This will ask that the alert be called false; somebody else verifies it."""
    doing = deed.begin("ask_dismiss", Alert, case_id, actor=actor, seen=seen)
    doing.change(words=deed.words(words))
    deed.settle(doing)
    deed.done(doing, events.DismissalAsked(**_about(doing.case)))


@transaction.atomic
def grant_dismiss(*, case_id: UUID, words: str, actor: Actor, seen: str = "") -> None:
    """This will call the alert false, verified by a second person."""
    doing = deed.begin("grant_dismiss", Alert, case_id, actor=actor, seen=seen)
    doing.change(words=f"{doing.case.words}\n核实：{deed.words(words)}")
    deed.settle(doing)
    deed.done(doing, events.AlertDismissed(**_about(doing.case)))


@transaction.atomic
def refuse_dismiss(*, case_id: UUID, words: str, actor: Actor, seen: str = "") -> None:
    """This will not agree that it is false: it stands."""
    doing = deed.begin("refuse_dismiss", Alert, case_id, actor=actor, seen=seen)
    doing.change(words=f"{doing.case.words}\n核实：{deed.words(words)}")
    deed.settle(doing)
    deed.done(doing, events.DismissalRefused(**_about(doing.case)))


@transaction.atomic
def escalate(*, noun: str, case_id: UUID, promise_name: str, actor: Actor) -> None:
    """This will bring an overdue case to a director of its region, once for each breach."""
    if actor.kind != "system":
        raise NotAllowed("升级由系统按时限进行")
    case = _KINDS[noun]._default_manager.select_for_update().filter(id=case_id).first()
    if case is None or case.ended_at is not None:
        return
    leader = deed.leader_of(case.region_code, case.secrecy, roles.DIRECTOR, but=frozenset())
    case.escalated_at, case.escalated_to = clock.now(), leader
    case.save(update_fields=["escalated_at", "escalated_to"])
    for who in {leader, case.owner_account}:
        telling.staff(
            "quality.escalated", case, noun, actor=actor, account=who, promise=promise_name
        )
    event = events.CaseEscalated(
        case_kind=noun,
        case_id=case.id,
        region_code=case.region_code,
        promise_name=promise_name,
        leader=leader,
    )
    trail_actions.record(event, actor=actor)


def _case(finding: Finding) -> Alert:
    watcher = deed.leader_of(
        finding.region_code, finding.secrecy, roles.SUPERVISOR, but=frozenset()
    ) or deed.leader_of(finding.region_code, finding.secrecy, roles.DIRECTOR, but=frozenset())
    return Alert(
        id=new_id(),
        state="open",
        region_code=finding.region_code,
        secrecy=finding.secrecy,
        owner_account=watcher,
        found_at=clock.now(),
        rule=finding.rule,
        subject_kind=finding.subject_kind,
        subject=finding.subject,
        title=finding.title[:120],
        evidence=[list(one) for one in finding.evidence],
        demo=finding.demo,
    )


def _about(case: Alert) -> dict[str, Any]:
    return {
        "alert_id": case.id, "rule": case.rule, "rule_name": codes.RULES[case.rule],
        "region_code": case.region_code,
    }  # fmt: skip
