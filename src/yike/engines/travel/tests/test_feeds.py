"""Feeds read and asked for one day, and every way in which a feed can be wrong."""

from __future__ import annotations

import os
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from yike.engines.travel.arrays import Mode
from yike.engines.travel.errors import OutOfDateError, TimetableError
from yike.engines.travel.gtfs.day import NEVER, NIGHT_END, connections_on, day_clock, day_instant
from yike.engines.travel.gtfs.departures import next_departures, quay
from yike.engines.travel.gtfs.feed import Feed
from yike.engines.travel.gtfs.reading import read_feed
from yike.engines.travel.gtfs.stored import from_arrays, to_arrays
from yike.engines.travel.tests.feeds import WEEK, write_feed

STOPS = {"A": (121.90, 29.20), "B": (121.95, 29.21), "C": (122.00, 29.22)}
CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "feeds.yaml").read_text(encoding="utf-8")
)


def _at(text: str) -> datetime:
    """An instant without a zone: the feed's own."""
    return datetime.fromisoformat(text)


def _clock(deciseconds: int) -> str:
    seconds, rest = divmod(int(deciseconds), 10)
    text = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return f"{text}.{rest}" if rest else text


def _calendar(told: dict[str, list[int]]) -> str:
    rows = [
        ",".join([name, *f"{days:07d}", str(since), str(until)])
        for name, (days, since, until) in told.items()
    ]
    return "\n".join([f"service_id,{WEEK},start_date,end_date", *rows])


def _case_feed(case: dict[str, Any], folder: Path) -> Feed:
    more: dict[str, Any] = {}
    if "calendar" in case:
        more["calendar"] = _calendar(case["calendar"])
    if "dates" in case:
        lines = [line.replace(" ", ",") for line in case["dates"]]
        more["calendar_dates"] = "\n".join(["service_id,date,exception_type", *lines])
    path = write_feed(folder, STOPS, case["trips"], headways=case.get("headways", ""), **more)
    return read_feed(path)


@pytest.mark.parametrize("case", CASES, ids=[one["case"] for one in CASES])
def test_a_day_has_these_rides(case: dict[str, Any], tmp_path: Path) -> None:
    feed = _case_feed(case, tmp_path)
    rides = connections_on(feed, case["day"], night=0 if "night" in case else NIGHT_END)
    names = feed.stops.ids
    order = np.argsort(rides.depart, kind="stable")
    assert [
        f"{names[rides.start[n]]} {_clock(rides.depart[n])} "
        f"{names[rides.end[n]]} {_clock(rides.arrive[n])}"
        for n in order
    ] == case["rides"]


def test_a_headway_may_be_waited_for_half_or_whole(tmp_path: Path) -> None:
    path = write_feed(
        tmp_path, STOPS, {"t": "A 00:00, B 00:10"}, headways="t,08:00:00,09:00:00,1200,0"
    )
    feed = read_feed(path)
    for policy, wait in (("expected", 6000), ("worst", 12_000)):
        rides = connections_on(feed, date(2026, 5, 6), headways=policy)  # type: ignore[arg-type]
        assert np.diff(rides.depart).max() <= 600
        assert (rides.depart - rides.board_by == wait).all()


def test_who_is_taken_along(tmp_path: Path) -> None:
    trips = ("t1,boat,all,2,", "t2,boat,all,,2", "t3,bus,all,,", "t4,bus,all,1,1")
    path = write_feed(
        tmp_path, STOPS, {f"t{n}": f"A 0{n}:00, B 0{n}:20" for n in range(1, 5)},
        routes="route_id,route_type\nboat,1000\nbus,3\n",
        trips="\n".join(["trip_id,route_id,service_id,bikes_allowed,cars_allowed", *trips]),
    )  # fmt: skip
    feed = read_feed(path)
    modes: tuple[Mode, ...] = ("walk", "cycle", "car")
    taken = [connections_on(feed, date(2026, 5, 6), mode=mode, night=0) for mode in modes]
    assert [one.trip.tolist() for one in taken] == [[0, 1, 2, 3], [1, 3], [0, 3]]


def test_where_nobody_boards_or_leaves(tmp_path: Path) -> None:
    path = write_feed(
        tmp_path, STOPS, {"t": "A 08:00, B 08:20?, C 08:40", "u": "A 09:00!, B 09:10"}
    )
    rides = connections_on(read_feed(path), date(2026, 5, 6))
    assert rides.may_leave.tolist() == [False, True, True]
    assert (rides.board_by == NEVER).tolist() == [False, False, True]


def test_a_feed_survives_its_arrays_and_comes_from_a_zip_with_a_folder(tmp_path: Path) -> None:
    path = write_feed(tmp_path / "feed", STOPS, {"t": "A 08:00, B 08:20"})
    packed = tmp_path / "feed.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for file in path.iterdir():
            archive.write(file, f"ferries-master/{file.name}")
    feed, again = read_feed(path), read_feed(packed)
    kept = from_arrays(to_arrays(feed))
    for other in (again, kept):
        assert (other.services, other.lines.names) == (feed.services, feed.lines.names)
        assert (other.zone, other.notes) == (feed.zone, feed.notes)
        assert other.stops.ids == feed.stops.ids
        assert np.array_equal(other.calls.depart, feed.calls.depart)
        assert np.array_equal(other.stops.lon, feed.stops.lon)


BROKEN: list[tuple[dict[str, str], str]] = [
    ({"stop_times": ""}, "没有文件 stop_times.txt"),
    ({"calendar": ""}, "既没有 calendar.txt 也没有 calendar_dates.txt"),
    ({"routes": "route_id\n1\n"}, "routes.txt 缺少列 route_type"),
    ({"agency": "agency_timezone\nAsia/Xiangshan\n"}, "第 2 行：没有时区“Asia/Xiangshan”"),
    ({"stops": "stop_id,stop_lon,stop_lat\nA,121.9,29.2\nB,,\n"}, "第 3 行：站点“B”没有坐标"),
    ({"stops": "stop_id,stop_lon,stop_lat\nA,29.2,121.9\n"}, "第 2 行：.*请交换两列"),
    ({"stops": "stop_id,stop_lon,stop_lat\nA,181,29.2\n"}, "stops.txt 第 2 行：.*不在地球"),
    ({"stops": "stop_id,stop_lon,stop_lat\nA,1,2\nA,1,2\n"}, "stops.txt 第 3 行：.*重复"),
    ({"trips": "route_id,service_id,trip_id\nx,all,t\n"}, "trips.txt 第 2 行：线路“x”不在"),
    ({"trips": "route_id,service_id,trip_id\nr,x,t\n"}, "trips.txt 第 2 行：服务日历“x”不在"),
    ({"trips": "route_id,service_id,trip_id\nr,all,t\nr,all,t\n"}, "trips.txt 第 3 行：.*重复"),
    ({"frequencies": "trip_id,start_time,end_time,headway_secs\nt,8:00:00,9:00:00,0\n"}, "小于 1"),
    ({"frequencies": "trip_id,start_time,end_time,headway_secs\nt,9:00:00,8:00:00,5\n"}, "不晚于"),
    ({"frequencies": "trip_id,start_time,end_time,headway_secs\nx,8:00:00,9:00:00,5\n"}, "“x”不在"),
    ({"calendar_dates": "service_id,date,exception_type\nall,20261301,1\n"}, "日期“20261301”不像"),
    ({"calendar_dates": "service_id,date,exception_type\nall,20261201,3\n"}, "应是 1 或 2"),
    ({"calendar": f"service_id,{WEEK},start_date,end_date\nall,1,1,1,1,1,1,2,20260101,20261231\n"},
     "calendar.txt 第 2 行：sunday"),
    ({"calendar": f"service_id,{WEEK},start_date,end_date\nall,1,1,1,1,1,1,1,20270101,20261231\n"},
     "早于开始日期"),
]  # fmt: skip
CALLS: list[tuple[str, str]] = [
    ("t,1,A,08:00:00,08:00:00\nt,2,B,8.20,8.20", "第 3 行：时间“8.20”不像"),
    ("t,1,A,08:00:00,08:00:00\nt,2,X,08:20:00,08:20:00", "第 3 行：站点“X”不在 stops.txt"),
    ("t,1,A,08:00:00,08:00:00\nx,2,B,08:20:00,08:20:00", "第 3 行：班次“x”不在 trips.txt"),
    ("t,1,A,08:00:00,08:00:00\nt,2,B,07:20:00,07:20:00", "第 3 行：班次“t”的时间倒退了"),
    ("t,1,A,08:00:00,08:00:00\nt,1,B,08:20:00,08:20:00", "第 3 行：班次“t”的停靠顺序重复"),
    ("t,1,A,08:00:00,08:00:00\nt,2,B,,", "第 3 行：每个班次的首站和末站都要有时间"),
    ("t,1,A,08:00:00,08:00:00\nt,-2,B,08:20:00,08:20:00", "第 3 行：停靠顺序"),
    ("t,1,A,08:00:00,08:00:00,1", "第 2 行有 6 格，表头只有 5 列"),
    ("", "没有任何班次"),
]


@pytest.mark.parametrize(("files", "sentence"), BROKEN)
def test_a_broken_feed_is_refused_with_file_and_line(
    files: dict[str, str], sentence: str, tmp_path: Path
) -> None:
    path = write_feed(tmp_path, STOPS, {"t": "A 08:00, B 08:20"}, **files)  # type: ignore[arg-type]
    with pytest.raises(TimetableError, match=sentence):
        read_feed(path)


@pytest.mark.parametrize(("calls", "sentence"), CALLS)
def test_broken_calls_are_refused_with_their_line(
    calls: str, sentence: str, tmp_path: Path
) -> None:
    head = "trip_id,stop_sequence,stop_id,arrival_time,departure_time\n"
    path = write_feed(tmp_path, STOPS, {"t": "A 08:00, B 08:20"}, stop_times=head + calls)
    with pytest.raises(TimetableError, match=sentence):
        read_feed(path)


def test_what_is_no_feed_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "notes.zip"
    other.write_bytes(b"PK\x03\x04 cut off")
    for path, sentence in (
        (tmp_path / "none", "找不到"),
        (other, "既不是文件夹，也不是完好的"),
        (tmp_path, "不是 GTFS 时刻表"),
    ):
        with pytest.raises(TimetableError, match=sentence):
            read_feed(path)
    feed = write_feed(tmp_path / "feed", STOPS, {"t": "A 08:00, B 08:20"})
    (feed / "routes.txt").write_bytes(
        "route_id,route_type,route_long_name\nr,4,石浦线\n".encode("gb18030")
    )
    with pytest.raises(TimetableError, match=r"routes.txt 第 2 行不是 UTF-8"):
        read_feed(feed)


def test_what_was_left_aside_is_said(tmp_path: Path) -> None:
    path = write_feed(
        tmp_path, STOPS, {"t": "A 08:00, B 08:20", "u": "", "v": "A 08:00"},
        transfers="from_stop_id,to_stop_id,transfer_type\nA,B,0\n",
    )  # fmt: skip
    told = "".join(read_feed(path).notes)
    assert "1 条换乘规定" in told
    assert "1 个班次没有任何停靠" in told
    assert "1 个班次只停靠一站" in told


def test_a_feed_out_of_date_names_its_own_dates(tmp_path: Path) -> None:
    feed = read_feed(write_feed(tmp_path, STOPS, {"t": "A 08:00, B 08:20"}))
    with pytest.raises(OutOfDateError, match="2026-01-01 到 2026-12-31，不含 2027-01-01"):
        connections_on(feed, date(2027, 1, 1))


def test_the_clock_of_a_day_on_which_the_clocks_change(tmp_path: Path) -> None:
    path = write_feed(
        tmp_path, STOPS, {"t": "A 08:00, B 08:20"},
        agency="agency_timezone\nEurope/Amsterdam\n",
    )  # fmt: skip
    feed, eve = read_feed(path), date(2026, 3, 29)
    assert day_clock(feed, _at("2026-03-29T08:00")) == (eve, 8 * 36_000)
    assert day_instant(feed, eve, 8 * 36_000).isoformat() == "2026-03-29T08:00:00+02:00"
    # one o'clock comes ten hours before noon, though the clock says eleven
    assert day_clock(feed, _at("2026-03-29T01:00")) == (eve, 2 * 36_000)


def test_next_departures_go_on_to_the_next_days(tmp_path: Path) -> None:
    stops = {"S": (121.9, 29.2), "A1": (121.9, 29.2), "B": (121.95, 29.21)}
    listed = [f"{name},{x},{y},{'S' if name == 'A1' else ''}" for name, (x, y) in stops.items()]
    path = write_feed(
        tmp_path, stops, {"t": "A1 08:00, B 08:20", "n": "A1 23:50, B 24:20"},
        stops="\n".join(["stop_id,stop_lon,stop_lat,parent_station", *listed]),
    )  # fmt: skip
    feed = read_feed(path)
    assert quay(feed, 0) == quay(feed, 1) == (0, 1)
    found = next_departures(feed, quay(feed, 0), _at("2026-05-06T08:01"), 3)
    assert [one.leaves_at.strftime("%d %H:%M") for one in found] == [
        "06 23:50",
        "07 08:00",
        "07 23:50",
    ]
    assert (found[0].line, found[0].towards, found[0].about) == ("1 石浦线", "B", False)
    assert found[0].arrives_at.isoformat() == "2026-05-07T00:20:00+08:00"
    assert len(next_departures(feed, [1], _at("2026-12-31T20:00"), 5)) == 1
    assert next_departures(feed, [2], _at("2026-05-06T08:00"), 5) == ()


def test_a_real_feed_of_336_ferries() -> None:
    folder = Path(os.environ.get("YIKE_SHARED_DATA", "/nowhere")) / "networks/dutch_ferries_gtfs"
    if not folder.exists():
        pytest.skip("YIKE_SHARED_DATA has no Dutch ferries")
    feed = read_feed(folder)
    assert (len(feed.lines.names), len(feed.trips.ids)) == (336, 551)
    rides = connections_on(feed, date(2019, 5, 6))
    assert (rides.arrive > rides.depart).all()
    with pytest.raises(OutOfDateError, match="2018-01-01 到 2020-12-31"):
        connections_on(feed, date(2026, 5, 6))
