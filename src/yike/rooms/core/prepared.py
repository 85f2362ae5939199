"""Statements that every demand needs: parsed and planned once for each connection, not each time.

What is asked now and then is written with Django's query sets; this is for the few statements on
the way of every demand. They see and change what row security allows, like all others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

import psycopg
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models, transaction
from psycopg.types.json import Jsonb

_Made = Callable[[Any], Any]


def run(sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """This will run one statement with its values; returns its rows, none when it brings none."""
    with _cursor() as cursor:
        cursor.execute(sql.encode(), values)
        return cursor.fetchall() if cursor.description else []


def count(sql: str, values: Sequence[Any] = ()) -> int:
    """This will run one statement; returns how many rows it changed."""
    with _cursor() as cursor:
        cursor.execute(sql.encode(), values)
        return cursor.rowcount


def insert(*rows: models.Model) -> None:
    """This will write fresh rows, also of several tables, in their order and in one round trip."""
    with _cursor() as cursor, cursor.connection.pipeline():
        for row in rows:
            sql, columns = _shape(type(row))
            told = ((getattr(row, name), made) for name, made in columns)
            cursor.execute(sql, [made(value) if made else value for value, made in told])


@contextmanager
def _cursor() -> Iterator[psycopg.Cursor[tuple[Any, ...]]]:
    """A cursor that binds on the server; a fault spoils the transaction, as Django's own would."""
    connection.ensure_connection()
    with (
        transaction.mark_for_rollback_on_error(),
        connection.wrap_database_errors,
        psycopg.Cursor(connection.connection) as cursor,
    ):
        yield cursor


@cache
def _shape(model: type[models.Model]) -> tuple[bytes, tuple[tuple[str, _Made | None], ...]]:
    """The statement of a table, and each column's name with what makes its value plain."""
    fields = model._meta.concrete_fields
    names = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join(["%s"] * len(fields))
    sql = f'insert into "{model._meta.db_table}" ({names}) values ({places})'  # noqa: S608
    return sql.encode(), tuple((field.attname, _made(field)) for field in fields)


def _made(field: models.Field[Any, Any]) -> _Made | None:
    """Most values are plain already; an empty list is written without asking what it holds."""
    if isinstance(field, models.JSONField):
        return Jsonb
    return (lambda value: value or "{}") if isinstance(field, ArrayField) else None
