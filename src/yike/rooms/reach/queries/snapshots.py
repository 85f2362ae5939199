"""The latest snapshot village by village, as other platforms read it."""

from __future__ import annotations

from dataclasses import dataclass

from yike.rooms.reach import flow, telling
from yike.rooms.reach.models import Run
from yike.rooms.reach.queries.run_page import places_of


@dataclass(frozen=True, kw_only=True)
class SnapshotRow:
    """One village of a snapshot; `share` in percent, None where nobody's number is known."""

    code: str
    name: str
    snapshot: str
    minutes: int
    median: float | None
    share: float | None
    people: int | None
    within: int
    beyond: int
    licence: str


def snapshot_villages(county: str) -> tuple[SnapshotRow, ...]:
    """This will return the villages of the county's latest snapshot by code; () without one.

    Row security decides who sees snapshots: staff, and platforms whose key reads layers.
    """
    rows = Run.objects.filter(county_code=county, state=flow.DONE, parent=None)
    found = rows.exclude(snapshot="").defer("minutes").order_by("-asked_at").first()
    if found is None:
        return ()
    target = found.inputs["target"]
    at = found.tables["minutes"].index(target)
    licence = "；".join(telling.licences(found.inputs))
    return tuple(
        SnapshotRow(
            code=one.code, name=one.name, snapshot=found.snapshot, minutes=target,
            median=one.median, share=one.percents[at], people=one.total, within=one.covered,
            beyond=one.uncovered, licence=licence,
        )
        for one in sorted(places_of(found.tables, {}, "village", "all"), key=lambda row: row.code)
    )  # fmt: skip
