"""Whom to tell, and what a reader sees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

#: Values of `contact_way` under which an e-mail may be sent.
MAIL_WAYS = frozenset({"", "any", "email", "邮件", "电子邮件"})
#: … under which a short message may be sent: it stays on a telephone that others may look at, so
#: whoever asked for care of any other kind gets none.
SMS_WAYS = frozenset({"", "any", "sms", "发短信", "打电话"})
#: … under which it may be sent even of a private matter: it was asked for.
ASKED_SMS = frozenset({"sms", "发短信"})
#: secrecy level from which on a short message must have been asked for
PRIVATE = 2


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """Whom to tell, by every channel named; at least one of account, org, claim, email, phone.

    `claim_ref` and `claim_key`: public reference and phone index of the citizen's matter. `email`
    is an address, or `party` whose sealed address is opened when the letter goes out.
    `contact_way`, `safe_from`, `safe_until` ("HH:MM", civil time; from > until spans midnight):
    what the person told about reaching them safely, for what leaves the house; the portal waits
    anyway. `phone`: a mobile number, or the party's. `answers_to`: the institution that sees
    whether it arrived, up to the secrecy `level`.
    """

    account: UUID | None = None
    org: UUID | None = None
    claim_ref: str = ""
    claim_key: str = ""
    email: str = ""
    phone: str = ""
    answers_to: UUID | None = None
    level: int = 0
    party: UUID | None = None
    contact_way: str = ""
    safe_from: str = ""
    safe_until: str = ""

    @property
    def takes_mail(self) -> bool:
        """Whether an e-mail may be sent to this person at all."""
        return bool(self.email or self.party) and self.contact_way in MAIL_WAYS

    @property
    def takes_sms(self) -> bool:
        """Whether a short message may be sent to this person at all."""
        ways = ASKED_SMS if self.level >= PRIVATE else SMS_WAYS
        return bool(self.phone or self.party) and self.contact_way in ways

    @property
    def has_inbox(self) -> bool:
        """Whether there is somebody who would find it in the product."""
        return bool(self.account or self.org or (self.claim_ref and self.claim_key))


@dataclass(frozen=True, kw_only=True)
class NoticeFace:
    """One notice in an inbox."""

    id: UUID
    made_at: datetime
    title: str
    words: str
    about: str
    subject: str
    region_code: str
    read: bool
    #: addressed to the whole institution
    shared: bool


@dataclass(frozen=True, kw_only=True)
class TemplateFace:
    """The words of one kind of notice as they are used now."""

    code: str
    version: int
    title: str
    words: str
    places: tuple[str, ...]
    by_sms: bool = False
    urgent: bool = False


@dataclass(frozen=True, kw_only=True)
class ProofFace:
    """Proof of what left the house about one thing: channel, state, when, what the server said."""

    channel: str
    title: str
    state: str
    state_name: str
    made_at: datetime
    done_at: datetime | None
    receipt: str
    #: it did not arrive, or nobody knows
    failed: bool


@dataclass(frozen=True, kw_only=True)
class LinkFace:
    """One link as security sees it: never its address, never its secret."""

    id: UUID
    kind: str
    kind_name: str
    name: str
    preset_name: str
    host: str
    region_code: str
    events: tuple[str, ...]
    roles: tuple[str, ...]
    key_id: UUID | None
    state: str
    state_name: str
    break_days: int
    failing_since: datetime | None
    last_ok_at: datetime | None
    said: str
    made_at: datetime
    #: deliveries that wait, and those that came to no good end
    waiting: int
    failed: int
    #: a new secret may be made here
    renews: bool


@dataclass(frozen=True, kw_only=True)
class DeliveryFace:
    """One delivery: what, about which reference, what became of it; not its contents."""

    id: UUID
    event_name: str
    title: str
    reference: str
    made_at: datetime
    state: str
    state_name: str
    tries: int
    next_at: datetime | None
    done_at: datetime | None
    receipt: str
    again: bool
    refused: tuple[dict[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class LinkPage:
    """One link with what was handed over, newest first."""

    link: LinkFace
    deliveries: tuple[DeliveryFace, ...]
    #: mark of the next page, "" = none
    after: str
