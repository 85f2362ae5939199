"""Possible next offices: up to the county, down to the village, across, each with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from yike.rooms.core.refusal import BadInput
from yike.rooms.matters import candidates
from yike.rooms.matters.faces import Handler
from yike.rooms.matters.models import Matter
from yike.rooms.people import queries as people_queries
from yike.rooms.providers import kinds
from yike.rooms.providers import queries as providers_queries
from yike.rooms.providers.queries import InstitutionRow
from yike.rooms.regions import codes
from yike.rooms.regions.coordinates import distance_m

WAYS = {
    "up": "上转",
    "down": "下转",
    "across": "平转",
    "department": "跨部门转",
    "county": "跨县移送",
    "dispatch": "派单",
}
_ORDER = ("up", "down", "across", "department", "county")


def suggest(matter: Matter) -> tuple[Handler, ...]:
    """This will list the offices of the holder's county that may take it next, likeliest first."""
    if matter.holder_org is None:
        return ()
    holder = providers_queries.institution(matter.holder_org)
    county = _county(holder.region_code)
    offices = providers_queries.institutions_in(codes.span(county), handles_orders=True)
    others = [one for one in offices if one.id != matter.holder_org]
    staffed = people_queries.staffed_orgs([one.id for one in others])
    near = _near(matter, others)
    found = [_handler(one, holder, matter, one.id in staffed, near.get(one.id)) for one in others]
    return tuple(sorted(found, key=_rank(matter, {one.id: one for one in others}, near)))


def abroad(matter: Matter) -> tuple[InstitutionRow, ...]:
    """This will list who could take it in the other counties of the province: pools first."""
    if matter.holder_org is None:
        return ()
    here = _county(providers_queries.institution(matter.holder_org).region_code)
    province = codes.at_level(here, "province") or here
    rows = providers_queries.institutions_in(codes.span(province), handles_orders=True)
    others = [one for one in rows if _county(one.region_code) != here]
    staffed = people_queries.staffed_orgs([one.id for one in others])
    able = [one for one in others if one.id in staffed]
    return tuple(sorted(able, key=lambda one: (one.region_code[:6], not one.pool, one.name)))


def must_take(org: UUID, *, holder: UUID | None, near: UUID | None = None) -> InstitutionRow:
    """This will return an office that can be given an order now.

    Refuses BadInput why not: it has it already (`holder`), stands in another county than `near`,
    takes no orders, or has nobody who could take one.
    """
    found = providers_queries.institution(org)
    if near is not None and way_between(near, found) == "county":
        raise BadInput(
            f"{found.name}不在这个县（市、区），不能直接转给它",
            way_on="请用“跨县移送”，对方确认前仍由原单位负责。",
            field="to_org",
        )
    if org == holder:
        raise BadInput(f"{found.name}就是现在的承办单位", field="to_org")
    if not found.handles_orders or found.active_until is not None:
        raise BadInput(f"{found.name}不承办工单", way_on="请选择其他单位。", field="to_org")
    if org not in people_queries.staffed_orgs([org]):
        raise BadInput(
            f"{found.name}目前没有可接单的人员", way_on="请选择其他单位。", field="to_org"
        )
    return found


def way_between(left: UUID, target: InstitutionRow) -> str:
    """This will say whether a transfer goes up, down or across the tree."""
    return _way(providers_queries.institution(left), target)


def _near(matter: Matter, others: Iterable[InstitutionRow]) -> dict[UUID, int]:
    """How far the towns of other offices are, centre to centre: at a boundary they may be right."""
    towns = [one for one in others if codes.level_of(one.region_code) in ("town", "village")]
    away = [one for one in towns if not codes.within(matter.region_code, one.span)]
    points = candidates.points_of({matter.region_code, *(one.region_code for one in away)})
    start = points.get(matter.region_code)
    return {
        one.id: round(distance_m(start, points[one.region_code]))
        for one in away
        if start is not None and one.region_code in points
    }


def _county(region_code: str) -> str:
    return codes.at_level(region_code, "county") or region_code


def _way(holder: InstitutionRow, target: InstitutionRow) -> str:
    if _county(holder.region_code) != _county(target.region_code):
        return "county"
    if holder.region_code == target.region_code:
        return "across" if holder.kind == target.kind else "department"
    if codes.within(holder.region_code, target.span):
        return "up"
    return "down" if codes.within(target.region_code, holder.span) else "across"


def _handler(
    one: InstitutionRow, holder: InstitutionRow, matter: Matter, staffed: bool, far: int | None
) -> Handler:
    way = _way(holder, one)
    return Handler(
        org=one.id,
        name=one.name,
        way=way,
        way_name=WAYS[way],
        reason=_reason(one, matter, way, staffed, far),
        can_take=staffed,
    )


def _reason(one: InstitutionRow, matter: Matter, way: str, staffed: bool, far: int | None) -> str:
    parts = []
    if codes.within(matter.region_code, one.span):
        level = codes.LEVEL_NAMES[codes.level_of(one.region_code)]
        parts.append(f"管辖诉求所在地（{level}）")
    if far is not None and far <= _NEIGHBOUR:
        parts.append(f"邻近诉求所在地（中心相距约{far / 1000:.0f}公里）")
    if one.pool:
        parts.append("县级兜底单位，可协调其他科室")
    parts.append(kinds.INSTITUTION_KINDS[one.kind])
    if not staffed:
        parts.append("目前没有可接单的人员")
    return f"{WAYS[way]}：{'，'.join(parts)}"


_Key = tuple[bool, bool, int, bool, int, int, str]
#: metres from centre to centre within which towns are called neighbours
_NEIGHBOUR = 15_000


def _rank(
    matter: Matter, rows: dict[UUID, InstitutionRow], near: Mapping[UUID, int]
) -> Callable[[Handler], _Key]:
    """Who can take it, then whose area holds the place, the nearest level first, then the way, and

    among the offices of other towns the nearest.
    """

    def key(one: Handler) -> _Key:
        row = rows[one.org]
        covers = codes.within(matter.region_code, row.span)
        depth = len(row.region_code.rstrip("0"))
        way, far = _ORDER.index(one.way), near.get(one.org, 10**9)
        return not one.can_take, not covers, -depth, not row.pool, way, far, one.name

    return key


def names(orgs: Iterable[UUID | None]) -> dict[UUID, str]:
    """This will return the names of many offices; empty ids are passed over."""
    return providers_queries.names_of([org for org in orgs if org is not None])
