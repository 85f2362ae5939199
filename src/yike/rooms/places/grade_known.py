"""What is stored of stations and their assessments, as the rule of grading takes it. Reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from yike.rooms.files import queries as files_queries
from yike.rooms.files.faces import FileFace
from yike.rooms.places import grade_flow, grading, hours
from yike.rooms.places.grading import Given, Known, Result
from yike.rooms.places.models import (
    GradeAnswer,
    GradeAssessment,
    GradeAward,
    GradeFinding,
    Space,
    Station,
    StationService,
    Terminal,
)

_ROOMS = {
    "windows": "window", "consult_rooms": "consult", "mediation_rooms": "mediation",
    "video_rooms": "video",
}  # fmt: skip


def facts_of(stations: Collection[UUID]) -> dict[UUID, dict[str, int]]:
    """This will return the numbers of stations, as the register of places has them now."""
    found: dict[UUID, dict[str, int]] = {}
    for ref, week in Station.objects.filter(pk__in=stations).values_list("pk", "hours"):
        empty = dict.fromkeys((*grading.FACTS,), 0)
        found[ref] = {key: n for key, n in empty.items() if key not in grading.GIVEN}
        found[ref]["weekly_hours"] = hours.minutes_a_week(week) // 60
    _count_spaces(found)
    for ref in Terminal.objects.filter(station__in=stations, status="working").values_list(
        "station_id", flat=True
    ):
        if ref in found:
            found[ref]["terminals"] += 1
    _count_services(found)
    return found


def _count_spaces(found: dict[UUID, dict[str, int]]) -> None:
    rows = Space.objects.filter(station__in=found, status="open")
    for ref, kind, seats in rows.values_list("station_id", "kind", "seats"):
        own = found[ref]
        own["spaces"] += 1
        own["seats"] += seats
        for name, wanted in _ROOMS.items():
            own[name] += kind == wanted


def _count_services(found: dict[UUID, dict[str, int]]) -> None:
    given: defaultdict[UUID, set[str]] = defaultdict(set)
    direct: defaultdict[UUID, set[str]] = defaultdict(set)
    rows = StationService.objects.filter(station__in=found)
    for ref, service, mode in rows.values_list("station_id", "service", "mode"):
        given[ref].add(service)
        if mode == "direct":
            direct[ref].add(service)
    for ref, own in found.items():
        own["services"], own["direct_services"] = len(given[ref]), len(direct[ref])


def known_of(assessments: Iterable[GradeAssessment]) -> dict[UUID, Known]:
    """This will return what is stored of assessments: four questions, however many they are.

    Of one that is still being written the register's numbers are today's; of one handed in, those
    of that moment.
    """
    rows = list(assessments)
    answers: dict[tuple[UUID, str], GradeAnswer] = {
        (one.assessment_id, one.code): one
        for one in GradeAnswer.objects.filter(assessment__in=[row.pk for row in rows])
    }
    papers = files_queries.faces(ref for one in answers.values() for ref in one.file_ids)
    found = _found(rows)
    writing = [row.station_id for row in rows if row.state in grade_flow.WRITING]
    live = facts_of(writing) if writing else {}
    return {
        row.pk: Known(
            level=row.level,
            given={
                one.code: _given(answers.get((row.pk, one.code)), found, papers, row.pk, one.code)
                for one in grading.read(row.scheme.body).of_level(row.level)
            },
            facts=row.facts | (live[row.station_id] if row.state in grade_flow.WRITING else {}),
        )
        for row in rows
    }


def _found(rows: Iterable[GradeAssessment]) -> dict[tuple[UUID, str], int]:
    """The last round's word on each criterion."""
    findings = GradeFinding.objects.filter(assessment__in=[row.pk for row in rows])
    return {(one.assessment_id, one.code): one.value for one in findings.order_by("round")}


def _given(
    answer: GradeAnswer | None,
    found: Mapping[tuple[UUID, str], int],
    papers: Mapping[UUID, FileFace],
    ref: UUID,
    code: str,
) -> Given:
    kinds = {
        kind
        for file_id in (answer.file_ids if answer else ())
        if file_id in papers
        for kind in kinds_of(papers[file_id])
    }
    return Given(
        claimed=answer.value if answer else None,
        found=found.get((ref, code)),
        papers=frozenset(kinds),
    )


def standing_awards(stations: Collection[UUID]) -> dict[UUID, GradeAward]:
    """This will return the decision each station's grade comes from: the last one taken here, or
    the latest that was taken over."""
    found: dict[UUID, GradeAward] = {}
    for one in GradeAward.objects.filter(station__in=stations).exclude(kind="refused"):
        known = found.get(one.station_id)
        if known is None or _weight(one) > _weight(known):
            found[one.station_id] = one
    return found


def _weight(one: GradeAward) -> tuple[bool, str, str]:
    own = one.kind != "imported"
    return own, "" if own else one.awarded_on.isoformat(), str(one.pk)


def kinds_of(paper: FileFace) -> tuple[str, ...]:
    """This will say what a file may prove: a picture is a photo, and may be of a document."""
    return ("photo", "document") if paper.media_type.startswith("image/") else ("document",)


def result_of(row: GradeAssessment) -> Result:
    """This will compute one assessment from what is stored."""
    return grading.assess(grading.read(row.scheme.body), known_of([row])[row.pk])


def claim_of(row: GradeAssessment) -> Result:
    """This will compute what the office claims, the county's findings left aside."""
    return claim_and_result(row)[0]


def claim_and_result(row: GradeAssessment) -> tuple[Result, Result]:
    """This will compute what the office claims, and what counts with the county's findings."""
    known = known_of([row])[row.pk]
    bare = {code: replace(one, found=None) for code, one in known.given.items()}
    scheme = grading.read(row.scheme.body)
    return grading.assess(scheme, replace(known, given=bare)), grading.assess(scheme, known)
