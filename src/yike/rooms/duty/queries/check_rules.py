"""Reading the rules of check-in of a county, as of any day."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from uuid import UUID

from yike.rooms.duty.checkin import Policy
from yike.rooms.duty.models import CheckRule


@dataclass(frozen=True, kw_only=True)
class RuleRow:
    """One version of a county's rules; `id` is None for what the house ships."""

    id: UUID | None
    active_from: date | None
    policy: Policy


@dataclass(frozen=True)
class Book:
    """All versions of one county, newest first."""

    rows: tuple[RuleRow, ...]

    def on(self, day: date) -> Policy:
        """The rules that hold on a day; what the house ships before the first version."""
        return self.row_on(day).policy

    def row_on(self, day: date) -> RuleRow:
        """The version that holds on a day."""
        for row in self.rows:
            if row.active_from is not None and row.active_from <= day:
                return row
        return SHIPPED


SHIPPED = RuleRow(id=None, active_from=None, policy=Policy())


def check_rules(county: str) -> Book:
    """This will return every version of a county's rules, newest first; one question."""
    rows = CheckRule.objects.filter(county_code=county).order_by("-active_from")
    return Book(tuple(_row(row) for row in rows))


def watched_counties() -> tuple[str, ...]:
    """This will return the counties that ever said that arrivals are watched."""
    found = CheckRule.objects.filter(watched=True).values_list("county_code", flat=True)
    return tuple(sorted(set(found)))


def _row(row: CheckRule) -> RuleRow:
    told = {one.name: getattr(row, one.name) for one in fields(Policy)}
    return RuleRow(id=row.pk, active_from=row.active_from, policy=Policy(**told))
