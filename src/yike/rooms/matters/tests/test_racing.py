"""Many hands at once: a double click makes one matter, an order is signed once, moved once."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from yike.rooms.core import clock
from yike.rooms.core.refusal import Refusal
from yike.rooms.guard.acting import acting
from yike.rooms.matters.models import Matter, Step
from yike.rooms.matters.tests import makers

pytestmark = pytest.mark.commits
RACERS = 4


@pytest.fixture
def town(committed: str) -> makers.County:
    """A county in a database of its own, where transactions really commit."""
    return makers.furnish()


def together(deed: Callable[[int], object]) -> tuple[list[object], list[Refusal]]:
    """Do the deed in several threads at once; returns what came back and who was refused."""
    done: list[object] = []
    refused: list[Refusal] = []
    ready = threading.Barrier(RACERS)

    def run(number: int) -> None:
        try:
            ready.wait()
            with clock.at(makers.MONDAY):
                done.append(deed(number))
        except Refusal as no:
            refused.append(no)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(RACERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done, refused


def test_resends_at_once_make_one_matter(town: makers.County) -> None:
    receipts, refused = together(lambda _: makers.opened(key="double-click-000001"))
    assert refused == []
    assert len(receipts) == RACERS
    assert len({receipt.reference for receipt in receipts}) == 1  # type: ignore[attr-defined]
    with acting(makers.SYSTEM):
        assert Matter.objects.count() == 1
        assert Step.objects.count() == 1


def test_only_one_signs_and_the_others_hear_who_was_faster(town: makers.County) -> None:
    with clock.at(makers.MONDAY):
        reference = makers.opened().reference
    done, refused = together(lambda n: makers.do("sign", reference, (town.wang, town.li)[n % 2]))
    assert len(done) == 1
    assert len(refused) == RACERS - 1
    assert all("石浦司法所签收" in no.sentence for no in refused)


def test_handed_on_once_however_many_try(town: makers.County) -> None:
    with clock.at(makers.MONDAY):
        reference = makers.opened().reference
    seen = "1"
    done, refused = together(
        lambda n: makers.do(
            "transfer", reference, town.wang, seen=seen, reason="请接手",
            to_org=(town.pool, town.hepu_office)[n % 2],
        )
    )  # fmt: skip
    assert (len(done), len(refused)) == (1, RACERS - 1)
    with acting(makers.SYSTEM):
        assert Step.objects.filter(ended_at=None).count() == 1
        assert Step.objects.count() == 2
