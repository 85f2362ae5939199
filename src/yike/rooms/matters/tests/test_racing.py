"""Many hands at once: a double click makes one matter, an order is signed once, moved once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from django.db import connection

from yike.rooms.core import clock
from yike.rooms.core.refusal import Refusal
from yike.rooms.guard.acting import acting
from yike.rooms.matters.models import AssignmentRecord, Matter, Step
from yike.rooms.matters.tests import makers
from yike.rooms.providers import actions as providers_actions

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


def test_the_house_waits_for_a_row_that_somebody_is_changing(town: makers.County) -> None:
    """A row that was waited for is asked again in full: then no name is read that is no number."""
    with clock.at(makers.MONDAY):
        reference = makers.opened().reference
    found: list[object] = []

    def wait() -> None:
        try:
            with acting(makers.SYSTEM):
                found.append(Matter.objects.select_for_update().get(reference=reference).title)
        except Exception as fault:
            found.append(fault)
        finally:
            connection.close()

    waiter = threading.Thread(target=wait)
    with acting(makers.SYSTEM):
        Matter.objects.filter(reference=reference).update(title="改过的标题")
        waiter.start()
        _until_somebody_waits()
    waiter.join()
    assert found == ["改过的标题"]


def _until_somebody_waits() -> None:
    with connection.cursor() as cursor:
        for _ in range(1000):
            cursor.execute("select count(*) from pg_locks where not granted")
            row = cursor.fetchone()
            if row and row[0]:
                return
            time.sleep(0.02)
    raise AssertionError("nobody waited for the row")


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


def test_two_dispatchers_never_take_the_last_place_of_one_person_together(
    town: makers.County,
) -> None:
    """Four decisions at once over two lawyers with room for one order each: two get one each."""
    with clock.at(makers.MONDAY):
        for name, who in (("孙律师", town.lawyer), ("周律师", town.other_lawyer)):
            with acting(makers.SYSTEM):
                ref = providers_actions.register_practitioner(
                    name=name, kind="01", institution_id=town.firm, capacity=1,
                    active_from=date(2025, 1, 1), actor=makers.SYSTEM,
                )  # fmt: skip
                providers_actions.link_account(
                    practitioner_id=ref, account_id=UUID(who.ref), actor=makers.SYSTEM
                )
        orders = [
            makers.opened(item_code="PLS-LS002", phone=f"1385740000{n}").reference
            for n in range(RACERS)
        ]
    done, refused = together(lambda n: makers.do("assign_best", orders[n], town.dispatcher))
    assert refused == []
    given = [one for one in done if one is not None]
    assert len(given) == len(set(given)) == 2
    with acting(makers.SYSTEM):
        assert AssignmentRecord.objects.filter(way="best").count() == 2
        assert AssignmentRecord.objects.exclude(way="best").count() == 2
        carried = Matter.objects.filter(holder_account__isnull=False)
        assert set(carried.values_list("holder_account", flat=True)) == set(given)
        assert carried.count() == 2


def test_of_two_who_name_the_same_person_for_the_last_place_one_is_refused(
    town: makers.County,
) -> None:
    with clock.at(makers.MONDAY), acting(makers.SYSTEM):
        ref = providers_actions.register_practitioner(
            name="孙律师", kind="01", institution_id=town.firm, capacity=1,
            active_from=date(2025, 1, 1), actor=makers.SYSTEM,
        )  # fmt: skip
        providers_actions.link_account(
            practitioner_id=ref, account_id=UUID(town.lawyer.ref), actor=makers.SYSTEM
        )
    with clock.at(makers.MONDAY):
        orders = [makers.opened(phone=f"1385740000{n}").reference for n in range(RACERS)]
    done, refused = together(
        lambda n: makers.do(
            "assign_to", orders[n], town.dispatcher, account_id=UUID(town.lawyer.ref),
            override_reason="请孙律师办理",
        )
    )  # fmt: skip
    assert (len(done), len(refused)) == (1, RACERS - 1)
    assert all("上限" in no.sentence for no in refused)
