"""The options on timetables and moments, told apart from what reckons them: see `moment`.

What reads timetables is loaded only where one is asked for: a first answer waits for less.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

from yike.engines.travel.network import Network

#: As `doors.DoorPolicy` and `gtfs.day.HeadwayPolicy`.
DOORS = ("arrive_open", "may_wait")
HEADWAYS = ("as_timed", "expected", "worst")


def add_gtfs(parser: argparse.ArgumentParser) -> None:
    """This will add the options on the timetable to lay into a network that is made."""
    parser.add_argument("--gtfs", type=Path, help="a timetable: GTFS as a folder or a .zip")
    parser.add_argument(
        "--date", type=date.fromisoformat, help="refuse the feed if it is not valid"
    )
    parser.add_argument(
        "--quay-distance", type=float, help="metres from a crossing's end to its stop"
    )


def scheduled(network: Network, asked: argparse.Namespace) -> Network:
    """This will lay the feed asked for, if any, into the network."""
    if getattr(asked, "gtfs", None) is None:
        return network
    from yike.house.planner import moment

    return moment.scheduled(network, asked)


def add_at(parser: argparse.ArgumentParser) -> None:
    """This will add the options of `reach nearest` on the moment of setting out."""
    say: Any = parser.add_argument
    say("--at", type=_instant, help="set out at this moment: 2026-05-06T09:00")
    say("--doors", choices=DOORS, default="arrive_open",
        help="come while it is open, or wait at the door until it opens")  # fmt: skip
    say("--before-closing", type=_minutes, default=0, help="minutes that must be left")
    say("--holidays", type=Path, help="a table date,kind,name: 休 (or 1) free, 班 (or 0) worked")
    say("--headways", choices=HEADWAYS, default="as_timed",
        help="what about-every-so-often means")  # fmt: skip
    say("--change", type=_minutes, default=0, help="minutes that changing takes at least")


def remind(network: Network, *, timed: bool = True) -> None:
    """This will tell on stderr that, without a moment, the timetable of a network is not used.

    timed: whether the word that asks knows of moments at all.
    """
    if network.timetable:
        why = "没有用 --at 说明出发时刻，" if timed else "只有 reach nearest --at 计算它，"
        print(f"路网里有时刻表；{why}这次不计班船和班车。", file=sys.stderr)


def _instant(text: str) -> datetime:
    """A day alone is no moment: midnight, when all doors are closed, would be a guess."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or ":" not in text or not 1900 < at.year < 2200:
        raise argparse.ArgumentTypeError(f"“{text}”应为日期和时刻，如 2026-05-06T09:00")
    return at


def _minutes(text: str) -> int:
    if not text.isdecimal() or int(text) > 1440:
        raise argparse.ArgumentTypeError(f"“{text}”应为 0 到 1440 的整数")
    return int(text)
