"""Two volunteers want the last place at once: exactly one has it, the other waits."""

from __future__ import annotations

import threading
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection

from yike.rooms.core import clock
from yike.rooms.guard.acting import acting
from yike.rooms.providers import actions, queries
from yike.rooms.providers.tests import volunteering as made
from yike.rooms.regions.tests.makers import HOUSE, county

pytestmark = pytest.mark.commits
RACERS = 4


def test_the_last_place_is_given_once(committed: str) -> None:
    with county():
        begins = clock.now() + timedelta(days=2)
        task = made.task(from_at=begins, until_at=begins + timedelta(hours=2))
        people = [made.volunteer(name=f"志{number}") for number in range(RACERS)]
    failures: list[BaseException] = []
    ready = threading.Barrier(RACERS)

    def run(person: UUID) -> None:
        try:
            ready.wait()
            with acting(HOUSE):
                actions.sign_up(task_id=task, volunteer_id=person, actor=HOUSE)
        except BaseException as failed:
            failures.append(failed)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with acting(HOUSE):
        states = [row.state for row in queries.volunteer_task(task).sign_ups]
    assert sorted(states) == ["asked", "waiting", "waiting", "waiting"]
