"""Whom to tell, and what a reader sees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

#: Values of `contact_way` under which an e-mail may be sent.
MAIL_WAYS = frozenset({"", "any", "email", "邮件", "电子邮件"})


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """Whom to tell, by every channel named; at least one of account, org, claim, email.

    `claim_ref` and `claim_key`: public reference and phone index of the citizen's matter. `email`
    is an address, or `party` whose sealed address is opened when the letter goes out.
    `contact_way`, `safe_from`, `safe_until` ("HH:MM", civil time; from > until spans midnight):
    what the person told about reaching them safely, for e-mail; the portal waits anyway.
    """

    account: UUID | None = None
    org: UUID | None = None
    claim_ref: str = ""
    claim_key: str = ""
    email: str = ""
    party: UUID | None = None
    contact_way: str = ""
    safe_from: str = ""
    safe_until: str = ""

    @property
    def takes_mail(self) -> bool:
        """Whether an e-mail may be sent to this person at all."""
        return bool(self.email or self.party) and self.contact_way in MAIL_WAYS

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
