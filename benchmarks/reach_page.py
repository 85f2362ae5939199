"""A station dragged on the governance map: from the pointer's release to the new figures.

    PYTHONPATH=src:. .venv/bin/python -m benchmarks.reach_whatif --page http://127.0.0.1:8200

A product runs at that address with its reckoner, and holds a run (the demonstration makes one).
Told are the question over HTTP through row security to the last byte, and in Chromium the time from
the release until the table has new figures and the map its cells, and until they are drawn. Every
round drags to another place; the last answer is held against the same question asked afresh. The
same for a station added by a press on the map, one closed, and one with other hours: `deeds`.
`benchmarks.reach_county` makes a house of a county's real size first, and times its pages too.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from yike.house import browser as house_browser

#: Written into the page: when the pointer was let go (or a choice made), when figures came, when
#: they were painted. The map has been drawn anew when it says so itself after them.
_WATCH = """() => {
  const told = window.dragged = {};
  const begin = () => {
    for (const name in told) delete told[name];
    told.up = performance.now();
  };
  addEventListener("mouseup", begin, true);
  addEventListener("change", (event) => event.target.tagName === "SELECT" && begin(), true);
  const drawn = () => { told.drawn = performance.now(); };
  new MutationObserver(() => {
    if (!told.up || told.table) return;
    told.table = performance.now();
    requestAnimationFrame(() => setTimeout(drawn));
  }).observe(document.getElementById("tried-part"), { childList: true, subtree: true });
}"""
_NAMES = ("table_ms", "drawn_ms")


def seats(parser: argparse.ArgumentParser) -> None:
    """This will add who signs in: the demonstration's director, where nobody else is named."""
    parser.add_argument("--user", default="juzhang", help="who signs in there")
    parser.add_argument("--password", default="shike-liangfen-15", help="as the demonstration's")


def main(asked: argparse.Namespace) -> int:
    """This will print the figures as JSON; 1 where the page tells another than asked afresh."""
    with _signed_in(asked) as page:
        told = _dragged(page, _run(page), asked.rounds)
    print(json.dumps(told, indent=1))
    return int(told["wrong"])


def measured(asked: argparse.Namespace, made: dict[str, Any]) -> dict[str, Any]:
    """This will drag, add, close and change hours on the runs of a house, and open its pages."""
    with _signed_in(asked) as page:
        told = _dragged(page, made["run"], asked.rounds)
        by_hand = {"add": (made["run"], _add), "close": (made["run"], _close)}
        by_hand["hours"] = (made["hours"], _hours)
        for name, (run, deed) in by_hand.items():
            told[name] = _deed(page, run, asked.rounds, deed)
            told["wrong"] |= told[name].pop("wrong")
        told["by_hours"] = _deed(page, made["hours"], asked.rounds, _drag)
        told["wrong"] |= told["by_hours"].pop("wrong")
        told["pages"] = _pages(page, made["run"])
    return told


def _dragged(page: Any, run: str, rounds: int) -> dict[str, Any]:
    told = _deed(page, run, rounds, _drag)
    question, wrong = _question(page, rounds)
    return {"request_ms": _spread(question), **told, "wrong": wrong | told["wrong"]}


def _deed(page: Any, run: str, rounds: int, deed: Callable[[Any, int], Any]) -> dict[str, Any]:
    page.goto(f"/command/map/try?run={run}&move={_first(page, run)}")
    page.locator("figure[data-drawn]").wait_for()
    page.evaluate(_WATCH)
    page.evaluate("document.querySelector('#form details').open = true")
    deed(page, 0)
    found = []
    for turn in range(1, rounds + 1):
        deed(page, turn)
        found.append(_waited(page))
    told: dict[str, Any] = {name: _spread([one[name] for one in found]) for name in _NAMES}
    page.wait_for_timeout(1500)
    wrong = _question(page, 1)[1]
    if wrong:
        print(f"{deed.__name__}: shown {page.locator('#tried-part').inner_text()!r}")
    return told | {"wrong": wrong}


def _first(page: Any, run: str) -> str:
    """A station to carry about: with very many, only the chosen one stands on the map."""
    page.goto(f"/command/map/try?run={run}")
    found: str = page.evaluate(
        "[...document.querySelectorAll('#id_move option')].find((one) => one.value).value"
    )
    return found


def _waited(page: Any) -> dict[str, float]:
    end = time.monotonic() + 60
    while not (told := page.evaluate("window.dragged")).get("drawn"):
        page.wait_for_timeout(20)
        if time.monotonic() > end:
            raise SystemExit("the page was not redrawn within a minute")
    page.wait_for_timeout(300)
    return {name: told[name[:-3]] - told["up"] for name in _NAMES}


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


def _drag(page: Any, turn: int) -> None:
    """Carries the same station some pixels on, each time elsewhere, and lets it go.

    The last pixels come so soon after those before that the page has not asked for them yet.
    """
    box = page.get_by_role("button", name=re.compile("方向键移动")).first.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    away = (18 + turn % 5) * (1 if turn % 2 else -1)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + away / 2, y + away / 3)
    page.wait_for_timeout(450)
    page.mouse.move(x + away, y + away / 2)
    page.wait_for_timeout(60)
    page.mouse.move(x + away + 3, y + away / 2)
    page.mouse.up()
    page.wait_for_timeout(600)


def _add(page: Any, turn: int) -> None:
    box = page.locator("[data-map-box]").bounding_box()
    x, y = box["x"] + box["width"] * 0.4 + 9 * turn, box["y"] + box["height"] * 0.45 + 5 * turn
    page.mouse.click(x, y)
    page.wait_for_timeout(600)


def _close(page: Any, turn: int) -> None:
    page.select_option("#id_close", index=2 + 7 * turn % 150)
    page.wait_for_timeout(600)


def _hours(page: Any, turn: int) -> None:
    """Other hours for another station each time."""
    if not turn:
        page.fill("#id_opens", "14:00")
        page.fill("#id_closes", "17:00")
    page.select_option("#id_hours", index=2 + 7 * turn % 150)
    page.wait_for_timeout(600)


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


def _pages(page: Any, run: str) -> dict[str, dict[str, float]]:
    """Bytes and seconds of the pages of a run, each opened twice; heights on a phone."""
    desk = f"/desk/reach/runs/{run}"
    places = [f"/command/map?run={run}", f"/command/map/try?run={run}", desk, f"{desk}/access"]
    told = {}
    for place in places:
        page.goto(place)
        begun = time.perf_counter()
        answer = page.goto(place)
        if page.locator("figure[data-map]").count():
            page.locator("figure[data-drawn]").first.wait_for()
        spent = time.perf_counter() - begun
        page.set_viewport_size({"width": 390, "height": 844})
        page.wait_for_timeout(300)
        tall = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": 1920, "height": 1080})
        size = len(answer.body())
        name = place.partition("?")[0].replace(run, "RUN")
        told[name] = {"kb": round(size / 1e3), "drawn_s": round(spent, 2), "px_on_a_phone": tall}
    return told


def _spread(values: list[float]) -> dict[str, float]:
    return {"median": round(float(np.median(values)), 1), "worst": round(max(values), 1)}
