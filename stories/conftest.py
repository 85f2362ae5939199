"""What every story stands on: the real server on tables that really commit, a browser, two lenses.

`house` starts granian once per run on a free loopback port; `visit(...)` opens a page of a given
size; `axe(page)` finds nothing or fails; `look(page, name)` keeps a picture in .yike/pictures/.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal
from urllib.error import URLError

import pytest

from yike.house import browser as house_browser
from yike.house.testing import STATE, Databases

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / ".yike" / "pictures"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
#: The sizes every page is looked at (docs: LOOK).
SIZES = {
    "phone": (390, 844),
    "screen": (1280, 800),
    "desk": (1440, 900),
    "wall": (1920, 1080),
}
Size = Literal["phone", "screen", "desk", "wall"]
FLAGS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
    # pages are drawn without a graphics process; maps draw by the software renderer as before
    "--disable-gpu",
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """This will mark everything here as a story, and skip it with a reason without a browser."""
    absent = house_browser.find() is None
    here = [item for item in items if Path(item.path).is_relative_to(Path(__file__).parent)]
    for item in here:
        item.add_marker(pytest.mark.story)
        if absent:
            item.add_marker(pytest.mark.skip(reason="no Chromium here: stories need a browser"))


#: asked for only by pages that stand in 浙里办
ZLB_BRIDGE = "https://assets.zjzwfw.gov.cn/assets/ZWJSBridge/1.1.0/zwjsbridge.js"


@dataclass(frozen=True)
class House:
    """The running house: its address and the database behind it."""

    url: str
    database: str


@pytest.fixture(scope="session")
def house(databases: Databases, django_db_blocker: Any) -> Iterator[House]:
    """The real server on a furnished database of its own, in which transactions commit."""
    name = f"{os.environ['YIKE_DB_NAME']}_stories"
    databases.copy(name)
    _furnish(name, django_db_blocker)
    port = _free_port()
    server = _serve(name, port)
    try:
        _wait(f"http://127.0.0.1:{port}/healthz", server)
        yield House(f"http://127.0.0.1:{port}", name)
    finally:
        server.terminate()
        server.wait(timeout=20)
        databases.drop(name)


@pytest.fixture
def on_tables(house: House, django_db_blocker: Any) -> Iterator[House]:
    """The same tables for the story's own hands: what the test does there is committed."""
    with _connected(house.database, django_db_blocker):
        yield house


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One browser for all stories."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        found = driver.chromium.launch(
            executable_path=str(house_browser.find()), args=list(FLAGS), headless=True
        )
        yield found
        found.close()


Visit = Callable[..., Any]


@pytest.fixture
def visit(house: House, chromium: Any) -> Iterator[Visit]:
    """This will open a page: visit("phone"), visit("screen", elder=True), script=False, dark=True.

    Each call is another person: own cookies. A console error or a failed request fails the story.
    """
    opened: list[Any] = []
    faults: list[str] = []

    def open_page(
        size: Size = "phone", *, elder: bool = False, script: bool = True, dark: bool = False,
        **more: Any,
    ) -> Any:  # fmt: skip
        width, height = SIZES[size]
        context = chromium.new_context(
            base_url=house.url, viewport={"width": width, "height": height}, locale="zh-CN",
            timezone_id="Asia/Shanghai", java_script_enabled=script, reduced_motion="reduce",
            color_scheme="dark" if dark else "light", has_touch=size == "phone", **more,
        )  # fmt: skip
        context.set_default_timeout(15_000)
        if elder:
            context.add_cookies([{"name": "elder", "value": "1", "url": house.url}])
        opened.append(context)
        page = context.new_page()
        page.on("console", lambda said: _note(faults, said))
        page.on("pageerror", lambda error: faults.append(f"script: {error}"))
        page.expect_navigation = partial(_arriving, page, page.expect_navigation)
        return page

    yield open_page
    for context in opened:
        context.close()
    assert not faults, faults


@contextmanager
def _arriving(page: Any, expect: Callable[..., Any], **told: Any) -> Iterator[Any]:
    """The next page is there when the old one is gone and the new one whole.

    The browser tells of a journey when it begins to show the new page, and for a moment still
    speaks of the old one: a story that goes on then acts on a page that is about to vanish.
    """
    page.evaluate("() => { window.leaving = true }")
    with expect(**told) as journey:
        yield journey
    end = time.monotonic() + 15
    while time.monotonic() < end and not _is_there(page):
        page.wait_for_timeout(20)
    assert _is_there(page), f"{page.url}: the page was not left"


def _is_there(page: Any) -> bool:
    from playwright.sync_api import Error

    try:
        return bool(page.evaluate("() => !window.leaving && document.readyState === 'complete'"))
    except Error:  # between two pages
        return False


def _note(faults: list[str], said: Any) -> None:
    """A refused form answers 4xx on purpose; the browser says so, that is no fault."""
    if said.type == "error" and "the server responded with a status of 4" not in said.text:
        faults.append(f"console: {said.text}")


@pytest.fixture
def axe() -> Callable[[Any], None]:
    """This will let axe-core walk the page as it stands: WCAG 2.2 AA and best practice."""
    script = AXE.read_text("utf-8")

    def walk(page: Any) -> None:
        page.evaluate(script)
        found = page.evaluate(
            "rules => axe.run(document, {runOnly: rules}).then(r => r.violations.map(v => v.id + "
            "': ' + v.help + ' | ' + v.nodes.slice(0, 4).map(n => n.html.slice(0, 160) + ' ' +"
            "(n.any[0]?.message || '')).join(' || ')))",
            RULES,
        )
        assert found == [], f"{page.url}: " + "\n".join(found)

    return walk


@pytest.fixture
def look() -> Callable[..., None]:
    """This will keep a picture of the page, whole by default, for people to look at.

    Nobody looks on a CI machine (`CI` is set), where pictures cost a quarter of a story.
    """
    if os.environ.get("CI"):
        return lambda page, name, whole=True: None
    PICTURES.mkdir(parents=True, exist_ok=True)

    from playwright.sync_api import Error

    def keep(page: Any, name: str, *, whole: bool = True) -> None:
        kept = str(PICTURES / f"{name}.png")
        try:
            page.screenshot(path=kept, full_page=whole)
        except Error:  # a busy browser gives no picture of a long page the first time
            page.wait_for_timeout(500)
            page.screenshot(path=kept, full_page=whole)

    return keep


def _furnish(name: str, blocker: Any) -> None:
    """Reference data, static files and the scene, as the application's own role."""
    from django.core.management import call_command

    from stories import scene
    from yike.house import firststart

    with _connected(name, blocker):
        firststart.load_reference()
        scene.set_up()
    call_command("collectstatic", interactive=False, verbosity=0)


class _connected:  # noqa: N801 - used like a function
    """Points this process's connection at a database for a while."""

    def __init__(self, name: str, blocker: Any) -> None:
        self.name, self.blocker = name, blocker

    def __enter__(self) -> None:
        from django.db import connection

        self.guard = self.blocker.unblock()
        self.guard.__enter__()
        connection.close()
        self.before = connection.settings_dict["NAME"]
        connection.settings_dict["NAME"] = self.name

    def __exit__(self, *_: object) -> None:
        from django.db import connection

        connection.close()
        connection.settings_dict["NAME"] = self.before
        self.guard.__exit__(None, None, None)


def _serve(name: str, port: int) -> subprocess.Popen[bytes]:
    environ = os.environ | {
        "YIKE_DB_NAME": name,
        "YIKE_STATE_DIR": str(STATE),
        "YIKE_DEMO": "true",
        "YIKE_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "YIKE_ZLB_BRIDGE": ZLB_BRIDGE,
        "PYTHONPATH": str(ROOT / "src"),
    }
    command = [
        *(sys.executable, "-m", "granian", "--interface", "asgi", "--no-ws"),
        *("--host", "127.0.0.1", "--port", str(port), "--workers", "1"),
        *("--workers-kill-timeout", "3", "--log-level", "warning", "yike.house.asgi:app"),
    ]
    return subprocess.Popen(command, env=environ, cwd=ROOT)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(url: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if server.poll() is not None:
            pytest.fail("the server ended at once; its words are above")
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"{url} did not answer within a minute")
