"""stop_times.txt and frequencies.txt: when each trip calls where, and how often it is repeated."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from yike.engines.travel.arrays import Ints, Longs
from yike.engines.travel.errors import TimetableError
from yike.engines.travel.gtfs import cells
from yike.engines.travel.gtfs.feed import SECOND, Calls, Headways
from yike.engines.travel.gtfs.files import Files

_UNKNOWN = -1
_ON_CALL = {"2", "3"}
#: columns of the table of calls while it is read
_TRIP, _ORDER, _STOP, _ARRIVE, _DEPART, _BOARD, _LEAVE, _LINE = range(8)


def read_calls(
    files: Files, trips: Mapping[str, int], stops: Mapping[str, int]
) -> tuple[Calls, tuple[str, ...]]:
    """This will return the calls of all trips, and sentences about what was guessed or left out.

    Times left empty between two given ones are spread evenly over the stops between them.
    """
    table, notes = _table(files, trips, stops)
    if not len(table):
        raise TimetableError("stop_times.txt 里没有任何班次。")
    table = table[np.lexsort((table[:, _ORDER], table[:, _TRIP]))]
    _refuse_doubles(table, list(trips))
    if guessed := _fill_times(table):
        notes.append(f"有 {guessed} 个停靠没有时刻，按前后两站平均推算。")
    _refuse_backwards(table, list(trips))
    arrive, depart = _rising(table)
    counts = np.bincount(table[:, _TRIP], minlength=len(trips))
    calls = Calls(
        first=np.concatenate(([0], np.cumsum(counts))).astype(np.int32),
        stop=table[:, _STOP].astype(np.int32),
        arrive=arrive,
        depart=depart,
        may_board=table[:, _BOARD].astype(np.bool_),
        may_leave=table[:, _LEAVE].astype(np.bool_),
    )
    return calls, (*notes, *_unused(counts))


def read_headways(files: Files, trips: Mapping[str, int], calls: Calls) -> Headways:
    """This will return the periods of frequencies.txt, none when the feed has no such file."""
    columns = ("trip_id", "start_time", "end_time", "headway_secs")
    found: list[tuple[int, int, int, int, bool]] = []
    name = "frequencies.txt"
    for line, row in files.rows(name, columns, ("exact_times",)) if files.has(name) else ():
        where = (name, line)
        trip = _known(where, "班次", row[0], trips)
        start, end = (cells.clock(where, text) for text in row[1:3])
        if end <= start:
            raise TimetableError(f"{cells.at(where)}：结束时间 {row[2]} 不晚于开始时间 {row[1]}。")
        gap = cells.whole(where, row[3], "发车间隔 headway_secs ", least=1) * SECOND
        exact = cells.flag(where, row[4], "exact_times")
        if calls.first[trip] < calls.first[trip + 1]:
            found.append((trip, start, end, gap, exact))
    table = np.array(found, dtype=np.int64).reshape(-1, 5)
    trip_, start_, end_, gap_, exact_ = table.T.astype(np.int32)
    return Headways(trip=trip_, start=start_, end=end_, gap=gap_, exact=exact_.astype(np.bool_))


def _table(
    files: Files, trips: Mapping[str, int], stops: Mapping[str, int]
) -> tuple[Longs, list[str]]:
    name = "stop_times.txt"
    needed = ("trip_id", "stop_sequence", "stop_id", "arrival_time", "departure_time")
    wished = ("pickup_type", "drop_off_type", "location_id", "location_group_id")
    found, areas, on_call = [], 0, 0
    for line, row in files.rows(name, needed, wished):
        trip_id, order, stop_id, arrive, depart, board, leave, *area = row
        where = (name, line)
        trip = _known(where, "班次", trip_id, trips)
        if not stop_id and any(area):
            areas += 1
            continue
        on_call += board in _ON_CALL or leave in _ON_CALL
        found.append(
            (
                trip,
                cells.whole(where, order, "停靠顺序 stop_sequence "),
                _known(where, "站点", stop_id, stops),
                _time(where, arrive or depart),
                _time(where, depart or arrive),
                _kind(where, board) != "1",
                _kind(where, leave) != "1",
                line,
            )
        )
    notes = [f"有 {areas} 个停靠是预约区域而不是站点，没有采用。"] * bool(areas)
    notes += [f"有 {on_call} 个停靠要预约或招手，按照常停靠计算。"] * bool(on_call)
    return np.array(found, dtype=np.int64).reshape(-1, 8), notes


def _known(where: tuple[str, int], what: str, name: str, among: Mapping[str, int]) -> int:
    if name not in among:
        listed = {"班次": "trips.txt", "站点": "stops.txt"}[what]
        raise TimetableError(f"{cells.at(where)}：{what}“{name}”不在 {listed} 里。")
    return among[name]


def _kind(where: tuple[str, int], text: str) -> str:
    if text not in {"", "0", "1", "2", "3"}:
        raise TimetableError(f"{cells.at(where)}：上下客方式应是 0 到 3，不能是“{text}”。")
    return text


def _time(where: tuple[str, int], text: str) -> int:
    return cells.clock(where, text) if text else _UNKNOWN


def _refuse_doubles(table: Longs, names: list[str]) -> None:
    same = (np.diff(table[:, _TRIP]) == 0) & (np.diff(table[:, _ORDER]) == 0)
    for row in np.flatnonzero(same)[:1]:
        line, trip = table[row + 1, _LINE], names[table[row + 1, _TRIP]]
        raise TimetableError(f"stop_times.txt 第 {line} 行：班次“{trip}”的停靠顺序重复。")


def _fill_times(table: Longs) -> int:
    """Fills times between known ones in place. Refuses a trip whose first or last has none."""
    unknown = table[:, _ARRIVE] == _UNKNOWN
    change = np.diff(table[:, _TRIP]) != 0
    ends = np.concatenate(([True], change)) | np.concatenate((change, [True]))
    for row in np.flatnonzero(ends & unknown)[:1]:
        raise TimetableError(
            f"stop_times.txt 第 {table[row, _LINE]} 行：每个班次的首站和末站都要有时间。"
        )
    places, known = np.flatnonzero(unknown), np.flatnonzero(~unknown)
    before = known[np.searchsorted(known, places) - 1] if len(places) else places
    after = known[np.searchsorted(known, places)] if len(places) else places
    start, end = table[before, _DEPART], table[after, _ARRIVE]
    times = start + (end - start) * (places - before) // np.maximum(after - before, 1)
    table[places, _ARRIVE] = table[places, _DEPART] = times
    return len(places)


def _refuse_backwards(table: Longs, names: list[str]) -> None:
    stays = table[:, _DEPART] < table[:, _ARRIVE]
    same = np.concatenate(([False], np.diff(table[:, _TRIP]) == 0))
    rides = np.concatenate(([False], table[1:, _ARRIVE] < table[:-1, _DEPART])) & same
    for row in np.flatnonzero(stays | rides)[:1]:
        line, trip = table[row, _LINE], names[table[row, _TRIP]]
        raise TimetableError(f"stop_times.txt 第 {line} 行：班次“{trip}”的时间倒退了。")


def _rising(table: Longs) -> tuple[Ints, Ints]:
    """Arrivals and departures, each ride made at least a decisecond long: a running maximum over
    each trip of the times less the deciseconds needed so far."""
    events = table[:, [_ARRIVE, _DEPART]].reshape(-1)
    owed = np.repeat(np.arange(len(table)), 2)
    trip = np.repeat(table[:, _TRIP], 2) * (1 << 40)
    risen = np.maximum.accumulate(events - owed + trip) - trip + owed
    return risen[0::2].astype(np.int32), risen[1::2].astype(np.int32)


def _unused(counts: Longs) -> list[str]:
    none, single = int((counts == 0).sum()), int((counts == 1).sum())
    return [f"有 {none} 个班次没有任何停靠，没有采用。"] * bool(none) + [
        f"有 {single} 个班次只停靠一站，载不了人，没有采用。"
    ] * bool(single)
