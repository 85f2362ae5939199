"""What happened on an order's way beside its state, as staff see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class ReturnFace:
    """One giving back and what was decided on it; decision "": nobody has yet."""

    no: int
    from_name: str
    reason: str
    at: datetime
    reviewer_name: str
    decision: str
    decision_name: str
    decided_at: datetime | None
    to_name: str
    words: str


@dataclass(frozen=True, kw_only=True)
class JointFace:
    """An office asked to help, and its opinion."""

    org: UUID
    org_name: str
    reason: str
    asked_at: datetime
    opinion: str
    given_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class RelatedFace:
    """Another matter tied to this one. tie: part, lead, merged, main, split."""

    tie: str
    tie_name: str
    reference: str
    title: str
    state_name: str
    ended: bool
    holder_name: str


@dataclass(frozen=True, kw_only=True)
class ExtensionFace:
    """The one asking for more time; granted None: not decided."""

    length: str
    reason: str
    asked_at: datetime
    granted: bool | None
    decided_at: datetime | None
    words: str
    due_before: datetime
    due_after: datetime | None


@dataclass(frozen=True, kw_only=True)
class SuspensionFace:
    """One stretch in which it stands or stood still."""

    cause_name: str
    reason: str
    from_at: datetime
    until_on: date
    ended_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class DraftFaceOfReply:
    """An answer that was handed in to be reviewed; approved None: waits."""

    result_name: str
    words: str
    others: str
    who: str
    at: datetime
    approved: bool | None
    reviewer: str
    decided_at: datetime | None
    remark: str


@dataclass(frozen=True, kw_only=True)
class RedoFace:
    """One doing again, tied to the order and answer before."""

    no: int
    order_no: str
    at: datetime
    cause_name: str
    reason: str
    org_name: str
    answered_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class SupervisionFace:
    """One supervision and its report."""

    no: int
    at: datetime
    who: str
    words: str
    due_on: date
    report: str
    reported_at: datetime | None
    late: bool


@dataclass(frozen=True, kw_only=True)
class CoursePart:
    """The whole way of an order beside its state."""

    returns: tuple[ReturnFace, ...] = ()
    joints: tuple[JointFace, ...] = ()
    related: tuple[RelatedFace, ...] = ()
    extensions: tuple[ExtensionFace, ...] = ()
    suspensions: tuple[SuspensionFace, ...] = ()
    drafts: tuple[DraftFaceOfReply, ...] = ()
    redos: tuple[RedoFace, ...] = ()
    supervisions: tuple[SupervisionFace, ...] = ()
    #: office of another county to which it is offered
    offered_name: str = ""
    hurries: int = 0
    flow_version: int = 0


@dataclass(frozen=True, kw_only=True)
class MainProgress:
    """How the main demand gets on, for whoever was merged into it: no words of anybody."""

    state_name: str
    holder_name: str
    due_at: datetime | None
    ended: bool
    result_name: str


@dataclass(frozen=True, kw_only=True)
class TypeChangeRow:
    """One demand type changed after intake, for a supervisor's sample."""

    reference: str
    title: str
    at: datetime
    before: str
    before_name: str
    after: str
    after_name: str
    reason: str
    who: str
    org_name: str


@dataclass(frozen=True, kw_only=True)
class RedoRate:
    """How many answered demands of a period were done again (重办率)."""

    answered: int
    redone: int
    by_citizen: int
    ordered: int

    @property
    def percent(self) -> float | None:
        """Share in percent, one decimal; None when nothing was answered."""
        return round(100 * self.redone / self.answered, 1) if self.answered else None


@dataclass(frozen=True, kw_only=True)
class SuggestionFace:
    """A line that a decided dispute suggests for the routing table."""

    id: UUID
    region_code: str
    region_name: str
    category_name: str
    item_code: str
    org_name: str
    reason: str
    made_at: datetime
    reference: str


@dataclass(frozen=True, kw_only=True)
class PolicyVersion:
    """One version of a county's rules for its flow."""

    version: int
    active_from: date
    set_at: datetime
    who: str
    reason: str
    changes: tuple[str, ...]
