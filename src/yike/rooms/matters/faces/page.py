"""One matter and its parts, lines of lists, and the receipt."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from yike.rooms.matters.faces.beside import BesidePart
from yike.rooms.matters.faces.course import CoursePart, MainProgress


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """The answer to whoever brings a demand. `repeated`: the same key had brought it before."""

    matter_id: UUID
    reference: str
    order_no: str
    state: str
    state_name: str
    holder_name: str
    due_at: datetime | None
    promise_name: str
    repeated: bool = False
    #: why this office: one sentence
    why: str = ""
    version: int = 1


@dataclass(frozen=True, kw_only=True)
class FieldFace:
    """One field of a verb's form.

    kind: line, words, choice, org, account, files, number, count, yuan, date, yesno.
    """

    name: str
    label: str
    kind: str
    required: bool
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    #: what stands in it at first
    initial: str = ""
    #: said beside the deed: folded away in its form
    beside: bool = False


@dataclass(frozen=True, kw_only=True)
class VerbFace:
    """One deed the actor may do now: `verb` is the action's name, `fields` its arguments."""

    verb: str
    label: str
    fields: tuple[FieldFace, ...] = ()
    #: ends or hands away: ask once more before doing it
    grave: bool = False


@dataclass(frozen=True, kw_only=True)
class FilePart:
    """One paper of a matter."""

    id: UUID
    name: str
    media_type: str
    size: int
    given_by: str
    given_at: datetime


@dataclass(frozen=True, kw_only=True)
class WaitingRow:
    """One line of a list of matters; `reason` says why it stands where it stands."""

    matter_id: UUID
    reference: str
    order_no: str
    title: str
    state: str
    state_name: str
    urgency: int
    urgency_name: str
    demand_type_name: str
    category: str
    category_name: str
    region_code: str
    region_name: str
    door: str
    channel_name: str
    opened_at: datetime
    due_at: datetime | None
    late: bool
    soon: bool
    #: colour of the promise: green, yellow, orange, red; "" when none runs
    alert: str
    turn: str
    holder_org: UUID | None
    holder_name: str
    mine: bool
    level: int
    level_name: str
    demo: bool
    version: int
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class PointFace:
    """One question of the demand and its answer."""

    no: int
    words: str
    answer: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class StepFace:
    """One stretch of custody: who held it, since when, why."""

    seq: int
    org_name: str
    account_name: str
    how: str
    how_name: str
    reason: str
    sent_at: datetime
    signed_at: datetime | None
    ended_at: datetime | None
    #: when it was to be signed for: the planned beside the actual
    sign_due_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class TimelineLine:
    """One sentence of what happened; `detail` is the reason given, where there is one."""

    at: datetime
    who: str
    sentence: str
    kind: str
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class MessageFace:
    """One message between the citizen and the office. side: citizen | office."""

    at: datetime
    side: str
    who: str
    words: str
    files: tuple[FilePart, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NoteFace:
    """One internal opinion, with the level it was written under."""

    at: datetime
    who: str
    org_name: str
    level: int
    level_name: str
    words: str


@dataclass(frozen=True, kw_only=True)
class SupplementFace:
    """The one notice of missing papers: what was asked, when, and when it was brought."""

    asked_at: datetime
    papers: tuple[str, ...]
    words: str
    brought_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class ReplyFace:
    """The answer that closes."""

    at: datetime
    result: str
    result_name: str
    words: str
    who: str


@dataclass(frozen=True, kw_only=True)
class FeedbackFace:
    """Whether it helped, in the citizen's words."""

    at: datetime
    helped: bool
    words: str


@dataclass(frozen=True, kw_only=True)
class ClockPart:
    """One promise of the matter. state: running, paused, kept, broken.

    purpose: sign, first, next, finish, callback; what is broken may still be running.
    """

    id: UUID
    purpose: str
    purpose_name: str
    name: str
    length: str
    statutory: bool
    due_at: datetime | None
    state: str
    running: bool
    beyond_known: bool = False
    #: planned beside actual: when it began, when it was kept
    started_at: datetime | None = None
    ended_at: datetime | None = None
    #: colour while it runs: green, yellow, orange, red; "" when it does not
    alert: str = ""


@dataclass(frozen=True, kw_only=True)
class Handler:
    """A possible next office with the reason why (A18.6). way: up, down, across."""

    org: UUID
    name: str
    way: str
    way_name: str
    reason: str
    can_take: bool


@dataclass(frozen=True, kw_only=True)
class PartyPart:
    """Who asks, masked."""

    id: UUID
    name: str
    phone: str
    kind: str
    categories: tuple[str, ...] = ()
    #: for whom they ask, masked; whether how to reach them safely was told
    on_behalf_of: str = ""
    contact_noted: bool = False
    #: version of the notice on personal data agreed to, and when
    agreed: str = ""
    agreed_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class EarlierRow:
    """An earlier demand of the same phone or identity number, as far as the actor may see it."""

    reference: str
    order_no: str
    title: str
    state_name: str
    category_name: str
    opened_at: datetime
    holder_name: str


@dataclass(frozen=True, kw_only=True)
class MatterPage:
    """Everything a staff member may see of one matter, and the deeds they may do now."""

    matter_id: UUID
    reference: str
    order_no: str
    version: int
    state: str
    state_name: str
    ended: bool
    title: str
    text: str
    demand_type: str
    demand_type_name: str
    category: str
    category_name: str
    item_code: str
    item_name: str
    urgency: int
    urgency_name: str
    level: int
    level_name: str
    region_code: str
    region_name: str
    door: str
    door_name: str
    channel: str
    channel_name: str
    line: str
    party: PartyPart | None
    relation: str
    contact_way: str
    safe_from: str
    safe_until: str
    needs: tuple[str, ...]
    person_categories: tuple[str, ...]
    opened_at: datetime
    answered_at: datetime | None
    closed_at: datetime | None
    due_at: datetime | None
    late: bool
    #: colour of the promise: green, yellow, orange, red; "" when none runs
    alert: str
    turn: str
    turn_name: str
    holder_org: UUID | None
    holder_name: str
    holder_account_name: str
    first_receiver: str
    why_routed: str
    points: tuple[PointFace, ...]
    steps: tuple[StepFace, ...]
    timeline: tuple[TimelineLine, ...]
    messages: tuple[MessageFace, ...]
    notes: tuple[NoteFace, ...]
    files: tuple[FilePart, ...]
    clocks: tuple[ClockPart, ...]
    supplement: SupplementFace | None
    replies: tuple[ReplyFace, ...]
    feedback: FeedbackFace | None
    handlers: tuple[Handler, ...]
    verbs: tuple[VerbFace, ...]
    follows: str
    followed_by: tuple[str, ...]
    result_name: str
    minutes: int | None
    demo: bool
    #: answers to the service item's own form: (label, words)
    answers: tuple[tuple[str, str], ...] = ()
    #: whether the actor answers for it, and so may read every entry about it
    may_trail: bool = False
    #: whoever looks at it leaves an entry (actions.note_look)
    look_noted: bool = False
    #: returns, help, parts, more time, review, redoing
    course: CoursePart = field(default_factory=CoursePart)
    beside: BesidePart = field(default_factory=BesidePart)


@dataclass(frozen=True, kw_only=True)
class NextPromise:
    """What the citizen may expect next, and by when."""

    what: str
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class CitizenPage:
    """What the citizen sees: every step, the answer, and what they may do now."""

    reference: str
    order_no: str
    version: int
    state: str
    state_name: str
    ended: bool
    now_sentence: str
    title: str
    text: str
    category_name: str
    region_name: str
    party_name: str
    opened_at: datetime
    due_at: datetime | None
    promise_name: str
    late: bool
    holder_name: str
    holder_phone: str
    turn: str
    points: tuple[PointFace, ...]
    timeline: tuple[TimelineLine, ...]
    messages: tuple[MessageFace, ...]
    files: tuple[FilePart, ...]
    supplement: SupplementFace | None
    reply: ReplyFace | None
    feedback: FeedbackFace | None
    verbs: tuple[VerbFace, ...]
    demo: bool
    answers: tuple[tuple[str, str], ...] = ()
    #: of what it was merged into
    main: MainProgress | None = None
    #: the day on which it goes on, while it stands still
    resume_on: date | None = None
    #: the nearest of the inner promises that run; None: only the answer is owed, or nothing
    next_promise: NextPromise | None = None
