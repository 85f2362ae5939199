"""What the county decides: a grade given, refused, lowered; and what came of an appeal."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed
from yike.rooms.guard import clean
from yike.rooms.places import access, entry, events, grade_flow, grade_known, grading
from yike.rooms.places.grade_course import about, begin
from yike.rooms.places.grading import Result
from yike.rooms.places.models import (
    GradeAppeal,
    GradeAssessment,
    GradeAward,
    GradeFinding,
    Station,
)
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def import_grade(
    *, station_id: UUID, grade: str, source: str, awarded_on: date, actor: Actor, reason: str = ""
) -> None:
    """This will take over a grade given before this house kept grades, with its source.

    Refuses NotAllowed once the station was graded here: then a grade comes from an assessment only;
    BadInput a day to come.
    """
    row = access.station_for(actor, station_id, lock=True, active=True)
    if GradeAward.objects.filter(station=row).exclude(kind="imported").exists():
        raise NotAllowed(f"{row.name}已在本系统评定过", way_on="请通过自评、复核来改变等级。")
    if awarded_on > clock.today():
        raise BadInput("评定日期不能晚于今天", field="awarded_on")
    award = GradeAward.objects.create(
        station=row,
        kind="imported",
        grade=entry.filled(grade, "grade", "等级")[:20],
        awarded_on=awarded_on,
        source=entry.filled(source, "source", "来源"),
        reason=entry.line(reason, "reason") or "历史等级",
        decided_by=actor.account_id,
    )
    if grade_known.standing_awards([row.pk])[row.pk].pk == award.pk:
        _set(row, award.grade, award.awarded_on)
    said = f"历史等级，来源：{award.source}"
    _say_awarded(row, award, said, actor)


@transaction.atomic
def award_grade(
    *, assessment_id: UUID, awarded_on: date, certificate: str, actor: Actor, reason: str = ""
) -> str:
    """This will give the grade that the stored evidence adds up to, and return its name.

    Refuses NotAllowed when it adds up to none, BadInput a day before it was handed in or to come.
    """
    row, course = begin(assessment_id, "award", actor)
    result = grade_known.result_of(row)
    if not result.grade:
        raise NotAllowed(f"{_short(result)}，够不上任何等级", way_on="请办理“不予评定”。")
    _check_day(row, awarded_on)
    award = _decide(
        row, "awarded", result, actor, grade=result.grade, awarded_on=awarded_on,
        reason=entry.line(reason, "reason") or f"得 {result.points} 分",
        certificate=clean.text(certificate, field="certificate", most=500, least=4),
    )  # fmt: skip
    row.state = course.to
    row.save(update_fields=["state", "judges"])
    _set(row.station, award.grade, awarded_on)
    _say_awarded(row.station, award, award.reason, actor)
    return award.grade


@transaction.atomic
def refuse_grade(*, assessment_id: UUID, reason: str, actor: Actor) -> None:
    """This will give no grade, with the reason; the grade held before stays until it is lowered.

    Refuses NotAllowed when the stored evidence adds up to a grade.
    """
    row, course = begin(assessment_id, "refuse", actor)
    result = grade_known.result_of(row)
    if result.grade:
        raise NotAllowed(f"得 {result.points} 分，应评为{result.grade}", way_on="请办理评定。")
    why = clean.text(reason, field="reason", most=500, least=4)
    _decide(row, "refused", result, actor, awarded_on=clock.today(), reason=why)
    row.state = course.to
    row.save(update_fields=["state", "judges"])
    refused = events.GradeRefused(**about(row), points=result.points)
    trail_actions.record(refused, actor=actor)


@transaction.atomic
def lower_grade(*, assessment_id: UUID, grade: str, reason: str, actor: Actor) -> None:
    """This will put a station to a lower grade of its scheme ("" for none), with the reason.

    Refuses NotAllowed when a later decision stands, BadInput a grade that is not lower.
    """
    row, course = begin(assessment_id, "lower", actor)
    last = grade_known.standing_awards([row.station_id]).get(row.station_id)
    if last is None or last.assessment_id != row.pk:
        raise NotAllowed("这个站点后来又评定过", way_on="请打开最近一次评定办理降级。")
    names = [one.name for one in grading.read(row.scheme.body).grades]
    if grade and (grade not in names or names.index(grade) <= names.index(last.grade)):
        raise BadInput(f"应低于现在的“{last.grade}”", field="grade")
    why = clean.text(reason, field="reason", most=500, least=4)
    award = _decide(row, "lowered", None, actor, grade=grade, awarded_on=clock.today(), reason=why)
    row.state = course.to
    row.save(update_fields=["state", "judges"])
    before, station = last.grade, row.station
    _set(station, grade, award.awarded_on)
    lowered = events.GradeLowered(
        station_id=station.pk, name=station.name, region_code=station.region_id, before=before,
        grade=grade or "未评定", reason=why, awarded_on=award.awarded_on,
        institution_id=station.institution_id,
    )  # fmt: skip
    trail_actions.record(lowered, actor=actor)


@transaction.atomic
def file_appeal(*, assessment_id: UUID, reason: str, actor: Actor) -> None:
    """This will say that the office does not agree with the last decision on its assessment.

    Refuses NotAllowed after the last day of the scheme's term, and a second time.
    """
    row, course = begin(assessment_id, "appeal", actor)
    award = _last_of(row)
    if GradeAppeal.objects.filter(award=award).exists():
        raise Clash("对这次决定已经申诉过", way_on="申诉决定是最后的决定。")
    if award.appeal_until is not None and clock.today() > award.appeal_until:
        raise NotAllowed(f"申诉期限已于 {award.appeal_until:%Y-%m-%d} 届满")
    GradeAppeal.objects.create(
        assessment=row, award=award, filed_at=clock.now(), filed_by=actor.account_id,
        reason=clean.text(reason, field="reason", most=2000, least=10),
    )  # fmt: skip
    row.state = course.to
    row.save(update_fields=["state"])
    decision = grade_flow.KINDS[award.kind]
    trail_actions.record(events.AppealFiled(**about(row), decision=decision), actor=actor)


@transaction.atomic
def uphold_decision(*, assessment_id: UUID, words: str, actor: Actor) -> None:
    """This will let a decision stand after an appeal, by somebody who had no part in it."""
    row, _ = begin(assessment_id, "uphold", actor)
    award = _last_of(row)
    _close(row, award, "upheld", words, actor)
    row.state = grade_flow.STANDS[award.kind]
    _finish_appeal(row, "upheld", actor)


@transaction.atomic
def grant_appeal(*, assessment_id: UUID, words: str, actor: Actor) -> None:
    """This will grant an appeal, by somebody who had no part in the decision.

    A grade lowered is restored; any other decision is looked at again from its findings, by none
    of those who judged before.
    """
    row, _ = begin(assessment_id, "grant", actor)
    award = _last_of(row)
    _close(row, award, "granted", words, actor)
    if award.kind == "lowered":
        row.state = grade_flow.AWARDED
        _restore(row, award, actor)
    else:
        row.state, row.round = grade_flow.SUBMITTED, row.round + 1
    _finish_appeal(row, "granted", actor)


def _restore(row: GradeAssessment, lowered: GradeAward, actor: Actor) -> None:
    given = GradeAward.objects.filter(assessment=row, kind="awarded").order_by("-id").first()
    assert given is not None
    back = GradeAward.objects.create(
        station=row.station, assessment=row, kind="restored", grade=given.grade,
        awarded_on=clock.today(), points=given.points, reason="申诉成立，恢复原等级",
        decided_by=actor.account_id,
    )  # fmt: skip
    _set(row.station, back.grade, back.awarded_on)


def _close(row: GradeAssessment, award: GradeAward, outcome: str, words: str, actor: Actor) -> None:
    appeal = GradeAppeal.objects.select_for_update().get(award=award)
    appeal.outcome, appeal.decided_at = outcome, clock.now()
    appeal.words = clean.text(words, field="words", most=2000, least=4)
    appeal.decided_by = actor.account_id
    appeal.save(update_fields=["outcome", "decided_at", "words", "decided_by"])


def _finish_appeal(row: GradeAssessment, outcome: str, actor: Actor) -> None:
    row.save(update_fields=["state", "round"])
    decided = events.AppealDecided(**about(row), outcome=grade_flow.OUTCOMES[outcome])
    trail_actions.record(decided, actor=actor)


def _decide(
    row: GradeAssessment, kind: str, result: Result | None, actor: Actor, **facts: Any
) -> GradeAward:
    """Writes the decision; whoever found or decides in this round judges no more."""
    finders = GradeFinding.objects.filter(assessment=row, round=row.round)
    judges = {ref for ref in finders.values_list("by", flat=True) if ref} | set(row.judges)
    if actor.account_id is not None:
        judges.add(actor.account_id)
    row.judges = sorted(judges)
    return GradeAward.objects.create(
        station=row.station, assessment=row, kind=kind, decided_by=actor.account_id,
        points=result.points if result else None,
        appeal_until=clock.today() + timedelta(days=row.scheme.appeal_days), **facts,
    )  # fmt: skip


def _check_day(row: GradeAssessment, day: date) -> None:
    handed = row.submitted_at.astimezone(clock.CIVIL).date() if row.submitted_at else day
    if not handed <= day <= clock.today():
        raise BadInput(
            f"评定日期应在提交自评（{handed:%Y-%m-%d}）之后、今天或以前", field="awarded_on"
        )


def _last_of(row: GradeAssessment) -> GradeAward:
    return GradeAward.objects.filter(assessment=row).order_by("-id")[0]


def _short(result: Result) -> str:
    if result.vetoes:
        return f"否决项没有达到：{'、'.join(one.criterion.name for one in result.vetoes)}"
    return f"得 {result.points} 分"


def _set(station: Station, grade: str, on: date) -> None:
    station.grade, station.graded_on = grade, on if grade else None
    station.save(update_fields=["grade", "graded_on"])


def _say_awarded(station: Station, award: GradeAward, why: str, actor: Actor) -> None:
    awarded = events.GradeAwarded(
        station_id=station.pk, name=station.name, region_code=station.region_id,
        grade=award.grade, reason=why, awarded_on=award.awarded_on,
        institution_id=station.institution_id if award.assessment_id else None,
    )  # fmt: skip
    trail_actions.record(awarded, actor=actor)
