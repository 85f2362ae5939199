"""Who stands where: asked at an instant by other rooms, and shown for a day to anybody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet

from yike.rooms.core import clock
from yike.rooms.duty import words
from yike.rooms.duty.faces import BoardPerson, BoardRow, OnDuty, hours_of
from yike.rooms.duty.models import OF_OPEN_POSTS, Post, Shift
from yike.rooms.duty.queries.rows import on_duty_row
from yike.rooms.providers import kinds
from yike.rooms.regions import codes

#: How far ahead the next time of a service is looked for.
AHEAD = timedelta(days=60)


def on_duty(
    at: datetime | None = None,
    *,
    county: str,
    post: UUID | None = None,
    service: str = "",
    org: UUID | None = None,
) -> tuple[OnDuty, ...]:
    """This will return who is on duty at an instant (now) in a county, main before backup.

    `service` S01…S10, `post`, `org` (the institution that runs the post) narrow it.
    """
    rows = _at(at).filter(county_code=county)
    rows = rows.filter(post_id=post) if post else rows
    rows = rows.filter(post__services__contains=[service]) if service else rows
    rows = rows.filter(post__institution_id=org) if org else rows
    found = rows.order_by("post__region_code", "post__code", "from_at", "id")
    return tuple(sorted(map(on_duty_row, found), key=lambda one: one.part == "backup"))


def standing_in(post_id: UUID, at: datetime | None = None) -> tuple[OnDuty, ...]:
    """This will return who stands at one post at an instant (now), main before backup."""
    found = _at(at).filter(post_id=post_id).order_by("from_at", "id")
    return tuple(sorted(map(on_duty_row, found), key=lambda one: one.part == "backup"))


def on_duty_ids(practitioner_ids: Iterable[UUID], at: datetime | None = None) -> frozenset[UUID]:
    """This will return those of these persons who are on duty (not as backup) at an instant."""
    rows = _at(at).filter(practitioner_id__in=set(practitioner_ids), part="main")
    return frozenset(
        one for one in rows.order_by().values_list("practitioner_id", flat=True) if one
    )


def next_slot(service: str, region_code: str, after: datetime | None = None) -> OnDuty | None:
    """This will return who gives a service next: now or soonest after, within sixty days.

    Asked at the place itself, then its town, then its county: the nearer post wins over the
    sooner one only when it stands within a week.
    """
    since = after or clock.now()
    rows = _manned().filter(
        until_at__gt=since,
        from_at__lt=since + AHEAD,
        part="main",
        post__services__contains=[service],
    )
    week = since + timedelta(days=7)
    for level in ("village", "town"):
        place = codes.at_level(region_code, level)
        found = _first(rows.filter(from_at__lt=week), codes.span(place)) if place else None
        if found:
            return found
    county = codes.at_level(region_code, "county") or region_code
    return _first(rows, codes.span(county))


def public_board(county: str, day: date | None = None) -> tuple[BoardRow, ...]:
    """This will return the public board of a civil day (today): each manned post and its people.

    A night that began the evening before is shown as well while it lasts into the day.
    """
    asked = day or clock.today()
    start = datetime.combine(asked, time(), tzinfo=clock.CIVIL)
    rows = _published().filter(
        county_code=county, from_at__lt=start + timedelta(days=1), until_at__gt=start
    )
    now = clock.now()
    rows = rows.exclude(from_at__lt=start, until_at__lte=now)
    by_post: dict[UUID, list[Shift]] = {}
    for row in rows.order_by("post__region_code", "post__code", "from_at", "part", "name"):
        by_post.setdefault(row.post_id, []).append(row)
    board = (_board_row(shifts[0].post, shifts, start, now) for shifts in by_post.values())
    return tuple(row for row in board if row.people or row.gap)


def _published() -> QuerySet[Shift]:
    rows = Shift.objects.select_related("post__institution", "roster")
    return rows.filter(OF_OPEN_POSTS, public=True)


def _manned() -> QuerySet[Shift]:
    return _published().filter(state__in=words.STANDING, practitioner_id__isnull=False)


def _at(at: datetime | None) -> QuerySet[Shift]:
    moment = at or clock.now()
    return _manned().filter(from_at__lte=moment, until_at__gt=moment)


def _first(rows: QuerySet[Shift], span: tuple[str, str]) -> OnDuty | None:
    here = rows.filter(post__region_code__gte=span[0], post__region_code__lt=span[1])
    found = here.order_by("from_at", "post__code", "id").first()
    return on_duty_row(found) if found else None


def _board_row(post: Post, shifts: list[Shift], start: datetime, now: datetime) -> BoardRow:
    standing = [row for row in shifts if row.practitioner_id and row.state in words.STANDING]
    standing.sort(key=lambda row: (row.from_at, row.part == "backup"))
    return BoardRow(
        post_id=post.pk,
        post_name=post.name,
        kind=post.kind,
        kind_name=words.POST_KINDS[post.kind],
        line=post.line,
        place_id=post.place_id,
        institution_name=post.institution.name,
        region_code=post.region_code,
        services=tuple(post.services),
        service_names=tuple(kinds.SERVICES[one] for one in post.services),
        phone=post.phone or post.institution.phone,
        people=tuple(_person(row, start, now) for row in standing),
        gap=any(row.state == "absent" or not row.practitioner_id for row in shifts),
        unverified=any(row.roster.unverified for row in shifts),
    )


def _person(row: Shift, start: datetime, now: datetime) -> BoardPerson:
    until = row.until_at.astimezone(clock.CIVIL)
    return BoardPerson(
        shift_id=row.pk,
        name=row.name,
        part=row.part,
        part_name=words.PARTS[row.part],
        hours=(
            f"前一晚到 {until:%H:%M}"
            if row.from_at < start
            else hours_of(row.from_at, row.until_at)
        ),
        from_at=row.from_at,
        until_at=row.until_at,
        now=row.from_at <= now < row.until_at,
    )
