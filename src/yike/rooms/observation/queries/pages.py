"""The room's overview and a questionnaire."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotFound
from yike.rooms.observation import access, entry, flow, scoring
from yike.rooms.observation.models import Point, Question, Questionnaire, Quota, Wave
from yike.rooms.places import colocation, colocation_pages
from yike.rooms.providers import queries as providers_queries
from yike.rooms.regions import codes
from yike.rooms.regions import queries as regions_queries


@dataclass(frozen=True, kw_only=True)
class PointRow:
    """One observation point."""

    id: UUID
    name: str
    region_name: str
    unit: str
    address: str
    phone: str
    #: the page of the place with several elements, None for a point of its own
    host: tuple[str, UUID] | None
    demo: bool
    mine: bool
    #: periods that run there now: id and name
    waves: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True, kw_only=True)
class WaveRow:
    """One period."""

    id: UUID
    name: str
    title: str
    version: int
    from_on: date
    last_on: date
    state: str
    demo: bool

    @property
    def state_name(self) -> str:
        """Its state in words."""
        return flow.WAVE[self.state]


@dataclass(frozen=True, kw_only=True)
class QuestionnaireRow:
    """One version of a questionnaire."""

    id: UUID
    title: str
    version: int
    state: str
    published_on: date | None
    demo: bool

    @property
    def state_name(self) -> str:
        """Its state in words."""
        return flow.QUESTIONNAIRE[self.state]


@dataclass(frozen=True, kw_only=True)
class Overview:
    """All of a county; `hosts`: places told to be a point that are not set up yet."""

    points: tuple[PointRow, ...]
    questionnaires: tuple[QuestionnaireRow, ...]
    waves: tuple[WaveRow, ...]
    hosts: tuple[tuple[str, str], ...]
    keeps: bool


@dataclass(frozen=True, kw_only=True)
class QuestionRow:
    """One question with what the office says of its source."""

    id: UUID
    asked: scoring.Asked
    verified_on: date | None
    verified_label: str

    @property
    def kind_name(self) -> str:
        """Its kind in words."""
        return scoring.KINDS[self.asked.kind]

    @property
    def options(self) -> tuple[tuple[str, bool], ...]:
        """What may be chosen, and whether it is worth points."""
        return tuple((words, no in self.asked.right) for no, words in self.asked.offered)


@dataclass(frozen=True, kw_only=True)
class QuestionnairePage:
    """One version with its questions."""

    row: QuestionnaireRow
    intro: str
    questions: tuple[QuestionRow, ...]
    #: dimension, the share of the whole in percent
    dimensions: tuple[tuple[str, int], ...]
    versions: tuple[QuestionnaireRow, ...]
    keeps: bool

    @property
    def unverified(self) -> int:
        """How many sources of law nobody checked."""
        return sum(bool(one.asked.source) and not one.verified_on for one in self.questions)


def overview(actor: Actor, county_code: str) -> Overview:
    """This will return the points, questionnaires and periods of the actor's county."""
    if not access.here(actor, county_code):
        raise NotFound("没有这个县的观测点")
    points = list(
        Point.objects.filter(county_code=county_code, ended_on=None).order_by("region_id", "name")
    )
    keeps = access.keeps(actor, county_code)
    return Overview(
        points=_points(actor, points, county_code),
        questionnaires=tuple(
            _questionnaire(one) for one in Questionnaire.objects.filter(county_code=county_code)
        ),
        waves=tuple(
            WaveRow(
                id=one.id, name=one.name, title=one.questionnaire.title, from_on=one.from_on,
                version=one.questionnaire.version, last_on=one.last_on, state=one.state,
                demo=one.demo,
            )
            for one in Wave.objects.filter(county_code=county_code).select_related("questionnaire")
        ),
        hosts=_hosts(points, county_code) if keeps else (), keeps=keeps,
    )  # fmt: skip


def questionnaire_page(actor: Actor, ref: UUID) -> QuestionnairePage:
    """This will return one version of a questionnaire with its questions. Refuses NotFound."""
    row = access.seen(Questionnaire, actor, ref)
    questions = tuple(
        QuestionRow(
            id=one.id, asked=entry.asked(one), verified_on=one.verified_on,
            verified_label=one.verified_label,
        )
        for one in Question.objects.filter(questionnaire=row)
    )  # fmt: skip
    weights = scoring.weights(one.asked for one in questions)
    whole = sum(weights.values())
    versions = Questionnaire.objects.filter(family=row.family)
    return QuestionnairePage(
        row=_questionnaire(row), intro=row.intro, questions=questions,
        dimensions=tuple((name, round(many * 100 / whole)) for name, many in weights.items()),
        versions=tuple(_questionnaire(one) for one in versions),
        keeps=access.keeps(actor, row.county_code),
    )  # fmt: skip


def _points(actor: Actor, points: list[Point], county: str) -> tuple[PointRow, ...]:
    paths = regions_queries.paths_of({one.region_id for one in points})
    offices = {one.id: one.name for one in providers_queries.institutions_in(codes.span(county))}
    running: defaultdict[UUID, dict[UUID, str]] = defaultdict(dict)
    quotas = Quota.objects.filter(stratum__wave__state=flow.OPEN, planned__gt=0)
    for point, ref, name in quotas.values_list("point", "stratum__wave", "stratum__wave__name"):
        running[point][ref] = name
    return tuple(
        PointRow(
            id=one.id, name=one.name, region_name=paths[one.region_id].text,
            unit=offices.get(one.institution_id, ""), address=one.address, phone=one.phone,
            host=_host(one), demo=one.demo, mine=access.runs(actor, one),
            waves=tuple(running[one.id].items()),
        )
        for one in points
    )  # fmt: skip


def _host(one: Point) -> tuple[str, UUID] | None:
    if one.station_id:
        return "station", one.station_id
    return ("site", one.site_id) if one.site_id else None


def _hosts(points: list[Point], county: str) -> tuple[tuple[str, str], ...]:
    taken = {_host(one) for one in points}
    return tuple(
        (f"{one.host}:{one.id}", one.name) for one in colocation_pages.points_in(county)
        if colocation.OBSERVE in one.there and (one.host, one.id) not in taken
    )  # fmt: skip


def _questionnaire(one: Questionnaire) -> QuestionnaireRow:
    return QuestionnaireRow(
        id=one.id, title=one.title, version=one.version, state=one.state,
        published_on=one.published_on, demo=one.demo,
    )  # fmt: skip
