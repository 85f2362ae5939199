"""What the supply promises a village: the nearest provider, how, how far, and who is next."""

from __future__ import annotations

from dataclasses import dataclass, replace

from yike.rooms.core import clock
from yike.rooms.core.refusal import BadInput
from yike.rooms.duty import queries as duty_queries
from yike.rooms.matters import candidates, names, policies
from yike.rooms.matters.faces.nearest import NearestFace, NearHelp, NextDuty
from yike.rooms.places import queries as places_queries
from yike.rooms.providers import kinds
from yike.rooms.providers import queries as providers_queries
from yike.rooms.reach import queries as reach_queries
from yike.rooms.reach.queries import Journey
from yike.rooms.regions import codes
from yike.rooms.regions.coordinates import Point, distance_m

_MOST = 3
_NOWHERE = "这个村或者提供服务的地方没有登记位置，算不出路上的分钟。"
#: of so many nearest in a straight line the minutes are asked
_LOOKED = 8


@dataclass(frozen=True, kw_only=True)
class _Near:
    """One provider, how far in a straight line (10**9: unknown) and where it stands."""

    metres: int
    point: Point | None
    help: NearHelp


def nearest_help(region_code: str, service: str, *, near: bool = True) -> NearestFace:
    """This will answer for any village and any of the ten services (A2.11).

    `near` False: only who is next; where to go is asked of `guide`.
    In minutes by the quickest way over the networks in use; where none is known, in straight lines,
    and it says why. Institutions stand where their region's centre is. Refuses an unknown service
    or place (BadInput).
    """
    if service not in kinds.SERVICES:
        raise BadInput("没有这种服务", field="service")
    known = names.places([region_code])
    if region_code not in known:
        raise BadInput("区划里没有这个村（社区）", field="region_code")
    rows = [*_stations(region_code, service), *_houses(region_code, service)] if near else []
    told, why = _timed(region_code, rows)
    found = _next(region_code, service)
    return NearestFace(
        region_name=known[region_code],
        service=service,
        service_name=kinds.SERVICES[service],
        near=told,
        next=found,
        why_none="" if rows or found else "本县还没有登记提供这种服务的站点、机构或值班",
        why_straight=why,
        licences=()
        if why or not rows
        else reach_queries.licences_in_use(policies.county_of(region_code)),
    )


def _timed(region_code: str, near: list[_Near]) -> tuple[tuple[NearHelp, ...], str]:
    """The nearest by minutes, what is not known after what is; and why minutes are not known."""
    start = candidates.points_of({region_code}).get(region_code)
    placed = [(one, one.point) for one in near if one.point]
    if start is None or not placed:
        near.sort(key=lambda one: (one.metres, one.help.name))
        return tuple(one.help for one in near[:_MOST]), _NOWHERE if near else ""
    county = policies.county_of(region_code)
    told = reach_queries.journeys(county, start, [point for _, point in placed])
    ways = {id(one): way for (one, _), way in zip(placed, told.rows, strict=True)}

    def order(one: _Near) -> tuple[float, int, str]:
        way = ways.get(id(one))
        known = way.minutes if way else None
        return (float("inf") if known is None else known, one.metres, one.help.name)

    best = sorted(near, key=order)[:_MOST]
    return tuple(replace(one.help, way=_words(ways.get(id(one)))) for one in best), told.why


def _words(way: Journey | None) -> str:
    if way is None or way.minutes is None:
        return ""
    return f"{way.mode_name}约 {way.minutes} 分钟{'（要坐船）' if way.by_ferry else ''}"


def _stations(region_code: str, service: str) -> list[_Near]:
    try:
        found = places_queries.nearest_stations(
            county=policies.county_of(region_code), region_code=region_code, service=service,
            k=_LOOKED,
        )  # fmt: skip
    except BadInput:  # where the village lies is not known
        return []
    return [
        _Near(
            metres=one.distance_m,
            point=one.station.point,
            help=NearHelp(
                name=one.station.name, is_station=True,
                modes="、".join(
                    row.mode_name for row in one.station.services if row.service == service
                ),
                distance=one.sentence, way="", hours=one.station.hours_sentence,
                open_now=places_queries.open_now(one.station), phone=one.station.phone,
            ),
        )
        for one in found
    ]  # fmt: skip


def _houses(region_code: str, service: str) -> list[_Near]:
    """Institutions that supply it, by the centre of their region."""
    span = codes.span(policies.county_of(region_code))
    houses = providers_queries.suppliers_of(service, span)
    points = candidates.points_of({region_code, *(one.region_code for one in houses)})
    start = points.get(region_code)
    found = []
    for one in houses:
        point = points.get(one.region_code)
        far = round(distance_m(start, point)) if start and point else None
        found.append((10**9 if far is None else far, far, one))
    rows = []
    for order, far, one in sorted(found, key=lambda row: (row[0], row[2].code))[:_MOST]:
        modes = (row.mode_name for row in providers_queries.supplies_of(one.id)
                 if row.service == service)  # fmt: skip
        said = "距离未知" if far is None else f"直线距离约{far / 1000:.1f}公里（按所在地中心）"
        rows.append(
            _Near(
                metres=order,
                point=points.get(one.region_code),
                help=NearHelp(
                    name=one.name, is_station=False, modes="、".join(modes), distance=said,
                    way="", hours="", open_now=False, phone=one.phone,
                ),
            )
        )  # fmt: skip
    return rows


def _next(region_code: str, service: str) -> NextDuty | None:
    found = duty_queries.next_slot(service, region_code)
    if found is None:
        return None
    return NextDuty(
        post_name=found.post_name, institution_name=found.institution_name, name=found.name,
        from_at=found.from_at, until_at=found.until_at, now=found.from_at <= clock.now(),
        phone=found.phone,
    )  # fmt: skip
