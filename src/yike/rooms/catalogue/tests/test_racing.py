"""Two keepers at once: nobody's revision is lost, and no code has two current versions."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from yike.rooms.catalogue import actions, queries
from yike.rooms.catalogue.tests.makers import shelves
from yike.rooms.guard.acting import acting
from yike.rooms.regions.tests.makers import HOUSE

pytestmark = pytest.mark.commits
RACERS = 4


def together(deed: Callable[[int], object]) -> list[BaseException]:
    """Do the deed in several threads at once, each in a transaction of its own."""
    failures: list[BaseException] = []
    ready = threading.Barrier(RACERS)

    def run(number: int) -> None:
        try:
            ready.wait()
            with acting(HOUSE):
                deed(number)
        except BaseException as failed:
            failures.append(failed)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(RACERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def test_every_revision_of_an_item_becomes_a_version(committed: str) -> None:
    with shelves():
        pass
    failures = together(
        lambda number: actions.revise_item(code="PLS-TJ001", fee=f"{number}元", actor=HOUSE)
    )
    with acting(HOUSE):
        history = queries.item_history("PLS-TJ001")
    assert failures == []
    assert [row.version for row in history] == [5, 4, 3, 2, 1]
    assert [row.active_until is None for row in history] == [True, False, False, False, False]
    assert {row.fee for row in history} == {"免费", "0元", "1元", "2元", "3元"}


def test_every_revision_of_a_code_becomes_a_version(committed: str) -> None:
    with shelves():
        pass
    failures = together(
        lambda number: actions.revise_code(
            list_key="channel", code="01", name=f"窗口{number}", actor=HOUSE
        )
    )
    with acting(HOUSE):
        [current] = [row for row in queries.codes_of("channel") if row.code == "01"]
    assert failures == []
    assert current.version == 5
