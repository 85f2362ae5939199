"""Every page of an office as a picture: accessible, never wider than a phone, on by keyboard.

One person opens them all in one window, which is made narrow and wide again: that keeps it short.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from stories import desk_pages
from stories.desk_pages import Axe, Look, Visit

#: who → pages; "→" opens the first thing of that list as well
PAGES = {
    "paidan": (
        "own", "duty", "bookings", "bookings/new", "bookings/hours", "bookings/rule",
        "bookings/calendar", "checkin", "notices", "orders", "consultations", "routing",
        "assigning", "pressed", "ladders", "hotlines", "flow", "flow/policy", "promises", "alerts",
        "complaints", "serving →", "institutions →", "duty-teams →", "charges", "stationing",
        "stationing/new", "advisers", "advisers/new", "advisers/work", "joinings →", "joinings/new",
        "supplies", "supplies/gaps", "windows →", "pool", "volunteers →", "volunteers/new",
        "volunteer-teams →", "volunteer-tasks →", "volunteer-tasks/new", "services →",
        "services/new", "posts →", "posts/new", "posts/fairness", "arrivals", "checkin/rules",
        "duty-figures", "nearest", "plans →", "building →", "building/new", "facilities →",
        "facilities/new/sign", "sites", "qr →", "qr/new", "daily",
        "grades →", "grades/schemes →", "grades/schemes/new", "grades/proof",
    ),
    "jiandu": (
        "own", "quality", "quality?tab=rating", "quality/spoken", "quality/rules", "warnings",
        "rewards",
    ),
    "lvshi": ("own", "duty", "checkin", "ratings", "duty-figures"),
}  # fmt: skip
#: what a page may be wide on the cheapest phone
NARROW = 360
#: how the element that has the keyboard shows it
_RING = "getComputedStyle(document.activeElement).outlineStyle"
_WIDE = """() => [...document.querySelectorAll('main *')]
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 3).map(one => one.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("who", PAGES)
@pytest.mark.parametrize("elder", [False, True], ids=["usual", "elder"])
def test_pages_of_the_desk(visit: Visit, axe: Axe, look: Look, who: str, elder: bool) -> None:
    page = visit("desk", elder=elder)
    desk_pages.sign_in(page, who)
    for name in _opened(page, PAGES[who]):
        _is_whole(page, axe, look, f"office-{who}-{name}", elder=elder)


@pytest.mark.parametrize("where", ["", "live", "orders/?only=open&level=town"])
def test_pages_of_the_command_centre(visit: Visit, axe: Axe, look: Look, where: str) -> None:
    page = visit("wall")
    desk_pages.sign_in(page, "juzhang")
    page.goto(f"/command/{where}")
    _is_whole(page, axe, look, f"office-command-{where[:4]}", elder=False)


def _opened(page: Any, names: tuple[str, ...]) -> Iterator[str]:
    """Each page in turn, and the first thing on it where that is asked, unless it has none."""
    for name in names:
        path = name.removesuffix(" →")
        answer = page.goto(f"/desk/{path}")
        assert answer.status == 200, path
        yield path.replace("/", "-").replace("?", "-")
        if path != name and page.locator("main .empty").count() == 0:
            with page.expect_navigation():
                page.locator("main [data-open]").first.click()
            yield f"{path}-one"


def _is_whole(page: Any, axe: Axe, look: Look, name: str, *, elder: bool) -> None:
    size = page.viewport_size
    page.set_viewport_size({"width": NARROW, "height": 780})
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW, (
        f"{page.url} is wider than a phone: {page.evaluate(_WIDE)}"
    )
    if elder:
        look(page, f"{name}-elder")
    page.set_viewport_size(size)
    over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert over <= 0, f"{page.url}: {over} px too wide: {page.evaluate(_WIDE)}"
    if elder:
        return
    look(page, name)
    axe(page)
    _takes_the_keyboard(page)


def _takes_the_keyboard(page: Any) -> None:
    """The first stop leads past the menu; then the first thing of the page shows its ring."""
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip", page.url
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('main, footer')"), page.url
    assert page.evaluate(_RING) not in ("none", ""), page.url
