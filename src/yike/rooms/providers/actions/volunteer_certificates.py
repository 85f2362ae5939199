"""Certificates of what a volunteer gave, each with a code anybody may verify (A17.6)."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import ALPHABET
from yike.rooms.core.refusal import NotAllowed
from yike.rooms.providers import access_volunteers as reach
from yike.rooms.providers import entry, events
from yike.rooms.providers.models import VolunteerCertificate, VolunteerHonour
from yike.rooms.providers.queries.volunteers import total_of
from yike.rooms.regions import codes
from yike.rooms.regions import queries as region_queries
from yike.rooms.trail import actions as trail_actions

#: signs of a code: 32^16 = 80 bits
CODE_SIGNS = 16


@transaction.atomic
def issue_certificate(*, volunteer_id: UUID, actor: Actor) -> str:
    """This will certify hours, services, points and honours as of today; returns the code.

    Refuses NotAllowed whoever has no counted service yet.
    """
    person = reach.volunteer_for(actor, volunteer_id)
    total = total_of(person.pk)
    if not total.minutes:
        raise NotAllowed("还没有计入的服务时长，不能发证", way_on="签退后才计时长。")
    named = VolunteerHonour.objects.filter(volunteer=person).order_by("id")
    row = VolunteerCertificate(
        code="".join(secrets.choice(ALPHABET) for _ in range(CODE_SIGNS)),
        volunteer=person,
        holder=person.name,
        county=region_queries.path_of(codes.at_level(person.region_id, "county")).text[:60],
        minutes=total.minutes,
        services=total.services,
        points=total.points,
        honours=list(named.values_list("name", flat=True)),
        issued_on=clock.today(),
    )
    row.save(force_insert=True)
    issued = events.CertificateIssued(
        volunteer_id=person.pk, region_code=person.region_id, certificate_id=row.pk,
        minutes=row.minutes,
    )  # fmt: skip
    trail_actions.record(issued, actor=actor)
    return row.code


@transaction.atomic
def revoke_certificate(*, certificate_id: UUID, reason: str, actor: Actor) -> None:
    """This will take a certificate back; who verifies its code is told so."""
    row = reach.certificate_for(actor, certificate_id)
    if row.revoked_on is not None:
        raise NotAllowed("这份证书已经撤销")
    row.revoked_on = clock.today()
    row.revoke_reason = entry.filled(reason, "reason", "撤销原因")
    row.save(update_fields=["revoked_on", "revoke_reason"])
    revoked = events.CertificateRevoked(
        volunteer_id=row.volunteer_id, region_code=row.volunteer.region_id,
        certificate_id=row.pk, reason=row.revoke_reason,
    )  # fmt: skip
    trail_actions.record(revoked, actor=actor)
