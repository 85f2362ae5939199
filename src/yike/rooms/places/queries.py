"""Every read of what stands where. All of it is public."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from yike.rooms.clocks import queries as clock_queries
from yike.rooms.core import clock, marks
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, NotFound
from yike.rooms.places import hours as hours_rules
from yike.rooms.places import kinds
from yike.rooms.places.access import FACILITIES
from yike.rooms.places.models import Lineage, Sign, Station, StationService, Terminal
from yike.rooms.places.origins import Origin
from yike.rooms.providers import kinds as provider_kinds
from yike.rooms.regions import codes
from yike.rooms.regions import queries as region_queries
from yike.rooms.regions.coordinates import Crs, Point, distance_m
from yike.rooms.trail import queries as trail_queries
from yike.rooms.trail.faces import EntryFace

#: The calendar whose holidays and make-up days stations follow.
CALENDAR = "office"


@dataclass(frozen=True, kw_only=True)
class ServiceRow:
    """One service given at a station, and how."""

    service: str
    service_name: str
    mode: str
    mode_name: str


@dataclass(frozen=True, kw_only=True)
class StationRow:
    """One station as anybody may know it. `point` is WGS84 (lon, lat), None where unknown."""

    id: UUID
    code: str
    name: str
    level: int
    level_name: str
    parent_id: UUID | None
    institution_id: UUID
    institution_name: str
    region_code: str
    region_name: str
    address: str
    phone: str
    #: who answers for it, as published; "" when nobody was named
    keeper: str
    point: Point | None
    origin: Origin
    grade: str
    graded_on: date | None
    hours: hours_rules.Hours
    hours_sentence: str
    holiday_rule: str
    services: tuple[ServiceRow, ...]
    opened_on: date
    closed_on: date | None
    featured: bool
    theme: str
    demo: bool

    @property
    def mark(self) -> str:
        """What a correction has to have seen."""
        return marks.mark(facts(self))

    @property
    def services_sentence(self) -> str:
        """The services in words: 法律援助（直接提供）、公证（预约、指引）."""
        by_name: dict[str, list[str]] = {}
        for row in self.services:
            by_name.setdefault(row.service_name, []).append(row.mode_name)
        return "、".join(f"{name}（{'、'.join(modes)}）" for name, modes in by_name.items())


def facts(row: StationRow | Station) -> dict[str, object]:
    """This will return what may be corrected of a station, as it stands."""
    lon, lat = (row.point or (None, None)) if isinstance(row, StationRow) else (row.lon, row.lat)
    return {
        "name": row.name, "address": row.address, "phone": row.phone, "keeper": row.keeper,
        "parent": row.parent_id, "lon": lon, "lat": lat, "hours": row.hours,
        "holiday_rule": row.holiday_rule,
    }  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Near:
    """A station and how far away it is in a straight line."""

    station: StationRow
    distance_m: int

    @property
    def sentence(self) -> str:
        """The distance in words; a straight line is not a road, so it says so."""
        if self.distance_m < 1000:
            return f"直线距离约{self.distance_m}米"
        return f"直线距离约{self.distance_m / 1000:.1f}公里"


@dataclass(frozen=True, kw_only=True)
class FacilityRow:
    """One terminal or sign."""

    id: UUID
    code: str
    name: str
    facility: str
    facility_name: str
    kind: str
    station_id: UUID | None
    region_code: str
    address: str
    point: Point | None
    origin: Origin
    status: str
    status_name: str
    demo: bool


@dataclass(frozen=True, kw_only=True)
class LineageRow:
    """One step of a station's history: which station went on in which, how and when."""

    before_id: UUID
    before_name: str
    after_id: UUID
    after_name: str
    kind_name: str
    on: date


def station(station_id: UUID) -> StationRow:
    """This will return one station, open or closed. Refuses NotFound."""
    found = _rows(Station.objects.filter(pk=station_id))
    if not found:
        raise NotFound("没有这个站点")
    return found[0]


def station_by_code(code: str) -> StationRow | None:
    """This will return the station with this code, or None."""
    found = _rows(Station.objects.filter(code=code))
    return found[0] if found else None


def stations_in(
    region_code: str,
    *,
    level: int | None = None,
    featured: bool | None = None,
    on: date | None = None,
) -> tuple[StationRow, ...]:
    """This will return the stations open on a day (today) in a county, town or village."""
    rows = _open(region_code, on)
    rows = rows if level is None else rows.filter(level=level)
    rows = rows if featured is None else rows.filter(featured=featured)
    return _rows(rows)


def closed_stations(region_code: str) -> tuple[StationRow, ...]:
    """This will return what once stood in a region and is closed today."""
    since, until = codes.span(region_code)
    rows = Station.objects.filter(region__code__gte=since, region__code__lt=until)
    return _rows(rows.filter(closed_on__isnull=False, closed_on__lte=clock.today()))


def stations_below(station_id: UUID) -> tuple[StationRow, ...]:
    """This will return the open stations that hang directly on a station."""
    return _rows(Station.objects.filter(parent=station_id, closed_on__isnull=True))


def nearest_stations(
    *,
    county: str,
    point: Point | None = None,
    crs: Crs = "wgs84",
    region_code: str = "",
    k: int = 3,
    level: int | None = None,
    service: str = "",
) -> tuple[Near, ...]:
    """This will return the nearest open stations of a county, nearest first.

    From a point (lon, lat) or from the known centre of a region. Great-circle distance, not
    travel time: say 直线距离. Stations without a point cannot be found this way. Refuses BadInput
    when neither the point nor any centre on the region's path is known.
    """
    start = region_queries.read_point(*point, crs) if point else _centre(region_code)
    rows = _open(county, None).filter(lon__isnull=False)
    rows = rows if level is None else rows.filter(level=level)
    if service:
        given = StationService.objects.filter(service=service).values("station")
        rows = rows.filter(pk__in=given)
    ranked = sorted(
        (distance_m(start, (lon, lat)), code)
        for code, lon, lat in rows.values_list("code", "lon", "lat")
        if lon is not None and lat is not None
    )[:k]
    found = {row.code: row for row in _rows(rows.filter(code__in=[code for _, code in ranked]))}
    return tuple(Near(station=found[code], distance_m=round(far)) for far, code in ranked)


def open_now(station_row: StationRow, now: datetime | None = None) -> bool:
    """This will say whether a station is open at an instant (now), holidays considered."""
    return station_row.id in open_among([station_row], now)


def open_among(rows: Sequence[StationRow], now: datetime | None = None) -> frozenset[UUID]:
    """This will return which stations are open at an instant (now); the calendar is asked once."""
    moment = (now or clock.now()).astimezone(clock.CIVIL)
    day = moment.date()
    there = [
        row
        for row in rows
        if row.opened_on <= day and (row.closed_on is None or day < row.closed_on)
    ]
    kind = day_kind(day) if there else "plain"
    return frozenset(
        row.id for row in there if hours_rules.is_open(row.hours, row.holiday_rule, moment, kind)
    )


def day_kind(day: date) -> hours_rules.DayKind:
    """This will say what the office calendar calls a day; "plain" when there is no calendar."""
    try:
        month = clock_queries.calendar_days(CALENDAR, day)
    except NotFound:
        return "plain"
    kinds_: dict[str, hours_rules.DayKind] = {"放假": "holiday", "调休上班": "makeup"}
    return next((kinds_.get(one.kind, "plain") for one in month if one.day == day), "plain")


def lineage_of(station_id: UUID) -> tuple[LineageRow, ...]:
    """This will return the mergers and divisions a station took part in, oldest first."""
    rows = Lineage.objects.filter(Q(before=station_id) | Q(after=station_id))
    return tuple(
        LineageRow(
            before_id=row.before_id,
            before_name=row.before.name,
            after_id=row.after_id,
            after_name=row.after.name,
            kind_name=row.get_kind_display(),
            on=row.on,
        )
        for row in rows.select_related("before", "after").order_by("on", "id")
    )


def history(station_id: UUID, *, actor: Actor) -> tuple[EntryFace, ...]:
    """This will return what was done to a station, oldest first; for staff."""
    return tuple(trail_queries.history_of("station", str(station_id), actor=actor).rows)


def facilities_in(region_code: str, facility: str = "") -> tuple[FacilityRow, ...]:
    """This will return terminals and signs of a region (or one of the two), but removed ones."""
    since, until = codes.span(region_code)
    wanted = {facility: FACILITIES[facility]} if facility else FACILITIES
    return tuple(
        _facility(name, row)
        for name, model in wanted.items()
        for row in model.objects.filter(region__code__gte=since, region__code__lt=until)
        .exclude(status="removed")
        .order_by("region_id", "code")
    )


def origin_of(row: Station | Terminal | Sign) -> Origin:
    """This will return how the point of a row was found."""
    if row.lon is None:
        return Origin()
    return Origin(crs=row.point_crs, way=row.point_way, accuracy_m=row.point_accuracy_m)


def public_register(county: str) -> tuple[StationRow, ...]:
    """This will return the public register: open stations by level, then region, then code."""
    return stations_in(county)


def _open(region_code: str, on: date | None) -> QuerySet[Station]:
    since, until = codes.span(region_code)
    day = on or clock.today()
    rows = Station.objects.filter(region__code__gte=since, region__code__lt=until)
    return rows.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day), opened_on__lte=day)


def _centre(region_code: str) -> Point:
    """The centre of the region, or of the nearest unit above it down to the county's towns."""
    path = region_queries.regions_on_path(region_code)
    point = next((row.point for row in reversed(path) if row.point), None)
    if point is None:
        raise BadInput(
            "这个村（社区）和所在乡镇的位置未知", way_on="请提供手机定位。", field="point"
        )
    return point


def _rows(found: QuerySet[Station]) -> tuple[StationRow, ...]:
    rows = list(found.select_related("institution").order_by("level", "region_id", "code"))
    paths = region_queries.paths_of(row.region_id for row in rows)
    services = _services([row.pk for row in rows])
    return tuple(
        _row(row, paths[row.region_id].text, tuple(services.get(row.pk, ()))) for row in rows
    )


def _services(station_ids: Sequence[UUID]) -> dict[UUID, list[ServiceRow]]:
    found: dict[UUID, list[ServiceRow]] = {}
    rows = StationService.objects.filter(station__in=station_ids).order_by("service", "id")
    for row in rows:
        found.setdefault(row.station_id, []).append(
            ServiceRow(
                service=row.service,
                service_name=provider_kinds.SERVICES[row.service],
                mode=row.mode,
                mode_name=provider_kinds.MODES[row.mode],
            )
        )
    return found


def _row(row: Station, region_name: str, services: tuple[ServiceRow, ...]) -> StationRow:
    rule = "" if row.holiday_rule == "closed" else kinds.HOLIDAY_RULES[row.holiday_rule]
    return StationRow(
        id=row.pk,
        code=row.code,
        name=row.name,
        level=row.level,
        level_name=kinds.LEVELS[row.level],
        parent_id=row.parent_id,
        institution_id=row.institution_id,
        institution_name=row.institution.name,
        region_code=row.region_id,
        region_name=region_name,
        address=row.address,
        phone=row.phone,
        keeper=row.keeper,
        point=_point(row),
        origin=origin_of(row),
        grade=row.grade,
        graded_on=row.graded_on,
        hours=row.hours,
        hours_sentence=hours_rules.sentence(row.hours, rule),
        holiday_rule=row.holiday_rule,
        services=services,
        opened_on=row.opened_on,
        closed_on=row.closed_on,
        featured=row.featured,
        theme=row.theme,
        demo=row.demo,
    )


def _point(row: Station | Terminal | Sign) -> Point | None:
    return None if row.lon is None or row.lat is None else (row.lon, row.lat)


def _facility(facility: str, row: Terminal | Sign) -> FacilityRow:
    return FacilityRow(
        id=row.pk,
        code=row.code,
        name=row.name,
        facility=facility,
        facility_name=kinds.FACILITIES[facility],
        kind=row.kind,
        station_id=row.station_id,
        region_code=row.region_id,
        address=row.address,
        point=_point(row),
        origin=origin_of(row),
        status=row.status,
        status_name=kinds.STATUSES[row.status],
        demo=row.demo,
    )
