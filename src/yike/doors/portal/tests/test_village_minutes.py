"""A village's page beside a reckoner that is frozen: the straight line, said to be one, soon."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from yike.rooms.guard.acting import acting
from yike.rooms.reach.tests import makers
from yike.rooms.regions import actions as regions_actions
from yike.rooms.regions.actions import RegionFacts
from yike.rooms.regions.tests.makers import HOUSE, county

pytestmark = pytest.mark.django_db
VILLAGE = "330225101202"


@pytest.fixture
def frozen(tmp_path: Path, settings: Any) -> Iterator[socket.socket]:
    """Somebody listens and never answers: whoever waits the long time waits in vain."""
    settings.NETWORKS_DIR, settings.INCOMING_DIR = tmp_path / "networks", tmp_path / "incoming"
    settings.RECKONER_SOCKET = tmp_path / "reckoner.sock"
    settings.RECKONER_SECONDS, settings.RECKONER_SHORT_SECONDS = 3600.0, 0.1
    with county(), socket.socket(socket.AF_UNIX) as listening:
        with acting(HOUSE):
            makers.station()
            makers.network()
            facts = RegionFacts(
                code=VILLAGE,
                name="永安村",
                level="village",
                point=(makers.lon_at(1800), makers.LAT),
            )
            regions_actions.import_regions(regions=[facts], file_name="toy", actor=HOUSE)
        listening.bind(str(settings.RECKONER_SOCKET))
        listening.listen(8)
        yield listening


def test_a_citizen_does_not_wait_for_a_frozen_reckoner(frozen: socket.socket) -> None:
    text = Client().get(f"/village/{VILLAGE}").content.decode()
    frozen.setblocking(False)
    asked, _ = frozen.accept()
    with asked:
        asked.setblocking(True)
        assert b'"trips"' in asked.recv(1000)
    assert "没有在规定时间内回答" in text
    assert "只知道直线距离" in text
    nearest = text.partition("最近的服务站")[2].partition("</ul>")[0]
    assert "直线" in nearest
    assert "分钟" not in nearest
