"""A timetable laid into networks: read whole or not at all, refused when its days are over."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from yike.engines.travel import storage
from yike.engines.travel.errors import OutOfDateError
from yike.engines.travel.gtfs.feed import Feed, valid_dates
from yike.engines.travel.gtfs.reading import read_feed
from yike.engines.travel.layering import prepared
from yike.engines.travel.timetable.attached import with_timetable


def run(asked: dict[str, Any]) -> dict[str, Any]:
    """This will lay the feed at `path` into `networks` ([from, to]); those there already stay.

    `today`: a feed that ended before it is refused with its dates. Returns what was read, by
    name, and which crossings go by timetable now; raises TravelError.
    """
    feed, source = read_feed(Path(asked["path"])), Path(asked["path"]).name
    since, until = _valid(feed, date.fromisoformat(asked["today"]))
    crossings: dict[str, list[str]] = {"scheduled": [], "unscheduled": []}
    for before, after in asked["networks"]:
        if not Path(after).is_file():
            network = with_timetable(storage.load(Path(before)), feed, source)
            storage.save(prepared(network), Path(after))
            _tell(crossings, network.facts["timetable"])
    return {
        "valid": [since.isoformat(), until.isoformat()],
        "lines": list(feed.lines.names[:40]),
        "trips": len(feed.trips.ids),
        "stops": len(feed.stops.ids),
        "notes": list(feed.notes),
        **{name: sorted(set(ends)) for name, ends in crossings.items()},
    }


def _valid(feed: Feed, today: date) -> tuple[date, date]:
    valid = valid_dates(feed)
    if valid is None:
        raise OutOfDateError("时刻表的日历里没有任何一天开行。")
    if valid[1] < today:
        raise OutOfDateError(
            f"时刻表只管 {valid[0]} 到 {valid[1]}，今天 {today} 已经过期；请换用新的时刻表。"
        )
    return valid


def _tell(crossings: dict[str, list[str]], told: dict[str, Any]) -> None:
    for name, ends in crossings.items():
        ends += [" — ".join(end["stop"] or "（没有站名）" for end in one["ends"])
                 for one in told[name]]  # fmt: skip
