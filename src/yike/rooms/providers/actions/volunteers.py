"""A volunteer's life, from applying to leaving (A17.1, A17.2, A17.7)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, NotAllowed, NotFound
from yike.rooms.guard import limits
from yike.rooms.people import sealing
from yike.rooms.providers import access, entry, events, volunteer_contacts
from yike.rooms.providers import access_volunteers as reach
from yike.rooms.providers import volunteers as words
from yike.rooms.providers.models import (
    Volunteer,
    VolunteerContact,
    VolunteerMember,
    VolunteerSignUp,
    VolunteerUndertaking,
)
from yike.rooms.providers.queries.volunteers import rules_of, tasks_served, undertaken
from yike.rooms.regions import queries as region_queries
from yike.rooms.trail import actions as trail_actions

#: applications from one address in an hour
_MOST_AN_HOUR = 10
_HOUR = 3600


@transaction.atomic
def apply_to_volunteer(
    *,
    name: str,
    kind: str,
    phone: str,
    region_code: str,
    actor: Actor,
    directions: Sequence[str] = (),
    specialties: Sequence[str] = (),
    languages: Sequence[str] = (),
    areas: Sequence[str] = (),
    availability: Sequence[str] = (),
    employer: str = "",
    email: str = "",
    practitioner_id: UUID | None = None,
    account_id: UUID | None = None,
    demo: bool = False,
) -> UUID:
    """This will take down that somebody wants to be a volunteer, and seal the contact.

    By anybody on the portal, or a registrar. `availability`: "0m" Monday morning … "6e" Sunday
    evening. Refuses Clash a telephone that a volunteer on the register has, BadInput what is no
    telephone or not on the lists, TooMany more than ten in an hour from one address.
    """
    open_door = actor.kind in ("visitor", "citizen")
    if open_door:
        limits.allow(what="volunteer", who=actor.address, per_seconds=_HOUR, at_most=_MOST_AN_HOUR)
    else:
        access.require_registrar(actor, region_code)
    region_queries.region(region_code)
    row = Volunteer(
        name=entry.filled(name, "name", "姓名", most=60),
        region_id=region_code,
        employer=entry.line(employer, "employer", most=100),
        practitioner_id=None if open_door else practitioner_id,
        account_id=None if open_door else account_id,
        state="applied",
        applied_on=clock.today(),
        phone_index=sealing.phone_index(phone),
        demo=demo and not open_door,
        **_facts(kind, directions, specialties, languages, areas, availability),
    )
    entry.insert(row, "这个电话已经登记为志愿者，或已经申请过")
    volunteer_contacts.add(row.pk, phone.strip(), entry.line(email, "email", most=100))
    trail_actions.record(
        events.VolunteerApplied(**_about(row), vocation=words.KINDS[row.kind]), actor=actor
    )
    return row.pk


@transaction.atomic
def revise_volunteer(
    *,
    volunteer_id: UUID,
    actor: Actor,
    kind: str,
    directions: Sequence[str] = (),
    specialties: Sequence[str] = (),
    languages: Sequence[str] = (),
    areas: Sequence[str] = (),
    availability: Sequence[str] = (),
    employer: str = "",
    practitioner_id: UUID | None = None,
    account_id: UUID | None = None,
    phone: str = "",
    email: str = "",
) -> None:
    """This will correct a volunteer's entry; the contact stays when no telephone is told."""
    row = reach.volunteer_for(actor, volunteer_id)
    _refuse_ended(row)
    news: dict[str, Any] = _facts(kind, directions, specialties, languages, areas, availability)
    news |= {
        "employer": entry.line(employer, "employer", most=100),
        "practitioner_id": practitioner_id, "account_id": account_id,
    }  # fmt: skip
    if phone.strip():
        news["phone_index"] = sealing.phone_index(phone)
    changed = [name for name, value in news.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, news[name])
    if changed:
        entry.settle(row, changed, "这个电话或账号已经登记为另一名志愿者")
    if phone.strip():
        mail = entry.line(email, "email", most=100)
        volunteer_contacts.change(row.pk, phone.strip(), mail)
    if changed or phone.strip():
        trail_actions.record(
            events.VolunteerRevised(**_about(row), changed=_labels(changed)), actor=actor
        )


@transaction.atomic
def move_volunteer(
    *, volunteer_id: UUID, verb: str, actor: Actor, reason: str = "", told: str = ""
) -> None:
    """This will take one step of a volunteer's life by the table `volunteers.ROWS`.

    Refuses NotAllowed a step the state does not know, service without the undertaking in force,
    and the end of probation before so many services as the county asks; BadInput missing words.
    """
    row = reach.volunteer_for(actor, volunteer_id)
    if not words.may(row.state, verb):
        raise NotAllowed(
            f"现在是“{words.STATES[row.state]}”，不能做这一步", way_on="请刷新页面查看现在的状态。"
        )
    line = words.BY_VERB[verb]
    said = entry.filled(told, "told", "说明") if line.words else entry.line(told, "told")
    why = entry.one_of(reason, words.REASONS, "reason", "原因") if line.reason else ""
    _refuse_unready(row, line, actor)
    row.state = line.to
    if verb == "try":
        row.began_on = clock.today()
    if line.to in words.ENDED:
        _end(row, why, said, actor)
    row.save(update_fields=["state", "began_on", "ended_on", "end_reason", "end_words"])
    named = "：".join(one for one in (words.REASONS.get(why, ""), said) if one)
    trail_actions.record(
        events.VolunteerMoved(
            **_about(row), verb=verb, label=line.label, state=words.STATES[line.to],
            told=f"（{named}）" if named else "",
        ),
        actor=actor,
    )  # fmt: skip


@transaction.atomic
def note_undertaking(*, volunteer_id: UUID, actor: Actor, signed_on: date | None = None) -> None:
    """This will note that a volunteer signed the undertaking in force; by a registrar who saw it,

    or by the volunteer. Refuses BadInput a day to come.
    """
    row = reach.volunteer_or_self(actor, volunteer_id)
    if not reach.is_self(actor, row):
        row = reach.volunteer_for(actor, volunteer_id)
    _refuse_ended(row)
    day = signed_on or clock.today()
    if day > clock.today():
        raise BadInput("签署日期不能晚于今天", field="signed_on")
    version = rules_of(row.region_id).undertaking_version
    signed = VolunteerUndertaking(
        volunteer=row, version=version, signed_on=day, noted_by=(actor.label or "系统")[:60],
        noted_at=clock.now(),
    )  # fmt: skip
    entry.insert(signed, "这一版承诺书已经签过")
    trail_actions.record(
        events.VolunteerUndertook(**_about(row), version=version, signed_on=day), actor=actor
    )


@transaction.atomic
def open_volunteer_contact(*, volunteer_id: UUID, reason: str, actor: Actor) -> tuple[str, str]:
    """This will return telephone and e-mail of a volunteer, and leave a sentence about the look."""
    row = reach.volunteer_for(actor, volunteer_id)
    why = entry.filled(reason, "reason", "查看理由")
    contact = VolunteerContact.objects.filter(pk=row.pk).first()
    if contact is None:
        raise NotFound("没有登记联系方式")
    trail_actions.record(events.VolunteerContactOpened(**_about(row), reason=why), actor=actor)
    return volunteer_contacts.read(contact)


def _facts(
    kind: str,
    directions: Sequence[str],
    specialties: Sequence[str],
    languages: Sequence[str],
    areas: Sequence[str],
    availability: Sequence[str],
) -> dict[str, Any]:
    wrong = next((key for key in availability if not words.is_availability(key)), None)
    if wrong is not None:
        raise BadInput("没有这个时段", field="availability")
    named = [
        entry.one_of(code, words.DIRECTIONS, "directions", "志愿方向")
        for code in dict.fromkeys(directions)
    ]
    return {
        "kind": entry.one_of(kind, words.KINDS, "kind", "职业类别"),
        "directions": named,
        "specialties": entry.words(specialties, "specialties"),
        "languages": entry.words(languages, "languages"),
        "areas": entry.areas(areas),
        "availability": sorted(set(availability)),
    }


def _refuse_unready(row: Volunteer, line: words.Row, actor: Actor) -> None:
    rules = rules_of(row.region_id)
    if line.undertaking and not undertaken([row.pk], rules.undertaking_version):
        raise NotAllowed(
            f"还没有签署现行的保密和回避承诺书（{rules.undertaking_version} 版）",
            way_on="请先登记签署承诺书。",
        )
    served = tasks_served([row.pk]).get(row.pk, 0)
    if line.verb == "take" and served < rules.probation_tasks:
        raise NotAllowed(
            f"试用期至少服务 {rules.probation_tasks} 次，现在是 {served} 次",
            way_on="请安排任务，签退后再转为正式。",
        )


def _end(row: Volunteer, why: str, said: str, actor: Actor) -> None:
    """Leaves the register, every team and every task that is still to come."""
    today = clock.today()
    row.ended_on, row.end_reason, row.end_words = today, why, said
    reason = f"退出志愿者队伍：{words.REASONS[why]}"
    open_ = VolunteerMember.objects.filter(volunteer=row, until_on__isnull=True)
    open_.update(until_on=today, end_reason=reason)
    coming = VolunteerSignUp.objects.filter(
        volunteer=row, state__in=["asked", "waiting", "confirmed"]
    ).select_related("task")
    for one in coming:
        one.state, one.words = "withdrawn", reason
        one.save(update_fields=["state", "words"])
        freed = events.VolunteerPlaceFreed(
            task_id=one.task_id, region_code=one.task.region_id, title=one.task.title,
            sign_up_id=one.pk, volunteer_id=row.pk, state="已退出", reason=reason,
        )  # fmt: skip
        trail_actions.record(freed, actor=actor)


def _refuse_ended(row: Volunteer) -> None:
    if row.state in words.ENDED:
        raise NotAllowed(
            f"这名志愿者{words.STATES[row.state]}，不能再修改", way_on="可以重新登记申请。"
        )


def _labels(changed: Sequence[str]) -> str:
    own = {"practitioner_id": "practitioner"}
    named = [
        str(getattr(Volunteer._meta.get_field(own.get(name, name)), "verbose_name", name))
        for name in changed
        if name != "phone_index"
    ]
    return "、".join(named) or "联系方式"


def _about(row: Volunteer) -> dict[str, Any]:
    return {"volunteer_id": row.pk, "region_code": row.region_id}
