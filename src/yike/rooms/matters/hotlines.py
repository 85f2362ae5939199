"""A county's own table of lines: the version in force, and those before it. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from yike.rooms.matters import lines, policies
from yike.rooms.matters.models import LineTable


@dataclass(frozen=True, kw_only=True)
class Lines:
    """One version of a county's table; version 0 is the one that is shipped."""

    county_code: str
    version: int = 0
    rules: tuple[lines.LineRule, ...] = ()
    reason: str = "出厂设置"
    set_at: datetime | None = None
    set_by_name: str = ""

    def rule(self, code: str) -> lines.LineRule | None:
        """This will return one rule; None when there is none of this code."""
        return next((one for one in self.rules if one.code == code), None)


def in_force(region_code: str) -> Lines:
    """This will return the table of the county a place lies in, as it holds now."""
    county = policies.county_of(region_code)
    row = LineTable.objects.filter(county_code=county).order_by("-version").first()
    return _face(row) if row else shipped(county)


def versions(region_code: str) -> tuple[Lines, ...]:
    """This will return every version of a county's table, newest first, the shipped one last."""
    county = policies.county_of(region_code)
    rows = LineTable.objects.filter(county_code=county).order_by("-version")
    return (*(_face(row) for row in rows), shipped(county))


def shipped(county_code: str) -> Lines:
    """This will return what holds where nobody set anything."""
    return Lines(county_code=county_code, rules=lines.rules())


def _face(row: LineTable) -> Lines:
    return Lines(
        county_code=row.county_code,
        version=row.version,
        rules=tuple(lines.of_plain(one) for one in row.rules),
        reason=row.reason,
        set_at=row.set_at,
        set_by_name=row.set_label,
    )
