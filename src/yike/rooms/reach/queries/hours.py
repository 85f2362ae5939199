"""A run's county over one day: share of people within the minutes by hour, asked at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed, NotFound
from yike.rooms.places import queries as places_queries
from yike.rooms.reach import assembling, dated, daytime, flow, store, telling, warm
from yike.rooms.reach.daytime import Loss
from yike.rooms.reach.models import Run
from yike.rooms.reach.queries.faces import RunRow, percent
from yike.rooms.reach.queries.rows import run_row


@dataclass(frozen=True, kw_only=True)
class HourRow:
    """One hour: people within the minutes and not, of these those who reach nobody.

    `opened`: stations open at some time of the minutes after it.
    """

    hour: int
    covered: int
    uncovered: int
    unreachable: int
    opened: int
    percent: float | None


@dataclass(frozen=True, kw_only=True)
class DayPage:
    """A day of a run. `why`: why nothing could be reckoned; `rows` is empty then.

    `worst`: the worst hour of those with a station open, None where none opens all day.
    """

    row: RunRow
    on: date
    target: int
    total: int
    rows: tuple[HourRow, ...]
    worst: HourRow | None
    losses: tuple[Loss, ...]
    notes: tuple[str, ...]
    licences: tuple[str, ...]
    why: str

    @property
    def even(self) -> bool:
        """Whether the hours with a station open are all alike."""
        return len({one.covered for one in self.rows if one.opened}) == 1

    @property
    def shut(self) -> int:
        """The hours at which no station is open."""
        return sum(not one.opened for one in self.rows)


def day(actor: Actor, run_id: UUID, on: date) -> DayPage:
    """This will reckon a day of a run hour by hour, with doors and timetable of that day.

    Refuses NotFound, NotAllowed while the run is not done. Without a reckoner, `why` says so.
    """
    found = Run.objects.select_related("people", "parent").defer(
        *("minutes", "tables", "parent__minutes", "parent__inputs", "parent__tables")
    )
    row = found.filter(pk=run_id).first()
    if row is None:
        raise NotFound("没有这项服务圈数据")
    if row.state != flow.DONE:
        raise NotAllowed("这次测算还没有结果。", way_on="请等它算完，或者重新做一次测算。")
    asked, kept, notes = _on_day(row, on)
    blank = _blank(row, on, notes, telling.licences(kept))
    try:
        told = warm.ask("hours", inputs=asked)
    except warm.NotRunning as no:
        return replace(blank, why=str(no))
    return _filled(blank, told, asked["stations"])


def _on_day(row: Run, on: date) -> tuple[dict[str, Any], dict[str, Any], list[str]]:
    """What is asked, the run's inputs with the timetable of the day, and what is to be said."""
    midnight = datetime.combine(on, time(), tzinfo=clock.CIVIL)
    stations, said = _stations(row, on)
    feed = dated.of_moment(row.county_code, midnight)
    whole = {**row.inputs, "timetable": feed, "since": 0, "instant": midnight.isoformat()}
    timed = dated.timed_paths(whole)
    if not all(store.is_there(one) for one in timed.values()):
        timed = {}
        whole["timetable"] = None
        said.append("这一天的时刻表没有接到这次测算的路网上：渡线按路网里写的分钟数算。")
    else:
        said.append(telling.sailing(whole))
    asked = assembling.asked_of(row, before=None)
    told = {"stations": stations, "timed": timed, "at": midnight.isoformat()}
    return asked | told, whole, said


def _stations(row: Run, on: date) -> tuple[list[dict[str, Any]], list[str]]:
    """The run's stations with their doors of the day, and what has to be said about them."""
    if row.inputs["instant"] and _day_of(row) == on:
        return row.inputs["stations"], ["这是测算自己的日子：开放时间按测算存下的。"]
    doors = assembling.doors_on(places_queries.stations_in(row.county_code, on=on), on)
    stations = row.inputs["stations"]
    made = [one | {"periods": None if _supposed(one) else doors.get(one["id"], [])}
            for one in stations]  # fmt: skip
    always = [one["name"] for one in stations if _supposed(one)]
    gone = [one["name"] for one in stations if not _supposed(one) and one["id"] not in doors]
    said = ["开放时间按站点现在登记的，节假日按办公日历。"]
    if always:
        said.append(f"拟设的站点当作全天开门：{'、'.join(always)}。")
    if gone:
        said.append(f"这一天不在登记里的站点当作不开门：{'、'.join(gone)}。")
    return made, said


def _supposed(one: dict[str, Any]) -> bool:
    return bool(one["level"] == 0)


def _day_of(row: Run) -> date:
    return datetime.fromisoformat(row.inputs["instant"]).astimezone(clock.CIVIL).date()


def _blank(row: Run, on: date, notes: list[str], licences: tuple[str, ...]) -> DayPage:
    return DayPage(
        row=run_row(row), on=on, target=row.inputs["target"], total=0, rows=(), worst=None,
        losses=(), notes=tuple(notes), licences=licences, why="",
    )  # fmt: skip


def _filled(page: DayPage, told: dict[str, Any], stations: Sequence[dict[str, Any]]) -> DayPage:
    rows = _rows(told, stations, page.target)
    worst = daytime.worst_hour([one.covered for one in rows], [one.opened for one in rows])
    return replace(
        page, total=told["total"], rows=rows, losses=daytime.losses(told["villages"]),
        worst=None if worst is None else rows[worst],
    )  # fmt: skip


def _rows(
    told: dict[str, Any], stations: Sequence[dict[str, Any]], target: int
) -> tuple[HourRow, ...]:
    periods = [one["periods"] for one in stations]
    columns = zip(told["covered"], told["uncovered"], told["unreachable"], strict=True)
    return tuple(
        HourRow(
            hour=hour, covered=inside, uncovered=outside, unreachable=cut,
            opened=daytime.open_at_hour(periods, hour, target),
            percent=percent(inside, told["total"]),
        )
        for hour, (inside, outside, cut) in enumerate(columns)
    )  # fmt: skip
