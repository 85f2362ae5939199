"""What readers of this room are given: frozen values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from yike.rooms.core import clock
from yike.rooms.duty import words


@dataclass(frozen=True, kw_only=True)
class OnDuty:
    """Somebody who stands at a post during some time, as anybody may know it."""

    shift_id: UUID
    post_id: UUID
    post_name: str
    place_id: UUID | None
    line: str
    institution_id: UUID
    institution_name: str
    phone: str
    region_code: str
    services: tuple[str, ...]
    practitioner_id: UUID
    account_id: UUID | None
    name: str
    day: date
    from_at: datetime
    until_at: datetime
    part: str
    state: str

    @property
    def hours(self) -> str:
        """From when until when in words: 08:30-12:00, 20:00-次日08:00."""
        return hours_of(self.from_at, self.until_at)

    @property
    def part_name(self) -> str:
        """值班 or 备班."""
        return words.PARTS[self.part]


@dataclass(frozen=True, kw_only=True)
class BoardPerson:
    """One line of a post on the public board."""

    shift_id: UUID
    name: str
    part: str
    part_name: str
    hours: str
    from_at: datetime
    until_at: datetime
    now: bool


@dataclass(frozen=True, kw_only=True)
class BoardRow:
    """One post on the public board of a day: who stands, which services, when, which telephone.

    `gap`: somebody is absent and nobody stands in yet.
    """

    post_id: UUID
    post_name: str
    kind: str
    kind_name: str
    line: str
    place_id: UUID | None
    institution_name: str
    region_code: str
    services: tuple[str, ...]
    service_names: tuple[str, ...]
    phone: str
    people: tuple[BoardPerson, ...]
    gap: bool
    unverified: bool

    @property
    def services_sentence(self) -> str:
        """The services in words."""
        return "、".join(self.service_names)


@dataclass(frozen=True, kw_only=True)
class DemandRow:
    """One line of when a post must be manned."""

    id: UUID
    weekdays: tuple[int, ...]
    on_day: date | None
    holidays: str
    from_time: time
    until_time: time
    people: int
    backups: int
    active_from: date
    active_until: date | None
    sentence: str


@dataclass(frozen=True, kw_only=True)
class PostRow:
    """One post."""

    id: UUID
    code: str
    name: str
    kind: str
    kind_name: str
    line: str
    place_id: UUID | None
    institution_id: UUID
    institution_name: str
    region_code: str
    county_code: str
    services: tuple[str, ...]
    kinds: tuple[str, ...]
    kind_names: tuple[str, ...]
    specialties: tuple[str, ...]
    languages: tuple[str, ...]
    own_people: bool
    phone: str
    island: str
    ferry_weekdays: tuple[int, ...]
    lon: float | None
    lat: float | None
    radius_m: int
    accuracy_m: int
    active_from: date
    active_until: date | None
    demands: tuple[DemandRow, ...]
    demo: bool


@dataclass(frozen=True, kw_only=True)
class ShiftRow:
    """One shift of a roster; `practitioner_id` is None where nobody stands."""

    id: UUID
    roster_id: UUID
    post_id: UUID
    post_name: str
    day: date
    from_at: datetime
    until_at: datetime
    practitioner_id: UUID | None
    account_id: UUID | None
    name: str
    part: str
    part_name: str
    state: str
    state_name: str
    weight: float
    fixed: bool
    public: bool
    replaced_by: UUID | None
    #: whose place is taken; told by `duty_now` alone
    stands_for: str = ""

    @property
    def hours(self) -> str:
        """From when until when in words."""
        return hours_of(self.from_at, self.until_at)

    @property
    def standing(self) -> bool:
        """Whether somebody is to stand here."""
        return self.practitioner_id is not None and self.state in words.STANDING


def hours_of(from_at: datetime, until_at: datetime) -> str:
    """This will return a stretch of time in words: 08:30-12:00, 20:00-次日08:00."""
    since, until = from_at.astimezone(clock.CIVIL), until_at.astimezone(clock.CIVIL)
    if until.date() == since.date():
        return f"{since:%H:%M}-{until:%H:%M}"
    if (until.date() - since.date()).days == 1 and f"{until:%H:%M}" == "00:00":
        return f"{since:%H:%M}-24:00"
    return f"{since:%H:%M}-次日{until:%H:%M}"
