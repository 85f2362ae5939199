"""The scene the stories play in: a county centre, an office and a station in every town."""

from __future__ import annotations

from uuid import UUID

from yike.rooms.core.actor import Actor, system
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions as matters_actions
from yike.rooms.people import actions as people_actions
from yike.rooms.people import queries as people_queries
from yike.rooms.places import actions as places_actions
from yike.rooms.places import hours
from yike.rooms.providers import actions as providers_actions
from yike.rooms.regions import queries as regions_queries

COUNTY, SHIPU = "330225000000", "330225101000"
PASSWORD = "tide-lamp-orchid"
#: Who can sign in: name -> (words on the door, role, town or county, secrecy level).
CAST = {
    "wang": ("王所长", "officer", SHIPU, 3),
    "chen": ("陈派单", "dispatcher", COUNTY, 2),
    "xu": ("徐窗口", "clerk", COUNTY, 1),
    "lin": ("林局长", "director", COUNTY, 3),
}


def set_up() -> None:
    """This will set up the scene by real actions, in one transaction."""
    actor = system("story")
    with acting(actor):
        offices = _offices(actor)
        for username, (name, role, region, level) in CAST.items():
            account = people_actions.create_account(
                username=username, display_name=name, password=PASSWORD, must_change=False,
                actor=actor,
            )  # fmt: skip
            people_actions.give_grant(
                account_id=account, role=role, region_code=region, org=offices[region],
                level=level, actor=actor,
            )  # fmt: skip
        matters_actions.lay_routes(county=COUNTY, actor=actor)


def staff(username: str) -> Actor:
    """This will return a member of the cast as an actor, for deeds a story needs done elsewhere."""
    with acting(system("story")):
        from yike.rooms.people.models import Account

        account = Account.objects.get(username=username).id
    found = people_queries.actor_of(account, door="desk")
    assert found is not None
    return found


def sign_and_answer(reference: str) -> None:
    """This will let the office of 石浦 sign for a matter and answer it."""
    officer = staff("wang")
    with acting(officer):
        matters_actions.sign(reference=reference, actor=officer)
    with acting(officer):
        matters_actions.close(
            reference=reference, result="answered", actor=officer,
            reply="已联系包工头，约定本周五在司法所当面结清。请带上记工本和身份证。",
        )  # fmt: skip


def ask_papers(reference: str) -> None:
    """This will let the office of 石浦 ask for papers, once."""
    officer = staff("wang")
    with acting(officer):
        matters_actions.sign(reference=reference, actor=officer)
    with acting(officer):
        matters_actions.ask_papers(
            reference=reference, papers=["工资条或转账记录", "记工本照片"],
            words="拍照就行，不用跑一趟。", actor=officer,
        )  # fmt: skip


def _offices(actor: Actor) -> dict[str, UUID]:
    """The institutions by region: the centre, and an office in every town, each with a station."""
    found = {COUNTY: _institution("C00", "象山县公共法律服务中心", "centre", COUNTY, actor)}
    _station("XS00", "象山县公共法律服务中心", 2, found[COUNTY], COUNTY, actor)
    for number, town in enumerate(regions_queries.towns_of(COUNTY), start=1):
        name = town.name.removesuffix("镇").removesuffix("乡").removesuffix("街道")
        office = _institution(f"O{number:02}", f"{name}司法所", "office", town.code, actor)
        _station(f"XS{number:02}", f"{name}公共法律服务工作站", 3, office, town.code, actor)
        found[town.code] = office
    return found


def _institution(code: str, name: str, kind: str, region: str, actor: Actor) -> UUID:
    return providers_actions.register_institution(
        code=code, name=name, kind=kind, region_code=region, actor=actor,
        phone="0574-65712348", handles_orders=True, pool=kind == "centre",
    )  # fmt: skip


def _station(code: str, name: str, level: int, holder: UUID, region: str, actor: Actor) -> None:
    point = regions_queries.region(region).point
    places_actions.register_station(
        code=code, name=name, level=level, institution_id=holder, region_code=region, actor=actor,
        address="演示路 1 号", phone="0574-65712348", point=point, hours=hours.OFFICE,
        services=[("S08", "direct"), ("S06", "guide")], demo=True,
    )  # fmt: skip
