"""What a matter was as a service: who served, when it was answered. For rooms above."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Service:
    """One matter as those see it who look after quality."""

    matter_id: UUID
    reference: str
    title: str
    state: str
    region_code: str
    level: int
    category: str
    demand_type: str
    channel: str
    opened_at: datetime
    answered_at: datetime | None
    due_at: datetime | None
    reopened: bool
    holder_org: UUID | None
    holder_account: UUID | None
    first_org: UUID | None
    first_account: UUID | None
    answerer: UUID | None
    party_mask: str
    phone_index: str
    demo: bool
    #: everybody who held it or answered it, and their offices
    served_orgs: frozenset[UUID] = frozenset()
    served_accounts: frozenset[UUID] = frozenset()
