"""A period: its frame, how far it is, its index by point, beside another point or period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from uuid import UUID

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotFound
from yike.rooms.observation import access, codes, entry, figures, flow, indexing, scoring
from yike.rooms.observation.figures import Difference, Figure, Progress
from yike.rooms.observation.models import AnswerCode, AnswerSheet, Point, Stratum, Wave

#: point, layer → how many were planned, answered, asked
Counts = dict[tuple[UUID, UUID], tuple[int, int, int]]


@dataclass(frozen=True, kw_only=True)
class Layer:
    """One layer at a point. `reached` is None where it is too small to be let out."""

    id: UUID
    name: str
    planned: int
    reached: int | None
    asked: int


@dataclass(frozen=True, kw_only=True)
class IndexRow:
    """One point of a period: how far, and its index. Not `open_to` anybody while it runs."""

    point_id: UUID
    name: str
    demo: bool
    open_to: bool
    progress: Progress
    layers: tuple[Layer, ...]
    whole: Figure
    dimensions: tuple[tuple[str, Figure], ...]
    #: against what was chosen, None when nothing was or for itself
    difference: Difference | None


@dataclass(frozen=True, kw_only=True)
class WavePage:
    """One period with its points."""

    id: UUID
    name: str
    questionnaire_id: UUID
    title: str
    version: int
    unit_name: str
    whom: str
    source: str
    from_on: str
    last_on: str
    least: int
    state: str
    demo: bool
    strata: tuple[tuple[UUID, str], ...]
    dimensions: tuple[str, ...]
    rows: tuple[IndexRow, ...]
    #: what may be compared with: "p:<id>" a point, "w:<id>" another period of the questionnaire
    bases: tuple[tuple[str, str], ...]
    base: str
    keeps: bool
    #: points that may still be planned
    others: tuple[tuple[str, str], ...]
    #: figures that came out differently when computed anew; None where it is not this one's to do
    differing: int | None

    @property
    def state_name(self) -> str:
        """Its state in words."""
        return flow.WAVE[self.state]

    @property
    def base_name(self) -> str:
        """What is compared with, "" for nothing."""
        return dict(self.bases).get(self.base, "")


@dataclass(frozen=True, kw_only=True)
class CodeRow:
    """One code that is out."""

    id: UUID
    serial: int
    way: str
    way_name: str
    stratum: str
    expires_on: str
    #: the code itself
    word: str


@dataclass(frozen=True, kw_only=True)
class PointPage:
    """One point in one period, for whoever asks there."""

    wave_id: UUID
    wave: str
    state: str
    last_on: str
    title: str
    unit_name: str
    whom: str
    row: IndexRow
    codes: tuple[CodeRow, ...]
    #: words of texts, in no order, only where there are enough answers: question, answers
    texts: tuple[tuple[str, tuple[str, ...]], ...]
    demo: bool


def wave_page(actor: Actor, ref: UUID, base: str = "") -> WavePage:
    """This will return one period; `base`: what its index is compared with. Refuses NotFound."""
    wave = access.seen(Wave, actor, ref)
    strata = tuple((one.id, str(one)) for one in Stratum.objects.filter(wave=wave))
    points = {one.id: one for one in Point.objects.filter(county_code=wave.county_code)}
    rows = _rows(actor, wave, points, strata, hide=True)
    bases = _bases(actor, wave, rows)
    base = base if base in dict(bases) else ""
    sheet, keeps = wave.questionnaire, access.keeps(actor, wave.county_code)
    closed = wave.state == flow.CLOSED
    return WavePage(
        id=wave.id, name=wave.name, questionnaire_id=sheet.id, title=sheet.title,
        version=sheet.version, unit_name=flow.UNITS[wave.unit], whom=wave.whom, source=wave.source,
        from_on=f"{wave.from_on:%Y-%m-%d}", last_on=f"{wave.last_on:%Y-%m-%d}", least=wave.least,
        state=wave.state, demo=wave.demo, strata=strata, keeps=keeps, bases=bases, base=base,
        dimensions=tuple(scoring.weights(entry.questions(wave))),
        rows=_compared(actor, wave, rows, base),
        others=tuple((str(one.id), one.name) for one in points.values() if not one.ended_on),
        differing=indexing.differing(wave) if closed and keeps else None,
    )  # fmt: skip


def point_page(actor: Actor, wave_id: UUID, point_id: UUID) -> PointPage:
    """This will return one point in one period, with its codes. Refuses who does not ask there."""
    wave, point = access.run(actor, wave_id, point_id)
    strata = tuple((one.id, str(one)) for one in Stratum.objects.filter(wave=wave))
    rows = _rows(actor, wave, {point.id: point}, strata, hide=False)
    if not rows:
        raise NotFound("这个观测点没有计划参加这一期")
    out = AnswerCode.objects.filter(
        point=point, stratum__wave=wave, used_on=None, spoilt_on=None
    ).order_by("serial")
    names = dict(strata)
    return PointPage(
        wave_id=wave.id, wave=wave.name, state=wave.state, last_on=f"{wave.last_on:%Y-%m-%d}",
        title=wave.questionnaire.title, unit_name=flow.UNITS[wave.unit], whom=wave.whom,
        row=rows[0], demo=wave.demo,
        texts=_texts(wave, point),
        codes=tuple(
            CodeRow(
                id=one.id, serial=one.serial, way=one.way, way_name=flow.WAYS[one.way],
                stratum=names[one.stratum_id], expires_on=f"{one.expires_on:%Y-%m-%d}",
                word=codes.word(one.id),
            )
            for one in out
        ),
    )  # fmt: skip


def _rows(
    actor: Actor,
    wave: Wave,
    points: dict[UUID, Point],
    strata: tuple[tuple[UUID, str], ...],
    *,
    hide: bool,
) -> list[IndexRow]:
    plan = {ref: told for ref, told in indexing.plan_of(wave).items() if ref in points}
    mine = {ref for ref in plan if access.runs(actor, points[ref])}
    index, counts = indexing.index_of(wave), _counts(wave, plan, mine)
    names = list(scoring.weights(entry.questions(wave)))
    return [
        IndexRow(
            point_id=ref, name=points[ref].name, demo=points[ref].demo,
            open_to=(ref, "") in index,
            progress=figures.progress(counts[ref, layer] for layer, _ in strata),
            layers=_layers(ref, strata, counts, hide=hide), difference=None,
            whole=index.get((ref, ""), Figure(n=0)),
            dimensions=tuple((name, index.get((ref, name), Figure(n=0))) for name in names),
        )
        for ref in sorted(plan, key=lambda one: points[one].name)
    ]  # fmt: skip


def _layers(
    ref: UUID, strata: tuple[tuple[UUID, str], ...], counts: Counts, *, hide: bool
) -> tuple[Layer, ...]:
    reached: list[int | None] = [counts[ref, layer][1] for layer, _ in strata]
    if hide:
        reached = list(figures.shown([one or 0 for one in reached]))
    return tuple(
        Layer(
            id=layer, name=name, planned=counts[ref, layer][0], reached=many,
            asked=counts[ref, layer][2],
        )
        for (layer, name), many in zip(strata, reached, strict=True)
    )  # fmt: skip


def _counts(wave: Wave, plan: dict[UUID, dict[UUID, int]], mine: Collection[UUID]) -> Counts:
    """Codes are counted only where this one asks; of the others row security would tell nothing."""
    asked: Counter[tuple[UUID, UUID]] = Counter()
    answered: Counter[tuple[UUID, UUID]] = Counter()
    rows = AnswerCode.objects.filter(stratum__wave=wave, point__in=mine, spoilt_on=None)
    for point, layer, used in rows.values_list("point", "stratum", "used_on"):
        asked[point, layer] += 1
        answered[point, layer] += used is not None
    strata = list(Stratum.objects.filter(wave=wave).values_list("id", flat=True))
    return {
        (ref, layer): (told.get(layer, 0), answered[ref, layer], asked[ref, layer])
        for ref, told in plan.items() for layer in strata
    }  # fmt: skip


def _bases(actor: Actor, wave: Wave, rows: list[IndexRow]) -> tuple[tuple[str, str], ...]:
    """Points of the period, and closed periods with the same version of the questionnaire."""
    same = Wave.objects.filter(questionnaire=wave.questionnaire_id, state=flow.CLOSED)
    return (
        *((f"p:{row.point_id}", row.name) for row in rows if row.open_to),
        *((f"w:{one.id}", f"{one.name}（同一个点）") for one in same.exclude(pk=wave.pk)),
    )


def _compared(actor: Actor, wave: Wave, rows: list[IndexRow], base: str) -> tuple[IndexRow, ...]:
    if not base:
        return tuple(rows)
    against: dict[UUID, Figure] = {}
    if base.startswith("p:"):
        chosen = next(row.whole for row in rows if f"p:{row.point_id}" == base)
        against = {row.point_id: chosen for row in rows if f"p:{row.point_id}" != base}
    else:
        then = indexing.frozen(access.seen(Wave, actor, UUID(base[2:])))
        against = {ref: one for (ref, dimension), one in then.items() if not dimension}
    pairs = sum(row.open_to and row.point_id in against for row in rows)
    return tuple(
        _with(row, figures.compare(row.whole, against[row.point_id], pairs=pairs))
        if row.open_to and row.point_id in against else row
        for row in rows
    )  # fmt: skip


def _with(row: IndexRow, difference: Difference) -> IndexRow:
    return replace(row, difference=difference)


def _texts(wave: Wave, point: Point) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if wave.state != flow.CLOSED:
        return ()
    asked = [one for one in entry.questions(wave) if one.kind == scoring.TEXT]
    sheets = AnswerSheet.objects.filter(stratum__wave=wave, point=point).order_by("id")
    told = list(sheets.values_list("answers", flat=True)) if asked else []
    if len(told) < wave.least:
        return ()
    return tuple(
        (one.words, tuple(row[str(one.no)] for row in told if row.get(str(one.no))))
        for one in asked
    )
