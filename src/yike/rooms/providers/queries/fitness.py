"""Who may serve on a day, and else why not: asked by rosters, assignment and booking."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from yike.rooms.providers.models import Practitioner
from yike.rooms.providers.queries import licences


def fit_to_serve(practitioner_ids: Iterable[UUID], *, on: date) -> dict[UUID, tuple[str, ...]]:
    """This will say for each whether they may serve on a day: () when they may, else why not.

    Two questions to the database, however many are asked about. A licence that ends on a day is no
    longer valid on that day; nobody's licence is asked for before one was registered.
    """
    asked = list(dict.fromkeys(practitioner_ids))
    rows = Practitioner.objects.filter(pk__in=asked).select_related("institution")
    found = {row.pk: row for row in rows}
    terms = licences.terms_of([*found, *(row.institution_id for row in found.values())])
    return {one: _faults(found.get(one), terms, on) for one in asked}


def _faults(
    row: Practitioner | None, terms: dict[UUID, list[licences.Term]], on: date
) -> tuple[str, ...]:
    if row is None:
        return ("名录里没有这个人员",)
    own = terms.get(row.pk, [])
    house = terms.get(row.institution_id, [])
    return (
        *_present(row, on),
        *licences.faults(own, on),
        *licences.faults(house, on, prefix="所在机构的"),
        *_own(row, on),
    )


def _present(row: Practitioner, on: date) -> list[str]:
    said = []
    if on < row.active_from:
        said.append(f"自 {row.active_from:%Y-%m-%d} 起才任职")
    if row.active_until is not None and row.active_until <= on:
        said.append(f"已于 {row.active_until:%Y-%m-%d} 离任")
    house = row.institution
    if house.active_until is not None and house.active_until <= on:
        said.append(f"所在机构已于 {house.active_until:%Y-%m-%d} 停用")
    return said


def _own(row: Practitioner, on: date) -> list[str]:
    said = []
    since, until = row.suspended_from, row.suspended_until
    if since is not None and since <= on and (until is None or on < until):
        end = f"，{until:%Y-%m-%d} 恢复" if until else ""
        said.append(f"自 {since:%Y-%m-%d} 起暂停服务{end}")
    if row.undertaking_needed and (row.undertaking_on is None or on < row.undertaking_on):
        said.append("还没有签署服务承诺书")
    return said
