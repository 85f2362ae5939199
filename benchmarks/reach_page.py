"""A station dragged on the governance map: from the pointer's release to the new figures.

    PYTHONPATH=src:. .venv/bin/python -m benchmarks.reach_whatif --page http://127.0.0.1:8200

A product runs at that address with its reckoner, and holds a run (the demonstration makes one).
Told are the question over HTTP through row security to the last byte, and in Chromium the time from
the release until the table has new figures and the map its cells, and until they are drawn. Every
round drags to another place; the last answer is held against the same question asked afresh.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from yike.house import browser as house_browser

#: Written into the page: when the pointer was let go, when figures came, when they were painted.
_WATCH = """() => {
  const told = window.dragged = {};
  addEventListener("mouseup", () => {
    for (const name in told) delete told[name];
    told.up = performance.now();
  }, true);
  const drawn = () => { told.drawn = performance.now(); };
  new MutationObserver(() => {
    if (!told.up || told.table) return;
    told.table = performance.now();
    requestAnimationFrame(() => setTimeout(drawn));
  }).observe(document.getElementById("tried-part"), { childList: true, subtree: true });
}"""


def main(asked: argparse.Namespace) -> int:
    """This will print the figures as JSON; 1 where the page tells another than asked afresh."""
    with _signed_in(asked) as page:
        run = _run(page)
        page.goto(f"/command/map/try?run={run}")
        page.locator("figure[data-drawn]").wait_for()
        page.evaluate(_WATCH)
        _drag(page, 0)
        found = [_drag(page, turn) for turn in range(1, asked.rounds + 1)]
        question, wrong = _question(page, asked.rounds)
    told = {name: _spread([one[name] for one in found]) for name in ("table_ms", "drawn_ms")}
    print(json.dumps({"request_ms": _spread(question), **told, "wrong": wrong}, indent=1))
    return int(wrong)


@contextmanager
def _signed_in(asked: argparse.Namespace) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        flags = ["--no-sandbox", "--disable-gpu"]
        chromium = driver.chromium.launch(
            executable_path=str(house_browser.find()), args=flags, headless=True
        )
        context = chromium.new_context(
            base_url=asked.page, viewport={"width": 1920, "height": 1080}, locale="zh-CN"
        )
        page = context.new_page()
        page.goto("/sign-in")
        page.fill("input[name=username]", asked.user)
        page.fill("input[name=password]", asked.password)
        page.click("main button")
        page.wait_for_load_state()
        yield page
        chromium.close()


def _run(page: Any) -> str:
    page.goto("/command/map")
    found = re.search(r"/command/map/try\?run=([0-9a-f-]{36})", page.content())
    if found is None:
        raise SystemExit("The product at this address holds no finished run.")
    return found[1]


def _drag(page: Any, turn: int) -> dict[str, float]:
    """Carries the same station some pixels on, each time elsewhere, and lets it go."""
    box = page.get_by_role("button", name=re.compile("方向键移动")).first.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    away = (18 + turn % 5) * (1 if turn % 2 else -1)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + away / 2, y + away / 3)
    page.wait_for_timeout(450)
    page.mouse.move(x + away, y + away / 2)
    page.wait_for_timeout(600)
    page.mouse.up()
    while not (told := page.evaluate("window.dragged")).get("drawn"):
        page.wait_for_timeout(20)
    page.wait_for_timeout(300)
    return {name: told[name[:-3]] - told["up"] for name in ("table_ms", "drawn_ms")}


def _question(page: Any, rounds: int) -> tuple[list[float], bool]:
    """The form as it stands now, sent as the page sends it; and whether the page tells the same."""
    form = page.evaluate("Object.fromEntries(new FormData(document.getElementById('form')))")
    headers = {"HX-Request": "true", "Referer": page.url}
    spent, text = [], ""
    for _ in range(rounds):
        begun = time.perf_counter()
        answer = page.request.post(page.url, form=form, headers=headers)
        text = answer.text()
        spent.append((time.perf_counter() - begun) * 1e3)
    figures = re.findall(r"<dd>([^<]+)</dd>", text)
    shown = page.locator("#tried-part .circle-sums dd").all_inner_texts()
    return spent, not figures or figures != shown


def _spread(values: list[float]) -> dict[str, float]:
    return {"median": round(float(np.median(values)), 1), "worst": round(max(values), 1)}
