"""What is kept of reference data is found again only while the tables say the same."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from django.db import transaction

from yike.house.testing import Databases
from yike.rooms.core.actor import system
from yike.rooms.guard import editions
from yike.rooms.guard.acting import acting
from yike.rooms.regions.models import Region

HOUSE = system("test")
asked: list[str] = []


@editions.kept("regions")
def name_of(code: str) -> str:
    """A query that counts how often it really asks."""
    asked.append(code)
    return Region.objects.filter(code=code).values_list("name", flat=True).first() or ""


@pytest.fixture
def owner(committed: str, databases: Databases) -> Iterator[psycopg.Connection]:
    """Another process, whose changes commit at once."""
    asked.clear()
    with psycopg.connect(databases.dsn_of(committed), autocommit=True) as link:
        link.execute(
            "insert into regions_region"
            " (code, name, short_name, level, point_crs, point_source, source)"
            " values ('330000000000', '甲省', '甲', 'province', '', '', '')"
        )
        yield link


def named() -> str:
    """One transaction of its own that asks once."""
    with acting(HOUSE):
        return name_of("330000000000")


def test_asked_once_until_another_process_changes_it(owner: psycopg.Connection) -> None:
    assert [named(), named(), len(asked)] == ["甲省", "甲省", 1]
    owner.execute("update regions_region set name = '乙省'")
    assert [named(), named(), len(asked)] == ["乙省", "乙省", 2]


def test_own_changes_are_seen_at_once_and_leave_nothing_when_undone(
    owner: psycopg.Connection,
) -> None:
    assert named() == "甲省"
    with acting(HOUSE):
        Region.objects.update(name="丙省")
        assert name_of("330000000000") == "丙省"
        with acting(HOUSE):
            assert name_of("330000000000") == "丙省"
        transaction.set_rollback(True)
    assert named() == "甲省"


def test_an_undone_part_of_a_transaction_is_not_remembered(owner: psycopg.Connection) -> None:
    with acting(HOUSE):
        with transaction.atomic():
            Region.objects.update(name="丙省")
            assert name_of("330000000000") == "丙省"
            transaction.set_rollback(True)
        assert name_of("330000000000") == "甲省"
    assert named() == "甲省"


def test_outside_of_a_transaction_nothing_is_kept(owner: psycopg.Connection) -> None:
    assert named() == name_of("330000000000") == name_of("330000000000") == "甲省"
    assert len(asked) == 3


def test_the_application_cannot_set_a_mark(owner: psycopg.Connection) -> None:
    from django.db import connection

    with acting(HOUSE), connection.cursor() as cursor:
        cursor.execute("update guard_edition set mark = gen_random_uuid()")
        assert cursor.rowcount == 0
