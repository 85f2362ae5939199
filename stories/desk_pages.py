"""A page object: it knows the desk's labels, the stories know the journey."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from stories import scene

Axe = Callable[[Any], None]
Look = Callable[..., None]
Visit = Callable[..., Any]


def sign_in(page: Any, username: str) -> None:
    """This will sign in as one of the cast and arrive at the desk."""
    page.goto("/sign-in?next=/desk/")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码", exact=True).fill(scene.PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url("**/desk/**")


def box(page: Any, verb: str) -> Any:
    """This will open the box of a verb by its key, as a clerk does, and return it."""
    found = page.locator(f"#do-{verb}")
    key = found.get_attribute("data-key")
    page.locator("h1").first.click()
    page.keyboard.press(key)
    assert found.get_attribute("open") is not None, f"{key} does not open {verb}"
    return found


def sent(page: Any, form: Any, name: str) -> None:
    """This will press a button of a form and wait for the next page."""
    with page.expect_navigation():
        form.get_by_role("button", name=name).click()
