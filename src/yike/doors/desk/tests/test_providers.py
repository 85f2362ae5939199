"""Keeping the register of those who serve through the door: lists, facts, and every deed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from yike.doors.desk import providers_urls
from yike.doors.desk.tests.soup import soup
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers
from yike.rooms.places import actions as places_actions
from yike.rooms.places import queries as places_queries
from yike.rooms.providers import actions as providers_actions
from yike.rooms.providers import queries as providers_queries
from yike.rooms.regions import codes

Sit = Callable[[Actor], Client]
TODAY = clock.today()
HERE = codes.span(makers.COUNTY)


def _post(desk: Client, path: str, told: Mapping[str, object]) -> str:
    """Sends a form that is right and returns where it leads."""
    answer = desk.post(path, dict(told))
    assert answer.status_code == 302, soup(answer).one("main").words[:600]
    return str(answer.headers["Location"])


@pytest.fixture
def desk(county: makers.County, sit: Sit) -> Client:
    """The dispatcher, who keeps the register."""
    return sit(county.dispatcher)


@pytest.fixture
def firm(county: makers.County) -> UUID:
    """A law firm of the county."""
    with acting(makers.SYSTEM):
        return providers_actions.register_institution(
            code="LS-1", name="渔光所", kind="law_firm", region_code=makers.COUNTY,
            active_from=TODAY - timedelta(days=400), actor=makers.SYSTEM,
        )  # fmt: skip


@pytest.fixture
def person(firm: UUID) -> UUID:
    """A lawyer of it."""
    with acting(makers.SYSTEM):
        return providers_actions.register_practitioner(
            name="陈一平", kind="01", institution_id=firm, phone="13800001234",
            languages=["象山话"], active_from=TODAY - timedelta(days=400), actor=makers.SYSTEM,
        )  # fmt: skip


def test_a_person_is_registered_licensed_suspended_and_leaves(desk: Client, firm: UUID) -> None:
    told = {
        "name": "林二", "kind": "01", "institution_id": str(firm), "contact_class": "hidden",
        "languages": "普通话、石浦话", "capacity": "6", "phone": "13800009999",
    }  # fmt: skip
    assert desk.post("/desk/serving/new", {"name": "林二"}).status_code == 422
    where = _post(desk, "/desk/serving/new", told)
    _post(desk, f"{where}/licence", {
        "kind": "律师执业证", "number": "1330", "valid_from": "2024-01-01", "needed": "on",
        "valid_until": f"{TODAY + timedelta(days=1)}",
    })  # fmt: skip
    page = soup(desk.get(where))
    assert "今天可以服务" in page.one("main").words
    listed = soup(desk.get("/desk/serving?state=ending"))
    assert "林二" in listed.one("main").words
    _post(desk, f"{where}/suspend", {"reason": "停业处罚"})
    assert "不能服务" in soup(desk.get(where)).one("main").words
    assert "林二" in soup(desk.get("/desk/serving?state=unfit")).one("main").words
    _post(desk, f"{where}/resume", {})
    _post(desk, f"{where}/close", {"reason": "调离"})
    assert not soup(desk.get(where)).all("aside")


def test_what_was_typed_stays_when_it_is_refused(desk: Client, person: UUID) -> None:
    answer = desk.post(f"/desk/serving/{person}/relate", {
        "name": "陈小妹", "relation": "配偶", "id_number": "33022519900101",
    })  # fmt: skip
    assert answer.status_code == 422
    assert soup(answer).one("input", name="relation").attrs["value"] == "配偶"
    assert providers_queries.relations_of([person]) == {}


def test_a_private_number_is_shown_once_for_a_reason(desk: Client, person: UUID) -> None:
    assert "13800001234" not in desk.get(f"/desk/serving/{person}").content.decode()
    blank = desk.post(f"/desk/serving/{person}/contact", {"reason": ""})
    assert blank.status_code == 422
    shown = desk.post(f"/desk/serving/{person}/contact", {"reason": "通知培训"})
    assert "13800001234" in shown.content.decode()
    assert "13800001234" not in desk.get(f"/desk/serving/{person}").content.decode()


def test_readers_read_and_alter_nothing(
    county: makers.County, sit: Sit, person: UUID, firm: UUID
) -> None:
    reader = sit(county.wang)
    for path in (f"/desk/serving/{person}", f"/desk/institutions/{firm}", "/desk/stationing"):
        page = reader.get(path)
        assert page.status_code == 200
        for hidden in ("13800001234", "138****1234", "回避关系"):
            assert hidden not in page.content.decode()
        assert not soup(page).all("aside")
    assert reader.post(f"/desk/serving/{person}/close", {"reason": "x"}).status_code == 403


def test_an_institution_gets_services_area_and_keepers(county: makers.County, desk: Client) -> None:
    where = f"/desk/institutions/{county.shipu_office}"
    page = soup(desk.get(where))
    offered = [o.attrs["value"] for o in page.one("select", name="keeper_account").all("option")]
    _post(desk, f"{where}/keepers", {"keeper_account": offered[1]})
    _post(desk, f"{where}/supplies", {"supplies": ["S01:direct", "S07:booking"]})
    with acting(makers.SYSTEM):
        assert str(providers_queries.keepers_of(county.shipu_office).keeper_account) == offered[1]
        assert len(providers_queries.supplies_of(county.shipu_office)) == 2


def test_stationing_from_plan_to_fact(desk: Client, firm: UUID) -> None:
    told = {"institution_id": str(firm), "where": "hotline", "way": "window"}
    wrong = desk.post("/desk/stationing/new", told)
    assert "轮流值班、热线转接" in soup(wrong).one("main").words
    where = _post(desk, "/desk/stationing/new", told | {"way": "rota"})
    assert "还没有说明原因" in soup(desk.get("/desk/stationing")).one("main").words
    _post(desk, f"{where}/explain", {"reason_code": "people"})
    listed = desk.get(f"/desk/stationing/list?house={firm}&way=rota&state=missing")
    assert "人手不够" in soup(listed).one("main").words
    _post(desk, f"{where}/begin", {"window_no": "3号"})
    assert "1 / 1（100%）" in soup(desk.get("/desk/stationing")).one("main").words
    _post(desk, f"{where}/end", {"reason": "调整"})
    assert not soup(desk.get(where)).all("aside")


def test_an_adviser_is_engaged_works_and_is_released(desk: Client, person: UUID) -> None:
    told = {
        "number": "顾1", "practitioner_id": str(person), "villages": [makers.JINPING],
        "from_on": f"{TODAY - timedelta(days=10)}", "until_on": f"{TODAY + timedelta(days=50)}",
    }  # fmt: skip
    where = _post(desk, "/desk/advisers/new", told)
    again = desk.post("/desk/advisers/new", told | {"number": "顾2"})
    assert again.status_code == 422
    assert "已有法律顾问" in soup(again).one("main").words
    _post(desk, f"{where}/visit", {
        "village": makers.JINPING, "on": f"{TODAY}", "minutes": "120", "kind": "duty",
        "people": "3",
    })  # fmt: skip
    assert "120" in soup(desk.get(where)).one("main").words
    assert "50%" in soup(desk.get("/desk/advisers/work")).one("main").words
    assert "还有 50 天到期" in soup(desk.get("/desk/advisers")).one("main").words
    board = desk.get("/desk/advisers")
    drawn = {one.words for one in soup(board).all("text")}
    assert any(words.startswith("石浦镇 1 / ") for words in drawn), "map and table agree"
    assert len(soup(board).all("circle")) == len(drawn)
    _post(desk, f"{where}/release", {"reason": "调离"})
    assert "顾1" in soup(desk.get("/desk/advisers?over=1")).one("main").words


def test_a_county_decides_its_own_number(desk: Client) -> None:
    assert "未核实" in soup(desk.get("/desk/advisers/norms")).one("main").words
    _post(desk, "/desk/advisers/norms", {
        "code": "adviser.most_villages", "value": "9", "source": "县司法局会议纪要",
    })  # fmt: skip
    with acting(makers.SYSTEM):
        assert providers_queries.norm("adviser.most_villages", makers.COUNTY).value == 9


def test_the_supply_matrix_is_edited_and_its_gaps_are_listed(
    county: makers.County, desk: Client
) -> None:
    with acting(makers.SYSTEM):
        station = places_actions.register_station(
            code="SP", name="石浦站", level=3, region_code=makers.SHIPU,
            institution_id=county.shipu_office, actor=makers.SYSTEM,
        )  # fmt: skip
    path = f"/desk/supplies/{station}"
    _post(desk, path, {"supplies": ["S03:direct", "S03:video"]})
    with acting(makers.SYSTEM):
        assert len(places_queries.station(station).services) == 2
    assert "直视" in soup(desk.get("/desk/supplies")).one("main").words
    gaps = soup(desk.get("/desk/supplies/gaps?kind=no_supplier")).one("main").words
    assert "石浦站" in gaps
    bare = soup(desk.get("/desk/supplies/gaps?kind=nobody_on_duty")).one("main")
    assert "站点承诺直接提供" in bare.words
    assert [one.words for one in bare.all("a") if one.attrs["href"] == path] == ["改承诺"]
    assert desk.post(path, {"supplies": ["S99:direct"]}).status_code == 422


def test_a_window_is_registered_and_paused(county: makers.County, desk: Client) -> None:
    with acting(makers.SYSTEM):
        station = places_actions.register_station(
            code="SP", name="石浦站", level=3, region_code=makers.SHIPU,
            institution_id=county.shipu_office, actor=makers.SYSTEM,
        )  # fmt: skip
    where = _post(desk, "/desk/windows/new", {
        "station_id": str(station), "code": "W1", "kind": "window", "name": "1号窗口",
        "services": ["S01"], "hours": "一 08:30-12:00",
    })  # fmt: skip
    assert desk.post(f"{where}/status", {"status": "paused"}).status_code == 422
    _post(desk, f"{where}/status", {"status": "paused", "reason": "检修"})
    assert "检修" in soup(desk.get("/desk/windows")).one("main").words
    assert "服务窗口" in soup(desk.get("/desk/pool")).one("main").words


def test_an_institution_joins_step_by_step(desk: Client) -> None:
    where = _post(desk, "/desk/joinings/new", {
        "name": "新律师事务所", "kind": "law_firm", "region_code": makers.COUNTY,
        "offers": ["S01:direct"],
    })  # fmt: skip
    out_of_order = desk.post(f"{where}/activate", {"code": "X"})
    assert out_of_order.status_code in (403, 422)
    _post(desk, f"{where}/paper", {"kind": "许可证", "number": "1", "valid_from": "2024-01-01"})
    page = soup(desk.get(where))
    paper = page.one("select", name="paper_id").all("option")[0].attrs["value"]
    _post(desk, f"{where}/checkpaper", {"paper_id": paper, "passed": "yes"})
    _post(desk, f"{where}/sign", {"agreement_no": "协1", "agreement_from": f"{TODAY}"})
    _post(desk, f"{where}/check", {})
    _post(desk, f"{where}/activate", {"code": "XS-9"})
    with acting(makers.SYSTEM):
        assert providers_queries.institution_by_code("XS-9") is not None
    _post(desk, f"{where}/leave", {"reason": "协议期满"})
    assert "已退出" in soup(desk.get("/desk/joinings?state=left")).one("main").words


def test_a_team_changes_with_reasons(desk: Client, person: UUID) -> None:
    where = _post(desk, "/desk/duty-teams/new", {
        "name": "热线组", "region_code": makers.COUNTY, "line": "12348",
    })  # fmt: skip
    _post(desk, f"{where}/need", {"kinds": ["01"], "people": "2", "language": "象山话"})
    _post(desk, f"{where}/join", {
        "practitioner_id": str(person), "part": "lead", "reason": "年度安排",
    })  # fmt: skip
    said = soup(desk.get("/desk/duty-teams")).one("main").words
    assert "现有1名，差1名" in said
    member = soup(desk.get(where)).one("select", name="member_id").all("option")[0]
    _post(desk, f"{where}/leave", {"member_id": member.attrs["value"], "reason": "调离"})
    page = soup(desk.get(where)).one("main").words
    assert "年度安排" in page
    assert "调离" in page


def test_a_department_is_charged_and_signs(desk: Client) -> None:
    _post(desk, "/desk/charges", {
        "kind": "01", "department": "公服科", "period": "month", "grace_days": "0",
        "from_on": f"{(TODAY.replace(day=1) - timedelta(days=40)).replace(day=1)}",
    })  # fmt: skip
    with acting(makers.SYSTEM):
        providers_actions.open_updates(actor=makers.SYSTEM)
        row = providers_queries.updates_in(HERE)[0]
    assert "待签核" in soup(desk.get("/desk/charges")).one("main").words
    _post(desk, f"/desk/charges/{row.id}/sign", {"remark": "已核对"})
    assert "已核对" in soup(desk.get("/desk/charges")).one("main").words


def test_every_list_says_why_it_is_empty(desk: Client) -> None:
    lists = [
        pattern for pattern in providers_urls.urlpatterns
        if "<" not in str(pattern.pattern) and "new" not in str(pattern.pattern)
    ]  # fmt: skip
    for pattern in lists:
        page = desk.get(f"/desk/{pattern.pattern}")
        assert page.status_code == 200, pattern
