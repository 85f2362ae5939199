"""Makes an Actor of an account or an API key: roles, institution, region range, level.

All active grants of one account stand in one institution and one region (give_grant keeps that), so
roles never leak from one place into another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from yike.rooms.core import clock
from yike.rooms.core.actor import OPEN, PRIVATE, Actor
from yike.rooms.people import networks, roles
from yike.rooms.people.models import ApiKey, Device, Emergency, Grant
from yike.rooms.regions import codes

Must = Literal["", "must_change", "must_enrol"]


def holder(
    account_id: UUID, *, door: str, request_id: str, address: str, certificate: str = ""
) -> Actor:
    """This will return who may look at the rows of one account and at nothing else."""
    return Actor(
        kind="staff",
        ref=str(account_id),
        door=door,
        request_id=request_id,
        address=address,
        certificate=certificate,
    )


def current() -> Q:
    """This will return the condition of being in force at this moment."""
    now = clock.now()
    return Q(active_from__lte=now) & (Q(active_until=None) | Q(active_until__gt=now))


@dataclass(frozen=True, kw_only=True)
class Held:
    """A grant in force, and whether its holder has broken the glass."""

    role: str
    org: UUID | None
    region_code: str
    level: int
    emergency: bool = False


def grants_of(account_id: UUID) -> list[Grant]:
    """This will return the grants in force of one account, as far as row security shows them."""
    return list(Grant.objects.filter(current(), account_id=account_id).order_by("active_from"))


def held_by(account_id: UUID) -> list[Held]:
    """This will return what makes the actor of an account."""
    emergency = Emergency.objects.filter(account_id=account_id, until__gt=clock.now()).exists()
    return [
        Held(
            role=grant.role,
            org=grant.org,
            region_code=grant.region_code,
            level=grant.level,
            emergency=emergency,
        )
        for grant in grants_of(account_id)
    ]


def staff(own: Actor, name: str, grants: Sequence[Held]) -> Actor:
    """This will return the actor an account makes with these grants, for the same request."""
    held = frozenset(grant.role for grant in grants)
    wide = next((g for g in grants if roles.ROLES[g.role].sees_region and g.region_code), None)
    span = codes.span(wide.region_code) if wide else ("", "")
    org = next((str(grant.org) for grant in grants if grant.org), "")
    return Actor(
        kind="staff",
        ref=own.ref,
        label=name,
        org=org,
        region_from=span[0],
        region_until=span[1],
        roles=held,
        level=_level(grants),
        door=own.door,
        request_id=own.request_id,
        address=own.address,
        certificate=own.certificate,
    )


def _level(grants: Sequence[Held]) -> int:
    """A broken glass lifts the level, never the region or the roles."""
    if any(g.emergency and roles.ROLES[g.role].breaks_glass for g in grants):
        return PRIVATE
    return max((grant.level for grant in grants), default=OPEN)


def peer(key: ApiKey, *, under: str, door: str, request_id: str, address: str) -> Actor:
    """This will return the actor of another platform; its scopes stand where roles stand.

    `under`: the mark the key was read under (keyfinding.py).
    """
    return Actor(
        kind="peer",
        ref=str(key.id),
        label=key.name,
        org=str(key.org or ""),
        region_from=codes.span(key.region_code)[0],
        region_until=codes.span(key.region_code)[1],
        roles=frozenset(key.scopes),
        level=1,
        door=door,
        request_id=request_id,
        address=address,
        under=under,
    )


def needs_second_factor(held: frozenset[str]) -> bool:
    """This will say whether one of these roles must use a second factor here."""
    named = {name.strip() for name in settings.YIKE.second_factor_roles.split(",")}
    return bool(held & named)


def must(grants: Sequence[Held], *, must_change: bool, enrolled: bool) -> Must:
    """This will say what somebody signed in has to do before anything else."""
    if must_change:
        return "must_change"
    required = needs_second_factor(frozenset(grant.role for grant in grants))
    return "must_enrol" if required and not enrolled else ""


def may_work_from(address: str, held: frozenset[str]) -> bool:
    """This will say whether somebody with these roles may work from this address (B15.8)."""
    if not networks.inside(address, settings.YIKE.staff_networks):
        return False
    apart = any(roles.ROLES[role].apart for role in held)
    return not apart or networks.inside(address, settings.YIKE.admin_networks)


def may_work_on(certificate: str, held: frozenset[str]) -> bool:
    """This will say whether somebody with these roles may work on this device (B15.8).

    Only roles named in `device_roles` are bound to devices; asked as somebody of staff.
    """
    bound = {name.strip() for name in settings.YIKE.device_roles.split(",")}
    return not held & bound or known_device(certificate)


def known_device(certificate: str) -> bool:
    """This will say whether a certificate (SHA-256, hex) is that of a device in force."""
    now = clock.now()
    found = Device.objects.filter(fingerprint=certificate, revoked_at=None)
    return bool(certificate) and found.filter(valid_from__lte=now, valid_until__gt=now).exists()


def rest() -> timedelta:
    """This will return how long a session may rest before it ends."""
    return timedelta(minutes=settings.YIKE.session_minutes)
