"""Watches how often the database is asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from django.db import connection

from yike.rooms.core import prepared


@contextmanager
def trips() -> Iterator[list[int]]:
    """This will note, for each round trip of prepared statements, how many went along."""
    made: list[int] = []
    bring = prepared._bring

    def noting(django: object, statements: list[prepared.Answer]) -> None:
        made.append(len(statements))
        bring(django, statements)  # type: ignore[arg-type]

    with mock.patch.object(prepared, "_bring", noting):
        yield made


def limits_kept() -> list[str]:
    """This will return whom the test counted, asked by Django's own cursor."""
    with connection.cursor() as cursor:
        cursor.execute("select who from guard_limit where what = 'test.together' order by who")
        return [who for (who,) in cursor.fetchall()]
