"""Reads of grading: the county at a glance, one station's grade, and the proof of every grade."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yike.rooms.core.actor import Actor
from yike.rooms.places import access, grade_flow, grade_known, grading, queries, schemes
from yike.rooms.places.grading import Result
from yike.rooms.places.models import GradeAssessment, GradeAward, Station
from yike.rooms.places.queries import StationRow
from yike.rooms.providers.access import REGISTRARS
from yike.rooms.regions import codes


@dataclass(frozen=True, kw_only=True)
class AssessmentRow:
    """One assessment in a list."""

    id: UUID
    station_id: UUID
    state: str
    state_name: str
    scheme_name: str
    begun_at: datetime
    submitted_at: datetime | None
    waits_for_me: bool


@dataclass(frozen=True, kw_only=True)
class OverviewRow:
    """One station of the overview; the assessment is None where there is none to be seen."""

    station: StationRow
    last: AssessmentRow | None


@dataclass(frozen=True, kw_only=True)
class AwardRow:
    """One decision on a station's grade."""

    kind: str
    kind_name: str
    grade: str
    awarded_on: date
    reason: str
    source: str
    points: int | None
    certificate: str
    appeal_until: date | None
    assessment_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class StationGrade:
    """One station's grade: how it came, what it lacks for the next one, what can be done."""

    station: StationRow
    awards: tuple[AwardRow, ...]
    assessments: tuple[AssessmentRow, ...]
    scheme: schemes.SchemeRow | None
    #: of the last assessment handed in (else begun), None where there is none to be seen
    result: Result | None
    of_result: AssessmentRow | None
    may_begin: bool
    may_import: bool
    judges: bool


@dataclass(frozen=True, kw_only=True)
class ProofRow:
    """One station's grade as the register has it and as stored evidence adds up; same or not."""

    station_id: UUID
    name: str
    grade: str
    computed: str
    points: int | None
    kind_name: str
    assessment_id: UUID | None
    next_name: str
    next_short: int
    difference: str
    note: str


def overview(
    actor: Actor,
    county: str,
    *,
    town: str = "",
    level: int | None = None,
    grade: str = "",
    state: str = "",
) -> tuple[OverviewRow, ...]:
    """This will return the open stations with grade and last assessment, as asked for.

    `grade` "-": without grade. `state`: a state of the flow, "none" (never assessed) or "mine"
    (waits for this actor).
    """
    stations = queries.stations_in(town or county, level=level)
    last = _last(actor, [one.id for one in stations])
    rows = (OverviewRow(station=one, last=last.get(one.id)) for one in stations)
    return tuple(row for row in rows if _wanted(row, grade, state))


def station_grade(actor: Actor, station_id: UUID) -> StationGrade:
    """This will return how a station stands. Refuses NotFound."""
    station = queries.station(station_id)
    rows = list(_assessments([station_id]))
    told = tuple(_row(one, actor) for one in rows)
    alive_rows = [one for one in rows if one.state != grade_flow.DROPPED]
    handed = [one for one in alive_rows if one.state not in grade_flow.WRITING]
    newest = next(iter(handed or alive_rows), None)  # half an answer says nothing of the grade
    county = codes.at_level(station.region_code, "county")
    standing = access.standing_of(actor, Station.objects.get(pk=station_id))
    awards = awards_of(station_id)
    scheme = schemes.in_force(county, station.level)
    open_ = any(one.state in grade_flow.OPEN for one in rows)
    alive = station.closed_on is None
    span = (actor.region_from, actor.region_until)
    keeps = actor.has(*REGISTRARS) and codes.within(station.region_code, span)
    return StationGrade(
        station=station,
        awards=awards,
        assessments=told,
        scheme=scheme,
        result=grade_known.result_of(newest) if newest else None,
        of_result=_row(newest, actor) if newest else None,
        may_begin="office" in standing and alive and not open_ and scheme is not None,
        may_import=keeps and alive and all(one.kind == "imported" for one in awards),
        judges="county" in standing,
    )


def awards_of(station_id: UUID) -> tuple[AwardRow, ...]:
    """This will return the decisions on a station's grade that the actor sees, newest first."""
    rows = GradeAward.objects.filter(station=station_id)
    return tuple(award_row(one) for one in rows.order_by("-awarded_on", "-id"))


def award_row(one: GradeAward) -> AwardRow:
    """This will return a decision as pages show it."""
    return AwardRow(
        kind=one.kind, kind_name=grade_flow.KINDS[one.kind], grade=one.grade,
        awarded_on=one.awarded_on, reason=one.reason, source=one.source, points=one.points,
        certificate=one.certificate, appeal_until=one.appeal_until,
        assessment_id=one.assessment_id,
    )  # fmt: skip


def recompute(county: str) -> tuple[ProofRow, ...]:
    """This will compute every grade of a county anew from what is stored, and name differences.

    A handful of questions, however many stations. A grade taken over from before has no stored
    evidence and says so.
    """
    since, until = codes.span(county)
    stations = list(
        Station.objects.filter(region_id__gte=since, region_id__lt=until, closed_on=None).order_by(
            "level", "region_id", "code"
        )
    )
    awards = grade_known.standing_awards([one.pk for one in stations])
    refs = [one.assessment_id for one in awards.values() if one.assessment_id]
    rows = {
        one.pk: one for one in GradeAssessment.objects.filter(pk__in=refs).select_related("scheme")
    }
    known = grade_known.known_of(rows.values())
    results = {
        ref: grading.assess(grading.read(row.scheme.body), known[ref]) for ref, row in rows.items()
    }
    graded = [one for one in stations if one.grade or one.pk in awards]
    return tuple(_proof(one, awards.get(one.pk), results) for one in graded)


def _proof(station: Station, award: GradeAward | None, results: dict[UUID, Result]) -> ProofRow:
    result = results.get(award.assessment_id) if award and award.assessment_id else None
    return ProofRow(
        station_id=station.pk,
        name=station.name,
        grade=station.grade,
        computed=result.grade if result else "",
        points=result.points if result else None,
        kind_name=grade_flow.KINDS[award.kind] if award else "",
        assessment_id=award.assessment_id if award else None,
        next_name=result.next.name if result and result.next else "",
        next_short=result.next.short if result and result.next else 0,
        difference=_difference(station, award, result),
        note=_note(award, result),
    )


def _difference(station: Station, award: GradeAward | None, result: Result | None) -> str:
    if award is None:
        return "登记了等级，却没有任何评定记录"
    if station.grade != award.grade:
        return f"登记为“{station.grade or '无'}”，最近一次评定是“{award.grade or '无'}”"
    if result is None or award.kind == "lowered":
        return ""
    if result.grade != award.grade:
        return f"评定为“{award.grade}”，按证据重算是“{result.grade or '无'}”"
    if award.points is not None and result.points != award.points:
        return f"评定时得 {award.points} 分，按证据重算得 {result.points} 分"
    return ""


def _note(award: GradeAward | None, result: Result | None) -> str:
    if award is None:
        return ""
    if award.kind == "imported":
        return f"历史等级，没有证据可重算；来源：{award.source or award.reason}"
    if award.kind == "lowered":
        return f"已降级：{award.reason}"
    return "" if result else "这次评定的证据您看不到"


def _last(actor: Actor, stations: list[UUID]) -> dict[UUID, AssessmentRow]:
    found: dict[UUID, AssessmentRow] = {}
    for one in _assessments(stations):
        if one.state != grade_flow.DROPPED and one.station_id not in found:
            found[one.station_id] = _row(one, actor)
    return found


def _assessments(stations: list[UUID]) -> Iterable[GradeAssessment]:
    rows = GradeAssessment.objects.filter(station__in=stations).select_related("scheme", "station")
    return rows.order_by("-begun_at", "-id")


def _row(one: GradeAssessment, actor: Actor) -> AssessmentRow:
    return AssessmentRow(
        id=one.pk,
        station_id=one.station_id,
        state=one.state,
        state_name=grade_flow.STATES[one.state],
        scheme_name=f"{one.scheme.name} 第 {one.scheme.version} 版",
        begun_at=one.begun_at,
        submitted_at=one.submitted_at,
        waits_for_me=_waits(one, actor),
    )


def _waits(one: GradeAssessment, actor: Actor) -> bool:
    if one.state not in grade_flow.OPEN:
        return False
    judged = actor.account_id is not None and actor.account_id in one.judges
    standing = access.standing_of(actor, one.station)
    return bool(grade_flow.allowed(one.state, standing, judged=judged))


def _wanted(row: OverviewRow, grade: str, state: str) -> bool:
    if grade and row.station.grade != ("" if grade == "-" else grade):
        return False
    if state == "mine":
        return row.last is not None and row.last.waits_for_me
    if state == "none":
        return row.last is None
    return not state or (row.last is not None and row.last.state == state)
