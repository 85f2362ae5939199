"""A circuit at the desk: what its leader has else then is told, decided, and kept from citizens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta
from uuid import UUID

import pytest
from django.test import Client

from yike.doors.desk.tests.soup import soup
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.duty import actions as duty_actions
from yike.rooms.duty import circuits
from yike.rooms.duty import queries as duty_queries
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers
from yike.rooms.providers import actions as providers_actions

pytestmark = pytest.mark.django_db
VILLAGE = "330225101004"
DAY = clock.today() + timedelta(days=10)


@pytest.fixture
def lawyer(county: makers.County) -> UUID:
    """The law firm's lawyer in the register, linked to the account."""
    assert county.lawyer.account_id is not None
    with acting(makers.SYSTEM):
        made = providers_actions.register_practitioner(
            name="孙律师", kind="01", institution_id=county.firm, actor=makers.SYSTEM,
            active_from=DAY - timedelta(days=400),
        )  # fmt: skip
        providers_actions.link_account(
            practitioner_id=made, account_id=county.lawyer.account_id, actor=makers.SYSTEM
        )
    return made


def _go_round(county: makers.County, lawyer: UUID) -> UUID:
    with acting(makers.SYSTEM):
        return duty_actions.set_circuit(
            name="石浦片区巡回", county=makers.COUNTY, institution_id=county.firm,
            practitioner_id=lawyer, services=("S01",), phone="0574-65000000",
            rule=circuits.Rule(every="dates", begins=DAY, dates=(DAY,)), actor=makers.SYSTEM,
            stops=[duty_actions.StopTold(region_code=VILLAGE, where="村委会", arrives=time(9),
                                         leaves=time(11))],
        )  # fmt: skip


def test_leave_hides_a_stop_from_citizens_until_the_planner_decides(
    county: makers.County, sit: Callable[[Actor], Client], lawyer: UUID
) -> None:
    circuit, desk, public = _go_round(county, lawyer), sit(county.dispatcher), Client()
    assert "石浦片区" not in (page := public.get("/circuits").content.decode())
    assert "0574-65000000" in page
    with acting(makers.SYSTEM):
        (visit,) = duty_queries.visits_to(VILLAGE)
        duty_actions.ask_leave(
            practitioner_id=lawyer, from_on=DAY, last_on=DAY, actor=makers.SYSTEM
        )
    assert "0574-65000000" not in public.get("/circuits").content.decode()
    assert "0574-65000000" not in public.get(f"/village/{VILLAGE}").content.decode()
    held = soup(desk.get("/desk/circuits")).one("section", **{"aria-labelledby": "h-held"}).words
    assert f"{DAY.month}月{DAY.day}日 请假" in held
    assert "孙律师" in held
    assert "0574-65000000" in held
    other = sit(county.clerk)
    assert "请假" not in soup(other.get("/desk/circuits")).one("main").words
    assert "请假" not in soup(other.get(f"/desk/circuits/visits/{visit.id}")).one("main").words
    assert "有 1 站" in soup(desk.get(f"/desk/circuits/{circuit}")).one("main").words
    path = f"/desk/circuits/visits/{visit.id}"
    late = {"day": DAY.isoformat(), "arrives": "14:00", "leaves": "15:00", "reason": "停航"}
    refused = desk.post(f"{path}/change", late)
    assert refused.status_code == 422
    assert "孙律师这时另有安排" in soup(refused).one("main").words
    assert desk.post(f"{path}/keep", {"reason": ""}).status_code == 422
    assert desk.post(f"{path}/keep", {"reason": "由周律师带队"}).status_code == 302
    assert "由周律师带队" in soup(desk.get(path)).one("main").words
    assert "0574-65000000" in public.get("/circuits").content.decode()
    assert "由周律师带队" not in public.get("/circuits").content.decode()
