"""What stations promise and cannot keep: the supply matrix held against who can serve (A2.4).

Who is on duty is another room's: it names posts without anybody, and puts them beside these.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from uuid import UUID

from yike.rooms.core import clock
from yike.rooms.places.queries import StationRow, stations_in
from yike.rooms.providers import kinds
from yike.rooms.providers import queries as providers_queries
from yike.rooms.regions import codes

#: a promise of these ways needs somebody of the county who gives the service
_PERSONAL = frozenset({"direct", "booking", "video", "circuit"})
#: stations down to a town's are told one by one
TOWN_LEVEL = 3


@dataclass(frozen=True, kw_only=True)
class Gap:
    """One promise that is not kept, or will not be."""

    #: a word of GAP_NAMES
    kind: str
    kind_name: str
    where: str
    what: str
    why: str
    #: what it is about, for the link of the page
    place_id: UUID | None = None
    ref: UUID | None = None
    of_person: bool = False


GAP_NAMES = {
    "no_supplier": "没有机构提供",
    "nobody_fit": "没有能服务的人",
    "adviser_over": "顾问合同到期未续",
    "adviser_ending": "顾问合同将到期",
    "adviser_unfit": "顾问不能服务",
    "no_adviser": "没有法律顾问",
    "licence": "证照到期或将到期",
    "agreement": "入驻协议到期或将到期",
    "nobody_on_duty": "承诺了但没人值班",
}


def supply_gaps(county: str, *, on: date | None = None) -> tuple[Gap, ...]:
    """This will list what the county's stations promise and nobody can give, and what ends.

    Promised directly, by booking, video or circuit, but no institution of the county gives the
    service, or nobody of its kind may serve on the day; contracts of advisers run out or ending;
    villages without adviser; licences and agreements ended or ending within 30 days.
    """
    day = on or clock.today()
    stations = stations_in(county, on=day)
    return (
        *_promises(stations, county, day),
        *_advisers(county, day),
        *_licences(county, day),
        *_agreements(county, day),
    )


def promised(stations: Iterable[StationRow]) -> dict[str, list[StationRow]]:
    """This will return, by service, the stations that promise somebody in person. Pure."""
    found: dict[str, list[StationRow]] = defaultdict(list)
    for station in stations:
        for service in dict.fromkeys(
            row.service for row in station.services if row.mode in _PERSONAL
        ):
            found[service].append(station)
    return found


def gaps_of_duty(
    stations: Iterable[StationRow],
    on_duty: frozenset[tuple[UUID, str]],
    *,
    empty: Mapping[tuple[UUID, str], int] = MappingProxyType({}),
    period: str = "这段时间",
) -> tuple[Gap, ...]:
    """This will list what stations give directly while nobody is on duty for it. Pure.

    `on_duty`: pairs of place and service with somebody on duty in the period asked; `empty`: how
    many shifts of such a pair are planned with nobody in them. The room duty knows both. The
    judicial office itself (S08) needs no duty. Points of villages are told together by town.
    """
    bare = [
        (station, row.service)
        for station in stations
        for row in station.services
        if row.mode == "direct" and row.service != "S08"
        and (station.id, row.service) not in on_duty
    ]  # fmt: skip
    own = [one for one in bare if one[0].level <= TOWN_LEVEL]
    return (
        *(
            _gap(
                "nobody_on_duty", station.name, kinds.SERVICES[service],
                _why_bare(empty.get((station.id, service), 0), period), place_id=station.id,
            )
            for station, service in own
        ),
        *_bare_points([one for one in bare if one[0].level > TOWN_LEVEL], period),
    )  # fmt: skip


def _why_bare(empty: int, period: str) -> str:
    if empty:
        return f"站点承诺直接提供，{period}排了 {empty} 班，都没有人"
    return f"站点承诺直接提供，{period}没有排班"


def _bare_points(bare: Sequence[tuple[StationRow, str]], period: str) -> list[Gap]:
    """One line for a town and a service, not one for each point of a village."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for station, service in bare:
        found[codes.at_level(station.region_code, "town"), service].append(station.name)
    return [
        _gap(
            "nobody_on_duty", _few(names, "个点"), kinds.SERVICES[service],
            f"站点承诺直接提供，{period}没有排班",
        )
        for (_, service), names in found.items()
    ]  # fmt: skip


def _promises(stations: Sequence[StationRow], county: str, day: date) -> list[Gap]:
    span = codes.span(county)
    fit = _fit_kinds(span, day)
    given = providers_queries.services_supplied(span, on=day)
    found = []
    for service, where in promised(stations).items():
        supplied = service in given
        wanted = kinds.KINDS_OF_SERVICE[service]
        if supplied and (not wanted or fit.intersection(wanted)):
            continue
        kind = "nobody_fit" if supplied else "no_supplier"
        why = _why(supplied, wanted)
        found += [
            _gap(kind, one.name, kinds.SERVICES[service], why, place_id=one.id) for one in where
        ]
    return found


def _why(supplied: bool, wanted: Sequence[str]) -> str:
    if not supplied:
        return "名录里没有本县机构提供这项服务"
    who = "、".join(kinds.RESOURCE_KINDS[kind] for kind in wanted)
    return f"有机构提供，但{who}类人员中今天没有一名可以服务"


def _fit_kinds(span: tuple[str, str], day: date) -> set[str]:
    people = providers_queries.practitioners_in(span, on=day)
    unfit = providers_queries.fit_to_serve([row.id for row in people], on=day)
    return {row.kind for row in people if not unfit[row.id]}


def _advisers(county: str, day: date) -> list[Gap]:
    span = codes.span(county)
    told = providers_queries.norm_values(
        ["adviser.renew_days", "adviser.lapsed_days"], county, on=day
    )
    early, ago = told["adviser.renew_days"], timedelta(days=told["adviser.lapsed_days"])
    lapsed = providers_queries.advisers_lapsed(day - ago, span=span, on=day)
    soon = providers_queries.advisers_ending(day + timedelta(days=early + 1), span=span, on=day)
    return [
        *_unfit_advisers(span, day),
        *(_of_contract("adviser_over", row, "已于 {:%Y-%m-%d} 到期，没有续签") for row in lapsed),
        *(_of_contract("adviser_ending", row, "将于 {:%Y-%m-%d} 到期，还没有续签") for row in soon),
        *_bare_towns(providers_queries.coverage(county, day).without),
    ]


def _unfit_advisers(span: tuple[str, str], day: date) -> list[Gap]:
    rows = [row for row in providers_queries.contracts_in(span, on=day) if row.state == "running"]
    unfit = providers_queries.fit_to_serve([row.practitioner_id for row in rows], on=day)
    return [
        _of_contract("adviser_unfit", row, "还在期内，但" + "；".join(unfit[row.practitioner_id]))
        for row in rows
        if unfit[row.practitioner_id]
    ]


def _bare_towns(without: Sequence[tuple[str, str, str]]) -> list[Gap]:
    """Town by town the villages without adviser: one line each, not one for each village."""
    by_town: dict[str, list[str]] = defaultdict(list)
    for _, name, town in without:
        by_town[town].append(name)
    return [
        _gap(
            "no_adviser", town, kinds.SERVICES["S02"],
            f"{_few(names)}，今天没有有效的顾问合同",
        )
        for town, names in by_town.items()
    ]  # fmt: skip


def _few(names: Sequence[str], what: str = "个村（社区）") -> str:
    """The first names, and how many there are."""
    told = "、".join(names[:4])
    return f"{told}等{len(names)}{what}" if len(names) > 4 else told


def _of_contract(kind: str, row: providers_queries.ContractRow, words: str) -> Gap:
    why = f"{row.practitioner_name}的合同 {row.number} {words.format(row.until_on)}"
    where = _few([name for _, name in row.villages])
    return _gap(kind, where, kinds.SERVICES["S02"], why, ref=row.id)


def _licences(county: str, day: date) -> list[Gap]:
    rows = providers_queries.credentials_ending(codes.span(county), within_days=30)
    return [
        _gap(
            "licence", row.holder_name, row.kind,
            f"{row.number} {'已于' if row.valid_until <= day else '将于'} {row.valid_until} 到期",
            ref=row.practitioner_id or row.institution_id,
            of_person=row.practitioner_id is not None,
        )
        for row in rows
        if row.valid_until is not None and row.needed
    ]  # fmt: skip


def _agreements(county: str, day: date) -> list[Gap]:
    rows = providers_queries.joinings_ending(day + timedelta(days=31), span=codes.span(county))
    return [
        _gap(
            "agreement", row.name, "入驻",
            f"协议 {row.agreement_no} "
            f"{'已于' if row.agreement_until <= day else '将于'} {row.agreement_until} 到期",
            ref=row.id,
        )
        for row in rows
        if row.agreement_until is not None
    ]  # fmt: skip


def _gap(
    kind: str, where: str, what: str, why: str, *, place_id: UUID | None = None,
    ref: UUID | None = None, of_person: bool = False,
) -> Gap:  # fmt: skip
    return Gap(
        kind=kind, kind_name=GAP_NAMES[kind], where=where, what=what, why=why,
        place_id=place_id, ref=ref, of_person=of_person,
    )  # fmt: skip
