"""Who is responsible: chooses among the lines of the routing table, and says why. Pure.

Most specific first: a named service item, then a named category, then any; among these the deeper
region; of equals the newest. So the county's notary gets every notary's matter, and a town's own
line for the same kind still wins over the county's. A line whose office has nobody to take orders
is passed over, and the sentence says so. Cases in tests/routing.yaml.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the routing table that may fit; "" in a column means any."""

    region_code: str
    category: str
    item_code: str
    org: UUID
    set_at: datetime

    @property
    def depth(self) -> int:
        """How deep in the tree: number of digits that count."""
        return len(self.region_code.rstrip("0"))


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The office chosen (None = nobody can take it), the lines passed over, and the reason."""

    org: UUID | None
    line: Line | None
    passed_over: tuple[UUID, ...]
    ground: str


def lines_for(code: str) -> tuple[str, ...]:
    """This will return the region codes whose lines may answer for a code, deepest first."""
    if not code:
        return ("",)
    widths = (12, 9, 6, 4, 2)
    above = (code[:width].ljust(12, "0") for width in widths)
    return (*dict.fromkeys(above), "")


def choose(
    lines: Sequence[Line],
    *,
    region_code: str,
    category: str,
    item_code: str,
    can_take: Collection[UUID],
) -> Choice:
    """This will return the responsible office, or none when no line fits or nobody can take it."""
    wanted = set(lines_for(region_code))
    fitting = [
        line
        for line in lines
        if line.region_code in wanted
        and line.item_code in ("", item_code)
        and line.category in ("", category)
    ]
    fitting.sort(key=_rank, reverse=True)
    passed: list[UUID] = []
    for line in fitting:
        if line.org in can_take:
            return Choice(org=line.org, line=line, passed_over=tuple(passed), ground=_ground(line))
        if line.org not in passed:
            passed.append(line.org)
    ground = "负责的单位目前没有可接单的人员" if passed else "派单规则里没有对应的承办单位"
    return Choice(org=None, line=None, passed_over=tuple(passed), ground=ground)


def sentence(choice: Choice, *, holder: str, names: dict[UUID, str], region: str, kind: str) -> str:
    """This will say in Chinese why this office holds it. `region`, `kind`: names, may be ""."""
    skipped = "、".join(names.get(org, "") for org in choice.passed_over)
    if choice.org is None:
        return f"{choice.ground}{f'（{skipped}）' if skipped else ''}，转{holder}兜底"
    what = f"{region}{kind}" or "本县"
    but = f"；{skipped}目前没有可接单的人员" if skipped else ""
    return f"按{choice.ground}，{what}由{holder}承办{but}"


def _rank(line: Line) -> tuple[bool, bool, int, datetime]:
    return bool(line.item_code), bool(line.category), line.depth, line.set_at


def _ground(line: Line) -> str:
    scope = {12: "村（社区）", 9: "乡镇（街道）", 6: "县", 4: "市", 2: "省", 0: "通用"}
    width = next(w for w in (0, 2, 4, 6, 9, 12) if line.depth <= w)
    kind = "服务事项" if line.item_code else "事项类型" if line.category else "辖区"
    return f"{scope[width]}{kind}派单规则"
