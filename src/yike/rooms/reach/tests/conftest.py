"""Each test its own folders of networks and uploads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def apart(tmp_path: Path, settings: Any) -> None:
    settings.NETWORKS_DIR = tmp_path / "networks"
    settings.INCOMING_DIR = tmp_path / "incoming"
    # What was not compiled yet takes its time, on a busy machine above all.
    settings.RECKONER_SECONDS = 240.0
