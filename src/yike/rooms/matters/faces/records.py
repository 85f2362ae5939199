"""What is proved and counted about all matters: custody, consultations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yike.rooms.core.page import Page
from yike.rooms.matters.faces.page import WaitingRow


@dataclass(frozen=True, kw_only=True)
class NamedCount:
    """One bar: a code, its name, how many."""

    code: str
    name: str
    n: int


@dataclass(frozen=True, kw_only=True)
class HolderCount:
    """How many open orders an office holds, and since when the oldest."""

    org: UUID | None
    name: str
    open: int
    oldest_at: datetime


@dataclass(frozen=True, kw_only=True)
class CustodyProof:
    """Open orders against open steps of custody, counted apart: equal, or something is lost."""

    open: int
    #: open orders with exactly one open step, with several
    with_one: int
    with_more: int
    #: steps whose office is not the holder the order names
    differing: int
    ages: tuple[tuple[str, int], ...]
    holders: tuple[HolderCount, ...]
    rows: Page[WaitingRow]

    @property
    def without(self) -> int:
        """Open orders that nobody holds."""
        return self.open - self.with_one - self.with_more

    @property
    def holds(self) -> bool:
        """Whether every open order has exactly one holder, the one it names."""
        return not (self.without or self.with_more or self.differing)


@dataclass(frozen=True, kw_only=True)
class ConsultationFilters:
    """Which consultations; the last thirty days when no day is given."""

    form: str = ""
    demand_type: str = ""
    town_code: str = ""
    category: str = ""
    person_category: str = ""
    answerer: UUID | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class ConsultationRow:
    """One record of a consultation, the same for every form."""

    reference: str
    title: str
    form_name: str
    demand_type_name: str
    region_name: str
    category_name: str
    persons: tuple[str, ...]
    answerer_name: str
    minutes: int | None
    opened_at: datetime
    state_name: str
    demo: bool


@dataclass(frozen=True, kw_only=True)
class Consultations:
    """The records of a period and the figures about them."""

    total: int
    on_spot: int
    mean_minutes: int | None
    by_form: tuple[NamedCount, ...]
    by_town: tuple[NamedCount, ...]
    by_category: tuple[NamedCount, ...]
    by_person: tuple[NamedCount, ...]
    by_answerer: tuple[NamedCount, ...]
    rows: Page[ConsultationRow]
