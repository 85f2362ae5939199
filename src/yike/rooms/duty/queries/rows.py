"""From table rows to faces, for the reads of this room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from yike.rooms.duty import words
from yike.rooms.duty.faces import DemandRow, OnDuty, PostRow, ShiftRow
from yike.rooms.duty.models import Demand, Post, Shift
from yike.rooms.providers import kinds


def on_duty_row(row: Shift) -> OnDuty:
    """This will return a manned shift as anybody may know it; its post and institution loaded."""
    assert row.practitioner_id is not None
    post = row.post
    return OnDuty(
        shift_id=row.pk,
        post_id=post.pk,
        post_name=post.name,
        place_id=post.place_id,
        line=post.line,
        institution_id=post.institution_id,
        institution_name=post.institution.name,
        phone=post.phone or post.institution.phone,
        region_code=post.region_code,
        services=tuple(post.services),
        practitioner_id=row.practitioner_id,
        account_id=row.account_id,
        name=row.name,
        day=row.day,
        from_at=row.from_at,
        until_at=row.until_at,
        part=row.part,
        state=row.state,
    )


def shift_row(row: Shift) -> ShiftRow:
    """This will return one shift; its post loaded."""
    return ShiftRow(
        id=row.pk,
        roster_id=row.roster_id,
        post_id=row.post_id,
        post_name=row.post.name,
        day=row.day,
        from_at=row.from_at,
        until_at=row.until_at,
        practitioner_id=row.practitioner_id,
        account_id=row.account_id,
        name=row.name,
        part=row.part,
        part_name=words.PARTS[row.part],
        state=row.state,
        state_name=words.SHIFT_STATES[row.state],
        weight=row.weight,
        fixed=row.fixed,
        public=row.public,
        replaced_by=row.replaced_by_id,
    )


def post_rows(rows: Iterable[Post]) -> tuple[PostRow, ...]:
    """This will return posts with what they need; two queries however many."""
    found = list(rows)
    needs: dict[object, list[Demand]] = {}
    for demand in Demand.objects.filter(post__in=[row.pk for row in found], active_until=None):
        needs.setdefault(demand.post_id, []).append(demand)
    return tuple(_post(row, needs.get(row.pk, ())) for row in found)


def demand_sentence(demand: Demand) -> str:
    """This will return a demand in words: 周一、周三 08:30-12:00 2人，备班1人."""
    day = f"{demand.on_day:%Y-%m-%d}" if demand.on_day else weekdays_words(demand.weekdays)
    until = f"{demand.until_time:%H:%M}"
    next_day = "次日" if demand.until_time <= demand.from_time else ""
    backups = f"，备班{demand.backups}人" if demand.backups else ""
    rule = f"（{words.HOLIDAY_RULES[demand.holidays]}）"
    hours = f"{demand.from_time:%H:%M}-{next_day}{until}"
    return f"{day} {hours} {demand.people}人{backups}{rule}"


def weekdays_words(weekdays: Sequence[int]) -> str:
    """This will return days of the week in words: 每天, 周一至周五, 周一、周三."""
    days = sorted(set(weekdays))
    if len(days) == 7:
        return "每天"
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return f"周{words.WEEKDAYS[days[0]]}至周{words.WEEKDAYS[days[-1]]}"
    return "、".join(f"周{words.WEEKDAYS[day]}" for day in days)


def _post(row: Post, demands: Iterable[Demand]) -> PostRow:
    return PostRow(
        id=row.pk,
        code=row.code,
        name=row.name,
        kind=row.kind,
        kind_name=words.POST_KINDS[row.kind],
        line=row.line,
        place_id=row.place_id,
        institution_id=row.institution_id,
        institution_name=row.institution.name,
        region_code=row.region_code,
        county_code=row.county_code,
        services=tuple(row.services),
        kinds=tuple(row.kinds),
        kind_names=tuple(kinds.RESOURCE_KINDS[kind] for kind in row.kinds),
        specialties=tuple(row.specialties),
        languages=tuple(row.languages),
        own_people=row.own_people,
        phone=row.phone,
        island=row.island,
        ferry_weekdays=tuple(row.ferry_weekdays),
        lon=row.lon,
        lat=row.lat,
        radius_m=row.radius_m,
        accuracy_m=row.accuracy_m,
        active_from=row.active_from,
        active_until=row.active_until,
        demands=tuple(_demand(one) for one in demands),
        demo=row.demo,
    )


def _demand(row: Demand) -> DemandRow:
    return DemandRow(
        id=row.pk,
        weekdays=tuple(row.weekdays),
        on_day=row.on_day,
        holidays=row.holidays,
        from_time=row.from_time,
        until_time=row.until_time,
        people=row.people,
        backups=row.backups,
        active_from=row.active_from,
        active_until=row.active_until,
        sentence=demand_sentence(row),
    )
