"""A member of staff signs in, changes the password, adds a second factor, and leaves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyotp

from stories import scene
from stories.conftest import House


def test_staff_come_and_go(
    on_tables: House,
    visit: Callable[..., Any],
    axe: Callable[[Any], None],
    look: Callable[..., None],
) -> None:
    scene.newcomer("xinlai")
    page = visit("desk")
    page.goto("/profile")
    page.get_by_label("用户名").fill("xinlai")
    page.get_by_label("密码").fill("not-the-password")
    page.get_by_role("button", name="登录").click()
    page.locator(".wrongs").wait_for()
    look(page, "staff-sign-in-wrong")
    axe(page)
    assert page.get_by_label("用户名").input_value() == "xinlai"
    page.get_by_label("密码").fill(scene.PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.get_by_role("heading", name="我的账号").wait_for()
    look(page, "staff-profile")
    axe(page)
    page.get_by_role("link", name="修改密码").click()
    page.get_by_label("原密码").fill(scene.PASSWORD)
    page.get_by_label("新密码", exact=True).fill("123")
    page.get_by_label("再写一遍新密码").fill("1234")
    page.get_by_role("button", name="修改密码，并退出别处").click()
    look(page, "staff-password-wrong")
    axe(page)
    page.goto("/profile/second-factor")
    look(page, "staff-second-factor")
    axe(page)
    secret = page.locator(".font-monospace").inner_text().replace(" ", "")
    page.get_by_label("动态口令").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="启用").click()
    page.get_by_role("heading", name="动态口令已启用").wait_for()
    look(page, "staff-recovery-codes")
    axe(page)
    page.get_by_role("button", name="退出").click()
    page.get_by_role("heading", name="工作人员登录").wait_for()
    page.goto("/profile")
    assert "/sign-in" in page.url
