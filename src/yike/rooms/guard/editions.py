"""Reference data kept by each process for exactly as long as it stays the same in the database.

Every change of a watched table gives its family a new mark that never comes back (rows.sql). Each
transaction learns the marks with the words that tell who acts; what was kept under another mark is
not found any more. A transaction that changes a family itself keeps nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar
from weakref import WeakSet

import psycopg

P = ParamSpec("P")
R = TypeVar("R")

#: An expression for the statement that begins a transaction: "family mark" in lines.
MARKS = (
    "(select string_agg(family || ' ' || mark, E'\\n') from guard_edition"
    " where xid is distinct from pg_current_xact_id_if_assigned())"
)
_MOVED = "yike edition "


class Moved(Exception):
    """What an actor was made of has changed: it is read again, and the deed begun anew."""


def mark_of(family: str) -> str:
    """This will return an expression for a family's mark, NULL in a transaction that changed it."""
    return (
        f"(select mark from guard_edition where family = '{family}'"  # noqa: S608 - our own names
        " and xid is distinct from pg_current_xact_id_if_assigned())"
    )


def holds(family: str, mark: str) -> bool:
    """This will say whether this transaction sees a family under this mark."""
    return (_marks.get() or {}).get(family) == mark


#: Answers kept of one query; the longest unasked goes first.
_MOST = 4096

_marks: ContextVar[dict[str, str] | None] = ContextVar("yike_editions", default=None)
_heard: WeakSet[psycopg.Connection[Any]] = WeakSet()


def learn(lines: str | None, link: psycopg.Connection[Any]) -> None:
    """This will note the marks as this transaction sees them, and listen for its own changes."""
    _marks.set(dict(line.split(" ") for line in (lines or "").splitlines()))
    if link not in _heard:
        link.add_notice_handler(_hear)
        _heard.add(link)


def forget() -> None:
    """This will end what a transaction knew: outside of one nothing is kept."""
    _marks.set(None)


def kept(*families: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """This will let a query of open reference data be asked once for each edition of its families.

    Its arguments must be hashable and its answer must not be changed by whoever gets it. Never for
    rows that row security shows to some only: what is kept is the same for everybody.
    """

    def wrap(query: Callable[P, R]) -> Callable[P, R]:
        @lru_cache(maxsize=_MOST)
        def keep(edition: tuple[str, ...], *args: Any, **named: Any) -> R:
            del edition
            return query(*args, **named)

        @wraps(query)
        def answer(*args: P.args, **named: P.kwargs) -> R:
            marks = _marks.get() or {}
            edition = tuple(marks.get(family, "") for family in families)
            if not all(edition):
                return query(*args, **named)
            return keep(edition, *args, **named)  # type: ignore[arg-type]

        return answer

    return wrap


def _hear(told: psycopg.errors.Diagnostic) -> None:
    words, marks = told.message_primary or "", _marks.get()
    if marks is not None and words.startswith(_MOVED):
        marks.pop(words.removeprefix(_MOVED), None)
