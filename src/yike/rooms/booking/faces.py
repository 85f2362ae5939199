"""What readers of this room are given: frozen values, masked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from yike.rooms.booking import kinds, times


@dataclass(frozen=True, kw_only=True)
class Told:
    """Who books, as typed at a door."""

    name: str
    phone: str
    note: str = ""
    email: str = ""
    contact_way: str = ""
    #: hours in which the person may safely be reached, "HH:MM" in civil time
    safe_from: str = ""
    safe_until: str = ""
    #: version of the notice on personal data that was agreed to
    agreed: str = ""


@dataclass(frozen=True, kw_only=True)
class Held:
    """A place held for somebody: `key` proves it and is told to nobody but the session."""

    reference: str
    key: str
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What whoever booked is told."""

    booking_id: UUID
    reference: str
    code: str
    state: str
    phone_index: str
    from_at: datetime | None
    repeated: bool = False


@dataclass(frozen=True, kw_only=True)
class SlotFace:
    """A time one can have."""

    id: UUID
    pattern_id: UUID
    kind: str
    kind_name: str
    org: UUID
    place_id: UUID | None
    place_name: str
    person: str
    day: date
    from_at: datetime
    until_at: datetime
    capacity: int
    free: int

    @property
    def words(self) -> str:
        """The moment in words: 11月24日（周二）09:30."""
        return times.moment_words(self.from_at)


@dataclass(frozen=True, kw_only=True)
class DayFace:
    """One day of a place: its free times, or that one can only wait."""

    day: date
    pattern_id: UUID
    slots: tuple[SlotFace, ...]

    @property
    def free(self) -> int:
        """Places left on this day."""
        return sum(one.free for one in self.slots)

    @property
    def words(self) -> str:
        """The day in words."""
        return times.day_words(self.day)


@dataclass(frozen=True, kw_only=True)
class SpotFace:
    """A place where one kind can be booked: how far, and when next."""

    #: the station's id, or the institution's where nobody need go anywhere
    id: UUID
    name: str
    org_name: str
    address: str
    phone: str
    distance: str
    person: str
    note: str
    next: SlotFace | None


@dataclass(frozen=True, kw_only=True)
class PlaceFace:
    """One place and its coming days."""

    spot: SpotFace
    days: tuple[DayFace, ...]


@dataclass(frozen=True, kw_only=True)
class VerbFace:
    """A deed that is allowed now."""

    verb: str
    label: str
    grave: bool
    button: bool


@dataclass(frozen=True, kw_only=True)
class BookingFace:
    """One booking, for its citizen or for the desk; masked."""

    id: UUID
    reference: str
    code: str
    state: str
    state_name: str
    kind: str
    kind_name: str
    slot_id: UUID | None
    pattern_id: UUID
    org: UUID
    org_name: str
    place_id: UUID | None
    place_name: str
    place_address: str
    phone: str
    person: str
    day: date
    from_at: datetime | None
    until_at: datetime | None
    expires_at: datetime | None
    party: str
    party_phone: str
    note: str
    item_code: str
    item_name: str
    matter_reference: str
    reason: str
    made_at: datetime
    #: the slot was closed: nobody stands there, the day became a holiday
    adrift: str
    #: the terminal or room at a station kept for a talk by video, and how one joins
    far_name: str = ""
    far_station: UUID | None = None
    joining: str = ""
    #: people before this one in the line
    ahead: int = 0
    #: who was served was told already: nothing to fill in when the place is confirmed
    known: bool = False
    papers: tuple[str, ...] = ()
    verbs: tuple[VerbFace, ...] = field(default=())

    @property
    def words(self) -> str:
        """When, in words."""
        return times.moment_words(self.from_at) if self.from_at else times.day_words(self.day)

    @property
    def remote(self) -> bool:
        """A talk by video: nobody need come to the office."""
        return kinds.KINDS[self.kind].remote

    @property
    def where(self) -> str:
        """Where the person goes: the station for a remote talk, else the office's place."""
        return self.far_name or self.place_name

    @property
    def can(self) -> frozenset[str]:
        """The deeds allowed now, by name."""
        return frozenset(one.verb for one in self.verbs)


@dataclass(frozen=True, kw_only=True)
class PatternFace:
    """An opening pattern, in words."""

    id: UUID
    kind: str
    kind_name: str
    org: UUID
    org_name: str
    place_name: str
    source: str
    source_name: str
    said: str
    person: str
    minutes: int
    capacity: int
    on_holidays: bool
    ahead_days: int
    active_from: date
    active_until: date | None
    may_alter: bool
    upcoming: int


@dataclass(frozen=True, kw_only=True)
class ClosureFace:
    """Days without bookings."""

    id: UUID
    org_name: str
    from_on: date
    until_on: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class RuleFace:
    """How a county gives out times."""

    county_code: str
    version: int
    hold_minutes: int
    offer_minutes: int
    no_shows: int
    within_days: int
    words: str
    set_at: datetime | None
