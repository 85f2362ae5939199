"""One run as a line of a list."""

from __future__ import annotations

from yike.rooms.reach import flow
from yike.rooms.reach.models import Run
from yike.rooms.reach.queries.faces import RunRow, percent

#: what a line of a list reads of a run: neither its inputs nor its tables, which are large
SHOWN = (
    *("id", "name", "state", "fault", "ruler", "sums", "snapshot", "parent_id", "parent__name"),
    *("asked_at", "asked_by"),
)


def run_row(row: Run) -> RunRow:
    """This will return one run as a line of a list."""
    return RunRow(
        id=row.id,
        name=row.name,
        state=row.state,
        state_name=flow.RUN_STATES[row.state],
        fault=row.fault,
        ruler_name=flow.RULERS[row.ruler].split("：")[0],
        percent=percent(row.sums.get("covered", 0), row.sums.get("total")),
        uncovered=row.sums.get("uncovered", 0),
        snapshot=row.snapshot,
        parent_id=row.parent_id,
        parent_name=row.parent.name if row.parent else "",
        asked_at=row.asked_at,
        asked_by=row.asked_by,
    )
