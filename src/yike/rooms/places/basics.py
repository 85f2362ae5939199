"""The basic five of every station: given here, or led on to whom and how; and when tried again.

The five are those of the national guidance for basic public legal services. Where the supply matrix
of the station knows a service, it is the only word on it; nothing is told twice. Pure.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

#: code → name
BASICS = {
    "publicity": "法治宣传教育",
    "mediation": "人民调解",
    "aid": "法律援助",
    "advice": "法律咨询",
    "search": "法律查询",
}
#: whose supply in the matrix speaks for it; none: the station says itself
SERVICES_OF = {
    "publicity": ("S09",),
    "mediation": ("S07",),
    "aid": ("S06",),
    "advice": ("S01", "S02"),
    "search": (),
}
DIRECT, GUIDED, GAP = "direct", "guided", "gap"
KINDS = {DIRECT: "直接提供", GUIDED: "指引、转接", GAP: "空缺"}
#: what a station may say of a service that the matrix does not know
WAYS = {DIRECT: KINDS[DIRECT], GUIDED: KINDS[GUIDED]}
#: ways of the matrix by which people are served here
_HERE = frozenset({"direct", "booking", "video", "circuit"})
WORKS, PARTLY, FAILS = "works", "partly", "fails"
OUTCOMES = {WORKS: "办得成", PARTLY: "部分办得成", FAILS: "办不成"}


@dataclass(frozen=True, kw_only=True)
class Cell:
    """How a station gives one of the five, and what is missing ("" for nothing)."""

    kind: str
    gap: str


def cell(*, basic: str, modes: Collection[str], way: str, to_whom: str, how: str) -> Cell:
    """This will say how one of the five is given.

    `modes`: of the matrix for its services; `way`: the station's own where it has none.
    """
    if SERVICES_OF[basic]:
        kind = DIRECT if _HERE.intersection(modes) else GUIDED if modes else GAP
    else:
        kind = way or GAP
    if kind == GAP:
        told = "供给矩阵里没有登记" if SERVICES_OF[basic] else "没有登记怎样提供"
        return Cell(kind=GAP, gap=told)
    if kind == GUIDED and not (to_whom and how):
        return Cell(kind=GUIDED, gap="没有写明指引、转接给谁和怎么转")
    return Cell(kind=kind, gap="")


def due(last: tuple[date, str] | None, *, today: date, days: int) -> str:
    """This will say why one of the five is to be tried again; "" while the last try holds.

    A try that did not wholly work is to be repeated; one that did holds for `days`.
    """
    if last is None:
        return "没有试过"
    on, outcome = last
    if outcome != WORKS:
        return f"上次{OUTCOMES[outcome]}，改好后再试"
    again = on + timedelta(days=days)
    return f"{again} 起该再试了" if again <= today else ""
