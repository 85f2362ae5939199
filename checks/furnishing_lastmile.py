"""The scene's last mile: a circuit through two villages, led by the law firm's lawyer."""

from __future__ import annotations

from datetime import time
from uuid import UUID

from checks.scene import HOUSE, MORNING, Scene
from yike.demo import cast
from yike.rooms.duty import actions as duty_actions
from yike.rooms.duty import circuits
from yike.rooms.duty import queries as duty_queries
from yike.rooms.duty.actions import StopTold
from yike.rooms.guard.acting import acting
from yike.rooms.providers import actions as providers_actions
from yike.rooms.providers import queries as providers_queries
from yike.rooms.regions import queries as regions_queries


def go_round(scene: Scene) -> None:
    """This will set up a circuit that comes every Wednesday, one stop of it at a station."""
    lawyer = scene.actors["nonholder"]
    assert lawyer.account_id is not None
    with acting(HOUSE):
        person = providers_queries.practitioner_of_account(lawyer.account_id)
        assert person is not None
        (one, other) = regions_queries.villages_of("330225101000")[:2]
        stops = [
            StopTold(region_code=one.code, where="村委会", arrives=time(9), leaves=time(10)),
            StopTold(region_code=other.code, where="服务站", arrives=time(14), leaves=time(16),
                     place_id=UUID(scene.ids["station"])),
        ]  # fmt: skip
        made = duty_actions.set_circuit(
            name="石浦片区巡回", county=cast.COUNTY, institution_id=person.institution_id,
            practitioner_id=person.id, services=("S01",), phone="0574-65000000",
            rule=circuits.Rule(every="week", begins=MORNING.date(), weekdays=(2,)), stops=stops,
            actor=HOUSE,
        )  # fmt: skip
        scene.ids["proxy"] = str(_proxy())
        scene.ids["circuit"] = str(made)
        scene.ids["visit"] = str(duty_queries.visits_to(one.code)[0].id)


def _proxy() -> UUID:
    return providers_actions.register_proxy(
        kind="point", village_code="330225101004", name="便民代办点", unit="石浦镇便民中心",
        services=("S01",), where="村委会一楼", hours="工作日", phone="0574-65000002", actor=HOUSE,
    )  # fmt: skip
