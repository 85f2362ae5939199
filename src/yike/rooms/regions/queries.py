"""Every read of the tree. Open facts: no actor is asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from yike.rooms.core.refusal import BadInput, NotFound
from yike.rooms.guard import editions
from yike.rooms.regions import choosing, codes, coordinates, locating, outlines
from yike.rooms.regions.coordinates import Crs, Point
from yike.rooms.regions.models import Population, Region


@dataclass(frozen=True, kw_only=True)
class RegionRow:
    """One unit of the tree. `point` is WGS84 (lon, lat), None where no centre is known."""

    code: str
    name: str
    short_name: str
    level: codes.Level
    parent_code: str
    point: Point | None
    point_source: str = ""
    source: str = ""

    @property
    def span(self) -> tuple[str, str]:
        """The range of codes below and including this unit."""
        return codes.span(self.code)


@dataclass(frozen=True, kw_only=True)
class RegionPath:
    """The names from the province down to one unit; "" for levels below it or not in the tree."""

    code: str
    province: str = ""
    city: str = ""
    county: str = ""
    town: str = ""
    village: str = ""

    @property
    def text(self) -> str:
        """As on an envelope, from the county down: 象山县石浦镇金屏社区; above it, the whole."""
        below = self.county + self.town + self.village
        return below or self.province + self.city

    @property
    def full_text(self) -> str:
        """From the province down."""
        return self.province + self.city + self.county + self.town + self.village


@dataclass(frozen=True, kw_only=True)
class PopulationRow:
    """One count of people, with its year, kind, source, and whether two sources agreed."""

    region_code: str
    year: int
    kind: str
    kind_name: str
    count: int
    source: str
    verified: bool
    note: str
    #: people of a group where known (choosing.GROUPS); what nobody counted is missing
    groups: Mapping[str, int] = field(default_factory=dict)

    @property
    def vintage(self) -> str:
        """Year, who was counted and source, as it stands below every rate."""
        return f"{self.year} 年{self.kind_name}，{self.source}"


@dataclass(frozen=True, kw_only=True)
class Located:
    """Where a point lies: by an outline, or probably, by the nearest known centre.

    By `outline`, `distance_m` is 0 inside. By `centre` it is the straight line to that centre;
    `sure` is False when another town is nearly as close; `unplaced_towns` are towns of the county
    whose centre nobody has told us, which therefore can never be the answer.
    """

    town: RegionRow
    village: RegionRow | None
    distance_m: int
    sure: bool
    unplaced_towns: tuple[str, ...]
    sentence: str
    by: locating.Means = "centre"


def region(code: str) -> RegionRow:
    """This will return one unit. Refuses NotFound when the tree has no such code."""
    found = Region.objects.filter(pk=code).first()
    if found is None:
        raise NotFound("区划里没有这个代码", way_on="请从列表中选择乡镇和村（社区）。")
    return _row(found)


def exists(code: str, *, level: codes.Level | None = None) -> bool:
    """This will say whether the tree has this code (and, when asked, at this level)."""
    found = Region.objects.filter(pk=code)
    return (found.filter(level=level) if level else found).exists()


def children(code: str) -> tuple[RegionRow, ...]:
    """This will return the units directly below, in the order of their codes; "" = provinces."""
    return _rows(Region.objects.filter(parent=code or None))


def towns_of(county: str) -> tuple[RegionRow, ...]:
    """This will return the towns of a county."""
    return _rows(_inside(county).filter(level="town"))


def villages_of(town: str) -> tuple[RegionRow, ...]:
    """This will return the villages of a town (or of a whole county)."""
    return _rows(_inside(town).filter(level="village"))


def regions_in(span: tuple[str, str], *, level: codes.Level | None = None) -> tuple[RegionRow, ...]:
    """This will return all units of a range of codes, those of one level when asked."""
    found = Region.objects.filter(code__gte=span[0], code__lt=span[1])
    return _rows(found.filter(level=level) if level else found)


def path_of(code: str) -> RegionPath:
    """This will return the names from province to this unit. Refuses NotFound when absent."""
    found = paths_of([code])
    if code not in found:
        raise NotFound("区划里没有这个代码", way_on="请从列表中选择乡镇和村（社区）。")
    return found[code]


def paths_of(wanted: Iterable[str]) -> dict[str, RegionPath]:
    """This will return the paths of many codes, a query a county; absent codes are left out."""
    asked: defaultdict[str, set[str]] = defaultdict(set)
    for code in wanted:
        if codes.is_code(code):
            asked[codes.at_level(code, "county") or code].add(code)
    return {
        code: _path(code, names)
        for around, some in asked.items()
        if (names := _names_around(around))
        for code in some
        if code in names
    }


def regions_on_path(code: str) -> tuple[RegionRow, ...]:
    """This will return the units from the province down to this one, as far as the tree knows."""
    steps = codes.ancestors(code) if codes.is_code(code) else ()
    return _rows(Region.objects.filter(pk__in=steps))


def name_of(code: str) -> str:
    """This will return the unit's envelope name, or "" for an unknown or empty code."""
    found = paths_of([code])
    return found[code].text if code in found else ""


def population_of(code: str) -> tuple[PopulationRow, ...]:
    """This will return every known count of one unit, the current one first (choosing.RULE)."""
    rows = sorted(Population.objects.filter(region=code), key=_rank, reverse=True)
    return tuple(_population(row) for row in rows)


def newest_populations(wanted: Iterable[str]) -> dict[str, PopulationRow]:
    """This will return the current count (choosing.RULE) of each unit that has one, at once."""
    rows = sorted(Population.objects.filter(region__in=list(wanted)), key=_rank)
    return {row.region_id: _population(row) for row in rows}


def regions_of(wanted: Iterable[str]) -> dict[str, RegionRow]:
    """This will return the units of many codes in one query; absent codes are left out."""
    return {row.code: row for row in _rows(Region.objects.filter(pk__in=list(wanted)))}


def populations_in(
    span: tuple[str, str], *, level: codes.Level, year: int | None = None
) -> dict[str, PopulationRow]:
    """This will return the current count (or that of one year) per unit of a level in a range."""
    rows = Population.objects.filter(
        region__level=level, region__code__gte=span[0], region__code__lt=span[1]
    )
    rows = rows.filter(year=year) if year else rows
    return {row.region_id: _population(row) for row in sorted(rows, key=_rank)}


def search_regions(text: str, *, within: str = "", limit: int = 20) -> tuple[RegionRow, ...]:
    """This will find units by a part of their name or the beginning of their code.

    Names that begin with the text come first, then higher units. `within`: only below this code.
    """
    wanted = text.strip()
    if not wanted:
        return ()
    scope = _inside(within) if within else Region.objects.all()
    hits = (
        scope.filter(code__startswith=wanted)
        if wanted.isdigit()
        else scope.filter(name__contains=wanted)
    )
    ranked = sorted(
        hits[: limit * 50],
        key=lambda r: (not r.name.startswith(wanted), codes.WIDTHS[codes.level_of(r.code)], r.code),
    )
    return tuple(_row(found) for found in ranked[:limit])


def locate(lon: float, lat: float, *, county: str, crs: Crs = "wgs84") -> Located:
    """This will say in which town and village a point lies, by outlines where they were imported.

    Degrees. Without an outline it is guessed by the nearest known centre. Refuses BadInput when
    the numbers are no point, when it lies outside the county's outlines, when nothing is known,
    or when the point lies farther from all centres than the county's towns lie apart.
    """
    point = read_point(lon, lat, crs)
    drawn = outlines.around(point, county)
    towns = towns_of(county)
    held = locating.by_outline(drawn, county, [row.code for row in towns])
    centres = _centres(county)
    if held and held.town:
        return _drawn(held, towns, centres, point)
    known = centres if held else [one for one in centres if one.town not in drawn.drawn]
    outside = held is not None and not held.county
    found = None if outside else locating.guess(point, known, _rivals(point, county))
    if found is None:
        name = region(county).name
        raise BadInput(
            f"这个位置不在{name}的边界内"
            if outside
            else f"这个位置不在{name}范围内，或离已知的乡镇中心太远",
            way_on="请在列表中选择乡镇和村（社区）。",
            field="position",
        )
    return _located(found, towns, {centre.town for centre in centres if centre.is_town})


def nearest_village(lon: float, lat: float, *, county: str, crs: Crs = "wgs84") -> RegionRow | None:
    """This will return the village whose known centre is near enough to name it, else None."""
    return locate(lon, lat, county=county, crs=crs).village


def is_inside(point: Point, county: str) -> bool | None:
    """This will say whether a WGS84 point can lie in the county; None when nothing is known.

    By the outlines of the county or of its towns where there are, else by known centres.
    """
    drawn = outlines.around(point, county)
    if drawn.drawn:
        held = locating.by_outline(drawn, county, [row.code for row in towns_of(county)])
        if held is not None:
            return bool(held.town) or held.county
    centres = _centres(county)
    return locating.guess(point, centres) is not None if centres else None


def read_point(lon: float, lat: float, crs: Crs = "wgs84") -> Point:
    """This will return a WGS84 point. Refuses BadInput what is no longitude and latitude."""
    if crs not in ("wgs84", "gcj02", "bd09"):
        raise BadInput("坐标系只认 wgs84、gcj02、bd09", field="crs")
    # NaN fails both comparisons, so it is refused as well
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise BadInput("经纬度超出范围：经度 -180～180，纬度 -90～90", field="position")
    return coordinates.to_wgs84((lon, lat), crs)


def _inside(code: str) -> QuerySet[Region]:
    since, until = codes.span(code)
    return Region.objects.filter(code__gte=since, code__lt=until)


def _rows(found: QuerySet[Region]) -> tuple[RegionRow, ...]:
    return tuple(_row(one) for one in found.order_by("code"))


def _row(found: Region) -> RegionRow:
    lon, lat = found.lon, found.lat
    return RegionRow(
        code=found.code,
        name=found.name,
        short_name=found.short_name,
        level=codes.level_of(found.code),
        parent_code=found.parent_id or "",
        point=None if lon is None or lat is None else (lon, lat),
        point_source=found.point_source,
        source=found.source,
    )


@editions.kept("regions")
def _names_around(code: str) -> Mapping[str, tuple[str, str]]:
    """Level and short name of a unit and those above it; of a county also of all below."""
    found = Q(pk__in=codes.ancestors(code))
    if codes.level_of(code) == "county":
        since, until = codes.span(code)
        found |= Q(code__gte=since, code__lt=until)
    rows = Region.objects.filter(found).values_list("code", "level", "short_name")
    return {code: (level, name) for code, level, name in rows}


def _path(code: str, names: Mapping[str, tuple[str, str]]) -> RegionPath:
    steps = [names[step] for step in codes.ancestors(code) if step in names]
    return RegionPath(code=code, **dict(steps))


def _population(row: Population) -> PopulationRow:
    return PopulationRow(
        region_code=row.region_id,
        year=row.year,
        kind=row.kind,
        kind_name=choosing.KINDS[row.kind],
        count=row.count,
        source=row.source,
        verified=row.verified,
        note=row.note,
        groups={
            name: number for name in choosing.GROUPS if (number := getattr(row, name)) is not None
        },
    )


def _rank(row: Population) -> tuple[int, int, bool, int]:
    return choosing.rank(
        choosing.Vintage(year=row.year, kind=row.kind, verified=row.verified, row=row.pk)
    )


def _centres(county: str) -> Sequence[locating.Centre]:
    rows = _inside(county).filter(lon__isnull=False, level__in=("town", "village"))
    return [
        locating.Centre(code, codes.at_level(code, "town"), (lon, lat))
        for code, lon, lat in rows.values_list("code", "lon", "lat")
        if lon is not None and lat is not None
    ]


def _rivals(point: Point, county: str) -> Sequence[Point]:
    """Known centres of other counties within half a degree: beyond, they cannot matter."""
    since, until = codes.span(county)
    rows = Region.objects.exclude(code__gte=since, code__lt=until).filter(
        lon__range=(point[0] - 0.5, point[0] + 0.5), lat__range=(point[1] - 0.5, point[1] + 0.5)
    )
    return [
        (lon, lat)
        for lon, lat in rows.values_list("lon", "lat")
        if lon is not None and lat is not None
    ]


def _located(found: locating.Guess, towns: Sequence[RegionRow], placed: set[str]) -> Located:
    town = next(row for row in towns if row.code == found.town)
    village = region(found.village) if found.village else None
    where = town.name + (village.short_name if village else "")
    far = f"离最近的已知中心点直线距离约{found.distance_m / 1000:.1f}公里"
    return Located(
        town=town,
        village=village,
        distance_m=round(found.distance_m),
        sure=found.sure,
        unplaced_towns=tuple(row.name for row in towns if row.code not in placed),
        sentence=f"您可能在{where}（{far}），请核对",
    )


def _drawn(
    held: locating.Held,
    towns: Sequence[RegionRow],
    centres: Sequence[locating.Centre],
    point: Point,
) -> Located:
    """What outlines say; a village without an outline is still named by its centre, as a guess."""
    town = next(row for row in towns if row.code == held.town)
    named = held.village or locating.village_near(point, centres, held.town)
    village = region(named) if named else None
    where = town.name + (village.short_name if village else "")
    guessed = "；村（社区）按最近的中心点估计" if village and not held.village else ""
    near = "" if held.distance_m == 0 else f"，在边界外约{held.distance_m:.0f}米"
    return Located(
        town=town,
        village=village,
        distance_m=round(held.distance_m),
        sure=held.sure,
        unplaced_towns=(),
        sentence=f"您在{where}（按已导入的边界{near}{guessed}），请核对",
        by="outline",
    )
