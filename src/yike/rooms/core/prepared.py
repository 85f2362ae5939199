"""Statements that every demand needs: parsed and planned once for each connection, not each time.

What is asked now and then is written with Django's query sets; this is for the few statements on
the way of every demand. They see and change what row security allows, like all others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

import psycopg
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models, transaction
from psycopg.pq import TransactionStatus
from psycopg.types.json import Jsonb

_Made = Callable[[Any], Any]
_Statement = tuple[bytes, Sequence[Any]]

_IDLE = TransactionStatus.IDLE
#: Statements that wait for the next one that brings rows, inside `together`.
_waiting: ContextVar[list[_Statement] | None] = ContextVar("yike_waiting", default=None)


def run(sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """This will run one statement with its values; returns its rows, none when it brings none."""
    return _run([(_numbered(sql), values)])


def send(sql: str, values: Sequence[Any] = ()) -> None:
    """This will run one statement that brings no rows; inside `together` it may wait a little."""
    _send([(_numbered(sql), values)])


def insert(*rows: models.Model) -> None:
    """This will write fresh rows, also of several tables, in their order and in one round trip."""
    _send([_statement(row) for row in rows])


@contextmanager
def together() -> Iterator[None]:
    """This will let statements without rows travel with the next one that brings rows.

    All are run in their order, at the latest when the block ends; a fault of one is raised there
    and ends the transaction. Only inside a transaction, and where no fault is to be caught within.
    """
    if _waiting.get() is not None:
        yield
        return
    token = _waiting.set([])
    try:
        with connection.execute_wrapper(_after_waiting):
            yield
            _flush()
    finally:
        _waiting.reset(token)


def _after_waiting(execute: Callable[..., Any], *told: Any) -> Any:
    """Statements of query sets see what was sent before them."""
    _flush()
    return execute(*told)


def _send(statements: list[_Statement]) -> None:
    waiting = _waiting.get()
    if waiting is None:
        _run(statements)
    else:
        waiting.extend(statements)


def _flush() -> None:
    if _waiting.get():
        _run([])


def _run(statements: list[_Statement]) -> list[tuple[Any, ...]]:
    """Runs what waits and these, in one round trip; returns the rows of the last."""
    waiting = _waiting.get()
    if waiting:
        statements = [*waiting, *statements]
        waiting.clear()
    with _cursor() as cursor:
        link = cursor.connection
        if len(statements) > 1 or (not link.autocommit and _is_idle(link)):
            with link.pipeline():  # the first of a transaction brings BEGIN along
                for sql, values in statements:
                    cursor.execute(sql, values)
        else:
            cursor.execute(*statements[0])
        return cursor.fetchall() if cursor.description else []


@contextmanager
def _cursor() -> Iterator[psycopg.RawCursor[tuple[Any, ...]]]:
    """A cursor that binds on the server; a fault spoils the transaction, as Django's own would."""
    connection.ensure_connection()
    with (
        transaction.mark_for_rollback_on_error(),
        connection.wrap_database_errors,
        psycopg.RawCursor(connection.connection) as cursor,
    ):
        yield cursor


def _is_idle(link: psycopg.Connection[Any]) -> bool:
    return link.pgconn.transaction_status == _IDLE


@cache
def _numbered(sql: str) -> bytes:
    """The statement with PostgreSQL's own places ($1, $2 …), so that nothing reads it again."""
    first, *rest = sql.split("%s")
    return (first + "".join(f"${place}{part}" for place, part in enumerate(rest, 1))).encode()


def _statement(row: models.Model) -> _Statement:
    sql, columns = _shape(type(row))
    told = row.__dict__
    return sql, [made(told[name]) if made else told[name] for name, made in columns]


@cache
def _shape(model: type[models.Model]) -> tuple[bytes, tuple[tuple[str, _Made | None], ...]]:
    """The statement of a table, and each column's name with what makes its value plain."""
    fields = model._meta.concrete_fields
    names = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join(["%s"] * len(fields))
    sql = f'insert into "{model._meta.db_table}" ({names}) values ({places})'  # noqa: S608
    return _numbered(sql), tuple((field.attname, _made(field)) for field in fields)


def _made(field: models.Field[Any, Any]) -> _Made | None:
    """Most values are plain already; an empty list is written without asking what it holds."""
    if isinstance(field, models.JSONField):
        return Jsonb
    return (lambda value: value or "{}") if isinstance(field, ArrayField) else None
