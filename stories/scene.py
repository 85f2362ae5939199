"""The scene the stories play in: a county centre, an office and a station in every town."""

from __future__ import annotations

from uuid import UUID

from yike.rooms.core.actor import Actor, system
from yike.rooms.guard.acting import acting
from yike.rooms.places import actions as places_actions
from yike.rooms.places import hours
from yike.rooms.providers import actions as providers_actions
from yike.rooms.regions import queries as regions_queries

COUNTY = "330225000000"


def set_up() -> None:
    """This will set up the scene by real actions, in one transaction."""
    actor = system("story")
    with acting(actor):
        centre = _institution("C00", "象山县公共法律服务中心", "centre", COUNTY, actor, pool=True)
        _station("XS00", "象山县公共法律服务中心", 2, centre, COUNTY, actor)
        for number, town in enumerate(regions_queries.towns_of(COUNTY), start=1):
            name = town.short_name or town.name
            office = _institution(f"O{number:02}", f"{name}司法所", "office", town.code, actor)
            _station(f"XS{number:02}", f"{name}公共法律服务工作站", 3, office, town.code, actor)


def _institution(
    code: str, name: str, kind: str, region: str, actor: Actor, *, pool: bool = False
) -> UUID:
    return providers_actions.register_institution(
        code=code, name=name, kind=kind, region_code=region, actor=actor,
        phone="0574-65712348", handles_orders=True, pool=pool,
    )  # fmt: skip


def _station(code: str, name: str, level: int, holder: UUID, region: str, actor: Actor) -> None:
    point = regions_queries.region(region).point
    places_actions.register_station(
        code=code, name=name, level=level, institution_id=holder, region_code=region, actor=actor,
        address="演示路 1 号", phone="0574-65712348", point=point, hours=hours.OFFICE,
        services=[("S08", "direct"), ("S06", "guide")], demo=True,
    )  # fmt: skip


def sign_and_answer(reference: str) -> None:
    """This will let the office that holds the matter sign for it and answer it."""
    from yike.rooms.core.actor import PRIVATE
    from yike.rooms.matters import actions as matters_actions
    from yike.rooms.matters import queries as matters_queries

    house = system("story")
    with acting(house):
        page = matters_queries.matter_page(house, reference)
    officer = Actor(
        kind="staff", ref=str(page.holder_org), label="李*", org=str(page.holder_org),
        region_from=page.region_code[:6], region_until=f"{int(page.region_code[:6]) + 1}",
        roles=frozenset({"officer"}), level=PRIVATE, door="desk",
    )  # fmt: skip
    with acting(officer):
        matters_actions.sign(reference=reference, actor=officer)
    with acting(officer):
        matters_actions.close(
            reference=reference, result="answered", actor=officer,
            reply="已联系包工头，约定本周五在司法所当面结清。请带上记工本和身份证。",
        )  # fmt: skip
