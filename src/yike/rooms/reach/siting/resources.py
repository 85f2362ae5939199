"""B8.1: people, demands and service hours town by town, and what speaks for more where. Pure.

Nothing is weighed into one figure: each suggestion names the numbers it rests on. What nobody knows
is said, and few demands are not compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: fewer demands than this say nothing about a town
FEW = 10


@dataclass(frozen=True, kw_only=True)
class Town:
    """What is known of one town in a period; None: nobody knows."""

    code: str
    name: str
    people: int | None
    beyond: int | None
    unreachable: int
    stations: int
    hours: float | None
    demands: int | None

    @property
    def hours_per_1000(self) -> float | None:
        """Service hours for a thousand people."""
        if not self.people or self.hours is None:
            return None
        return round(1000 * self.hours / self.people, 1)

    @property
    def demands_per_100_hours(self) -> float | None:
        """Demands that fall on a hundred service hours."""
        if not self.hours or self.demands is None:
            return None
        return round(100 * self.demands / self.hours, 1)


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """What speaks for doing something in a town, with its numbers."""

    town: str
    what: str
    why: str


def whole(towns: Sequence[Town], name: str) -> Town:
    """This will return the sum of all towns; unknown only where no town is known."""

    def sum_(key: str) -> int | None:
        known = [value for one in towns if (value := getattr(one, key)) is not None]
        return sum(known) if known else None

    hours = [one.hours for one in towns if one.hours is not None]
    return Town(
        code="", name=name, people=sum_("people"), beyond=sum_("beyond"),
        unreachable=sum(one.unreachable for one in towns),
        stations=sum(one.stations for one in towns), demands=sum_("demands"),
        hours=round(sum(hours), 1) if hours else None,
    )  # fmt: skip


def suggestions(towns: Sequence[Town], *, minutes: int, below: int) -> tuple[Suggestion, ...]:
    """This will return what speaks for more where, most people beyond the minutes first.

    `below`: a town is told apart when it has less than so many percent of the county's hours for a
    thousand people, or more demands on an hour by the same measure.
    """
    county = whole(towns, "全县")
    found: list[Suggestion] = []
    for one in sorted(towns, key=lambda town: (-(town.beyond or 0), town.code)):
        found += [Suggestion(town=one.name, what=what, why=why) for what, why in (
            *_unknown(one), *_reach(one, minutes), *_hours(one, county, below),
            *_load(one, county, below),
        )]  # fmt: skip
    return _together(found)


def _together(found: Sequence[Suggestion]) -> tuple[Suggestion, ...]:
    """What is the same for several towns is said once, where the first of them stood."""
    towns: dict[tuple[str, str], list[str]] = {}
    for one in found:
        towns.setdefault((one.what, one.why), []).append(one.town)
    return tuple(
        Suggestion(town="、".join(names), what=what, why=why)
        for (what, why), names in towns.items()
    )


def _unknown(one: Town) -> list[tuple[str, str]]:
    return [("先补数据", "没有这个乡镇的人口，其他数字无法比较")] if not one.people else []


def _reach(one: Town, minutes: int) -> list[tuple[str, str]]:
    found = []
    if one.unreachable:
        why = f"{one.unreachable} 人没有路（或渡线）通到任何站点"
        found.append(("安排巡回、代办或接通渡线", why))
    near = (one.beyond or 0) - one.unreachable
    if near > 0 and one.people:
        percent = 1000 * near // one.people / 10
        why = f"{near} 人（{percent:g} %）有路，但在 {minutes} 分钟以外"
        found.append(("做选址方案，看增设站点或终端", why))
    if not one.stations:
        found.append(("核对站点名录", "没有已启用、有坐标的站点"))
    return found


def _hours(one: Town, county: Town, below: int) -> list[tuple[str, str]]:
    if one.hours is None:
        return []
    if not one.hours:
        return [("排班", "这一时期没有公布的值班")] if one.stations else []
    own, all_ = one.hours_per_1000, county.hours_per_1000
    if own is None or all_ is None or own * 100 >= all_ * below:
        return []
    return [("增加值班", f"每千人 {own:g} 小时，不到全县 {all_:g} 小时的 {below} %")]


def _load(one: Town, county: Town, below: int) -> list[tuple[str, str]]:
    own, all_ = one.demands_per_100_hours, county.demands_per_100_hours
    if own is None or all_ is None or (one.demands or 0) < FEW or own * below <= all_ * 100:
        return []
    why = f"每百小时 {own:g} 件（{one.demands} 件），超过全县 {all_:g} 件的 {100 * 100 // below} %"
    return [("增加力量", why)]
