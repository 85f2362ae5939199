"""Teams of volunteers by professional field, and a county's rules for them (A17.3, A17.6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, NotAllowed, NotFound
from yike.rooms.guard import clean
from yike.rooms.providers import access, entry, events, volunteer_rules
from yike.rooms.providers import access_volunteers as reach
from yike.rooms.providers import volunteers as words
from yike.rooms.providers.models import VolunteerMember, VolunteerRules, VolunteerTeam
from yike.rooms.regions import queries as region_queries
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def form_volunteer_team(
    *, name: str, field: str, region_code: str, actor: Actor, demo: bool = False
) -> UUID:
    """This will form a team of one professional field."""
    access.require_registrar(actor, region_code)
    region_queries.region(region_code)
    row = VolunteerTeam(
        name=entry.filled(name, "name", "队名", most=100),
        field=entry.one_of(field, words.DIRECTIONS, "field", "专业领域"),
        region_id=region_code, active_from=clock.today(), demo=demo,
    )  # fmt: skip
    row.save(force_insert=True)
    formed = events.VolunteerTeamFormed(**_about(row), field=words.DIRECTIONS[row.field])
    trail_actions.record(formed, actor=actor)
    return row.pk


@transaction.atomic
def join_volunteer_team(
    *, team_id: UUID, volunteer_id: UUID, actor: Actor, leads: bool = False, reason: str = ""
) -> UUID:
    """This will let a volunteer into a team, or change their part in it.

    A new leader takes the place of the former one, who stays a member. Refuses NotAllowed whoever
    does not serve (yet).
    """
    team = reach.volunteer_team_for(actor, team_id)
    entry.refuse_closed(team.active_until)
    person = reach.volunteer_for(actor, volunteer_id)
    if person.state not in words.SERVING:
        raise NotAllowed(
            f"{person.name}现在是“{words.STATES[person.state]}”，不能入队",
            way_on="试用或正式的志愿者才能加入团队。",
        )
    why = entry.line(reason, "reason")
    today = clock.today()
    open_ = VolunteerMember.objects.filter(team=team, until_on__isnull=True)
    open_.filter(volunteer=person).update(until_on=today, end_reason="调整担任")
    if leads:
        _step_down(team, today)
    made = VolunteerMember.objects.create(
        team=team, volunteer=person, leads=leads, from_on=today, reason=why
    )
    joined = events.VolunteerTeamJoined(
        **_about(team), volunteer_id=person.pk, part="队长" if leads else "队员"
    )
    trail_actions.record(joined, actor=actor)
    return made.pk


@transaction.atomic
def leave_volunteer_team(*, member_id: UUID, reason: str, actor: Actor) -> None:
    """This will end a volunteer's time in a team."""
    found = VolunteerMember.objects.filter(pk=member_id, until_on__isnull=True).first()
    if found is None:
        raise NotFound("没有这名队员")
    team = reach.volunteer_team_for(actor, found.team_id)
    found.until_on = clock.today()
    found.end_reason = entry.filled(reason, "reason", "退出原因")
    found.save(update_fields=["until_on", "end_reason"])
    left = events.VolunteerTeamLeft(
        **_about(team), volunteer_id=found.volunteer_id, reason=found.end_reason
    )
    trail_actions.record(left, actor=actor)


@transaction.atomic
def end_volunteer_team(*, team_id: UUID, reason: str, actor: Actor) -> None:
    """This will dissolve a team; its members leave it."""
    team = reach.volunteer_team_for(actor, team_id)
    entry.refuse_closed(team.active_until)
    team.active_until = clock.today()
    team.end_reason = entry.filled(reason, "reason", "撤销原因")
    team.save(update_fields=["active_until", "end_reason"])
    open_ = VolunteerMember.objects.filter(team=team, until_on__isnull=True)
    open_.update(until_on=team.active_until, end_reason="团队撤销")
    ended = events.VolunteerTeamEnded(**_about(team), reason=team.end_reason)
    trail_actions.record(ended, actor=actor)


@transaction.atomic
def set_volunteer_rules(
    *,
    region_code: str,
    source: str,
    actor: Actor,
    points_per_hour: int = 10,
    points_for_best: int = 5,
    probation_tasks: int = 2,
    honours: Sequence[tuple[int, str]] = volunteer_rules.Rules().honours,
    undertaking_version: str = volunteer_rules.UNDERTAKING_VERSION,
    undertaking: str = volunteer_rules.UNDERTAKING,
    active_from: date | None = None,
    demo: bool = False,
) -> None:
    """This will set a county's rules of volunteering from a day (today) on; the former stay.

    `honours`: (hours, name), each number of hours once. A new undertaking needs a new version.
    Refuses Clash a second set for the same day, BadInput a version whose text differs.
    """
    access.require_registrar(actor, region_code)
    tiers = sorted(
        (hours, entry.filled(name, "honours", "荣誉", most=40)) for hours, name in honours
    )
    if len({hours for hours, _ in tiers}) != len(tiers) or any(hours < 1 for hours, _ in tiers):
        raise BadInput("荣誉等级的小时数应各不相同，且大于 0", field="honours")
    version = entry.filled(undertaking_version, "undertaking_version", "承诺书版本", most=20)
    text = clean.text(undertaking, field="undertaking", most=4000, least=20)
    known = VolunteerRules.objects.filter(region_id=region_code, undertaking_version=version)
    if known.exclude(undertaking=text).exists():
        raise BadInput("这个版本已有不同的文本，请换一个版本号", field="undertaking_version")
    row = VolunteerRules(
        region_id=region_code, active_from=active_from or clock.today(),
        points_per_hour=points_per_hour, points_for_best=points_for_best,
        probation_tasks=probation_tasks, honours=[list(pair) for pair in tiers],
        undertaking_version=version, undertaking=text,
        source=entry.filled(source, "source", "依据"), demo=demo,
    )  # fmt: skip
    entry.insert(row, "这一天已经设过规则")
    told = events.VolunteerRulesSet(
        region_code=region_code, active_from=row.active_from, source=row.source
    )
    trail_actions.record(told, actor=actor)


def _step_down(team: VolunteerTeam, today: date) -> None:
    former = VolunteerMember.objects.filter(team=team, until_on__isnull=True, leads=True).first()
    if former is None:
        return
    former.until_on, former.end_reason = today, "不再担任队长"
    former.save(update_fields=["until_on", "end_reason"])
    VolunteerMember.objects.create(
        team=team, volunteer_id=former.volunteer_id, from_on=today, reason="不再担任队长"
    )


def _about(team: VolunteerTeam) -> dict[str, Any]:
    return {"team_id": team.pk, "region_code": team.region_id, "name": team.name}
