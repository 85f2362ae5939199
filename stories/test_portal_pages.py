"""Every page a citizen can open without telling anything: light, accessible, at each size."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

PAGES = {
    "home": "/",
    "stations": "/stations",
    "items": "/items",
    "item": "/items/PLS-YZ001",
    "follow": "/follow",
    "comfort": "/comfort",
    "words": "/ask?about=violence",
    "sign-in": "/sign-in",
    "duty": "/duty",
    "book": "/book",
    "book-places": "/book/notary",
    "complain": "/complain",
    "complaint": "/complain/follow",
    "volunteer": "/volunteer",
    "volunteer-apply": "/volunteer/apply",
    "volunteer-verify": "/volunteer/verify",
    "docs": "/api/v1/docs",
    "absent": "/nowhere",
}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("lens", ["phone", "screen", "elder", "dark"])
def test_open_pages(
    visit: Callable[..., Any], axe: Callable[[Any], None], look: Callable[..., None],
    name: str, lens: str,
) -> None:  # fmt: skip
    size = "screen" if lens == "screen" else "phone"
    page = visit(size, elder=lens == "elder", dark=lens == "dark")
    page.goto(PAGES[name])
    look(page, f"portal-{name}-{lens}")
    axe(page)
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert overflow <= 0, f"{name} is {overflow} px too wide"


def test_first_view_is_light(visit: Callable[..., Any]) -> None:
    page = visit("phone")
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda done: sizes.append(done["encodedDataLength"]))
    page.goto("/", wait_until="networkidle")
    assert len(sizes) <= 3, f"{len(sizes)} requests"
    assert sum(sizes) < 150_000, f"{sum(sizes):.0f} bytes"
    print(f"first view: {len(sizes)} requests, {sum(sizes) / 1000:.1f} kB")  # noqa: T201


def test_without_script_every_page_reads_the_same(visit: Callable[..., Any]) -> None:
    page = visit("phone", script=False)
    page.goto("/")
    page.get_by_role("link", name="拖欠工资").click()
    assert page.get_by_role("textbox").count() == 1
