"""Matters as services: who served, what waits too long. For the room that looks after quality."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Count, Q

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.matters import access, flow, policies
from yike.rooms.matters.faces.service import Service
from yike.rooms.matters.models import Matter, Reply, Step

_PLAIN = (
    "reference", "title", "state", "region_code", "level", "category", "demand_type", "channel",
    "opened_at", "answered_at", "due_at", "reopened", "holder_org", "holder_account", "first_org",
    "first_account", "answerer", "party_mask", "phone_index", "demo",
)  # fmt: skip


def service_of(actor: Actor, reference: str) -> Service:
    """This will return one matter as a service, with all who served. Refuses NotFound."""
    matter = access.matter_for(actor, reference)
    steps = Step.objects.filter(matter=matter.id).values_list("org", "account")
    replies = Reply.objects.filter(matter=matter.id).values_list("org", "account")
    hands = [*steps, *replies, (matter.holder_org, matter.holder_account), (None, matter.answerer)]
    return _service(
        matter,
        orgs=frozenset(org for org, _ in hands if org),
        accounts=frozenset(account for _, account in hands if account),
    )


def services(actor: Actor, matter_ids: Iterable[UUID]) -> dict[UUID, Service]:
    """This will return several matters as services, those the actor may see, by one query."""
    if actor.kind not in ("staff", "system"):
        return {}
    rows = Matter.objects.filter(id__in=set(matter_ids)).only("id", *_PLAIN)
    return {row.id: _service(row) for row in rows}


def may(actor: Actor, matter_id: UUID, verb: str) -> bool:
    """This will say whether the flow would allow somebody a deed now, on a matter they see."""
    matter = Matter.objects.filter(id=matter_id).first()
    if matter is None:
        return False
    policy = policies.of_matter(matter)
    facts = access.facts_of(matter, actor, policy)
    rows = flow.allowed(matter.state, access.standing_of(matter, actor), facts, policy)
    return verb in {row.verb for row in rows}


def open_since(before: datetime, *, only: str, limit: int = 200) -> tuple[Service, ...]:
    """This will return open matters older than an instant, the oldest first.

    only: "unfinished" (the office owes an answer), "unsigned" (nobody signed), "unanswered" (no
    answer was ever given).
    """
    rows = Matter.objects.filter(opened_at__lt=before)
    if only == "unsigned":
        rows = rows.filter(state__in=(flow.DISPATCH, flow.SIGN), signed_at=None)
    else:
        rows = rows.filter(state__in=sorted(flow.GOING))
    if only == "unanswered":
        rows = rows.filter(answered_at=None)
    return _services(list(rows.only("id", *_PLAIN).order_by("opened_at", "id")[:limit]))


def open_by_office(orgs: Iterable[UUID]) -> dict[UUID, dict[str, int]]:
    """This will count what waits for each office: to sign, in hand, late, asked papers back."""
    now = clock.now()
    running = Q(state__in=(flow.DISPATCH, flow.SIGN, flow.WORK))
    rows = Matter.objects.filter(holder_org__in=list(orgs), state__in=sorted(flow.GOING))
    counted = rows.values("holder_org").annotate(
        sign=Count("id", filter=Q(state__in=(flow.DISPATCH, flow.SIGN))),
        work=Count("id", filter=Q(state=flow.WORK)),
        late=Count("id", filter=running & (Q(broken=True) | Q(due_at__lt=now))),
    )
    return {
        UUID(str(row["holder_org"])): {
            "sign": row["sign"],
            "work": row["work"],
            "late": row["late"],
        }
        for row in counted
    }


def answered_between(since: datetime, until: datetime) -> int:
    """This will count matters answered in a span, as far as the actor may see them."""
    return Matter.objects.filter(answered_at__gte=since, answered_at__lt=until).count()


def answered_by(orgs: Collection[UUID], since: date, until: date) -> dict[UUID, int]:
    """This will count what offices answered in a span, as far as the actor may see matters."""
    first, then = (datetime.combine(day, time(), tzinfo=clock.CIVIL) for day in (since, until))
    rows = Matter.objects.filter(holder_org__in=orgs)
    rows = rows.filter(answered_at__gte=first, answered_at__lt=then)
    counted = rows.values_list("holder_org").annotate(n=Count("id")).order_by()
    return {org: n for org, n in counted if org}


def _services(rows: Sequence[Matter]) -> tuple[Service, ...]:
    return tuple(_service(row) for row in rows)


def _service(
    matter: Matter,
    *,
    orgs: frozenset[UUID] = frozenset(),
    accounts: frozenset[UUID] = frozenset(),
) -> Service:
    told = {name: getattr(matter, name) for name in _PLAIN}
    return Service(matter_id=matter.id, served_orgs=orgs, served_accounts=accounts, **told)
