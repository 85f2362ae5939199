"""One assessment as a page shows it: criterion by criterion, with evidence, findings and deeds."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotFound
from yike.rooms.files import queries as files_queries
from yike.rooms.files.faces import FileFace
from yike.rooms.places import access, grade_course, grade_flow, grade_known, grading, schemes
from yike.rooms.places import queries as places_queries
from yike.rooms.places.grades import AwardRow, award_row
from yike.rooms.places.grading import Criterion, Line, Result
from yike.rooms.places.models import (
    GradeAnswer,
    GradeAppeal,
    GradeAssessment,
    GradeAward,
    GradeFinding,
)
from yike.rooms.places.queries import StationRow


@dataclass(frozen=True, kw_only=True)
class ItemRow:
    """One criterion: what is claimed, shown, found, and what it gives."""

    one: Criterion
    place: int
    answered: bool
    value: int | None
    claim: str
    claim_points: int
    note: str
    papers: tuple[FileFace, ...]
    found: int | None
    found_said: str
    differs: bool
    reason: str
    #: what counts now
    line: Line
    #: what is missing before it can be handed in
    lacking: str


@dataclass(frozen=True, kw_only=True)
class AppealRow:
    """One appeal and what came of it."""

    reason: str
    filed_at: datetime
    outcome: str
    outcome_name: str
    words: str
    decided_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class AssessmentPage:
    """One assessment whole."""

    id: UUID
    station: StationRow
    scheme: schemes.SchemeRow
    state: str
    state_name: str
    round: int
    begun_at: datetime
    submitted_at: datetime | None
    return_reason: str
    sections: tuple[tuple[str, tuple[ItemRow, ...]], ...]
    total: int
    answered: int
    found: int
    #: by what the office claims, and by what counts now
    claim: Result
    result: Result
    awards: tuple[AwardRow, ...]
    appeals: tuple[AppealRow, ...]
    verbs: tuple[grade_flow.Row, ...]
    standing: frozenset[grade_flow.Standing]
    #: grades below the one held, for lowering
    lower: tuple[str, ...]

    @property
    def items(self) -> tuple[ItemRow, ...]:
        """Every criterion in order."""
        return tuple(row for _, rows in self.sections for row in rows)

    @property
    def next_open(self) -> str:
        """The criterion this person goes on with: to be found, or to be answered; "" for none."""
        if self.may("review"):
            return next((row.one.code for row in self.items if row.found is None), "")
        if self.may("answer"):
            return next((row.one.code for row in self.items if row.lacking), "")
        return ""

    @property
    def left(self) -> int:
        """How many criteria the office has still to add to."""
        return self.total - self.answered

    @property
    def may_answer(self) -> bool:
        """Whether this person may write answers now."""
        return self.may("answer")

    def may(self, verb: str) -> bool:
        """Whether a verb is open now."""
        return any(row.verb == verb for row in self.verbs)


def assessment_page(actor: Actor, ref: UUID) -> AssessmentPage:
    """This will return one assessment with the deeds allowed now. Refuses NotFound."""
    row = access.assessment_for(actor, ref)
    standing = access.standing_of(actor, row.station)
    claim, result = grade_known.claim_and_result(row)
    items = _items(row, claim, result)
    sections: defaultdict[str, list[ItemRow]] = defaultdict(list)
    for item in items:
        sections[item.one.section].append(item)
    awards = tuple(award_row(one) for one in GradeAward.objects.filter(assessment=row))
    held = row.station.grade
    names = [one.name for one in grading.read(row.scheme.body).grades]
    return AssessmentPage(
        id=row.pk,
        station=places_queries.station(row.station_id),
        scheme=schemes.row_of(row.scheme),
        state=row.state,
        state_name=grade_flow.STATES[row.state],
        round=row.round,
        begun_at=row.begun_at,
        submitted_at=row.submitted_at,
        return_reason=row.return_reason,
        sections=tuple((name, tuple(rows)) for name, rows in sections.items()),
        total=len(items),
        answered=sum(not one.lacking for one in items),
        found=sum(one.found is not None for one in items),
        claim=claim,
        result=result,
        awards=awards,
        appeals=tuple(_appeal(one) for one in GradeAppeal.objects.filter(assessment=row)),
        verbs=grade_flow.allowed(row.state, standing, judged=grade_course.has_judged(row, actor)),
        standing=standing,
        lower=tuple(names[names.index(held) + 1 :]) if held in names else (),
    )


def item_of(page: AssessmentPage, code: str) -> ItemRow:
    """This will return one criterion of a page. Refuses NotFound."""
    found = next((row for row in page.items if row.one.code == code), None)
    if found is None:
        raise NotFound("标准里没有这条指标")
    return found


def after(page: AssessmentPage, code: str, *, found: bool) -> str:
    """This will name the criterion to go on with: the next one open, "" when none is left.

    `found`: open is what the county has not looked at; else what the office has to add.
    """
    items = page.items
    at = next((row.place for row in items if row.one.code == code), 0)
    order = [*items[at:], *items[:at]]
    left = [row for row in order if (row.found is None if found else bool(row.lacking))]
    return next((row.one.code for row in left if row.one.code != code), "")


def _items(row: GradeAssessment, claim: Result, result: Result) -> list[ItemRow]:
    answers = {one.code: one for one in GradeAnswer.objects.filter(assessment=row)}
    found = {one.code: one for one in GradeFinding.objects.filter(assessment=row).order_by("round")}
    papers = files_queries.faces(ref for one in answers.values() for ref in one.file_ids)
    return [
        _item(place, said, line, answers.get(line.criterion.code),
              found.get(line.criterion.code), papers)
        for place, (said, line) in enumerate(zip(claim.lines, result.lines, strict=True), 1)
    ]  # fmt: skip


def _item(
    place: int,
    said: Line,
    line: Line,
    answer: GradeAnswer | None,
    finding: GradeFinding | None,
    papers: dict[UUID, FileFace],
) -> ItemRow:
    one = line.criterion
    lacks = bool(said.value) and said.why.startswith("缺")
    open_ = one.rule != "number" and said.value is None
    return ItemRow(
        one=one,
        place=place,
        answered=answer is not None,
        value=said.value,
        claim=grading.said(one, said.value),
        claim_points=said.points,
        note=answer.note if answer else "",
        papers=tuple(papers[ref] for ref in (answer.file_ids if answer else ()) if ref in papers),
        found=finding.value if finding else None,
        found_said=grading.said(one, finding.value) if finding else "",
        differs=finding is not None and finding.value != said.value,
        reason=finding.reason if finding else "",
        line=line,
        lacking=said.why if open_ or lacks else "",
    )


def _appeal(one: GradeAppeal) -> AppealRow:
    return AppealRow(
        reason=one.reason, filed_at=one.filed_at, outcome=one.outcome,
        outcome_name=grade_flow.OUTCOMES[one.outcome], words=one.words,
        decided_at=one.decided_at,
    )  # fmt: skip
