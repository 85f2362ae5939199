"""队伍: those who serve and their institutions, with everything the register knows of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yike.doors.desk import changing, choices, providers_place, seat
from yike.doors.desk.changing import Change
from yike.doors.desk.forms import providers as shapes
from yike.doors.kit import door
from yike.doors.kit.forms import Form, attempt
from yike.doors.kit.pages import go, show
from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.core import clock
from yike.rooms.people import queries as people_queries
from yike.rooms.places import queries as places_queries
from yike.rooms.providers import actions as providers_actions
from yike.rooms.providers import kinds
from yike.rooms.providers import queries as providers_queries
from yike.rooms.providers.queries import PractitionerRow
from yike.rooms.regions import codes
from yike.rooms.regions import queries as regions_queries
from yike.rooms.trail import queries as trail_queries

#: a licence that ends within so many days is marked
SOON = timedelta(days=30)


@dataclass(frozen=True)
class Line:
    """One person in the list, and whether they may serve today."""

    person: PractitionerRow
    unfit: tuple[str, ...]
    soon: bool


@dataclass(frozen=True)
class PersonPage:
    """Everything the register knows of one person."""

    person: PractitionerRow
    unfit: tuple[str, ...]
    credentials: tuple[providers_queries.CredentialRow, ...]
    relations: tuple[providers_queries.RelationRow, ...]
    teams: tuple[providers_queries.TeamFace, ...]
    contracts: tuple[providers_queries.ContractRow, ...]


@dataclass(frozen=True)
class HousePage:
    """Everything the register knows of one institution."""

    house: providers_queries.InstitutionRow
    people: list[Line]
    credentials: tuple[providers_queries.CredentialRow, ...]
    supplies: tuple[providers_queries.SupplyRow, ...]
    stationings: tuple[providers_queries.StationingRow, ...]
    keepers: providers_queries.Keepers
    #: account and name of those who may be named keepers
    colleagues: choices.Choices


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """This will list those who serve: by kind, town, state of licence, name or language."""
    form = shapes.PeopleFilter(request.GET or None, auto_id="f_%s")
    told = form.cleaned_data if form.is_valid() else {}
    wanted = [told["kind"]] if told.get("kind") else []
    rows = lines(providers_queries.practitioners_in(form.span, wanted))
    shown = [row for row in rows if _fits(row, told)]
    counts = [(name, sum(row.person.kind == code for row in rows)) for code, name in _KINDS]
    more: dict[str, Any] = {
        "form": form,
        "counts": counts,
        "keeps": keeps(request),
        "all": len(rows),
        "matters": {row.code: row.name for row in catalogue_queries.legal_matters()},
    }
    return show(request, "desk/people_serving.html", shown, **more)


@door.staff(roles=seat.ROUTERS)
@require_http_methods(["GET", "POST"])
def new_person(request: HttpRequest) -> HttpResponse:
    """This will take a person into the register."""
    form = shapes.Person(request.POST or None)
    actor = seat.who(request)
    if form.is_valid() and (made := attempt(
        form, lambda: providers_actions.register_practitioner(**form.told(), actor=actor)
    )):  # fmt: skip
        return go(request, "desk:person", made)
    return show(request, "desk/person_new.html", form=form, status=seat.status_of(form))


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """This will show one person with licences, teams, contracts, and what may be changed."""
    return _person(request, person_id)


@door.staff(roles=seat.ROUTERS)
@require_POST
def change_person(request: HttpRequest, person_id: UUID, what: str) -> HttpResponse:
    """This will revise, license, suspend, resume or end a person's entry."""
    about = _of_person(request, person_id)
    form = changing.tried(request, PERSON, what, person_id, about)
    return _person(request, person_id, {what: form}) if form else go(
        request, "desk:person", person_id
    )  # fmt: skip


@door.staff(roles=seat.ROUTERS)
@require_POST
def open_contact(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """This will show a contact that is not public, this one time, for the reason given."""
    form, actor = shapes.Why(request.POST, auto_id="contact_%s"), seat.who(request)
    found = None
    if form.is_valid():
        why = form.cleaned_data["reason"]
        found = attempt(form, lambda: providers_actions.open_contact(
            practitioner_id=person_id, reason=why, actor=actor,
        ))  # fmt: skip
    return _person(request, person_id, {} if found else {"contact": form}, contact=found)


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def houses(request: HttpRequest) -> HttpResponse:
    """This will list the institutions with their service area, capacity and people."""
    span = codes.span(choices.county())
    rows = providers_queries.institutions_in(span)
    kind, lack = request.GET.get("kind", ""), request.GET.get("lack", "")
    shown = [
        row for row in rows if (not kind or row.kind == kind) and providers_place.lacks(row, lack)
    ]
    people_ = providers_queries.practitioners_in(span)
    counts = {row.id: sum(one.institution_id == row.id for one in people_) for row in shown}
    there = {row.kind for row in rows}
    known = [(code, name) for code, name in kinds.INSTITUTION_KINDS.items() if code in there]
    more: dict[str, Any] = {"kinds": known, "kind": kind, "lack": lack, "names": _names(shown)}
    return show(request, "desk/houses.html", [(row, counts[row.id]) for row in shown], **more)


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def house(request: HttpRequest, house_id: UUID) -> HttpResponse:
    """This will show one institution: people, licences, services, stationings, keepers."""
    return _house(request, house_id)


@door.staff(roles=seat.ROUTERS)
@require_POST
def change_house(request: HttpRequest, house_id: UUID, what: str) -> HttpResponse:
    """This will revise or license an institution, set its services, name its keepers."""
    about = _of_house(request, house_id)
    form = changing.tried(request, HOUSE, what, house_id, about)
    return _house(request, house_id, {what: form}) if form else go(
        request, "desk:house", house_id
    )  # fmt: skip


def lines(rows: tuple[PractitionerRow, ...]) -> list[Line]:
    """This will say of each whether they may serve today, in two questions for all."""
    today = clock.today()
    unfit = providers_queries.fit_to_serve([row.id for row in rows], on=today)
    return [
        Line(row, unfit[row.id], bool(row.licence_until and row.licence_until <= today + SOON))
        for row in rows
    ]


def keeps(request: HttpRequest) -> bool:
    """This will say whether who asks may alter the register."""
    return seat.who(request).has(*seat.ROUTERS)


def _plain(deed: Any, *dropped: str) -> Any:
    """The action without what belongs to another thing than the page's own."""
    return lambda **told: deed(**{name: told[name] for name in told if name not in dropped})


#: what may be done to a person: words, form, action
PERSON = {
    "revise": Change(
        "更正信息", "保存更正", shapes.Facts, providers_actions.revise_practitioner,
        "practitioner_id",
    ),
    "licence": Change(
        "登记证照", "登记证照", shapes.Licence, providers_actions.record_credential,
        "practitioner_id",
    ),
    "extend": Change(
        "证照延期", "延到这一天", shapes.Extend,
        _plain(providers_actions.extend_credential, "practitioner_id"), "practitioner_id",
    ),
    "undertake": Change(
        "签署服务承诺书", "已签署", shapes.Undertake, providers_actions.sign_undertaking,
        "practitioner_id",
    ),
    "relate": Change(
        "申报回避关系", "密封保存", shapes.Close, providers_actions.declare_relation,
        "practitioner_id",
    ),
    "unrelate": Change(
        "撤回回避关系", "撤回", shapes.Withdraw,
        _plain(providers_actions.withdraw_relation, "practitioner_id"), "practitioner_id",
    ),
    "suspend": Change(
        "暂停服务", "暂停，不再派单排班", shapes.Suspend,
        providers_actions.suspend_practitioner, "practitioner_id", grave=True,
    ),
    "resume": Change(
        "恢复服务", "恢复", shapes.Resume, providers_actions.resume_practitioner,
        "practitioner_id",
    ),
    "close": Change(
        "离任", "离任，名录里停用", shapes.Leave, providers_actions.close_practitioner,
        "practitioner_id", grave=True,
    ),
}  # fmt: skip
#: what may be done to an institution
HOUSE = {
    "revise": Change(
        "更正信息", "保存更正", shapes.House, providers_actions.revise_institution,
        "institution_id",
    ),
    "place": Change(
        "位置和开放时间", "保存位置和时间", shapes.Place, providers_actions.place_institution,
        "institution_id",
    ),
    "keepers": Change(
        "指定每天查看人", "指定", shapes.NameKeepers, providers_actions.name_keepers,
        "institution_id",
    ),
    "supplies": Change(
        "调整服务供给", "保存供给", shapes.Supplies, providers_actions.set_supplies,
        "institution_id",
    ),
    "licence": Change(
        "登记证照", "登记证照", shapes.Licence, providers_actions.record_credential,
        "institution_id",
    ),
    "extend": Change(
        "证照延期", "延到这一天", shapes.Extend,
        _plain(providers_actions.extend_credential, "institution_id"), "institution_id",
    ),
    "close": Change(
        "停用", "停用这个机构", shapes.Leave, providers_actions.close_institution,
        "institution_id", grave=True,
    ),
}  # fmt: skip
_KINDS = tuple(kinds.RESOURCE_KINDS.items())


def _fits(row: Line, told: dict[str, Any]) -> bool:
    states = {
        "fit": not row.unfit, "unfit": bool(row.unfit), "ending": row.soon,
        "unlicensed": not row.person.licence_until and not row.person.licence_no,
    }  # fmt: skip
    typed, one = told.get("q", ""), row.person
    found = typed in f"{one.name} {one.licence_no} {' '.join(one.languages)} {one.institution_name}"
    return states.get(told.get("state", ""), True) and found


def _of_person(request: HttpRequest, person_id: UUID) -> PersonPage:
    row = providers_queries.practitioner(person_id)
    return PersonPage(
        person=row,
        unfit=providers_queries.fit_to_serve([person_id], on=clock.today())[person_id],
        credentials=providers_queries.credentials_of(practitioner_id=person_id),
        relations=providers_queries.relation_rows(person_id) if keeps(request) else (),
        teams=providers_queries.teams_of(person_id),
        contracts=providers_queries.contracts_of(person_id),
    )


def _person(
    request: HttpRequest,
    person_id: UUID,
    bound: dict[str, Form] | None = None,
    contact: tuple[str, str] | None = None,
) -> HttpResponse:
    face = _of_person(request, person_id)
    boxes = changing.boxes(
        PERSON, "desk:person_change", person_id, face, bound=bound, only=_open(face),
        initial={"revise": _facts(face.person)},
    ) if keeps(request) else []  # fmt: skip
    told = trail_queries.history_of("practitioner", str(person_id), actor=seat.who(request))
    why = (bound or {}).get("contact") or shapes.Why(auto_id="contact_%s")
    more: dict[str, Any] = {
        "boxes": boxes, "told": told.rows, "why": why, "contact": contact, "keeps": keeps(request),
        "areas": regions_queries.regions_of(face.person.areas).values(),
        "matters": [name for code, name in choices.categories() if code in face.person.specialties],
        "today": clock.today(),
    }  # fmt: skip
    return show(request, "desk/person.html", face, status=422 if bound else 200, **more)


def _open(face: PersonPage) -> list[str]:
    """What may be done to this person now."""
    if face.person.active_until is not None:
        return []
    suspended = any("暂停服务" in said for said in face.unfit)
    shut = {"suspend" if suspended else "resume"}
    shut |= set() if face.credentials else {"extend"}
    shut |= set() if any(not row.withdrawn_on for row in face.relations) else {"unrelate"}
    return [what for what in PERSON if what not in shut]


def _facts(row: PractitionerRow) -> dict[str, Any]:
    return {
        "title": row.title, "licence_no": row.licence_no, "specialties": row.specialties,
        "languages": "、".join(row.languages), "areas": row.areas, "capacity": row.capacity or None,
        "contact_class": row.contact_class,
    }  # fmt: skip


def _of_house(request: HttpRequest, house_id: UUID) -> HousePage:
    colleagues = people_queries.colleagues(house_id, actor=seat.who(request))
    return HousePage(
        house=providers_queries.institution(house_id),
        people=lines(providers_queries.practitioners_of(house_id)),
        credentials=providers_queries.credentials_of(institution_id=house_id),
        supplies=providers_queries.supplies_of(house_id),
        stationings=providers_queries.stationings_of(institution_id=house_id),
        keepers=providers_queries.keepers_of(house_id),
        colleagues=[(str(one.id), one.name) for one in colleagues],
    )


def _house(
    request: HttpRequest, house_id: UUID, bound: dict[str, Form] | None = None
) -> HttpResponse:
    face = _of_house(request, house_id)
    shut, mark = face.house.active_until is not None, face.house.mark
    for what in ("revise", "place"):
        seat.renew(bound, what, mark)
    boxes = changing.boxes(
        HOUSE, "desk:house_change", house_id, face, bound=bound,
        only=[what for what in HOUSE if what != "extend" or face.credentials],
        initial={
            "revise": _house_facts(face.house), "supplies": _given(face),
            "place": providers_place.start(face.house),
        },
    ) if keeps(request) and not shut else []  # fmt: skip
    told = trail_queries.history_of("institution", str(house_id), actor=seat.who(request))
    kept = [one for one in (face.keepers.keeper_account, face.keepers.deputy_account) if one]
    more: dict[str, Any] = {
        "boxes": boxes, "told": told.rows, "who": people_queries.account_names(kept),
        "areas": regions_queries.regions_of(face.house.areas).values(),
        "places": _places(), "region": regions_queries.path_of(face.house.region_code).text,
        "today": clock.today(), "place_map": providers_place.picked() if boxes else None,
    }  # fmt: skip
    return show(request, "desk/house.html", face, status=422 if bound else 200, **more)


def _house_facts(row: providers_queries.InstitutionRow) -> dict[str, Any]:
    return {
        "name": row.name, "address": row.address, "phone": row.phone, "uscc": row.uscc,
        "areas": row.areas, "capacity": row.capacity or None, "handles_orders": row.handles_orders,
        "seen": row.mark,
    }  # fmt: skip


def _given(face: HousePage) -> dict[str, Any]:
    return {"supplies": [f"{row.service}:{row.mode}" for row in face.supplies]}


def _places() -> dict[UUID, str]:
    return {row.id: row.name for row in places_queries.stations_in(choices.county())}


def _names(rows: list[providers_queries.InstitutionRow]) -> dict[str, str]:
    wanted = {code for row in rows for code in (row.region_code, *row.areas)}
    return {code: row.name for code, row in regions_queries.regions_of(wanted).items()}
