"""The dispatcher keeps the register: every page of it at each size, and a gap that is closed."""

from __future__ import annotations

from typing import Any

import pytest

from stories.desk_pages import Axe, Look, Visit, sent, sign_in

PAGES = {
    "serving": "/desk/serving",
    "serving-new": "/desk/serving/new",
    "institutions": "/desk/institutions",
    "duty-teams": "/desk/duty-teams",
    "stationing": "/desk/stationing",
    "stationing-list": "/desk/stationing/list?state=missing",
    "stationing-new": "/desk/stationing/new",
    "advisers": "/desk/advisers",
    "adviser-work": "/desk/advisers/work",
    "adviser-norms": "/desk/advisers/norms",
    "adviser-new": "/desk/advisers/new",
    "supplies": "/desk/supplies",
    "supply-gaps": "/desk/supplies/gaps",
    "windows": "/desk/windows",
    "pool": "/desk/pool",
    "joinings": "/desk/joinings",
    "joining-new": "/desk/joinings/new",
    "charges": "/desk/charges",
}
#: lists whose first row leads to a page of its own
FIRST = {
    "serving": "person", "institutions": "institution", "duty-teams": "duty-team",
    "stationing-list": "stationing-one", "advisers": "adviser", "supplies": "supply-of",
    "windows": "window", "joinings": "joining",
}  # fmt: skip


def _check(page: Any, name: str, size: str, axe: Axe, look: Look) -> None:
    look(page, f"desk-{name}-{size}")
    axe(page)
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert overflow <= 0, f"{name} is {overflow} px too wide at {size}"


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_every_page_of_the_register(visit: Visit, axe: Axe, look: Look, size: str) -> None:
    page = visit(size)
    sign_in(page, "paidan")
    for name, path in PAGES.items():
        page.goto(path)
        _check(page, name, size, axe, look)
        if name in FIRST:
            page.goto(page.locator("a[data-open]").first.get_attribute("href"))
            _check(page, FIRST[name], size, axe, look)


def test_a_village_without_adviser_gets_one(visit: Visit, axe: Axe) -> None:
    page = visit("desk")
    sign_in(page, "paidan")
    page.goto("/desk/advisers")
    village = page.locator("#h-without ~ .table-wrap tbody tr").first
    name = village.locator("th").inner_text()
    village.get_by_role("link").click()
    page.get_by_label("合同编号").fill("象法顾〔2026〕补01号")
    offered = page.get_by_label("法律顾问", exact=True).locator("option")
    page.get_by_label("法律顾问", exact=True).select_option(
        value=offered.last.get_attribute("value")
    )
    page.get_by_label("合同从哪天起").fill("2026-12-01")
    page.get_by_label("合同到哪天止").fill("2027-01-01")
    sent(page, page, "签订")
    if page.locator(".wrongs").count():
        raise AssertionError(page.locator(".wrongs").inner_text())
    assert name in page.locator("main").inner_text()
    axe(page)
