"""Many hands at once on real commits: as many bookings as places, none lost, none twice."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from yike.rooms.booking import actions
from yike.rooms.booking.faces import Receipt
from yike.rooms.booking.models import Booking, Slot
from yike.rooms.booking.tests import makers
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import Clash, Refusal
from yike.rooms.guard.acting import acting
from yike.rooms.regions import codes

pytestmark = pytest.mark.commits
RACERS = 12


@pytest.fixture
def desk(committed: str) -> makers.Desk:
    """The notary's office in a database of its own, where transactions really commit."""
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


def _taken(slot: Slot) -> int:
    with acting(makers.SYSTEM):
        return Booking.objects.filter(slot=slot, state__in=("held", "confirmed")).count()


def test_two_places_twelve_people(desk: makers.Desk) -> None:
    slot = makers.slots()[0]
    done, refused = together(lambda n: makers.booked(slot.pk, f"138574050{n:02d}"))
    assert (len(done), len(refused), _taken(slot)) == (2, RACERS - 2, 2)
    assert all(isinstance(no, Clash) for no in refused)


def test_all_move_to_the_same_time_and_nobody_loses_theirs(desk: makers.Desk) -> None:
    slots = [*makers.slots(), *makers.slots(makers.TUESDAY.replace(day=19))]
    with clock.at(makers.MONDAY):
        references = [
            makers.booked(slots[n // 2].pk, f"138574060{n:02d}").reference for n in range(RACERS)
        ]

    def move(number: int) -> object:
        who = makers.citizen(references[number], f"138574060{number:02d}")
        return makers.do("move", who, reference=references[number], slot_id=slots[-1].pk)

    done, refused = together(move)
    assert (len(done), len(refused), _taken(slots[-1])) == (2, RACERS - 2, 2)
    assert sum(_taken(slot) for slot in slots) == RACERS


def test_a_double_click_confirms_once(desk: makers.Desk) -> None:
    slot = makers.slots()[0]
    with clock.at(makers.MONDAY):
        held = makers.hold(slot.pk)
    who = makers.holder(held)
    done, refused = together(
        lambda _: makers.do("confirm", who, reference=held.reference, told=makers.told())
    )
    assert (len(done), refused, _taken(slot)) == (RACERS, [], 1)
    with acting(makers.SYSTEM):
        assert Booking.objects.count() == 1


def test_one_request_of_a_platform_sent_by_twelve_lines_books_once(desk: makers.Desk) -> None:
    """The line broke and the platform sent it again before the first was through."""
    slot = makers.slots()[0]
    since, until = codes.span(makers.COUNTY)
    platform = Actor(
        kind="peer", ref="00000000-0000-7000-8000-00000000beef", label="平台", level=1, door="wire",
        roles=frozenset({actions.PEER_SCOPE}), region_from=since, region_until=until,
    )  # fmt: skip

    def book(_: int) -> Receipt:
        with acting(platform):
            return actions.book(
                slot_id=slot.pk, told=makers.told(), once="YY-20261116-1", actor=platform
            )

    done, refused = together(book)
    assert refused == []
    receipts = [one for one in done if isinstance(one, Receipt)]
    assert len({one.reference for one in receipts}) == 1
    assert sorted(one.repeated for one in receipts) == [False] + [True] * (RACERS - 1)
    assert _taken(slot) == 1
