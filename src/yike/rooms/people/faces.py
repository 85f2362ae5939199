"""What the room shows of its rows: frozen, masked, without secrets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class AccountFace:
    """A colleague: enough for a list and for handing over."""

    id: UUID
    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AccountRow:
    """An account in the administrators' list."""

    id: UUID
    username: str
    name: str
    active: bool
    demo: bool
    roles: tuple[str, ...]
    second_factor: bool
    last_sign_in_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class GrantRow:
    """A grant, with why it deserves a second look (empty = it does not)."""

    id: UUID
    account_id: UUID
    account_name: str
    username: str
    role: str
    role_name: str
    org: UUID | None
    region_code: str
    level: int
    active_from: datetime
    active_until: datetime | None
    last_sign_in_at: datetime | None
    concern: str = ""
    #: when security last found it still needed, and who
    confirmed_at: datetime | None = None
    confirmed_by: str = ""


@dataclass(frozen=True, kw_only=True)
class EmergencyRow:
    """A broken glass: who, why, how long, and what security said of it ("" = not looked at)."""

    id: UUID
    account_id: UUID
    account_name: str
    reason: str
    started_at: datetime
    until: datetime
    reviewed_at: datetime | None
    review: str


@dataclass(frozen=True, kw_only=True)
class SessionRow:
    """One of one's own sessions."""

    id: UUID
    started_at: datetime
    seen_at: datetime
    address: str
    door: str


@dataclass(frozen=True, kw_only=True)
class Profile:
    """Oneself."""

    id: UUID
    username: str
    name: str
    grants: tuple[GrantRow, ...]
    second_factor: bool
    second_factor_required: bool
    recovery_left: int
    must_change: bool
    password_at: datetime
    last_sign_in_at: datetime | None
    sessions: tuple[SessionRow, ...]


@dataclass(frozen=True, kw_only=True)
class AccountPage:
    """One account as an administrator sees it."""

    row: AccountRow
    created_at: datetime
    must_change: bool
    grants: tuple[GrantRow, ...]


@dataclass(frozen=True, kw_only=True)
class PartyFace:
    """A party, masked."""

    id: UUID
    kind: str
    name: str
    phone: str
    id_type: str
    id_number: str
    email: str
    #: for whom they ask, masked; whether how to reach them safely was told
    on_behalf_of: str
    contact_noted: bool
    birth_year: int | None
    categories: tuple[str, ...]
    #: version of the notice agreed to and when; "" when it was taken down by somebody else
    agreed: str
    agreed_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class DeviceRow:
    """A device that was given a certificate, without any key."""

    id: UUID
    name: str
    org: UUID | None
    station: UUID | None
    fingerprint: str
    serial: str
    valid_from: datetime
    valid_until: datetime
    revoked_at: datetime | None
    revoked_reason: str
    in_force: bool


@dataclass(frozen=True, kw_only=True)
class ApiKeyRow:
    """Another platform's key, without the key."""

    id: UUID
    name: str
    prefix: str
    org: UUID | None
    region_code: str
    scopes: tuple[str, ...]
    per_minute: int
    networks: tuple[str, ...]
    active: bool
    active_from: datetime
    active_until: datetime | None
