"""Nobody signs for an order: it turns yellow, orange, red, climbs, and somebody must mend it.

The order's days pass by the moving clock, long ago; what people do about it they do today.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from stories import scene
from stories.conftest import House
from stories.desk_pages import Axe, Look, Visit, choose, do, sent, sign_in
from yike.rooms.clocks import access as clocks_access
from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.clocks import reckoning
from yike.rooms.clocks.faces import ClockFace
from yike.rooms.core import actor as actors
from yike.rooms.core import clock
from yike.rooms.core.refs import new_id
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions as matters_actions
from yike.rooms.matters import ladder
from yike.rooms.matters import queries as matters_queries
from yike.rooms.matters.demand import Demand
from yike.rooms.notices import queries as notices_queries

PHONE = "13857430002"
VILLAGE, POINT, OFFICER = "330225104200", "贤庠村公共法律服务点", "xianxiangcun"
TEXT = "工地欠我们三个人的工钱一直没有结，问了两次都没有人回，怎么办？"
#: how long before and after an instant a page may be looked at and still show its colour
SLACK = timedelta(minutes=20)
MINUTE = timedelta(minutes=1)


def _asked(at: datetime) -> str:
    """A demand of the village, opened at an instant as the portal does it."""
    visitor = actors.visitor("portal")
    with clock.at(at), acting(visitor):
        return matters_actions.open_matter(
            demand=Demand(
                text=TEXT, region_code=VILLAGE, name="谢阿根", phone=PHONE, demand_type="2",
                category="B03",
            ),
            key=str(new_id()), actor=visitor,
        ).reference  # fmt: skip


def _opened_to_be(colour: str) -> datetime:
    """When an order was opened whose promise has this colour now, and keeps it a while."""
    now = clock.now()
    for hours in range(24 * 21):
        opened = now - timedelta(hours=hours)
        with acting(scene.HOUSE):
            promise, version = clocks_access.promise_on("help.finish", opened.date())
            found = reckoning.reckon(promise, version, opened)
        turns = {"yellow": (found.near_at, found.warn_at), "orange": (found.warn_at, found.due_at)}
        since, until = turns[colour]
        if since and until and since + SLACK < now and now + SLACK < until:
            return opened
    raise AssertionError(f"no order of the last weeks would be {colour}")


def _monday() -> datetime:
    """Nine o'clock of a Monday five weeks ago: everything has had its time since."""
    day = clock.today()
    day -= timedelta(days=day.weekday() + 35)
    return datetime.combine(day, time(9), tzinfo=clock.CIVIL)


def _heard(username: str, reference: str) -> str:
    """The titles of all that somebody was told of the promise to sign an order, oldest first."""
    who = scene.actor(username)
    with acting(scene.HOUSE):
        number = matters_queries.matter_page(scene.HOUSE, reference).order_no
    with acting(who):
        rows = notices_queries.inbox(who).rows
    return "、".join(
        row.title for row in reversed(rows) if f"{number}（" in row.words and "“签收”" in row.words
    )


def _sign_clock(reference: str) -> ClockFace:
    with acting(scene.HOUSE):
        page = matters_queries.matter_page(scene.HOUSE, reference)
        faces = clocks_queries.faces_of("matter", page.matter_id)
    return next(one for one in faces if one.purpose == "sign")


def test_nobody_signs_until_somebody_must(
    on_tables: House, visit: Visit, axe: Axe, look: Look
) -> None:
    scene.village_point(VILLAGE, POINT, OFFICER, "谢小军", parent="xianxiang")
    leader = visit("desk")
    sign_in(leader, "juzhang")
    _names_who_is_told(leader, axe, look)
    reference = _asked(_monday())
    _turns_red(reference)
    _climbs(reference)
    _colours_are_seen(visit("desk"), reference, axe, look)
    phone = visit("phone")
    phone.goto(f"/follow?reference={reference}")
    phone.get_by_label("提交时填的电话").fill(PHONE)
    with phone.expect_navigation():
        phone.get_by_role("button", name="查进度").press("Enter")
    assert "已经超过承诺时间，我们正在催办" in phone.locator("h1").inner_text()
    axe(phone)
    look(phone, "portal-nobody-answered")
    _moved_from_the_wall(leader, reference, axe, look)
    _taken_in_hand(visit("desk"), reference, axe)
    phone.goto("/follow/matter")
    assert "下周一之前结清" in phone.locator("main").inner_text()
    _mended_and_verified(visit("desk"), visit("desk"), reference, axe, look)


def _names_who_is_told(page: Any, axe: Axe, look: Look) -> None:
    """The director names somebody for the last rung of the promise to sign."""
    page.goto("/desk/ladders?code=sign.1wd")
    form = page.locator("aside form")
    form.locator("input[name=to_3][value=director]").check()
    form.locator("#id_named_3_box").get_by_label("卢明察").check()
    form.locator("[name=reason]").fill("久未签收的通报监督员")
    axe(page)
    sent(page, form, "作为新版本保存")
    told = page.locator("#h-who ~ table tbody tr", has_text="通报").inner_text()
    assert "局领导" in told
    assert "卢明察" in told
    axe(page)
    look(page, "desk-ladder-named")


def _turns_red(reference: str) -> None:
    """At each turn those hear of it whom the rules name, and nobody before."""
    found = _sign_clock(reference)
    assert found.near_at is not None
    assert found.warn_at is not None
    scene.time_passes(reference, found.started_at + 30 * MINUTE)
    assert "预警" not in _heard(OFFICER, reference)
    # the promise to answer breaks in the same hour, and nobody is told of one order twice an hour
    for minutes in (1, 62, 123):
        scene.time_passes(reference, found.near_at + minutes * MINUTE)
    assert "黄色预警" in _heard(OFFICER, reference)
    assert "橙色预警" not in _heard(OFFICER, reference)
    scene.time_passes(reference, found.warn_at + MINUTE)
    assert "橙色预警" in _heard(OFFICER, reference)
    assert "预警" not in _heard("juzhang", reference)
    scene.time_passes(reference, found.due_at + MINUTE)
    for who in (OFFICER, "paidan", "juzhang"):
        assert "红色预警" in _heard(who, reference), who


def _climbs(reference: str) -> None:
    """催办, 督办, 通报: each at its time, the last to the person named; it is to be reported on."""
    found = _sign_clock(reference)
    with acting(scene.HOUSE):
        steps = ladder.climb(ladder.ladder_for(found.promise_code), found)
    hears = {1: (OFFICER,), 2: (OFFICER, "paidan"), 3: (OFFICER, "paidan", "juzhang", "jiandu")}
    for rung, at in steps:
        assert rung.name not in _heard(OFFICER, reference)
        scene.time_passes(reference, at + MINUTE)
        for who in hears[rung.rung]:
            assert rung.name in _heard(who, reference), (rung.name, who)
        with acting(scene.HOUSE):
            watched = matters_queries.matter_page(scene.HOUSE, reference).course.supervisions
        assert len(watched) == (rung.rung > 1)
    assert "催办" not in _heard("juzhang", reference)


def _colours_are_seen(page: Any, reference: str, axe: Axe, look: Look) -> None:
    """The officer who never signed sees what is yellow, orange and red, and what is wanted."""
    yellow, orange = _asked(_opened_to_be("yellow")), _asked(_opened_to_be("orange"))
    sign_in(page, OFFICER)
    for tab, wanted in (("near", yellow), ("soon", orange), ("late", reference)):
        page.goto(f"/desk/?tab={tab}")
        assert page.locator(f"a[data-open][href$='{wanted}']").count() == 1, tab
        axe(page)
    page.goto(f"/desk/m/{reference}")
    watched = page.locator("#h-watched").locator("..").inner_text()
    assert "督促阶梯" in watched
    assert "逾期未反馈" in watched
    assert "卢明察" in page.locator("main").inner_text()
    axe(page)
    look(page, "desk-nobody-answered")
    page.goto("/desk/pressed?rung=3")
    assert reference[:6] in page.locator("main").inner_text()
    axe(page)


def _moved_from_the_wall(page: Any, reference: str, axe: Axe, look: Look) -> None:
    """Who leads sees it on the live wall and gives it to the town's office from there."""
    page.goto("/command/live")
    row = page.locator("tbody tr", has_text=reference)
    assert POINT in row.inner_text()
    axe(page)
    look(page, "command-nobody-answered")
    row.get_by_role("checkbox").press("Space")
    form = page.locator("form", has=page.get_by_role("button", name="改派选中的工单"))
    choose(form, "to_org", "贤庠司法所")
    form.locator("[name=reason]").fill("村里一直没有人签收，请所里马上办")
    with page.expect_navigation():
        form.get_by_role("button", name="改派选中的工单").press("Enter")
    assert f"{reference}：已改派" in page.get_by_role("status").inner_text()
    axe(page)


def _taken_in_hand(page: Any, reference: str, axe: Axe) -> None:
    """The town's office signs, reports on the supervision, and answers."""
    sign_in(page, "xianxiang")
    do(page, reference, "sign")
    do(page, reference, "report", words="村里两人同时请假，没有交接；所里今天接手")
    do(
        page, reference, "close", result="已解决",
        reply="已和工地项目部当面说定，下周一之前结清三个人的工钱。",
    )  # fmt: skip
    assert "逾期未反馈" not in page.locator("main").inner_text()
    axe(page)


def _mended_and_verified(watcher: Any, office: Any, reference: str, axe: Axe, look: Look) -> None:
    """发现, 派发, 整改, 核验, 复盘: the alert ends when another has seen that it is mended."""
    sign_in(watcher, "jiandu")
    watcher.goto("/desk/warnings")
    found = watcher.locator(".queue a", has_text=f"承诺超期：{reference}")
    axe(watcher)
    with watcher.expect_navigation():
        found.first.press("Enter")
    _deed(watcher, "派发整改", to_org=POINT, words="请假要有人顶，写进值守安排", hard="否")
    sign_in(office, OFFICER)
    office.goto("/desk/quality?tab=rectification")
    with office.expect_navigation():
        office.locator(".queue a", has_text=reference).first.press("Enter")
    case = office.url.partition("?")[0]
    _deed(office, "报告整改完成", words="已定 AB 岗，请假必须交接，公示在点上")
    axe(office)
    watcher.goto(case)
    _deed(watcher, "核验通过", words="抽查一周，每天有人签收")
    _deed(watcher, "复盘，闭环", words="各村点都定 AB 岗")
    assert "已闭环" in watcher.locator(".head").inner_text()
    axe(watcher)
    look(watcher, "quality-nobody-answered-closed")


def _deed(page: Any, label: str, **told: str) -> None:
    """One deed on a case of quality, by its label."""
    box = page.locator("details", has=page.locator("summary", has_text=label)).last
    if box.get_attribute("open") is None:
        box.locator("summary").press("Enter")
    for name, words in told.items():
        if box.locator(f"select[name={name}]").count():
            choose(box, name, words)
        else:
            box.locator(f"[name={name}]").fill(words)
    with page.expect_navigation():
        box.locator("form button").first.press("Enter")
    assert page.locator(".wrongs").count() == 0, page.locator(".wrongs").inner_text()
