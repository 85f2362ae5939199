"""An assessment: the station's office answers criterion by criterion, the county looks at each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from yike.rooms.core import clock
from yike.rooms.core.actor import INTERNAL, Actor
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound
from yike.rooms.files import actions as files_actions
from yike.rooms.guard import clean
from yike.rooms.places import access, events, grade_known, grading
from yike.rooms.places.grade_course import about, begin, criterion_of, move
from yike.rooms.places.grading import Criterion
from yike.rooms.places.models import (
    GradeAnswer,
    GradeAssessment,
    GradeFinding,
    GradeScheme,
    Station,
)
from yike.rooms.regions import codes
from yike.rooms.trail import actions as trail_actions

MOST_PAPERS = 9


@transaction.atomic
def begin_assessment(*, station_id: UUID, actor: Actor) -> UUID:
    """This will begin a self-assessment under the scheme in force and return its id.

    Refuses NotAllowed whoever is not of the station's institution, or when no scheme is in force
    for its level; Clash while another assessment is open.
    """
    station = Station.objects.filter(pk=station_id).first()
    if station is None or station.closed_on is not None:
        raise NotFound("没有这个站点，或已经停用")
    if "office" not in access.standing_of(actor, station):
        raise NotAllowed("自评由站点所属的单位办理", way_on="请由该单位的工作人员登录后自评。")
    scheme = _in_force(station)
    row = GradeAssessment(
        station=station, scheme=scheme, level=station.level, begun_at=clock.now(),
        begun_by=actor.account_id,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Clash("这个站点已有一次没有办完的评定", way_on="请打开那一次继续。") from None
    begun = events.AssessmentBegun(**about(row), scheme=f"{scheme.name} 第 {scheme.version} 版")
    trail_actions.record(begun, actor=actor)
    return row.pk


@transaction.atomic
def answer_criterion(
    *,
    assessment_id: UUID,
    code: str,
    actor: Actor,
    value: int | None = None,
    note: str = "",
    file_ids: Sequence[UUID] = (),
    drop_ids: Sequence[UUID] = (),
) -> None:
    """This will keep what the office says of a criterion; nothing is handed in yet.

    `value`: 0 or 1 (met), points, or None where the register gives the number. `file_ids`: loose
    files that become evidence; `drop_ids` count no more. Refuses BadInput beyond the criterion.
    """
    row, _ = begin(assessment_id, "answer", actor)
    one = criterion_of(row, code)
    told = None if one.rule == "number" else _in_range(one, value)
    answer, _ = GradeAnswer.objects.get_or_create(
        assessment=row, code=code, defaults={"at": clock.now()}
    )
    kept = [ref for ref in answer.file_ids if ref not in set(drop_ids)]
    kept += [ref for ref in file_ids if ref not in kept]
    if len(kept) > MOST_PAPERS:
        raise BadInput(f"一条指标最多 {MOST_PAPERS} 份材料", field="file_ids")
    files_actions.attach_files(
        file_ids=list(file_ids), about="grade", subject=str(row.pk), level=INTERNAL, actor=actor
    )
    answer.value, answer.file_ids = told, kept
    answer.note = clean.text(note, field="note", most=500)
    answer.at, answer.by = clock.now(), actor.account_id
    answer.save(update_fields=["value", "note", "file_ids", "at", "by"])
    trail_actions.record(events.AnswerKept(**about(row), criterion=one.name), actor=actor)


@transaction.atomic
def submit_assessment(
    *, assessment_id: UUID, actor: Actor, given: Mapping[str, int] | None = None
) -> None:
    """This will hand an assessment in; the register's numbers of this moment are kept with it.

    `given`: numbers the register of places does not have (`grading.GIVEN`). Refuses BadInput
    naming what is not answered yet or lacks its evidence.
    """
    row, course = begin(assessment_id, "submit", actor)
    extra = {key: max(0, n) for key, n in (given or {}).items() if key in grading.GIVEN}
    row.facts = grade_known.facts_of([row.station_id])[row.station_id] | extra
    lacking = _lacking(row)
    if lacking:
        raise BadInput(
            f"还有 {len(lacking)} 条没有填好：{'；'.join(lacking[:5])}",
            way_on="请补全后再提交；做不到的如实填“没有达到”或 0 分。",
        )
    row.submitted_at, row.submitted_by, row.return_reason = clock.now(), actor.account_id, ""
    row.save(update_fields=["facts", "submitted_at", "submitted_by", "return_reason"])
    move(row, course, actor)


@transaction.atomic
def drop_assessment(*, assessment_id: UUID, actor: Actor) -> None:
    """This will give up a self-assessment that was not handed in; what was written stays."""
    row, course = begin(assessment_id, "drop", actor)
    move(row, course, actor)


@transaction.atomic
def review_criterion(
    *, assessment_id: UUID, code: str, value: int, actor: Actor, reason: str = ""
) -> None:
    """This will keep what the county found of a criterion; where it differs, with the reason."""
    row, _ = begin(assessment_id, "review", actor)
    one = criterion_of(row, code)
    found = _in_range(one, value)
    line = next(x for x in grade_known.claim_of(row).lines if x.criterion.code == code)
    why = clean.text(reason, field="reason", most=500)
    if found != line.value and not why:
        raise BadInput("与自评不一致，请写明理由", field="reason")
    _find(row, code, found, why, actor)
    outcome = "与自评一致" if found == line.value else "与自评不一致"
    kept = events.FindingKept(**about(row), criterion=one.name, outcome=outcome)
    trail_actions.record(kept, actor=actor)


@transaction.atomic
def agree_with_rest(*, assessment_id: UUID, actor: Actor) -> int:
    """This will agree with every criterion not looked at yet; returns how many there were."""
    row, _ = begin(assessment_id, "review", actor)
    seen = set(GradeFinding.objects.filter(assessment=row).values_list("code", flat=True))
    rest = [x for x in grade_known.claim_of(row).lines if x.criterion.code not in seen]
    for line in rest:
        _find(row, line.criterion.code, line.value or 0, "", actor)
    kept = events.FindingKept(**about(row), criterion=f"其余 {len(rest)} 条", outcome="与自评一致")
    trail_actions.record(kept, actor=actor)
    return len(rest)


@transaction.atomic
def send_back(*, assessment_id: UUID, reason: str, actor: Actor) -> None:
    """This will give an assessment back to the office, with what is to be added."""
    row, course = begin(assessment_id, "send_back", actor)
    row.return_reason = clean.text(reason, field="reason", most=500, least=4)
    row.save(update_fields=["return_reason"])
    move(row, course, actor)


@transaction.atomic
def conclude_review(*, assessment_id: UUID, actor: Actor) -> None:
    """This will end the review. Refuses NotAllowed while a criterion was not looked at."""
    row, course = begin(assessment_id, "conclude", actor)
    seen = set(GradeFinding.objects.filter(assessment=row).values_list("code", flat=True))
    of_level = grading.read(row.scheme.body).of_level(row.level)
    left = [one.name for one in of_level if one.code not in seen]
    if left:
        raise NotAllowed(
            f"还有 {len(left)} 条没有复核：{'、'.join(left[:5])}",
            way_on="请逐条复核，或对其余各条一并同意。",
        )
    move(row, course, actor)


@transaction.atomic
def reconsider_review(*, assessment_id: UUID, actor: Actor) -> None:
    """This will open a review again before the grade is given; what was found stays."""
    row, course = begin(assessment_id, "reconsider", actor)
    move(row, course, actor)


def _in_range(one: Criterion, value: int | None) -> int:
    if value is None:
        raise BadInput("请填写这一条", field="value")
    if not 0 <= value <= grading.most(one):
        raise BadInput(f"应在 0 到 {grading.most(one)} 之间", field="value")
    return value


def _lacking(row: GradeAssessment) -> list[str]:
    """What an office has to add before it can hand in; numbers of the register are not its own."""
    scheme = grading.read(row.scheme.body)
    known = grade_known.known_of([row])[row.pk]
    lines = grading.assess(scheme, known).lines
    open_ = [one for one in lines if one.criterion.rule != "number" and one.value is None]
    bare = [one for one in lines if one.value and one.why.startswith("缺")]
    return [f"{one.criterion.name}（{one.why}）" for one in (*open_, *bare)]


def _find(row: GradeAssessment, code: str, value: int, reason: str, actor: Actor) -> None:
    told = {"value": value, "reason": reason, "at": clock.now(), "by": actor.account_id}
    GradeFinding.objects.update_or_create(assessment=row, round=row.round, code=code, defaults=told)


def _in_force(station: Station) -> GradeScheme:
    county = codes.at_level(station.region_id, "county")
    today = clock.today()
    rows = GradeScheme.objects.filter(
        Q(active_until=None) | Q(active_until__gt=today), published=True, county_code=county,
        active_from__lte=today,
    ).order_by("-active_from")  # fmt: skip
    found = next((one for one in rows if station.level in one.body.get("levels", ())), None)
    if found is None:
        raise NotAllowed(
            "本县还没有适用于这一级站点的等级标准", way_on="请由县司法局发布等级标准后再自评。"
        )
    return found
