"""The outbox among several workers, where transactions really commit."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from yike.rooms.core import actor as actors
from yike.rooms.guard.acting import acting
from yike.rooms.notices import actions, outbox
from yike.rooms.notices.faces import Recipient
from yike.rooms.notices.models import Notice
from yike.rooms.notices.tests import post

HOUSE = actors.system("test")

pytestmark = pytest.mark.commits


@pytest.fixture
def office(settings: Any, tmp_path: Path) -> Iterator[post.PostOffice]:
    settings.KEYS_FILE = tmp_path / "keys.json"
    found = post.PostOffice()
    server = post.opened(found)
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield found
    server.stop()


def tell() -> None:
    actions.tell(
        to=Recipient(email="li@example.cn"),
        template="citizen.closed",
        facts={},
        about="matter",
        subject="m1",
        region_code="",
        actor=HOUSE,
    )


def test_four_workers_send_one_letter(committed: str, office: post.PostOffice) -> None:
    with acting(HOUSE):
        tell()
        found = Notice.objects.get().id
    gate = threading.Barrier(4)

    def work() -> None:
        gate.wait()
        try:
            outbox.carry(found)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(office.letters) == 1
    with acting(HOUSE):
        assert Notice.objects.get().state == "sent"


def _broken_deed() -> None:
    with acting(HOUSE):
        tell()
        raise RuntimeError


def test_the_job_exists_only_if_the_deed_is_committed(
    committed: str, office: post.PostOffice
) -> None:
    with pytest.raises(RuntimeError):
        _broken_deed()
    with acting(HOUSE):
        tell()
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs where task_name = 'notices.send'")
        assert cursor.fetchone() == (1,)
