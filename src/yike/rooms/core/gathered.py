"""Rows of several tables by one question: a page that shows all that lies beside a thing asks once.

Each table is asked as always, through its own row security; only the way there is shared. Rows come
as plain model instances, in the order asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar, cast
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models

from yike.rooms.core import prepared

M = TypeVar("M", bound=models.Model)
_Read = Callable[[Any], Any]
#: each column's attribute and name, with what makes its value of what JSON says
_Shape = tuple[tuple[str, str, _Read | None], ...]


@dataclass(frozen=True)
class Part:
    """One table of a question: the columns that may hold the key, and the order of its rows."""

    model: type[models.Model]
    by: tuple[str, ...]
    order: tuple[str, ...]


class Gathered:
    """What was found, by table."""

    def __init__(self, rows: Mapping[type[models.Model], Sequence[models.Model]]) -> None:
        self._rows = rows

    def of(self, model: type[M]) -> list[M]:
        """This will return the rows of one of the tables that were asked for."""
        return cast(list[M], list(self._rows[model]))


def gather(parts: tuple[Part, ...], key: UUID) -> Gathered:
    """This will ask all these tables at once for what belongs to a key."""
    sql, places = _statement(parts)
    (found,) = prepared.run(sql, [key] * places)
    return Gathered(
        {part.model: _made(part.model, rows or ()) for part, rows in zip(parts, found, strict=True)}
    )


@cache
def _statement(parts: tuple[Part, ...]) -> tuple[str, int]:
    """The question, and how many times the key stands in it."""
    sql = "select " + ", ".join(_column(part) for part in parts)
    return sql, sql.count("%s")


def _column(part: Part) -> str:
    names = ", ".join(f'"{one.column}"' for one in part.model._meta.concrete_fields)
    where = " or ".join(f'"{name}" = %s' for name in part.by)
    order = ", ".join(f'"{name}"' for name in part.order)
    table = part.model._meta.db_table
    rows = f'select {names} from "{table}" where {where} order by {order}'  # noqa: S608
    return f"(select json_agg(found) from ({rows}) found)"  # noqa: S608


def _made(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> list[models.Model]:
    if not rows:
        return []
    shape = _shape(model)
    names = [name for name, _, _ in shape]
    return [model.from_db("default", names, _values(row, shape)) for row in rows]


def _values(row: Mapping[str, Any], shape: _Shape) -> list[Any]:
    return [read(row[column]) if read else row[column] for _, column, read in shape]


@cache
def _shape(model: type[models.Model]) -> _Shape:
    fields = model._meta.concrete_fields
    return tuple((one.attname, str(one.column), _reader(one)) for one in fields)


#: what JSON says as it is
_PLAIN = (
    models.CharField, models.TextField, models.IntegerField, models.BooleanField, models.JSONField,
)  # fmt: skip
_READERS: tuple[tuple[type[models.Field[Any, Any]], _Read], ...] = (
    (models.UUIDField, UUID), (models.DateTimeField, datetime.fromisoformat),
    (models.DateField, date.fromisoformat),
)  # fmt: skip


def _reader(field: models.Field[Any, Any]) -> _Read | None:
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    inner = field.base_field if isinstance(field, ArrayField) else field
    if isinstance(inner, _PLAIN):
        return None
    made = next((read for kind, read in _READERS if isinstance(inner, kind)), None)
    if made is None or inner is not field:
        raise TypeError(f"{field} is not read from JSON.")
    return lambda value: value if value is None else made(value)
