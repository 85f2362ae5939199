"""Pages of the flow: its diagram, a county's rules, what a dispute suggests, deeds on the way."""

from __future__ import annotations

from datetime import timedelta
from xml.etree import ElementTree

import pytest

from yike.doors.desk import deeds, diagram
from yike.doors.desk.tests.conftest import Sit
from yike.doors.desk.tests.soup import soup
from yike.doors.kit import icons
from yike.rooms.core import clock
from yike.rooms.guard.acting import acting
from yike.rooms.matters import flow
from yike.rooms.matters import queries as matters_queries
from yike.rooms.matters.tests import makers

pytestmark = pytest.mark.django_db
DAY = makers.MONDAY


def test_every_verb_has_a_look_and_its_icon_exists() -> None:
    buttons = {
        row.verb
        for row in flow.ROWS
        if not row.outcome and set(row.who) - {"system"} and row.verb != "say_helped"
    }
    assert buttons == set(deeds.LOOKS)
    assert set(deeds.LOOKS) >= deeds.MORE
    for look in deeds.LOOKS.values():
        assert "<path" in icons.svg(look.icon) or "<" in icons.svg(look.icon)


def test_the_diagram_holds_every_state_and_every_move() -> None:
    drawn = diagram.of_flow()
    assert {box.code for box in drawn.boxes} == set(flow.STATES)
    arrows = [word for one in drawn.arrows for word in one.words]
    inside = "".join(line for box in drawn.boxes for line in box.lines)
    for row in flow.ROWS:
        if row.to and set(row.states) != {row.to}:
            assert row.label in arrows or row.label in inside, row.verb
    for one in drawn.boxes:
        for other in drawn.boxes:
            apart = one.x != other.x or one.y + one.height < other.y or other.y < one.y
            assert apart or one == other or other.y + other.height < one.y, (one.code, other.code)


def test_the_flow_page_draws_it(county: makers.County, sit: Sit) -> None:
    answer = sit(county.wang).get("/desk/flow")
    text = answer.content.decode()
    svg = text[text.index('<svg class="flow-map"') : text.index("</svg>", text.index("flow-map"))]
    tree = ElementTree.fromstring(svg + "</svg>")
    assert len(tree.findall(".//g")) == len(flow.STATES)


def test_a_dispatcher_sets_a_new_version_after_a_preview(county: makers.County, sit: Sit) -> None:
    with clock.at(DAY):
        reference = makers.worked(county)
        desk = sit(county.dispatcher)
        caps = {f"cap_{name}": str(own) for name, (_, _, _, own) in flow.CAPS.items()}
        told = {"review": ["2"], "off": ["split"], "reason": "求助答复先审核", **caps}
        seen = soup(desk.post("/desk/flow/policy", told | {"preview": "1"})).one("main").words
        assert "求助答复前要审核" in seen
        assert "关闭“拆分”" in seen
        with acting(county.dispatcher) as actor:
            assert matters_queries.policy_versions(actor, makers.COUNTY) == ()
        assert desk.post("/desk/flow/policy", told | {"save": "1"}).status_code == 302
        page = soup(desk.get("/desk/flow/policy")).one("main").words
        assert "第 1 版" in page
        assert "求助答复先审核" in page
        begun_before = makers.page(county.wang, reference)
        assert "close" in {verb.verb for verb in begun_before.verbs}
        later = makers.page(county.wang, makers.worked(county))
        verbs = {verb.verb for verb in later.verbs}
        assert "submit" in verbs
        assert not {"close", "split"} & verbs
        bad = desk.post(
            "/desk/flow/policy", told | {"told_verb": "sign", "told_words": "x", "save": "1"}
        )
        assert bad.status_code == 422
        only_read = sit(county.wang).get("/desk/flow/policy")
        assert "改成新版本" not in only_read.content.decode()


def test_a_decided_dispute_is_offered_to_the_table(county: makers.County, sit: Sit) -> None:
    with clock.at(DAY):
        reference = makers.opened().reference
        for office, again in ((county.wang, county.hepu_office), (county.zhao, None)):
            makers.do("give_back", reference, office, reason="不归我们管")
            if again:
                makers.do("dispatch", reference, county.dispatcher, to_org=again, reason="请鹤浦办")
        desk = sit(county.dispatcher)
        page = soup(desk.get(f"/desk/m/{reference}"))
        assert page.one("details", id="do-decide_dispute")
        told = {"to_org": str(county.hepu_office), "reason": "当事人住在鹤浦"}
        desk.post(f"/desk/m/{reference}/do/decide_dispute", told)
        table = soup(desk.get("/desk/routing"))
        assert "退单裁定后建议增加的规则" in table.one("main").words
        with acting(county.dispatcher) as actor:
            (one,) = matters_queries.route_suggestions(actor)
        assert desk.post(f"/desk/routing/suggestions/{one.id}/nothing").status_code == 404
        assert desk.post(f"/desk/routing/suggestions/{one.id}/accept").status_code == 302
        assert "鹤浦司法所" in soup(desk.get("/desk/routing")).one("table").words
        twice = desk.post(f"/desk/routing/suggestions/{one.id}/accept")
        assert "已经处理过" in twice.content.decode()


def test_more_time_is_asked_and_granted_by_forms(county: makers.County, sit: Sit) -> None:
    with clock.at(DAY):
        reference = makers.worked(county)
        office, centre = sit(county.wang), sit(county.dispatcher)
        page = soup(office.get(f"/desk/m/{reference}"))
        assert "最多 5，只能申请一次" in page.one("details", id="do-ask_extension").words
        wrong = office.post(
            f"/desk/m/{reference}/do/ask_extension", {"amount": "x", "reason": "等"}
        )
        assert wrong.status_code == 422
        asked = {"amount": "2", "reason": "等鉴定结论"}
        assert office.post(f"/desk/m/{reference}/do/ask_extension", asked).status_code == 302
        assert "等待审批" in soup(office.get(f"/desk/m/{reference}")).one("main").words
        waits = soup(centre.get("/desk/?tab=decide")).one("main").words
        assert reference in waits
        granted = {"grant": "1", "reason": "属实"}
        centre.post(f"/desk/m/{reference}/do/decide_extension", granted)
        assert "同意延期2个工作日" in soup(office.get(f"/desk/m/{reference}")).one("main").words


def test_suspended_by_a_form_with_a_day(county: makers.County, sit: Sit) -> None:
    with clock.at(DAY):
        reference = makers.worked(county)
        desk = sit(county.wang)
        day = (DAY + timedelta(days=9)).date().isoformat()
        told = {"cause": "appraisal", "until_on": day, "reason": "等工伤鉴定"}
        assert desk.post(f"/desk/m/{reference}/do/suspend", told).status_code == 302
        page = soup(desk.get(f"/desk/m/{reference}")).one("main").words
        assert "预计 11月25日 恢复" in page
        assert "已挂起" in page
        assert reference in soup(desk.get("/desk/?tab=papers")).one("main").words


def test_who_was_faster_is_said_and_nothing_typed_is_lost(county: makers.County, sit: Sit) -> None:
    with clock.at(DAY):
        reference = makers.opened().reference
        desk = sit(county.dispatcher)
        seen = str(makers.page(county.dispatcher, reference).version)
        makers.do("take_over", reference, county.director, reason="我来协调")
        told = {"to_org": str(county.firm), "reason": "请律所代理这二十位工人", "seen": seen}
        late = desk.post(f"/desk/m/{reference}/do/reassign", told)
        words = soup(late).one("main").words
        assert late.status_code == 422
        assert "林局" in words
        assert "请律所代理这二十位工人" in late.content.decode()
