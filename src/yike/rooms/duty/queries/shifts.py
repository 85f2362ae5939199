"""Reading shifts of persons and of rosters."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from yike.rooms.core.refusal import NotFound
from yike.rooms.duty import words
from yike.rooms.duty.faces import ShiftRow
from yike.rooms.duty.models import OF_OPEN_POSTS, Shift
from yike.rooms.duty.queries.rows import shift_row


def shift(shift_id: UUID) -> ShiftRow:
    """This will return one shift the acting person may see. Refuses NotFound."""
    found = Shift.objects.select_related("post").filter(pk=shift_id).first()
    if found is None:
        raise NotFound("没有这个班次。", way_on="请从值班表重新进入。")
    return shift_row(found)


def shifts_of(practitioner_id: UUID, since: datetime, until: datetime) -> tuple[ShiftRow, ...]:
    """This will return one person's published shifts that touch [since, until), in order."""
    rows = Shift.objects.select_related("post").filter(
        practitioner_id=practitioner_id, public=True, from_at__lt=until, until_at__gt=since
    )
    return tuple(shift_row(row) for row in rows.order_by("from_at", "id"))


def shifts_between(
    county: str, since: datetime, until: datetime, post: UUID | None = None
) -> tuple[ShiftRow, ...]:
    """This will return the published shifts of a county that touch [since, until), in order."""
    rows = Shift.objects.select_related("post").filter(
        OF_OPEN_POSTS, county_code=county, public=True, from_at__lt=until, until_at__gt=since
    )
    rows = rows.filter(post_id=post) if post else rows
    return tuple(shift_row(row) for row in rows.order_by("from_at", "post_id", "part", "id"))


def shifts_stood_at(
    stations: Collection[UUID], since: datetime, until: datetime
) -> dict[UUID, int]:
    """This will count, by station, the published shifts that ended in [since, until) with somebody
    named for them; who was absent without a substitute does not count.
    """
    found = dict.fromkeys(stations, 0)
    rows = Shift.objects.filter(
        OF_OPEN_POSTS, public=True, post__place_id__in=list(stations), until_at__gte=since,
        until_at__lt=until, practitioner_id__isnull=False, state__in=words.STANDING,
    )  # fmt: skip
    for ref in rows.values_list("post__place_id", flat=True):
        if ref is not None:
            found[ref] += 1
    return found


def hours_at_stations(county: str, since: datetime, until: datetime) -> dict[UUID, float]:
    """This will return, by station, the hours of published shifts inside [since, until).

    Of whoever stands there, or is to; a backup counts nothing, two at once count both.
    """
    rows = Shift.objects.filter(
        OF_OPEN_POSTS, county_code=county, public=True, part="main", from_at__lt=until,
        until_at__gt=since, post__place_id__isnull=False, practitioner_id__isnull=False,
        state__in=words.STANDING,
    )  # fmt: skip
    found: dict[UUID, float] = {}
    for place, begin, end in rows.values_list("post__place_id", "from_at", "until_at"):
        stretch = (min(end, until) - max(begin, since)).total_seconds() / 3600
        if place is not None:
            found[place] = found.get(place, 0.0) + stretch
    return found
