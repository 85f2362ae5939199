"""Seasons, what counts for a terminal, and scored places with every reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotFound
from yike.rooms.reach.models import Season, TerminalRating, TerminalScheme
from yike.rooms.reach.queries.handing import sheet_of
from yike.rooms.reach.siting import worth
from yike.rooms.reach.siting.worth import Measure, Worth
from yike.rooms.regions import codes
from yike.rooms.regions import queries as regions_queries


@dataclass(frozen=True, kw_only=True)
class SeasonRow:
    """A season in use, its factors by name of place."""

    id: UUID
    name: str
    since: date
    until: date
    days: int
    factors: tuple[tuple[str, int], ...]
    source: str
    set_by: str
    set_at: datetime


@dataclass(frozen=True, kw_only=True)
class SchemeFace:
    """What counts how much, in one version."""

    version: int
    measures: tuple[Measure, ...]
    source: str
    checked_on: date
    set_by: str

    @property
    def lines(self) -> tuple[tuple[str, str, Measure], ...]:
        """Ground and name of each measure, and the measure."""
        return tuple(
            (worth.GROUNDS[worth.MEASURES[one.key][0]], worth.MEASURES[one.key][1], one)
            for one in self.measures
        )


@dataclass(frozen=True, kw_only=True)
class RatingRow:
    """One scoring in a list."""

    id: UUID
    name: str
    run_name: str
    version: int
    places: int
    made_at: datetime
    made_by: str


@dataclass(frozen=True, kw_only=True)
class RatedPlace:
    """A place with its score and what was told of it."""

    worth: Worth
    kind_name: str
    village: str
    village_name: str
    lon: float | None
    lat: float | None
    source: str
    ground_name: str


@dataclass(frozen=True, kw_only=True)
class RatingPage:
    """One scoring, ranked."""

    row: RatingRow
    run_id: UUID
    scheme: SchemeFace
    places: tuple[RatedPlace, ...]
    digest: str


def seasons(actor: Actor, *, county: str) -> tuple[SeasonRow, ...]:
    """This will return the seasons in use."""
    rows = Season.objects.filter(county_code=county, ended_at=None).order_by("since", "name")
    names = {row.code: row.short_name for row in regions_queries.regions_in(codes.span(county))}
    return tuple(
        SeasonRow(
            id=row.id, name=row.name, since=row.since, until=row.until,
            days=(row.until - row.since).days + 1, source=row.source, set_by=row.set_by,
            set_at=row.set_at,
            factors=tuple((names.get(key, key), row.factors[key]) for key in sorted(row.factors)),
        )
        for row in rows
    )  # fmt: skip


def terminal_scheme(actor: Actor, *, county: str) -> SchemeFace | None:
    """This will return the county's newest scheme; None: nobody set one, and none is shipped."""
    row = TerminalScheme.objects.filter(county_code=county).order_by("-version").first()
    return _scheme(row) if row else None


def terminal_ratings(actor: Actor, *, county: str) -> tuple[RatingRow, ...]:
    """This will return the scorings of a county, the newest first."""
    found = TerminalRating.objects.filter(county_code=county).select_related("run", "scheme")
    rows = found.defer("run__minutes", "run__inputs", "run__tables").order_by("-made_at")
    return tuple(_row(row) for row in rows[:50])


def terminal_rating(actor: Actor, ref: UUID) -> RatingPage:
    """This will return one scoring with every place and reason. Refuses NotFound."""
    found = TerminalRating.objects.select_related("run", "scheme")
    row = found.defer("run__minutes", "run__inputs", "run__tables").filter(pk=ref).first()
    if row is None:
        raise NotFound("没有这次评分")
    scheme = _scheme(row.scheme)
    told: dict[str, dict[str, Any]] = {one["name"]: one for one in row.places}
    ranked = worth.ranked({name: one["facts"] for name, one in told.items()}, scheme.measures)
    return RatingPage(
        row=_row(row),
        run_id=row.run_id,
        scheme=scheme,
        places=tuple(_place(one, told[one.name]) for one in ranked),
        digest=row.digest,
    )


def terminal_rating_csv(actor: Actor, ref: UUID) -> str:
    """This will return a scoring as CSV, the reasons in one column."""
    page = terminal_rating(actor, ref)
    head = ["名次", "地点", "类别", "村（社区）", "得分", "主要理由", "缺少的数据", "逐项", "来源"]
    rows = [
        [one.worth.rank or "", one.worth.name, one.kind_name, one.village_name,
         "" if one.worth.score is None else one.worth.score, one.ground_name,
         "、".join(one.worth.lacking), "；".join(line.words for line in one.worth.lines),
         one.source]
        for one in page.places
    ]  # fmt: skip
    return sheet_of([head, *rows])


def _scheme(row: TerminalScheme) -> SchemeFace:
    return SchemeFace(
        version=row.version,
        measures=tuple(
            Measure(
                key=one["key"],
                **{name: Decimal(one[name]) for name in ("weight", "low", "high")},
            )
            for one in row.measures
        ),
        source=row.source,
        checked_on=row.checked_on,
        set_by=row.set_by,
    )


def _row(row: TerminalRating) -> RatingRow:
    return RatingRow(
        id=row.id, name=row.name, run_name=row.run.name, version=row.scheme.version,
        places=len(row.places), made_at=row.made_at, made_by=row.made_by,
    )  # fmt: skip


def _place(found: Worth, told: dict[str, Any]) -> RatedPlace:
    return RatedPlace(
        worth=found,
        kind_name=worth.CLASSES[told["kind"]],
        ground_name=worth.GROUNDS.get(found.ground, ""),
        **{key: told[key] for key in ("village", "village_name", "lon", "lat", "source")},
    )
