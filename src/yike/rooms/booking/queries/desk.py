"""What the desk sees: the day's bookings, opening hours, closures, the rule."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet

from yike.rooms.booking import access, calendars, flow, kinds, rowing, stock
from yike.rooms.booking.faces import BookingFace, ClosureFace, PatternFace, RuleFace
from yike.rooms.booking.models import Booking, Closure, Feed, Pattern
from yike.rooms.core import actor as actors
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotFound
from yike.rooms.guard.acting import acting
from yike.rooms.providers import queries as providers_queries

_MOST = 500
_SHOWN = (flow.CONFIRMED, flow.CAME, flow.NO_SHOW, flow.WAITING, flow.HELD, flow.CANCELLED)
#: a feed reaches so far back and ahead
_FEED = timedelta(days=60)


def day_list(actor: Actor, day: date) -> tuple[BookingFace, ...]:
    """This will return the bookings of a day that this actor sees, by place and time."""
    rows = Booking.objects.select_related("slot", "pattern").filter(day=day, state__in=_SHOWN)
    rows = rows.exclude(state__in=(flow.CANCELLED, flow.HELD), party_id=None)
    ordered = rows.order_by("pattern__place_name", "kind", "slot__from_at", "made_at", "id")
    return rowing.bookings(list(ordered[:_MOST]), actor, clock.now())


def booked_at(places: Collection[UUID], since: date, until: date) -> dict[UUID, int]:
    """This will count who has a time at places in a span (`until` exclusive); no-shows too.

    As far as the actor may see bookings.
    """
    taken = (flow.CONFIRMED, flow.CAME, flow.NO_SHOW)
    rows = Booking.objects.filter(slot__place_id__in=places, day__gte=since, day__lt=until)
    counted = rows.filter(state__in=taken).values_list("slot__place_id").annotate(n=Count("id"))
    return {place: n for place, n in counted.order_by() if place}


def booking_page(actor: Actor, reference: str) -> BookingFace:
    """This will return one booking for the desk, with its deeds. Refuses NotFound."""
    return rowing.whole(access.booking_for(actor, reference), actor, clock.now())


def patterns(actor: Actor, county: str, org: UUID | None = None) -> tuple[PatternFace, ...]:
    """This will return the opening hours of a county or of one office, in words."""
    rows = Pattern.objects.filter(county_code=county)
    rows = rows.filter(org=org) if org else rows
    today = clock.today()
    rows = rows.filter(Q(active_until=None) | Q(active_until__gt=today))
    found = list(rows.order_by("kind", "place_name", "id"))
    names = providers_queries.names_of({row.org for row in found})
    upcoming = _upcoming(found)
    return tuple(
        _pattern(row, names.get(row.org, ""), upcoming.get(row.pk, 0), actor) for row in found
    )


def posts_of(county: str) -> tuple[tuple[str, str], ...]:
    """This will return the posts of the roster that can be booked: (id, name)."""
    return stock.posts(county)


def closures(county: str) -> tuple[ClosureFace, ...]:
    """This will return the days without bookings from today on."""
    rows: QuerySet[Closure] = Closure.objects.filter(
        until_on__gte=clock.today(), region_code__startswith=county[:6]
    )
    found = list(rows.order_by("from_on", "id"))
    names = providers_queries.names_of({row.org for row in found})
    return tuple(
        ClosureFace(
            id=row.pk,
            org_name=names.get(row.org, ""),
            from_on=row.from_on,
            until_on=row.until_on,
            reason=row.reason,
        )
        for row in found
    )


def rule(county: str) -> RuleFace:
    """This will return how a county gives out times now."""
    row = access.rule_of(county)
    return RuleFace(
        county_code=county,
        version=row.version,
        hold_minutes=row.hold_minutes,
        offer_minutes=row.offer_minutes,
        no_shows=row.no_shows,
        within_days=row.within_days,
        words=row.words,
        set_at=row.set_at if row.version else None,
    )


def own_feed(actor: Actor) -> bool:
    """This will say whether one's bookings can be subscribed to now."""
    own = Feed.objects.filter(revoked_at=None)
    return actor.account_id is not None and own.filter(account_id=actor.account_id).exists()


def feed_of(token: str) -> bytes:
    """This will return the calendar of whose secret this is. Refuses NotFound."""
    with connection.cursor() as cursor:
        cursor.execute("select booking_feed_of(%s)", [calendars.digest(token)])
        found = cursor.fetchone()
    if not found or found[0] is None:
        raise NotFound("这个日历地址已经停用", way_on="请在工作台重新生成。")
    return _feed(found[0])


def _feed(account: UUID) -> bytes:
    """The secret stands for its owner: exactly the rows of this one person."""
    owner = actors.Actor(kind="staff", ref=str(account), door="desk")
    today = clock.today()
    with acting(owner):
        rows = Booking.objects.select_related("slot", "pattern").filter(
            account_id=account, day__range=(today - _FEED, today + _FEED),
            state__in=(flow.CONFIRMED, flow.CAME, flow.NO_SHOW),
        )  # fmt: skip
        faces = rowing.bookings(list(rows.order_by("day", "id")[:_MOST]), owner, clock.now())
    return calendars.for_practitioner(faces, clock.now())


def _upcoming(found: list[Pattern]) -> dict[UUID, int]:
    rows = Booking.objects.filter(
        pattern__in=found, state=flow.CONFIRMED, slot__from_at__gt=clock.now()
    )
    return dict(rows.values_list("pattern_id").annotate(many=Count("id")))


def _pattern(row: Pattern, org_name: str, upcoming: int, actor: Actor) -> PatternFace:
    return PatternFace(
        id=row.pk,
        kind=row.kind,
        kind_name=kinds.NAMES[row.kind],
        org=row.org,
        org_name=org_name,
        place_name=row.place_name,
        source=row.source,
        source_name=kinds.SOURCES[row.source],
        said=stock.sentence(row),
        person=row.person,
        minutes=row.minutes,
        capacity=row.capacity,
        on_holidays=row.on_holidays,
        ahead_days=row.ahead_days,
        active_from=row.active_from,
        active_until=row.active_until,
        may_alter=access.may_keep(actor, row.org, row.region_code),
        upcoming=upcoming,
    )
