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


def unfold(page: Any, verb: str) -> Any:
    """This will open the box of a deed, under 更多办理 when it stands there, and return it."""
    found = page.locator(f"#do-{verb}")
    more = page.locator("details.more-verbs:not([open])")
    if more.locator(f"#do-{verb}").count():
        more.locator("summary").first.press("Enter")
    if found.get_attribute("open") is None:
        found.locator("summary").first.press("Enter")
    return found


def choose(form: Any, name: str, like: str) -> None:
    """This will choose the option of a list whose words contain these."""
    options = form.locator(f"select[name={name}] option")
    wanted = next(one for one in options.all() if like in (one.text_content() or ""))
    form.locator(f"select[name={name}]").select_option(wanted.get_attribute("value"))


def do(page: Any, reference: str, verb: str, **told: str) -> None:
    """This will do one deed on an order as a clerk does: its box, its fields, Enter on its button.

    A list is chosen by words its option contains. A refusal fails the story with its words.
    """
    page.goto(f"/desk/m/{reference}")
    form = unfold(page, verb)
    for name, words in told.items():
        if form.locator(f"select[name={name}]").count():
            choose(form, name, words)
        else:
            form.locator(f"[name={name}]").fill(words)
    here = page.url
    with page.expect_navigation(url=lambda there: there != here):
        form.locator("form button").first.press("Enter")
    wrong = page.locator(".wrongs")
    assert wrong.count() == 0, f"{verb}: {wrong.inner_text()}"
