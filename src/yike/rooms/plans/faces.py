"""What is shown of the building plan: frozen, whole, with the words of its states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yike.rooms.plans import building
from yike.rooms.plans.course import Row


@dataclass(frozen=True, kw_only=True)
class ProjectFilter:
    """Which projects are asked for; "" and None ask for all."""

    county: str
    region: str = ""
    pace: str = ""
    kind: str = ""
    institution: UUID | None = None
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Money:
    """Sums in fen."""

    planned: int = 0
    contracted: int = 0
    spent: int = 0

    def __add__(self, other: Money) -> Money:
        return Money(
            planned=self.planned + other.planned,
            contracted=self.contracted + other.contracted,
            spent=self.spent + other.spent,
        )

    @property
    def used(self) -> int | None:
        """How much of the plan is spent, in percent; None without a plan."""
        return building.used_percent(self.planned, self.spent)

    @property
    def over(self) -> bool:
        """Whether more was contracted or spent than planned."""
        return building.is_over(self.planned, self.contracted, self.spent)


@dataclass(frozen=True, kw_only=True)
class MilestoneRow:
    """One milestone; `mark` is done, late, near or "" (still ahead)."""

    id: UUID
    name: str
    due_on: date
    reached_on: date | None
    late_reason: str
    expected_on: date | None
    mark: str


@dataclass(frozen=True, kw_only=True)
class ProjectRow:
    """One project on the board."""

    id: UUID
    name: str
    kind_name: str
    level_name: str
    region_code: str
    region_name: str
    town: str
    institution_id: UUID
    institution_name: str
    site: str
    document: str
    planned_from: date
    planned_until: date
    state: str
    state_name: str
    pace: str
    pace_name: str
    accepted_on: date | None
    station_code: str
    milestones: tuple[MilestoneRow, ...]
    money: Money
    demo: bool

    @property
    def overdue(self) -> tuple[MilestoneRow, ...]:
        """The milestones that are past their day."""
        return tuple(one for one in self.milestones if one.mark == "late")

    @property
    def unexplained(self) -> tuple[MilestoneRow, ...]:
        """The overdue milestones for which nobody gave the reason yet."""
        return tuple(one for one in self.overdue if not one.late_reason)

    @property
    def next(self) -> MilestoneRow | None:
        """The first milestone not reached."""
        return next((one for one in self.milestones if one.reached_on is None), None)

    @property
    def reached(self) -> int:
        """How many milestones are reached."""
        return sum(one.reached_on is not None for one in self.milestones)


@dataclass(frozen=True, kw_only=True)
class TownRow:
    """The projects of one town in figures."""

    code: str
    name: str
    total: int
    counts: dict[str, int]
    money: Money


@dataclass(frozen=True, kw_only=True)
class Board:
    """The building plan: the projects asked for, and all of the county by town and in sum."""

    rows: tuple[ProjectRow, ...]
    towns: tuple[TownRow, ...]
    total: int
    counts: dict[str, int]
    money: Money
    unexplained: int
    unlinked: int


@dataclass(frozen=True, kw_only=True)
class BudgetRow:
    """Money for one thing from one source."""

    id: UUID
    name: str
    source_name: str
    money: Money
    over_reason: str


@dataclass(frozen=True, kw_only=True)
class FindingRow:
    """Something to be mended, and what became of it."""

    id: UUID
    words: str
    due_on: date
    late: bool
    state: str
    state_name: str
    mended_on: date | None
    mended_words: str
    checked_on: date | None
    checked_words: str


@dataclass(frozen=True, kw_only=True)
class InspectionRow:
    """One inspection with what it found."""

    at: datetime
    label: str
    passed: bool
    words: str
    findings: tuple[FindingRow, ...]


@dataclass(frozen=True, kw_only=True)
class ProjectReportRow:
    """What was said of a project."""

    at: datetime
    label: str
    deed: str
    words: str
    late_reason: str


@dataclass(frozen=True, kw_only=True)
class ProjectPage:
    """One project with its money, inspections and story, and the deeds allowed now."""

    project: ProjectRow
    budget: tuple[BudgetRow, ...]
    inspections: tuple[InspectionRow, ...]
    reports: tuple[ProjectReportRow, ...]
    verbs: tuple[Row, ...]

    @property
    def findings(self) -> tuple[FindingRow, ...]:
        """All that was found, in the order of the inspections."""
        return tuple(one for each in self.inspections for one in each.findings)
