"""Statements that every demand needs: parsed and planned once for each connection, not each time.

What is asked now and then is written with Django's query sets; this is for the few statements on
the way of every demand. They see and change what row security allows, like all others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import Any

import psycopg
from django.contrib.postgres.fields import ArrayField
from django.db import (
    DEFAULT_DB_ALIAS,
    OperationalError,
    connection,
    connections,
    models,
    transaction,
)
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.types.json import Jsonb

_Made = Callable[[Any], Any]
_Rows = list[tuple[Any, ...]]
_Cursor = psycopg.RawCursor[tuple[Any, ...]]

_IDLE, _ROWS = TransactionStatus.IDLE, ExecStatus.TUPLES_OK


@dataclass(slots=True)
class Answer:
    """The rows of a statement that was asked; inside `together` they may still be on their way."""

    _sql: bytes
    _values: Sequence[Any]
    _wanted: bool = True
    _rows: _Rows | None = None

    def rows(self) -> _Rows:
        """This will return the rows, none when the statement brings none."""
        if self._rows is None:
            _flush()
        return self._rows or []


#: Statements that wait for the next one that brings rows, inside `together`.
_waiting: ContextVar[list[Answer] | None] = ContextVar("yike_waiting", default=None)


def run(sql: str, values: Sequence[Any] = ()) -> _Rows:
    """This will run one statement with its values; returns its rows, none when it brings none."""
    asked = Answer(_numbered(sql), values)
    _run([asked])
    return asked.rows()


def ask(sql: str, values: Sequence[Any] = ()) -> Answer:
    """This will run one statement whose rows nobody needs yet, perhaps never."""
    asked = Answer(_numbered(sql), values)
    _send([asked])
    return asked


def tell(sql: str, values: Sequence[Any] = ()) -> None:
    """This will run one statement whose rows, if it brings any, nobody wants."""
    _send([Answer(_numbered(sql), values, _wanted=False)])


def insert(*rows: models.Model) -> None:
    """This will write fresh rows, also of several tables, in their order and in one round trip."""
    _send([_statement(row) for row in rows])


@contextmanager
def together() -> Iterator[None]:
    """This will let statements whose rows nobody needs yet travel with the next that is needed.

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


def _send(statements: list[Answer]) -> None:
    waiting = _waiting.get()
    if waiting is None:
        _run(statements)
    else:
        waiting.extend(statements)


def _flush() -> None:
    if _waiting.get():
        _run([])


def _run(statements: list[Answer]) -> None:
    """Runs what waits and these, in one round trip. A fault spoils the transaction, as Django's.

    The first question of a request is also the proof that the connection lives: on one that was
    cut while it lay idle nothing can have been done, and it is asked again on a fresh one.
    """
    waiting = _waiting.get()
    if waiting:
        statements = [*waiting, *statements]
        waiting.clear()
    django = connections[DEFAULT_DB_ALIAS]
    unsure = not django.health_check_done and django.health_check_enabled  # type: ignore[attr-defined]
    try:
        _bring(django, statements)
    except OperationalError:
        if not unsure or django.in_atomic_block or django.is_usable():
            raise
        django.close()
        _bring(django, statements)
    django.health_check_done = True  # type: ignore[attr-defined]


def _bring(django: BaseDatabaseWrapper, statements: list[Answer]) -> None:
    with transaction.mark_for_rollback_on_error(), django.wrap_database_errors:
        django.ensure_connection()
        link: psycopg.Connection[Any] = django.connection
        if len(statements) == 1 and (link.autocommit or not _is_idle(link)):
            _fill(statements[0], _execute(link, statements[0]))
            return
        deaf = psycopg.RawCursor(link)  # one is enough for all whose rows nobody wants
        with link.pipeline():  # the first of a transaction brings BEGIN along
            cursors = [_execute(link, each, None if each._wanted else deaf) for each in statements]
        for each, cursor in zip(statements, cursors, strict=True):
            if each._wanted:
                _fill(each, cursor)


def _execute(
    link: psycopg.Connection[Any], asked: Answer, cursor: _Cursor | None = None
) -> _Cursor:
    return (cursor or psycopg.RawCursor(link)).execute(asked._sql, asked._values)


def _fill(asked: Answer, cursor: _Cursor) -> None:
    found = cursor.pgresult
    asked._rows = cursor.fetchall() if found and found.status == _ROWS else []


def _is_idle(link: psycopg.Connection[Any]) -> bool:
    return link.pgconn.transaction_status == _IDLE


@cache
def _numbered(sql: str) -> bytes:
    """The statement with PostgreSQL's own places ($1, $2 …), so that nothing reads it again."""
    first, *rest = sql.split("%s")
    return (first + "".join(f"${place}{part}" for place, part in enumerate(rest, 1))).encode()


def _statement(row: models.Model) -> Answer:
    sql, columns = _shape(type(row))
    told = row.__dict__
    return Answer(sql, [made(told[name]) if made else told[name] for name, made in columns], False)


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
