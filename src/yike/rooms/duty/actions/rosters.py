"""Beginning a roster, filling it by hand, publishing it and ending it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import Clash, NotAllowed
from yike.rooms.duty import access, days, entry, events, needs, standing
from yike.rooms.duty.models import Post, Roster, Shift
from yike.rooms.providers import queries as providers_queries
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def begin_roster(
    *, county: str, from_on: date, until_on: date, actor: Actor, demo: bool = False
) -> UUID:
    """This will begin a draft for all posts of a county with nobody in it, and return its id.

    Days that no holiday notice covers yet are planned as plain weekdays, and the roster says so.
    """
    access.require_planner(actor, county)
    entry.period(from_on, until_on)
    known = days.days_between(from_on, until_on)
    roster = Roster.objects.create(
        county_code=county,
        from_on=from_on,
        until_on=until_on,
        unverified=bool(known.unknown),
        made_at=clock.now(),
        made_by=actor.account_id,
        demo=demo,
    )
    posts = Post.objects.filter(
        Q(active_until=None) | Q(active_until__gt=from_on),
        county_code=county,
        active_from__lt=until_on,
    )
    wanted = needs.needs_of(list(posts), from_on, until_on, known)
    Shift.objects.bulk_create(_empty(roster, need) for need in wanted)
    standing.say_of_roster(roster, events.RosterBegun, actor)
    return roster.pk


@transaction.atomic
def place_shift(*, shift_id: UUID, practitioner_id: UUID | None, actor: Actor) -> None:
    """This will give a shift to somebody by hand, or to nobody (None).

    Refuses NotAllowed, in sentences, whoever the hard rules of planning keep from it.
    """
    row = access.shift_for(actor, shift_id, lock=True)
    access.require_planner(actor, row.county_code)
    if row.until_at <= clock.now():
        raise NotAllowed("这一班已经结束，不能再改。", way_on="请改以后的班次。")
    if row.state not in ("planned", "swapped"):
        raise NotAllowed("这一班已经缺勤或替班。", way_on="请在替班的班次上修改。")
    person = providers_queries.practitioner(practitioner_id) if practitioner_id else None
    if practitioner_id is not None:
        standing.refuse(row, practitioner_id)
    row.practitioner_id = person.id if person else None
    row.account_id = person.account_id if person else None
    row.name = person.name if person else ""
    row.fixed = person is not None
    row.save(update_fields=["practitioner_id", "account_id", "name", "fixed"])
    trail_actions.record(
        events.ShiftPlaced(
            shift_id=row.pk,
            post_id=row.post_id,
            post_name=row.post.name,
            region_code=row.post.region_code,
            from_at=row.from_at,
            practitioner_id=row.practitioner_id,
        ),
        actor=actor,
    )


@transaction.atomic
def publish_roster(*, roster_id: UUID, actor: Actor) -> None:
    """This will put a draft in force: anybody may know it, and those on duty are told.

    What another published roster plans for the same posts on the same days is refused (Clash).
    """
    roster = access.roster_for(actor, roster_id, lock=True)
    access.lock_county(roster.county_code)
    if roster.state != "draft":
        raise Clash("这张值班表已经发布或停用。", way_on="请看最新的值班表。")
    if roster.work in ("waiting", "solving"):
        raise NotAllowed("这张值班表还在计算。", way_on="请等算完再发布。")
    _refuse_twice(roster)
    roster.state, roster.published_at = "published", clock.now()
    roster.save(update_fields=["state", "published_at"])
    shifts = Shift.objects.filter(roster=roster).update(public=True)
    standing.say_of_roster(roster, events.RosterPublished, actor, shifts=shifts)


@transaction.atomic
def end_roster(*, roster_id: UUID, reason: str, actor: Actor) -> None:
    """This will throw a draft away; of a published roster, the shifts that have not begun."""
    roster = access.roster_for(actor, roster_id, lock=True)
    access.lock_county(roster.county_code)
    if roster.state == "ended":
        raise Clash("这张值班表已经停用。", way_on="请看最新的值班表。")
    why = entry.filled(reason, "reason", "停用原因")
    rest = Shift.objects.filter(roster=roster, from_at__gt=clock.now())
    rest.update(public=False)
    if roster.state == "draft":
        Shift.objects.filter(roster=roster, public=False).delete()
    roster.state = "ended"
    roster.save(update_fields=["state"])
    standing.say_of_roster(roster, events.RosterEnded, actor, reason=why)


def _empty(roster: Roster, need: needs.Need) -> Shift:
    return Shift(
        roster=roster,
        post=need.post,
        county_code=roster.county_code,
        day=need.day,
        from_at=need.from_at,
        until_at=need.until_at,
        part=need.part,
        weight=need.weight,
        demo=roster.demo,
    )


def _refuse_twice(roster: Roster) -> None:
    """No post is manned by two published rosters on one day."""
    mine = Shift.objects.filter(roster=roster).values("post_id", "day")
    others = Shift.objects.filter(
        county_code=roster.county_code,
        public=True,
        day__gte=roster.from_on,
        day__lt=roster.until_on,
    ).exclude(roster=roster)
    taken = set(others.values_list("post_id", "day"))
    both = sorted({row["day"] for row in mine if (row["post_id"], row["day"]) in taken})
    if both:
        raise Clash(
            f"{both[0]:%m月%d日}起已有发布的值班表。",
            way_on="请先停用那张值班表，或者把这张的日期错开。",
        )
