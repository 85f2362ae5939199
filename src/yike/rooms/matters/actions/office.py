"""What an office edits and keeps: routes, drafts, queue tickets, marks of late clocks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from django.db import connection, transaction

from yike.engines import seal
from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, NotAllowed, NotFound
from yike.rooms.guard import clean, keyring, secrecy
from yike.rooms.matters import access, drafts, events, queue, routes
from yike.rooms.matters.faces import DraftFace, TicketFace
from yike.rooms.matters.models import Draft, Route, VisitTicket
from yike.rooms.people import roles
from yike.rooms.providers import queries as providers_queries
from yike.rooms.regions import codes as region_codes
from yike.rooms.regions import queries as regions_queries
from yike.rooms.trail import actions as trail_actions

_DRAFT_DAYS = 7
_DRAFT_MOST = 40_000


@transaction.atomic
def set_route(
    *,
    region_code: str,
    org: UUID,
    category: str = "",
    item_code: str = "",
    active_from: date | None = None,
    active_until: date | None = None,
    note: str = "",
    demo: bool = False,
    actor: Actor,
) -> UUID:
    """This will write one line of the routing table: who is responsible where, and for what.

    Of the same region, category and item the newest line counts. Dispatchers and directors, within
    their region. Refuses an institution that takes no orders.
    """
    _may_route(region_code, actor)
    target = providers_queries.institution(org)
    if not target.handles_orders:
        raise BadInput(f"{target.name}不承办工单", way_on="请选择其他单位。", field="org")
    if category and not catalogue_queries.matter_name(category):
        raise BadInput("没有这个事项类型", field="category")
    since = active_from or clock.today()
    if active_until is not None and active_until < since:
        raise BadInput("停用日期不能早于启用日期", field="active_until")
    row = Route(
        id=new_id(),
        region_code=region_code,
        category=category,
        item_code=item_code,
        org=org,
        active_from=since,
        active_until=active_until,
        note=clean.text(note, field="note", most=200),
        set_at=clock.now(),
        demo=demo,
    )
    Route.objects.bulk_create([row])
    event = events.RouteSet(
        route_id=row.id, region_code=region_code, category=category, item_code=item_code,
        org=org, org_name=target.name,
    )  # fmt: skip
    trail_actions.record(event, actor=actor)
    return row.id


@transaction.atomic
def end_route(*, route_id: UUID, actor: Actor) -> None:
    """This will end one line of the routing table, from today on."""
    row = Route.objects.select_for_update().filter(id=route_id).first()
    if row is None:
        raise NotFound("没有这条派单规则")
    _may_route(row.region_code, actor)
    row.active_until = max(clock.today(), row.active_from)
    row.save(update_fields=["active_until"])
    ended = events.RouteEnded(route_id=row.id, region_code=row.region_code)
    trail_actions.record(ended, actor=actor)


@transaction.atomic
def lay_routes(*, county: str, demo: bool = False, actor: Actor) -> int:
    """This will give every town that has an office and no line of its own that office's line.

    Returns how many lines were written. Repeating it writes nothing twice.
    """
    since, until = region_codes.span(county)
    laid = set(
        routes.in_force(clock.today())
        .filter(region_code__gte=since, region_code__lt=until, category="", item_code="")
        .values_list("region_code", flat=True)
    )
    written = 0
    for town in regions_queries.towns_of(county):
        office = None if town.code in laid else providers_queries.office_of_town(town.code)
        if office is not None and office.handles_orders:
            set_route(region_code=town.code, org=office.id, demo=demo, actor=actor)
            written += 1
    return written


@transaction.atomic
def save_draft(*, key: str, fields: Mapping[str, str], actor: Actor) -> DraftFace:
    """This will keep what was typed, sealed, under the form's key, for seven days.

    Nobody finds it without the key. Refuses more than 40,000 characters in all, and state secrets:
    then nothing is kept.
    """
    del actor  # the key is the whole right
    kept = {name[:60]: clean.tidy(value) for name, value in fields.items()}
    secrecy.refuse_state_secrets(*kept.values())
    body = json.dumps(kept, ensure_ascii=False)
    if len(body) > _DRAFT_MOST:
        raise BadInput("内容太长，暂存不下", way_on="请把详情作为材料附上。")
    now, place = clock.now(), drafts.place(key)
    sealed = seal.seal(keyring.ring(), drafts.PURPOSE, body.encode(), place.encode())
    Draft.objects.bulk_create(
        [Draft(key=place, body=sealed, saved_at=now, expires_at=now + timedelta(days=_DRAFT_DAYS))],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["body", "saved_at", "expires_at"],
    )
    return DraftFace(
        key=key, fields=kept, saved_at=now, expires_at=now + timedelta(days=_DRAFT_DAYS)
    )


@transaction.atomic
def sweep_drafts(*, actor: Actor) -> int:
    """This will forget drafts that have expired; returns how many."""
    del actor
    gone, _ = Draft.objects.filter(expires_at__lt=clock.now()).delete()
    return gone


@transaction.atomic
def take_ticket(*, org: UUID, actor: Actor) -> TicketFace:
    """This will give a visitor the next number of the day at a station (来访接待取号)."""
    providers_queries.institution(org)
    now = clock.now()
    day = now.date()
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"ticket:{org}:{day}"]
        )
    number = VisitTicket.objects.filter(org=org, day=day).count() + 1
    row = VisitTicket(id=new_id(), org=org, day=day, number=number, taken_at=now)
    VisitTicket.objects.bulk_create([row])
    taken = events.TicketTaken(ticket_id=row.id, org=org, number=number)
    trail_actions.record(taken, actor=actor)
    return queue.face(row)


@transaction.atomic
def call_ticket(*, org: UUID, actor: Actor) -> TicketFace | None:
    """This will call the next number; None when nobody waits. Staff of the station only."""
    _serves(org, actor)
    waiting = VisitTicket.objects.filter(org=org, day=clock.today(), called_at=None)
    row = waiting.select_for_update(skip_locked=True).order_by("number").first()
    if row is None:
        return None
    row.called_at, row.called_by = clock.now(), actor.account_id
    row.save(update_fields=["called_at", "called_by"])
    called = events.TicketCalled(ticket_id=row.id, org=org, number=row.number)
    trail_actions.record(called, actor=actor)
    return queue.face(row)


@transaction.atomic
def serve_ticket(*, ticket_id: UUID, reference: str = "", actor: Actor) -> None:
    """This will mark a visitor as served, with the matter recorded for them, if any."""
    row = VisitTicket.objects.select_for_update().filter(id=ticket_id).first()
    if row is None:
        raise NotFound("没有这个号")
    _serves(row.org, actor)
    if row.served_at is not None:
        raise NotAllowed(f"{row.number} 号已经接待完毕")
    row.matter = access.matter_for(actor, reference) if reference else None
    row.called_at = row.called_at or clock.now()
    row.served_at = clock.now()
    row.save(update_fields=["matter", "called_at", "served_at"])
    served = events.TicketServed(
        ticket_id=row.id, org=row.org, number=row.number, reference=reference
    )
    trail_actions.record(served, actor=actor)


def _may_route(region_code: str, actor: Actor) -> None:
    if actor.kind == "system":
        return
    inside = bool(actor.region_from) and actor.region_from <= region_code < actor.region_until
    if not (inside and actor.has(roles.DISPATCHER, roles.DIRECTOR)):
        raise NotAllowed("只有派单员和局领导可以修改本辖区的派单规则")


def _serves(org: UUID, actor: Actor) -> None:
    if actor.org_id != org or not actor.has(roles.CLERK, roles.OFFICER, roles.DISPATCHER):
        raise NotAllowed("只有本站点的工作人员可以叫号")
