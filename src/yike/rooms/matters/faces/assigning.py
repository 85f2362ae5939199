"""Who could take an order and why, as the desk shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yike.rooms.matters.assignment import Policy, Reason


@dataclass(frozen=True, kw_only=True)
class AdviceRow:
    """One candidate with the reasons; `place` 1 is best."""

    place: int
    account: UUID
    name: str
    kind_name: str
    org: UUID | None
    org_name: str
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, kw_only=True)
class OutRow:
    """Somebody who cannot take it, and why. `soft`: a person may choose them with a reason."""

    account: UUID | None
    name: str
    kind_name: str
    org_name: str
    sentence: str
    soft: bool


@dataclass(frozen=True, kw_only=True)
class SideFace:
    """The other side or somebody accused in the same case, masked."""

    id: UUID
    part: str
    part_name: str
    mask: str
    noted_at: datetime


@dataclass(frozen=True, kw_only=True)
class AssignmentFace:
    """One decision as it was taken."""

    at: datetime
    way: str
    way_name: str
    pool: int
    chosen_name: str
    place: int
    override_reason: str
    by_label: str
    policy_version: int
    #: [{name, org, score, reasons: [{sentence, points}]}], best first, as they were that day
    top: tuple[dict[str, object], ...]


@dataclass(frozen=True, kw_only=True)
class Advice:
    """Whom the rules suggest for one order, who cannot take it, and what was decided before."""

    reference: str
    version: int
    policy_version: int
    #: what the order asks for, in words
    asks: str
    #: whether the one who asks may assign now, and whether only within the own office
    may_assign: bool
    own_office: bool
    may_note: bool
    pool: int
    rows: tuple[AdviceRow, ...]
    out: tuple[OutRow, ...]
    out_more: int
    sides: tuple[SideFace, ...]
    records: tuple[AssignmentFace, ...]
    #: who takes it when nobody can
    fallback: str


@dataclass(frozen=True, kw_only=True)
class UnfilledRow:
    """An open order for which nobody could be found."""

    reference: str
    order_no: str | None
    title: str
    region_name: str
    since: datetime
    holder_name: str
    way_name: str
    why: str


@dataclass(frozen=True, kw_only=True)
class AssignmentVersion:
    """One version of a county's rules for choosing."""

    version: int
    policy: Policy
    reason: str
    set_at: datetime | None
    set_by: str
    changes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PreviewRow:
    """One recent order: who is first by the rules in force, and who would be."""

    reference: str
    title: str
    before: str
    after: str
    moved: bool


@dataclass(frozen=True, kw_only=True)
class ShareRow:
    """What is due to somebody and what was got since the rules in force began."""

    account: UUID
    name: str
    expected: float
    received: int
    carried: int
