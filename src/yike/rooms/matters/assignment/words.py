"""What is asked and answered: the case, a candidate, a place in the ranking with its reasons."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

#: WGS84 degrees: longitude, latitude
Point = tuple[float, float]
#: what identifies somebody without naming them: ("phone" | "id" | "name", blind index)
Mark = tuple[str, str]

#: why somebody cannot take it → sentence; what varies is filled in
EXCLUSIONS = {
    "other_side": "利益冲突：曾为对方当事人服务",
    "co_accused": "利益冲突：已为同案其他人提供帮助",
    "relative": "需要回避：与当事人有申报的近亲属关系（{what}）",
    "unfit": "当天不能服务：{what}",
    "account": "没有可接单的系统账号",
    "house": "所在机构不承办工单",
    "weight": "按奖惩记录暂停派单",
    "full": "手上 {carried} 件，已到同时承办上限 {what} 件",
    "kind": "不是这类事项需要的人员（需要{what}）",
    "area": "服务区域不含当事人所在地",
    "language": "不会当事人需要的语言（{what}）",
    "duty": "不在值班时间",
}
#: what nobody may override: conflicts, fitness, capacity, and what makes taking it impossible
HARD = frozenset(
    {"other_side", "co_accused", "relative", "unfit", "account", "house", "weight", "full"}
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """What an order asks of whoever takes it."""

    region_code: str
    point: Point | None = None
    category: str = ""
    category_name: str = ""
    item_code: str = ""
    #: resource kinds (01…09) any of which may take it; empty: anybody
    kinds: frozenset[str] = frozenset()
    kind_names: str = ""
    #: languages and dialects needed, as they stand in the register
    languages: tuple[str, ...] = ()
    #: who is on this side, and on the other
    parties: frozenset[Mark] = frozenset()
    opponents: frozenset[Mark] = frozenset()
    #: accounts that have served the other side, or somebody accused in the same case
    served_other: frozenset[UUID] = frozenset()
    served_co_accused: frozenset[UUID] = frozenset()
    #: accounts that handled earlier matters of the same citizen
    earlier: frozenset[UUID] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """Somebody who might take it, with all that counts for or against.

    `areas`: region codes served, empty for `region_code`'s own. `weight`: percent of a usual share,
    by rewards and punishments. `expected`, `received`: orders due and got since the policy began.
    """

    id: UUID
    account: UUID | None
    name: str
    kind: str = ""
    kind_name: str = ""
    org: UUID | None = None
    org_name: str = ""
    takes_orders: bool = True
    region_code: str = ""
    areas: tuple[str, ...] = ()
    point: Point | None = None
    specialties: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    unfit: tuple[str, ...] = ()
    relations: tuple[tuple[str, str, str], ...] = ()
    on_duty: bool = False
    duty_at: datetime | None = None
    capacity: int = 0
    carried: int = 0
    expected: float = 0.0
    received: int = 0
    weight: int = 100

    def counting(self, *, carried: int, expected: float, received: int, weight: int) -> Candidate:
        """This will return the same person with other counts, as `replace` would.

        Counts change with every order for everybody who shares it: this takes a third of the time.
        """
        made = object.__new__(Candidate)
        for put, value in zip(_PUT, _KEPT(self), strict=True):
            put(made, value)
        for put, value in zip(_COUNT, (carried, expected, received, weight), strict=True):
            put(made, value)
        return made


_COUNTS = ("carried", "expected", "received", "weight")
_NAMES = tuple(one.name for one in fields(Candidate) if one.name not in _COUNTS)
_KEPT = attrgetter(*_NAMES)
_PUT = tuple(getattr(Candidate, name).__set__ for name in _NAMES)
_COUNT = tuple(getattr(Candidate, name).__set__ for name in _COUNTS)


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One reason in words, and what it counts."""

    code: str
    sentence: str
    points: float


class Ranked(NamedTuple):
    """A candidate's place. `excluded_by` "" for whoever may take it; `what` fills its sentence."""

    candidate: Candidate
    score: float
    #: level of qualification; people of the highest level share the orders among them
    tier: int
    excluded_by: str = ""
    what: str = ""
    #: metres in a straight line; None when a place is unknown
    distance_m: float | None = None

    @property
    def sentence(self) -> str:
        """Why this candidate cannot take it; "" for whoever can."""
        if not self.excluded_by:
            return ""
        return EXCLUSIONS[self.excluded_by].format(what=self.what, carried=self.candidate.carried)


@dataclass(frozen=True, kw_only=True)
class Share:
    """What one decision does to one person's account of orders."""

    account: UUID
    expected: float
    received: int = field(default=0)
