"""Sets the stage with those who serve, by real actions: licences, stationing, advisers, teams."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import cycle, islice
from uuid import UUID

from yike.demo import cast, stage, troupe
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.places import actions as places_actions
from yike.rooms.places import queries as places_queries
from yike.rooms.places.queries import StationRow
from yike.rooms.providers import actions as providers_actions
from yike.rooms.providers import queries as providers_queries
from yike.rooms.providers.queries import NeedFace, PractitionerRow
from yike.rooms.regions import codes
from yike.rooms.regions import queries as regions_queries

SINCE = date(2025, 1, 1)
_TERM = (date(2025, 7, 1), date(2027, 7, 1))
#: days from today to the end of a few licences: over, tomorrow, soon
_ODD_ENDS = {3: -5, 11: 1, 17: 7, 44: 28}
_SPAN = codes.span(cast.COUNTY)


def everything(offices: dict[str, UUID], *, actor: Actor) -> None:
    """This will furnish the register of those who serve; does nothing the second time."""
    if providers_queries.charges_in(_SPAN):
        return
    houses = dict(offices) | admit_houses(actor=actor)
    enlist(houses, actor=actor)
    station(houses, actor=actor)
    fit_out(houses, actor=actor)
    engage(actor=actor)
    form_teams(actor=actor)
    name_keepers(offices, actor=actor)
    charge_departments(actor=actor)


def admit_houses(*, actor: Actor) -> dict[str, UUID]:
    """This will let the institutions of the troupe in, step by step, and leave two on the way."""
    admitted = {house.key: _admit(house, no, actor) for no, house in enumerate(troupe.HOUSES, 1)}
    waiting = providers_actions.apply_to_join(
        name="宁波四明司法鉴定所象山工作站", kind="appraisal", region_code=cast.COUNTY,
        offers=(("S04", "booking"),), demo=True, actor=actor,
    )  # fmt: skip
    providers_actions.show_paper(
        joining_id=waiting, kind="司法鉴定许可证", number="DEMO-JD-0099",
        valid_from=date(2024, 3, 1), valid_until=date(2029, 3, 1), issuer="浙江省司法厅",
        actor=actor,
    )  # fmt: skip
    refused = providers_actions.apply_to_join(
        name="象山某法律咨询有限公司", kind="partner", region_code=cast.COUNTY,
        offers=(("S01", "direct"),), demo=True, actor=actor,
    )  # fmt: skip
    providers_actions.refuse_joining(
        joining_id=refused, reason="没有律师事务所执业许可证，不能提供律师服务", actor=actor
    )
    return admitted


def _admit(house: troupe.House, no: int, actor: Actor) -> UUID:
    ref = providers_actions.apply_to_join(
        name=house.name, kind=house.kind, region_code=house.region, offers=house.offers,
        address=f"{house.name}（演示地址）", applied_on=SINCE, demo=True, actor=actor,
    )  # fmt: skip
    paper = providers_actions.show_paper(
        joining_id=ref, kind=house.licence, number=f"DEMO-{house.key}", valid_from=SINCE,
        issuer="发证机关（演示）", actor=actor,
    )  # fmt: skip
    providers_actions.sign_agreement(
        joining_id=ref, agreement_no=f"象司协〔2025〕{no}号", agreement_from=SINCE,
        agreement_until=date(2027, 1, 1), actor=actor,
    )  # fmt: skip
    providers_actions.check_paper(paper_id=paper, passed=True, actor=actor)
    providers_actions.confirm_credentials(joining_id=ref, actor=actor)
    return providers_actions.activate_joining(
        joining_id=ref, code=stage.code(house.key), actor=actor
    )


def enlist(houses: dict[str, UUID], *, actor: Actor) -> None:
    """This will register about sixty people of the nine kinds with their licences."""
    number = 0
    for group in troupe.GROUPS:
        for _ in range(group.people):
            _enlist(group, houses[group.house], number, actor)
            number += 1


def _enlist(group: troupe.Group, house: UUID, number: int, actor: Actor) -> None:
    surname = troupe.SURNAMES[number % len(troupe.SURNAMES)]
    given = troupe.GIVEN[(number * 5 + number // len(troupe.GIVEN)) % len(troupe.GIVEN)]
    licence_no = f"DEMO{group.kind}{number:06d}" if group.licence else ""
    person = providers_actions.register_practitioner(
        name=surname + given, kind=group.kind, institution_id=house, title=group.title,
        licence_no=licence_no, specialties=group.specialties,
        languages=troupe.LANGUAGES[number % len(troupe.LANGUAGES)], capacity=group.capacity,
        phone=f"1990000{number:04d}", active_from=SINCE, demo=True, actor=actor,
    )  # fmt: skip
    if group.licence:
        _license(group, person, licence_no, number, actor)


def _license(group: troupe.Group, person: UUID, licence_no: str, number: int, actor: Actor) -> None:
    until = date(2025 + group.years, 1, 1) + timedelta(days=180) if group.years else None
    if number in _ODD_ENDS:
        until = clock.today() + timedelta(days=_ODD_ENDS[number])
    providers_actions.record_credential(
        kind=group.licence, number=licence_no, practitioner_id=person, issuer="发证机关（演示）",
        valid_from=SINCE, valid_until=until, verified_on=SINCE, actor=actor,
    )  # fmt: skip


def station(houses: dict[str, UUID], *, actor: Actor) -> None:
    """This will plan who is stationed where, and say what came true."""
    windows = iter(range(1, 100))
    for house, where, way, done, why in troupe.STATIONINGS:
        place = places_queries.station_by_code(stage.code(where))
        ref = providers_actions.plan_stationing(
            institution_id=houses[house], region_code=cast.COUNTY,
            platform="station" if place else where, place_id=place.id if place else None,
            way=way, planned_on=date(2025, 12, 31), actor=actor,
        )  # fmt: skip
        window = f"{next(windows)}号" if way == "window" else ""
        if done:
            providers_actions.begin_stationing(
                stationing_id=ref, from_on=date(2025, 3, 1), window_no=window,
                agreement_no=f"驻〔2025〕{house}-{where}" if window else "",
                agreement_until=date(2027, 3, 1) if window else None,
                co_duty=bool(window), actor=actor,
            )  # fmt: skip
        elif why:
            providers_actions.explain_stationing(stationing_id=ref, reason_code=why, actor=actor)


def fit_out(houses: dict[str, UUID], *, actor: Actor) -> None:
    """This will register windows and rooms of the centre, and a window of each town station."""
    for place in places_queries.stations_in(cast.COUNTY, level=2):
        for kind, code, name, services, house, queue in troupe.SPACES:
            places_actions.register_space(
                station_id=place.id, kind=kind, code=code, name=name, services=services,
                institution_id=houses.get(house), queue_code=queue, seats=4, actor=actor,
            )  # fmt: skip
    for place in places_queries.stations_in(cast.COUNTY, level=3):
        places_actions.register_space(
            station_id=place.id, kind="window", code="W1", name="公共法律服务窗口",
            services=("S01", "S06", "S07", "S08"), seats=2, actor=actor,
        )  # fmt: skip


def engage(*, actor: Actor) -> None:
    """This will engage advisers for most villages, by the county's limit, with some work done."""
    providers_actions.set_norm(
        code="adviser.most_villages", region_code=cast.COUNTY, value=15, active_from=SINCE,
        source="演示参数：为铺满示例而设，没有规范依据", demo=True, actor=actor,
    )  # fmt: skip
    villages = [row.code for row in regions_queries.villages_of(cast.COUNTY)]
    for number, person in enumerate(_advisers()):
        mine = villages[number * 15 : number * 15 + 15]
        if mine:
            _engage(number, person, mine, actor)


def _advisers() -> list[PractitionerRow]:
    people = providers_queries.practitioners_in(_SPAN, ("01", "07"))
    unfit = providers_queries.fit_to_serve([row.id for row in people], on=_TERM[0])
    return [row for row in people if row.demo and not unfit[row.id]][:24]


def _engage(number: int, person: PractitionerRow, villages: list[str], actor: Actor) -> None:
    today = clock.today()
    until = {1: today + timedelta(days=20), 2: today - timedelta(days=12)}.get(number, _TERM[1])
    contract = providers_actions.engage_adviser(
        number=f"象法顾〔2025〕{number + 1:02d}号", practitioner_id=person.id,
        region_code=cast.COUNTY, villages=villages, from_on=_TERM[0], until_on=until,
        duties="驻村值守、解答咨询、法治讲座、参与调解、审查村规民约和合同", demo=True, actor=actor,
    )  # fmt: skip
    last = min(today, until) - timedelta(days=1)
    work = ("duty", "consult", "lecture", "mediate")
    for step, village in enumerate(villages[: number % 4 + 1]):
        providers_actions.record_visit(
            contract_id=contract, village=village, on=last - timedelta(days=2 * step),
            minutes=90 + 30 * (number % 4), kind=work[(number + step) % 4], people=3 + step * 4,
            actor=actor,
        )  # fmt: skip


def form_teams(*, actor: Actor) -> None:
    """This will form the duty teams of the centre, the hotline, the night and the harbour."""
    people = providers_queries.practitioners_in(_SPAN)
    unfit = providers_queries.fit_to_serve([row.id for row in people], on=clock.today())
    fit = [row for row in people if not unfit[row.id]]
    centre = places_queries.station_by_code(stage.code("st-centre"))
    shipu = places_queries.station_by_code(stage.code("st-shipu"))
    law = NeedFace(kinds=("01", "07"), people=4, specialty="", language="")
    dialect = NeedFace(kinds=("01", "07"), people=2, specialty="", language="象山话")
    peace = NeedFace(kinds=("05",), people=2, specialty="", language="")
    sign = NeedFace(kinds=(), people=2, specialty="", language="手语")
    plans = (
        (
            "县公共法律服务中心值班团队",
            cast.COUNTY,
            _id(centre),
            "",
            (law, dialect, peace),
        ),
        ("12348热线值班团队", cast.COUNTY, None, "12348", (law, sign)),
        ("夜间热线值班团队", cast.COUNTY, None, "night", (law,)),
        ("石浦镇工作站值班团队", cast.SHIPU, _id(shipu), "", (dialect, peace)),
    )
    for number, (name, region, place, line, needs) in enumerate(plans):
        ref = providers_actions.form_team(
            name=name, region_code=region, place_id=place, line=line, needs=needs,
            active_from=date(2026, 1, 1), demo=True, actor=actor,
        )  # fmt: skip
        _staff(ref, fit, number, actor)


def _id(row: StationRow | None) -> UUID | None:
    return row.id if row else None


def _staff(team: UUID, fit: list[PractitionerRow], number: int, actor: Actor) -> None:
    lawyers = [row for row in fit if row.kind in ("01", "07")]
    menders = [row for row in fit if row.kind == "05"]
    chosen = [
        *islice(cycle(lawyers), number * 6, number * 6 + 6),
        *islice(cycle(menders), number * 2, number * 2 + 2),
    ]
    for place, person in enumerate(chosen):
        part = "lead" if place == 0 else "reserve" if place == 5 else "member"
        providers_actions.join_team(
            team_id=team, practitioner_id=person.id, part=part, reason="2026年度值班安排",
            from_on=date(2026, 1, 1), actor=actor,
        )  # fmt: skip


def name_keepers(offices: dict[str, UUID], *, actor: Actor) -> None:
    """This will name who looks every day in each town's office and in the centre."""
    accounts = stage.accounts(actor)
    for _, _, key in cast.TOWNS:
        providers_actions.name_keepers(
            institution_id=offices[key], keeper_account=accounts[key],
            deputy_account=accounts["paidan"], actor=actor,
        )  # fmt: skip
    providers_actions.name_keepers(
        institution_id=offices["centre"], keeper_account=accounts["chuangkou"],
        deputy_account=accounts["paidan"], actor=actor,
    )  # fmt: skip


def charge_departments(*, actor: Actor) -> None:
    """This will put departments in charge of the nine kinds; last month is signed by most."""
    accounts = stage.accounts(actor)
    before = (clock.today().replace(day=1) - timedelta(days=1)).replace(day=1)
    for kind, department, username in troupe.CHARGES:
        providers_actions.charge_kind(
            region_code=cast.COUNTY, kind=kind, department=department,
            account_id=accounts[username], from_on=before, demo=True, actor=actor,
        )  # fmt: skip
    providers_actions.open_updates(actor=actor)
    for row in providers_queries.updates_in(_SPAN):
        if row.kind not in ("04", "09"):
            providers_actions.sign_update(update_id=row.id, remark="已与名册核对", actor=actor)
