"""Those who guard the house walk through all it offers them: devices, exports, audit, packages."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyotp
from cryptography.hazmat.primitives.serialization import pkcs12

from stories import desk_pages
from yike.rooms.core import actor as actors
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions as matters_actions
from yike.rooms.matters.demand import Demand
from yike.rooms.people import privacy_notices

Axe = Callable[[Any], None]
Look = Callable[..., None]
Visit = Callable[..., Any]
WHY = "报送十一月督办情况"


def _enter(page: Any, username: str) -> None:
    """Signs in; whoever must enrol a second factor does so first."""
    page.goto("/sign-in?next=/desk/notices")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码", exact=True).fill(desk_pages.scene.PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_load_state()
    if "second-factor" in page.url:
        secret = page.locator(".font-monospace").inner_text().replace(" ", "")
        page.get_by_label("动态口令").fill(pyotp.TOTP(secret).now())
        page.get_by_role("button", name="启用").click()
        page.get_by_role("heading", name="动态口令已启用").wait_for()


def _opened() -> str:
    visitor = actors.visitor("portal")
    with acting(visitor):
        found = matters_actions.open_matter(
            demand=Demand(
                text="在石浦码头干了两个月，老板一直不给工钱，怎么办？", name="陈阿根",
                region_code="330225101004", phone="13905740077", category="B03", channel="04",
                agreed=privacy_notices.current(),
            ),
            key="story-kept-safe", actor=visitor,
        )  # fmt: skip
    return found.reference


def test_security_reviews_a_broken_glass_and_keeps_the_devices(
    visit: Visit, axe: Axe, look: Look
) -> None:
    _break_glass(visit("desk"), axe, look)
    page = visit("desk")
    _enter(page, "anquan")
    page.goto("/desk/emergencies")
    page.get_by_text("复核", exact=True).click()
    page.get_by_label("复核意见").fill("已核对通话记录，情况属实")
    page.get_by_role("button", name="记下复核意见").click()
    page.get_by_text("已复核").wait_for()
    look(page, "security-glass-reviewed")
    axe(page)
    page.goto("/desk/people/devices")
    look(page, "security-devices-empty")
    axe(page)
    page.get_by_label("设备名称").fill("石浦司法所 1 号窗口")
    page.get_by_role("button", name="登记并签发证书").click()
    page.locator(".note-done").wait_for()
    look(page, "security-device-made")
    axe(page)
    with page.expect_download() as coming:
        page.get_by_role("link", name="下载证书文件（.p12）").click()
    password = page.locator(".note-done .key").inner_text()
    bundle = Path(coming.value.path()).read_bytes()
    assert pkcs12.load_key_and_certificates(bundle, password.encode())[1] is not None
    page.goto("/desk/people/devices")
    page.get_by_text("有效，可吊销").click()
    page.locator("details[open]").get_by_label("原因").fill("电脑报废")
    page.get_by_role("button", name="吊销“石浦司法所 1 号窗口”").click()
    page.get_by_text("已吊销").wait_for()
    look(page, "security-device-revoked")
    axe(page)
    for address, name in (
        ("/desk/people/keys", "security-keys"),
        ("/desk/links", "security-links"),
        ("/desk/links/new/office", "security-link-new"),
        ("/desk/people/grants", "security-grants"),
        ("/desk/protection/fields", "security-fields"),
        ("/desk/supply", "security-supply"),
        ("/profile/recovery-codes", "security-recovery-codes"),
    ):
        page.goto(address)
        look(page, name)
        axe(page)


def _break_glass(page: Any, axe: Axe, look: Look) -> None:
    desk_pages.sign_in(page, "juzhang")
    page.goto("/desk/emergencies")
    page.get_by_label("为什么必须现在看").fill("群众电话中说要轻生，需要立刻知道住址和诉求")
    page.get_by_role("button", name="开启，并通知安全管理员").click()
    page.get_by_role("button", name="现在结束").wait_for()
    look(page, "glass-broken")
    axe(page)
    page.get_by_role("button", name="现在结束").click()
    page.get_by_role("button", name="现在结束").wait_for(state="detached")


def test_a_list_leaves_with_a_watermark_and_the_auditor_sees_who(
    visit: Visit, axe: Axe, look: Look, on_tables: Any
) -> None:
    reference = _opened()
    page = visit("desk")
    desk_pages.sign_in(page, "juzhang")
    page.goto("/command/orders/?only=open")
    look(page, "export-orders")
    page.get_by_role("link", name="导出这个清单").click()
    look(page, "export-asked")
    axe(page)
    page.get_by_role("button", name="导出并留痕").click()
    page.locator(".wrongs").wait_for()
    look(page, "export-refused")
    axe(page)
    page.get_by_label("用途").select_option(label="统计报送")
    page.get_by_label("为什么要导出").fill(WHY)
    with page.expect_download() as coming:
        page.get_by_role("button", name="导出并留痕").click()
    text = Path(coming.value.path()).read_text(encoding="utf-8-sig")
    (row,) = [row for row in csv.reader(io.StringIO(text)) if row[0] == reference]
    assert "陈**" in row
    assert WHY in row[-1]
    assert not re.search(r"陈阿根|13905740077|码头", text)
    auditor = visit("desk")
    _enter(auditor, "shenji")
    auditor.goto("/desk/trail?kind=matters.MattersExported")
    assert WHY in auditor.locator("table").inner_text()
    auditor.get_by_text("保存多久，怎样核验").click()
    look(auditor, "auditor-trail")
    axe(auditor)


def test_an_identity_opens_only_as_far_as_the_purpose(
    visit: Visit, axe: Axe, look: Look, on_tables: Any
) -> None:
    reference = _opened()
    page = visit("desk")
    desk_pages.sign_in(page, "paidan")
    page.goto(f"/desk/m/{reference}")
    assert f"{privacy_notices.current()} 版" in page.locator("main").inner_text()
    page.get_by_text("查看完整信息").click()
    page.get_by_role("checkbox", name="证件号码").check()
    page.get_by_label("用来做什么").select_option(label="联系当事人")
    page.get_by_label("为什么要看").fill("电话核实欠薪金额")
    page.get_by_role("button", name="查看并留痕").click()
    page.get_by_text("不需要看证件号码").first.wait_for()
    assert "13905740077" not in page.content()
    look(page, "unmask-purpose")
    axe(page)
    page.get_by_role("checkbox", name="证件号码").uncheck()
    page.get_by_role("button", name="查看并留痕").click()
    page.get_by_text("13905740077").wait_for()


def test_a_citizen_reads_what_happens_to_their_data(visit: Visit, axe: Axe, look: Look) -> None:
    page = visit("phone")
    page.goto("/privacy")
    look(page, "privacy")
    axe(page)


def test_a_state_secret_is_sent_to_its_own_channel(visit: Visit, axe: Axe, look: Look) -> None:
    page = visit("phone")
    page.goto("/ask")
    page.locator("textarea").fill("某处会议纪要\n机密★10年\n请帮我看看这份文件能不能公开")
    page.locator("main form").get_by_role("button").last.click()
    page.locator(".wrongs").wait_for()
    assert "保密" in page.locator(".wrongs").inner_text()
    look(page, "state-secret-refused")
    axe(page)
