"""Rectifications: 派发, 整改, 核验 by somebody else, 复盘; and the orders of supervision (督办)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.files import actions as files_actions
from yike.rooms.matters import queries as matters_queries
from yike.rooms.quality import access, codes, deed, events, flow, mending, telling
from yike.rooms.quality.models import Alert, Complaint, Rating, Rectification
from yike.rooms.trail import actions as trail_actions

FILES_MOST = 10


@transaction.atomic
def supervise(*, to_org: UUID, title: str, words: str, hard: bool = False, actor: Actor) -> UUID:
    """This will order an office to mend something and report until a day (督办).

    Supervisors and directors, within their region. Returns the rectification.
    """
    office = mending.office(to_org)
    if not access.watches(actor, office.region_code):
        raise NotAllowed("只有监督员和局领导可以督办", way_on="请报告监督员。")
    return mending.assign_in(
        mending.Task(
            source="supervise",
            org=to_org,
            title=deed.words(title, name="title")[:120],
            task=deed.words(words),
            hard=hard,
            found_at=clock.now(),
        ),
        region_code=office.region_code,
        secrecy=0,
        demo=False,
        actor=actor,
    )


@transaction.atomic
def report_mended(
    *,
    case_id: UUID,
    words: str,
    file_ids: Sequence[UUID] = (),
    actor: Actor,
    seen: str = "",
) -> None:
    """This will say that it is mended, with evidence; only the office that owes it."""
    doing = deed.begin("report_mended", Rectification, case_id, actor=actor, seen=seen)
    if len(file_ids) > FILES_MOST:
        raise BadInput(f"材料最多 {FILES_MOST} 份", field="file_ids")
    files_actions.attach_files(
        file_ids=list(file_ids), about="rectification", subject=str(case_id),
        level=doing.case.secrecy, actor=actor,
    )  # fmt: skip
    kept = [*doing.case.file_ids, *(one for one in file_ids if one not in doing.case.file_ids)]
    doing.change(report=deed.words(words), reported_at=doing.now, file_ids=kept)
    deed.stop_clocks("rectification", doing.case, actor=actor)
    deed.settle(doing)
    deed.done(doing, events.RectificationReported(**mending.about(doing.case), files=len(kept)))


@transaction.atomic
def pass_check(*, case_id: UUID, words: str, actor: Actor, seen: str = "") -> None:
    """This will verify that it is mended. Refuses who reported it, and the office that owed it."""
    doing = deed.begin("pass_check", Rectification, case_id, actor=actor, seen=seen)
    doing.change(verdict=deed.words(words), verified_by=actor.account_id, verified_at=doing.now)
    deed.settle(doing)
    deed.done(doing, events.RectificationPassed(**mending.about(doing.case)))


@transaction.atomic
def fail_check(*, case_id: UUID, words: str, actor: Actor, seen: str = "") -> None:
    """This will find it not mended: it goes on, with a short promise of its own."""
    doing = deed.begin("fail_check", Rectification, case_id, actor=actor, seen=seen)
    due = deed.start_clock("rectification", doing.case, mending.AGAIN, actor=actor)
    doing.change(verdict=deed.words(words), returns=doing.case.returns + 1, due_at=due)
    deed.settle(doing)
    telling.staff(
        "quality.rectification", doing.case, "rectification", actor=actor,
        org=doing.case.owner_org, reason=f"核验不通过：{doing.case.title}",
    )  # fmt: skip
    told = {"returns": doing.case.returns, "due_at": due.astimezone(clock.CIVIL)}
    deed.done(doing, events.RectificationFailed(**(mending.about(doing.case) | told)))


@transaction.atomic
def review(*, case_id: UUID, words: str, actor: Actor, seen: str = "") -> None:
    """This will write down what was learnt and close the loop; the citizen is told."""
    doing = deed.begin("review", Rectification, case_id, actor=actor, seen=seen)
    told = _tell_citizen(doing.case, actor)
    doing.change(lesson=deed.words(words), told_at=doing.now if told else None)
    deed.settle(doing)
    if doing.case.alert_id:
        _end_alert(doing.case.alert_id, actor)
    days = (doing.now - doing.case.found_at).days
    deed.done(doing, events.RectificationClosed(**mending.about(doing.case), days=days, told=told))


@transaction.atomic
def mark_hard(*, case_id: UUID, words: str, actor: Actor, seen: str = "") -> None:
    """This will find it hard: the longer promise counts, from when it was found. Once."""
    doing = deed.begin("mark_hard", Rectification, case_id, actor=actor, seen=seen)
    deed.stop_clocks("rectification", doing.case, actor=actor)
    due = deed.start_clock(
        "rectification", doing.case, mending.HARD, actor=actor, started_at=doing.case.found_at
    )
    reason = f"{doing.case.task}\n认定疑难：{deed.words(words)}"
    doing.change(hard=True, due_at=due, task=reason)
    deed.settle(doing)
    told = {"due_at": due.astimezone(clock.CIVIL)}
    deed.done(doing, events.RectificationEased(**(mending.about(doing.case) | told)))


@transaction.atomic
def hand_rectification(
    *, case_id: UUID, to_org: UUID, words: str, actor: Actor, seen: str = ""
) -> None:
    """This will let another office owe it; the due instant stays."""
    doing = deed.begin("hand_rectification", Rectification, case_id, actor=actor, seen=seen)
    mending.office(to_org)
    task = f"{doing.case.task}\n改派：{deed.words(words)}"
    doing.change(owner_org=to_org, owner_account=None, task=task)
    deed.settle(doing)
    mending.tell_owner(doing.case, actor)
    deed.done(doing, events.RectificationHanded(**mending.about(doing.case)))


def _tell_citizen(case: Rectification, actor: Actor) -> bool:
    """Whoever rated or complained hears that it was mended."""
    office = deed.org_name(case.owner_org)
    if case.complaint_id:
        complaint = Complaint.objects.filter(id=case.complaint_id).first()
        if complaint is not None:
            telling.complainant(complaint, "citizen.mended", actor=actor, office=office)
            return bool(complaint.phone_index)
    rating = Rating.objects.filter(id=case.rating_id).first() if case.rating_id else None
    if rating is None:
        return False
    service = matters_queries.services(actor, [rating.matter_id]).get(rating.matter_id)
    if service is None:
        return False
    return telling.citizen(
        service, "citizen.mended", actor=actor, once=f"mended/{case.id}", office=office
    )


def _end_alert(alert_id: UUID, actor: Actor) -> None:
    """What the alert led to is closed: so is the alert, unless another one of it is open."""
    alert = Alert.objects.select_for_update().filter(id=alert_id, ended_at=None).first()
    others = Rectification.objects.filter(alert=alert_id, ended_at=None).exists()
    if alert is None or others:
        return
    alert.state, alert.ended_at, alert.version = "ended", clock.now(), alert.version + 1
    assert alert.state in flow.ENDED["alert"]
    alert.save(update_fields=["state", "ended_at", "version"])
    event = events.AlertEnded(
        alert_id=alert.id,
        rule=alert.rule,
        rule_name=codes.RULES[alert.rule],
        region_code=alert.region_code,
    )
    trail_actions.record(event, actor=actor)
