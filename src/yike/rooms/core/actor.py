"""Who acts: an argument, keyword-only, everywhere; it is never looked up from the air."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal
from uuid import UUID

Kind = Literal["staff", "citizen", "peer", "system", "visitor"]

#: Secrecy levels, lowest first: what a matter is marked with, and what a person may see.
OPEN, INTERNAL, CONFIDENTIAL, PRIVATE = 0, 1, 2, 3


@dataclass(frozen=True, kw_only=True)
class Actor:
    """One who acts, with everything that decides what they may see and do.

    kind: staff (signed in), citizen (holds a claim: reference + phone), peer (another platform,
    by API key), system (a job of the house), visitor (nobody in particular).
    """

    kind: Kind
    #: account id, API key id, or the name of the job
    ref: str = ""
    #: what the trail shows: masked name or the job's name
    label: str = ""
    #: institution the person serves in (id as text), empty for none
    org: str = ""
    #: region codes [from, until) that the person's office answers for; empty = none
    region_from: str = ""
    region_until: str = ""
    roles: frozenset[str] = field(default_factory=frozenset)
    #: highest secrecy level this person may see
    level: int = OPEN
    #: door through which the person came: portal, desk, command, wire, house
    door: str = "house"
    #: what a citizen proves: the reference of one matter and the blind index of its phone
    claim_ref: str = ""
    claim_key: str = ""
    #: one per request, shared by all entries it leaves
    request_id: str = ""
    #: where the request came from, for limits; never stored in clear
    address: str = ""
    #: SHA-256 (hex) of the client certificate that the trusted proxy saw proven; empty for none
    certificate: str = ""
    #: the mark under which a platform's key was read; empty for everybody else
    under: str = ""

    def has(self, *roles: str) -> bool:
        """This will say whether the actor has at least one of these roles."""
        return bool(self.roles.intersection(roles))

    @property
    def account_id(self) -> UUID | None:
        """The account id of a staff member; None for everybody else."""
        return UUID(self.ref) if self.kind == "staff" and self.ref else None

    @property
    def org_id(self) -> UUID | None:
        """The institution id; None for whoever belongs to none."""
        return UUID(self.org) if self.org else None

    def claiming(self, reference: str, key: str) -> Actor:
        """This will return the same visitor as a citizen who claims one matter."""
        return replace(self, kind="citizen", claim_ref=reference, claim_key=key)


def system(job: str, *, request_id: str = "") -> Actor:
    """This will return the actor of a job of the house. Only jobs, start-up and demo may use it."""
    return Actor(kind="system", ref=job, label=job, level=PRIVATE, request_id=request_id)


def visitor(door: str, *, request_id: str = "", address: str = "") -> Actor:
    """This will return somebody of whom nothing is known."""
    return Actor(kind="visitor", label="访客", door=door, request_id=request_id, address=address)
