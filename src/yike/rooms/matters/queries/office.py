"""What an office reads beside matters: routes and their gaps, drafts, queue tickets."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Count

from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed
from yike.rooms.matters import drafts, names, queue, routing
from yike.rooms.matters import routes as routing_table
from yike.rooms.matters.faces import DraftFace, Gap, RouteFace, TicketFace
from yike.rooms.matters.models import Draft, Route, VisitTicket
from yike.rooms.people import queries as people_queries
from yike.rooms.regions import codes
from yike.rooms.regions import queries as regions_queries


def routes(actor: Actor, county: str) -> tuple[RouteFace, ...]:
    """This will return the lines in force of a county and those above it, by region."""
    _staff(actor)
    since, until = codes.span(county)
    rows = routing_table.in_force(clock.today())
    inside = list(rows.filter(region_code__gte=since, region_code__lt=until))
    above = list(rows.filter(region_code__in=[*routing.lines_for(county)][1:]))
    found = sorted(above + inside, key=lambda row: (row.region_code, row.category, row.set_at))
    return _faces(found)


def coverage_gaps(actor: Actor, county: str) -> tuple[Gap, ...]:
    """This will return every village × category that falls to the pool, with the reason.

    Rows that differ in nothing but the category are told once, with category "" for all of them.
    """
    _staff(actor)
    lines = _lines(county)
    staffed = people_queries.staffed_orgs({line.org for line in lines})
    kinds = {row.code: row.name for row in catalogue_queries.legal_matters()}
    gaps: list[Gap] = []
    villages = regions_queries.villages_of(county)
    places = names.places([row.code for row in villages])
    for village in villages:
        fitting = [one for one in lines if one.region_code in routing.lines_for(village.code)]
        found = {
            kind: routing.choose(
                fitting, region_code=village.code, category=kind, item_code="", can_take=staffed
            )
            for kind in kinds
        }
        missing = {kind: one.ground for kind, one in found.items() if one.org is None}
        if len(missing) == len(kinds) and len(set(missing.values())) == 1:
            ground = next(iter(missing.values()))
            gaps.append(_gap(village.code, places, "", "全部事项类型", ground))
        else:
            gaps += [_gap(village.code, places, k, kinds[k], why) for k, why in missing.items()]
    return tuple(gaps)


def draft(key: str, actor: Actor) -> DraftFace | None:
    """This will return what was typed under this key and not sent, or None."""
    del actor  # the key is the whole right
    row = Draft.objects.filter(key=drafts.place(key), expires_at__gt=clock.now()).first()
    if row is None:
        return None
    fields = drafts.opened(row)
    return DraftFace(key=key, fields=fields, saved_at=row.saved_at, expires_at=row.expires_at)


def received_at(orgs: Collection[UUID], since: date, until: date) -> dict[UUID, int]:
    """This will count the visitors with a number whom offices called in a span, by office."""
    rows = VisitTicket.objects.filter(org__in=orgs, day__gte=since, day__lt=until)
    called = rows.exclude(called_at=None).values_list("org").annotate(n=Count("id"))
    return dict(called.order_by())


def tickets(actor: Actor, org: UUID) -> tuple[TicketFace, ...]:
    """This will return today's queue of a station: numbers and times, nothing of a person."""
    del actor
    rows = VisitTicket.objects.filter(org=org, day=clock.today()).order_by("number")
    return tuple(queue.face(row) for row in rows)


def _faces(rows: list[Route]) -> tuple[RouteFace, ...]:
    orgs = names.orgs(row.org for row in rows)
    kinds = names.categories()
    places = regions_queries.paths_of({row.region_code for row in rows if row.region_code})
    return tuple(
        RouteFace(
            id=row.id,
            region_code=row.region_code,
            region_name=places[row.region_code].text if row.region_code in places else "全部",
            category=row.category,
            category_name=kinds.get(row.category, "") or "全部",
            item_code=row.item_code,
            org=row.org,
            org_name=orgs.get(row.org, ""),
            active_from=row.active_from,
            active_until=row.active_until,
            note=row.note,
        )
        for row in rows
    )


def _lines(county: str) -> list[routing.Line]:
    since, until = codes.span(county)
    rows = routing_table.in_force(clock.today()).filter(item_code="")
    values = rows.values_list("region_code", "category", "item_code", "org", "set_at")
    above = set(routing.lines_for(county))
    return [
        routing.Line(region_code=region, category=kind, item_code=item, org=org, set_at=at)
        for region, kind, item, org, at in values
        if since <= region < until or region in above
    ]


def _gap(code: str, places: dict[str, str], category: str, name: str, why: str) -> Gap:
    return Gap(
        region_code=code,
        region_name=places.get(code, code),
        category=category,
        category_name=name,
        reason=why,
    )


def _staff(actor: Actor) -> None:
    if actor.kind not in ("staff", "system"):
        raise NotAllowed("请先登录")
