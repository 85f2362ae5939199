"""Who leads sees what presses, moves work with a reason, and tells many at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from yike.doors.command.tests.conftest import Sit
from yike.rooms.core import clock
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.guard.acting import acting
from yike.rooms.matters import queries as matters_queries
from yike.rooms.matters.faces import Filters
from yike.rooms.matters.tests import makers
from yike.rooms.notices import actions as notices_actions
from yike.rooms.notices import queries as notices_queries

LATER = makers.MONDAY + timedelta(days=20)


def test_lines_add_up_and_tell_age_and_breach(county: makers.County) -> None:
    makers.opened(region_code=makers.DASHA)
    makers.worked(county)
    with clock.at(LATER):
        makers.opened()
    with clock.at(LATER + timedelta(hours=2)), acting(county.director) as leader:
        found = matters_queries.pressure(leader)
        late = matters_queries.matters_matching(leader, Filters(only="late")).total
    assert (found.total.open, found.total.late) == (3, late) == (3, 2)
    assert found.total.ages == (1, 0, 0, 2)
    assert found.total.oldest_at == makers.MONDAY
    for lines in (found.levels, found.offices, found.channels, found.kinds):
        assert sum(one.open for one in lines) == 3
        assert sum(one.late for one in lines) == 2
        assert all(sum(one.ages) == one.open for one in lines)
        assert all(one.name for one in lines)


def test_the_orders_behind_a_level_are_as_many_as_it_says(county: makers.County) -> None:
    makers.opened(region_code=makers.DASHA)
    makers.worked(county)
    with acting(county.director) as leader:
        lines = matters_queries.pressure(leader).levels
        behind = {
            one.code: matters_queries.matters_matching(
                leader, Filters(only="open", level=one.code)
            ).total
            for one in lines
        }
    assert behind == {one.code: one.open for one in lines}
    assert sum(one or 0 for one in behind.values()) == 2


def test_orders_are_moved_with_a_reason_and_each_refusal_is_told(
    county: makers.County, sit: Sit
) -> None:
    stays, goes = makers.worked(county), makers.opened().reference
    makers.do("close", stays, county.wang, result="answered", reply="可申请仲裁")
    with clock.at(LATER):
        answer = sit(county.dispatcher).post(
            "/command/orders/move",
            {"references": [stays, goes], "to_org": str(county.hepu_office), "reason": "人手不够"},
        )
    text = answer.content.decode()
    assert answer.status_code == 200
    assert text.count("已改派") == 1
    assert text.count("没有改派") == 1
    with acting(county.dispatcher) as dispatcher:
        page = matters_queries.matter_page(dispatcher, goes)
    assert page.holder_org == county.hepu_office


def test_a_move_without_reason_keeps_the_page(county: makers.County, sit: Sit) -> None:
    reference = makers.opened().reference
    told = {"references": [reference], "to_org": str(county.hepu_office), "reason": ""}
    assert sit(county.director).post("/command/orders/move", told).status_code == 422


def test_a_call_reaches_the_kinds_chosen_and_no_other_county(
    county: makers.County, sit: Sit
) -> None:
    answer = sit(county.director).post(
        "/command/live/broadcast", {"kinds": ["office"], "words": "台风红色预警，今晚暂停外出服务"}
    )
    assert "已通知 2 个单位" in answer.content.decode()
    with acting(county.wang) as officer:
        heard = notices_queries.inbox(officer).rows
        assert "台风红色预警" in heard[0].words
    with acting(county.lawyer) as lawyer:
        assert not any("台风" in row.words for row in notices_queries.inbox(lawyer).rows)
        with pytest.raises(NotAllowed):
            notices_actions.broadcast(
                orgs=[county.firm], words="大家好", region_code=makers.COUNTY, actor=lawyer
            )
    with acting(county.director) as leader, pytest.raises(BadInput):
        notices_actions.broadcast(orgs=[], words="大家好", region_code=makers.COUNTY, actor=leader)


def test_the_page_stands_empty_and_full(county: makers.County, sit: Sit) -> None:
    assert sit(county.director).get("/command/live").status_code == 200
    makers.worked(county)
    with clock.at(LATER):
        assert sit(county.dispatcher).get("/command/live").status_code == 200
    assert sit(county.wang).get("/command/live").status_code == 403


def test_the_supervisor_reads_and_moves_nothing(county: makers.County, sit: Sit) -> None:
    makers.worked(county)
    with clock.at(LATER):
        web = sit(county.supervisor)
        text = web.get("/command/live").content.decode()
        listed = web.get("/command/orders/?only=late").content.decode()
    assert "超期的工单：点开可以督办" in text
    for deed in ("/command/orders/move", "/command/live/broadcast"):
        assert deed not in text
        assert web.post(deed, {}).status_code == 403
    assert "/command/orders/export" not in listed
    assert web.get("/command/orders/export?only=late").status_code == 403
