"""What the house does by the hour: rules are run, events become alerts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed
from yike.rooms.duty import queries as duty_queries
from yike.rooms.matters import queries as matters_queries
from yike.rooms.quality import rules
from yike.rooms.quality.actions import alerting, examining


@transaction.atomic
def run_rules(*, now: datetime, actor: Actor) -> int:
    """This will run every rule, and make up for callbacks that are missing; returns new alerts."""
    if actor.kind != "system":
        raise NotAllowed("规则由系统按时运行")
    examining.owe_missing_callbacks(actor=actor)
    return alerting.raise_all(findings=list(rules.all_of(now)), actor=actor)


@transaction.atomic
def hear_breach(*, matter_id: UUID, promise_name: str, actor: Actor) -> None:
    """This will raise an alert when a promise to a citizen was broken."""
    service = matters_queries.services(actor, [matter_id]).get(matter_id)
    if service is not None:
        found = rules.of_matter("breach", service, clock.now(), ("时限", promise_name))
        alerting.raise_alert(finding=found, actor=actor)


@transaction.atomic
def hear_downgrade(*, matter_id: UUID, before: str, after: str, actor: Actor) -> None:
    """This will raise an alert when a complaint was turned into a consultation after intake."""
    service = matters_queries.services(actor, [matter_id]).get(matter_id)
    found = rules.downgraded(service, before, after) if service else None
    if found is not None:
        alerting.raise_alert(finding=found, actor=actor)


@transaction.atomic
def hear_absence(*, shift_id: UUID, actor: Actor) -> UUID | None:
    """This will raise an alert when somebody was absent from duty; returns its id.

    Found by the rules of check-in, reported once the shift had begun, or nobody can stand in. Who
    says in time that they cannot come, and is replaced, did nothing wrong: None.
    """
    found = rules.absent(duty_queries.absence(shift_id))
    return alerting.raise_alert(finding=found, actor=actor) if found else None
