"""Each test its own folders of networks and uploads; the engines beside it, not in a child."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from yike.rooms.reach.tests import reckoners

#: Where the real process is walked, with its limits of time and memory.
_WITH_CHILD = (
    "test_uploads.py",
    "test_siting.py",
    "test_a_run_repeated_brings_the_same_bytes_and_a_damaged_one_is_noticed",
)


@pytest.fixture(autouse=True)
def apart(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    settings.NETWORKS_DIR = tmp_path / "networks"
    settings.INCOMING_DIR = tmp_path / "incoming"
    # What was not compiled yet takes its time, on a busy machine above all.
    settings.RECKONER_SECONDS = settings.RECKONER_SHORT_SECONDS = 240.0
    if request.path.name not in _WITH_CHILD and request.node.name not in _WITH_CHILD:
        monkeypatch.setattr("yike.rooms.reach.child.ask", reckoners.beside)
