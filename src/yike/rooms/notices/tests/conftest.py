"""Another system on loopback, and the moment at which it is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from yike.rooms.core import clock
from yike.rooms.notices import link_kinds
from yike.rooms.notices.tests import platform as platforms
from yike.rooms.notices.tests.linking import NOON


@pytest.fixture
def system(settings: Any, tmp_path: Path) -> Iterator[platforms.Platform]:
    settings.KEYS_FILE, settings.EMAIL_HOST = tmp_path / "keys.json", ""
    settings.YIKE = replace(settings.YIKE, link_hosts="127.0.0.1", public_url="https://yike.test")
    found = platforms.Platform()
    with clock.at(NOON):
        yield found
    found.stop()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hanging takes a second, not fifteen."""
    quick = replace(link_kinds.PRESETS["standard"].adapter, seconds=1)
    usual = replace(link_kinds.PRESETS["standard"], adapter=quick)
    monkeypatch.setitem(link_kinds.PRESETS, "standard", usual)
