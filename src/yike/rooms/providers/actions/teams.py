"""Forming duty teams and changing who belongs to them: dated, with reasons, never edited."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound
from yike.rooms.providers import access, entry, events, kinds, queries
from yike.rooms.providers.models import DutyMember, DutyNeed, DutyTeam, Practitioner
from yike.rooms.providers.queries import NeedFace
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def form_team(
    *,
    name: str,
    region_code: str,
    actor: Actor,
    post_id: UUID | None = None,
    place_id: UUID | None = None,
    line: str = "",
    needs: Sequence[NeedFace] = (),
    active_from: date | None = None,
    demo: bool = False,
) -> UUID:
    """This will form a duty team for a post, a station or a line, with what it must be composed of.

    Refuses Clash a second team for one post.
    """
    access.require_registrar(actor, region_code)
    row = DutyTeam(
        name=entry.filled(name, "name", "名称", most=100),
        region_id=region_code,
        post_id=post_id,
        place_id=place_id,
        line=entry.one_of(line, kinds.LINES, "line", "线路") if line else "",
        active_from=active_from or clock.today(),
        demo=demo,
    )
    entry.insert(row, "这个岗位已有值班团队")
    _write_needs(row, needs)
    trail_actions.record(events.DutyTeamFormed(**_about(row)), actor=actor)
    return row.pk


@transaction.atomic
def give_team_post(*, team_id: UUID, post_id: UUID, actor: Actor) -> None:
    """This will tie a team to the duty post it serves."""
    row = access.team_for(actor, team_id)
    _refuse_over(row)
    if queries.team_of_post(post_id) is not None:
        raise Clash("这个岗位已有值班团队", way_on="请先撤销那个团队。")
    row.post_id = post_id
    row.save(update_fields=["post_id"])
    trail_actions.record(events.DutyTeamFormed(**_about(row)), actor=actor)


@transaction.atomic
def set_team_needs(*, team_id: UUID, needs: Sequence[NeedFace], actor: Actor) -> None:
    """This will replace what a team must be composed of."""
    row = access.team_for(actor, team_id)
    _refuse_over(row)
    DutyNeed.objects.filter(team=row).delete()
    _write_needs(row, needs)
    said = "；".join(need.sentence for need in needs) or "没有要求"
    trail_actions.record(events.DutyNeedsSet(**_about(row), needs=said), actor=actor)


@transaction.atomic
def join_team(
    *,
    team_id: UUID,
    practitioner_id: UUID,
    reason: str,
    actor: Actor,
    part: str = "member",
    from_on: date | None = None,
) -> UUID:
    """This will add a person to a team from a day (today) on; a new part ends the former one.

    Refuses NotAllowed whoever is not fit to serve on that day.
    """
    row = access.team_for(actor, team_id)
    _refuse_over(row)
    day = max(from_on or clock.today(), row.active_from)
    if not Practitioner.objects.filter(pk=practitioner_id).exists():
        raise BadInput("名录里没有这个人员", field="practitioner_id")
    why = queries.fit_to_serve([practitioner_id], on=day)[practitioner_id]
    if why:
        raise NotAllowed(f"不能加入团队：{'；'.join(why)}", way_on="请先更新证照，或另选一人。")
    entry.one_of(part, kinds.PARTS, "part", "担任")
    said = entry.filled(reason, "reason", "加入原因")
    _end_former(row, practitioner_id, day, said)
    made = DutyMember(
        team=row, practitioner_id=practitioner_id, part=part, from_on=day, reason=said
    )
    entry.insert(made, "这名人员已在团队里")
    trail_actions.record(
        events.DutyMemberJoined(
            **_about(row), practitioner_id=practitioner_id, part=kinds.PARTS[part], from_on=day,
            reason=said,
        ),
        actor=actor,
    )  # fmt: skip
    return made.pk


@transaction.atomic
def leave_team(*, member_id: UUID, reason: str, actor: Actor, until_on: date | None = None) -> None:
    """This will end a person's time in a team on a day (exclusive; today)."""
    found = DutyMember.objects.filter(pk=member_id).first()
    if found is None:
        raise NotFound("没有这名团队成员")
    row = access.team_for(actor, found.team_id)
    member = DutyMember.objects.select_for_update().get(pk=member_id)
    if member.until_on is not None:
        raise NotAllowed(f"已于 {member.until_on:%Y-%m-%d} 退出", way_on="请刷新页面。")
    said = entry.filled(reason, "reason", "退出原因")
    _end_member(row, member, until_on or clock.today(), said, actor)


@transaction.atomic
def end_team(*, team_id: UUID, reason: str, actor: Actor, ended_on: date | None = None) -> None:
    """This will dissolve a team on a day (exclusive; today), and end everybody's time in it."""
    row = access.team_for(actor, team_id)
    _refuse_over(row)
    day = max(ended_on or clock.today(), row.active_from)
    said = entry.filled(reason, "reason", "撤销原因")
    for member in DutyMember.objects.filter(team=row, until_on__isnull=True).order_by("id"):
        _end_member(row, member, day, said, actor)
    row.active_until, row.end_reason = day, said
    row.save(update_fields=["active_until", "end_reason"])
    trail_actions.record(
        events.DutyTeamEnded(**_about(row), ended_on=day, reason=said), actor=actor
    )


def _end_former(row: DutyTeam, practitioner_id: UUID, day: date, why: str) -> None:
    """A changed part is a new row: the former one ends on the day the new one begins."""
    former = DutyMember.objects.select_for_update().filter(
        team=row, practitioner=practitioner_id, until_on__isnull=True
    )
    for member in former:
        member.until_on = max(day, member.from_on)
        member.end_reason = why
        member.save(update_fields=["until_on", "end_reason"])


def _end_member(row: DutyTeam, member: DutyMember, on: date, why: str, actor: Actor) -> None:
    member.until_on, member.end_reason = max(on, member.from_on), why
    member.save(update_fields=["until_on", "end_reason"])
    trail_actions.record(
        events.DutyMemberLeft(
            **_about(row), practitioner_id=member.practitioner_id, until_on=member.until_on,
            reason=why,
        ),
        actor=actor,
    )  # fmt: skip


def _write_needs(row: DutyTeam, needs: Sequence[NeedFace]) -> None:
    for need in needs:
        for kind in need.kinds:
            entry.one_of(kind, kinds.RESOURCE_KINDS, "kinds", "人员类别")
        if not 1 <= need.people <= 100:
            raise BadInput("人数应在 1 到 100 之间", field="people")
    DutyNeed.objects.bulk_create(
        DutyNeed(
            team=row, kinds=list(need.kinds), people=need.people,
            specialty=entry.line(need.specialty, "specialty", most=20),
            language=entry.line(need.language, "language", most=20),
        )
        for need in needs
    )  # fmt: skip


def _refuse_over(row: DutyTeam) -> None:
    if row.active_until is not None:
        raise NotAllowed(f"团队已于 {row.active_until:%Y-%m-%d} 撤销，不能再修改")


def _about(row: DutyTeam) -> dict[str, Any]:
    return {"team_id": row.pk, "name": row.name, "region_code": row.region_id}
