"""The index of a sample by strata, its interval, differences, and counts too small to show. Pure.

Means are post-stratified: each stratum weighs what was planned for it, whoever was reached. Strata
nobody of was reached are left out and named. Intervals are Student's; the plan is not a census, so
there is no correction for a finite population.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

#: an office may ask for more answers before a figure is told, never for fewer
LEAST, LEAST_USUAL = 10, 30
#: counts below are not let out
SMALL = 5
_FREE = 5

TOO_FEW, ALIKE = "few", "alike"
WHY = {TOO_FEW: "答卷太少，不出指数", ALIKE: "答案全部相同，估不出区间"}
HIGHER, LOWER, CHANCE, UNKNOWN = "higher", "lower", "chance", "unknown"
VERDICTS = {
    HIGHER: "高于", LOWER: "低于", CHANCE: "差别在抽样误差以内", UNKNOWN: "不能比较",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One index. `value` is None when there are too few answers; `se` None when not to be known."""

    n: int
    value: float | None = None
    se: float | None = None
    free: int = 0
    why: str = ""
    #: strata that were planned and nobody of was reached
    missed: tuple[str, ...] = ()

    @property
    def low(self) -> float | None:
        """The lower end of the 95 % interval, not below 0."""
        return None if self.value is None or self.se is None else max(0.0, self.value - self._half)

    @property
    def high(self) -> float | None:
        """The upper end, not above 100."""
        both = self.value is not None and self.se is not None
        return min(100.0, (self.value or 0.0) + self._half) if both else None

    @property
    def _half(self) -> float:
        return student(0.05, self.free) * (self.se or 0.0)


@dataclass(frozen=True, kw_only=True)
class Difference:
    """How much one index is above another, its interval, and what may be said of it."""

    verdict: str
    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a plan is: what was answered beyond the plan of a stratum fills no other one."""

    planned: int
    counted: int
    answered: int
    asked: int

    @property
    def done(self) -> int:
        """Percent of the plan, rounded down: 100 is whole."""
        return self.counted * 100 // self.planned if self.planned else 0

    @property
    def rate(self) -> int | None:
        """Percent of those who were asked that answered; None before anybody was."""
        return round(self.answered * 100 / self.asked) if self.asked else None


def estimate(
    scores: Iterable[tuple[str, float]], planned: Mapping[str, int], *, least: int
) -> Figure:
    """This will return the post-stratified mean of pairs of stratum and score, with its error.

    A stratum with one answer takes the scatter within the others. `least`: fewer answers than that
    (or than six beside one a stratum) are no figure.
    """
    groups: dict[str, list[float]] = {}
    for stratum, one in scores:
        if planned.get(stratum, 0) > 0:
            groups.setdefault(stratum, []).append(one)
    n, free = sum(map(len, groups.values())), sum(len(rows) - 1 for rows in groups.values())
    missed = tuple(name for name, many in planned.items() if many > 0 and name not in groups)
    if n < max(least, LEAST) or free < _FREE:
        return Figure(n=n, why=TOO_FEW, missed=missed)
    whole = sum(planned[name] for name in groups)
    means = {name: sum(rows) / len(rows) for name, rows in groups.items()}
    squares = {name: sum((one - means[name]) ** 2 for one in rows) for name, rows in groups.items()}
    pooled = sum(squares.values()) / free
    value, variance = 0.0, 0.0
    for name, rows in groups.items():
        share, many = planned[name] / whole, len(rows)
        value += share * means[name]
        scatter = squares[name] / (many - 1) if many > 1 else pooled
        variance += share**2 * scatter / many
    value = min(100.0, max(0.0, value))
    if variance <= 1e-12:
        return Figure(n=n, value=value, free=free, why=ALIKE, missed=missed)
    return Figure(n=n, value=value, se=sqrt(variance), free=free, missed=missed)


def compare(one: Figure, other: Figure, *, pairs: int = 1) -> Difference:
    """This will say whether one index is beyond chance above or below another, of other people.

    `pairs`: how many comparisons stand in one table; the bound is drawn tighter for each
    (Bonferroni), so that the whole table is wrong in one of twenty.
    """
    if one.value is None or other.value is None or one.se is None or other.se is None:
        return Difference(verdict=UNKNOWN)
    value, se = one.value - other.value, sqrt(one.se**2 + other.se**2)
    half = student(0.05 / max(1, pairs), min(one.free, other.free)) * se
    verdict = CHANCE if abs(value) <= half else HIGHER if value > 0 else LOWER
    return Difference(verdict=verdict, value=value, low=value - half, high=value + half)


def student(error: float, free: int) -> float:
    """This will return the two-sided quantile of Student's t, within 0.02 from 5 degrees on.

    Hill's series in the normal quantile (Abramowitz and Stegun 26.7.5).
    """
    z, v = NormalDist().inv_cdf(1 - error / 2), max(free, 1)
    return (
        z + (z**3 + z) / (4 * v) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * v**3)
    )  # fmt: skip


def progress(rows: Iterable[tuple[int, int, int]]) -> Progress:
    """This will sum up strata told as planned, answered, asked."""
    kept = list(rows)
    return Progress(
        planned=sum(planned for planned, _, _ in kept),
        counted=sum(min(planned, answered) for planned, answered, _ in kept),
        answered=sum(answered for _, answered, _ in kept),
        asked=sum(asked for _, _, asked in kept),
    )


def shown(counts: Sequence[int], *, small: int = SMALL) -> tuple[int | None, ...]:
    """This will hide (None) the counts from 1 below `small` of a row whose sum is known.

    Where only one would be hidden, the sum would give it away: the smallest other one goes too.
    """
    hidden = {place for place, many in enumerate(counts) if 0 < many < small}
    rest = [place for place, many in enumerate(counts) if many >= small]
    if len(hidden) == 1 and rest:
        hidden.add(min(rest, key=lambda place: counts[place]))
    return tuple(None if place in hidden else many for place, many in enumerate(counts))


def read_strata(typed: str) -> tuple[tuple[tuple[str, str], ...], str]:
    """This will read strata, one a line: age band, group. Returns them, and what is wrong or "".

    An age band or a group may be left out: `18-59岁`, or `，村民`.
    """
    found: list[tuple[str, str]] = []
    for line in (one.strip() for one in typed.splitlines()):
        if not line:
            continue
        parts = [part.strip() for part in line.replace(",", "，").split("，")]
        if len(parts) > 2 or not any(parts) or max(map(len, parts)) > 40:
            return (), f"“{line[:40]}”看不明白：一行一层，写“年龄段，群体”。"
        pair = (parts[0], parts[1] if len(parts) > 1 else "")
        if pair in found:
            return (), f"“{line[:40]}”写了两次。"
        found.append(pair)
    if not 1 <= len(found) <= 30:
        return (), "样本层要有 1 到 30 个，每行一个。"
    return tuple(found), ""
