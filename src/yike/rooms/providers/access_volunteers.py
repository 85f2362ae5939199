"""Who may alter volunteers, their teams, tasks and records: keepers, organisers, and themselves."""

from __future__ import annotations

from uuid import UUID

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed, NotFound
from yike.rooms.people import roles
from yike.rooms.providers.access import require_registrar
from yike.rooms.providers.models import (
    ServiceRecord,
    Volunteer,
    VolunteerCertificate,
    VolunteerIncident,
    VolunteerSignUp,
    VolunteerTask,
    VolunteerTeam,
)
from yike.rooms.regions import codes

#: who sees to a task on the spot
ORGANISERS = (roles.OFFICER, roles.SUPERVISOR)


def require_organiser(actor: Actor, region_code: str) -> None:
    """This will refuse NotAllowed whoever may not see to a task in this region."""
    here = codes.within(region_code, (actor.region_from, actor.region_until))
    if not (actor.kind == "staff" and actor.has(*ORGANISERS) and here):
        require_registrar(actor, region_code)


def volunteer_for(actor: Actor, ref: UUID) -> Volunteer:
    """This will lock a volunteer whose entry the actor may alter; NotFound when there is none."""
    found = Volunteer.objects.filter(pk=ref).first()
    if found is None:
        raise NotFound("没有这名志愿者")
    require_registrar(actor, found.region_id)
    return Volunteer.objects.select_for_update().get(pk=ref)


def volunteer_or_self(actor: Actor, ref: UUID) -> Volunteer:
    """This will return a volunteer to those who see to tasks, or to themselves."""
    found = Volunteer.objects.filter(pk=ref).first()
    if found is None:
        raise NotFound("没有这名志愿者")
    if not is_self(actor, found):
        require_organiser(actor, found.region_id)
    return found


def is_self(actor: Actor, volunteer: Volunteer) -> bool:
    """This will say whether this is the entry of whoever acts."""
    return actor.account_id is not None and volunteer.account_id == actor.account_id


def volunteer_team_for(actor: Actor, ref: UUID) -> VolunteerTeam:
    """This will lock a team the actor may alter; NotFound when there is none."""
    found = VolunteerTeam.objects.filter(pk=ref).first()
    if found is None:
        raise NotFound("没有这支志愿者团队")
    require_registrar(actor, found.region_id)
    return VolunteerTeam.objects.select_for_update().get(pk=ref)


def task_for(actor: Actor, ref: UUID) -> VolunteerTask:
    """This will return a task the actor sees to; NotFound when there is none."""
    found = VolunteerTask.objects.filter(pk=ref).first()
    if found is None:
        raise NotFound("没有这个志愿服务任务")
    require_organiser(actor, found.region_id)
    return found


def task_to_keep(actor: Actor, ref: UUID) -> VolunteerTask:
    """This will return a task the actor may close or call off; NotFound when there is none."""
    found = VolunteerTask.objects.filter(pk=ref).first()
    if found is None:
        raise NotFound("没有这个志愿服务任务")
    require_registrar(actor, found.region_id)
    return found


def sign_up_for(actor: Actor, ref: UUID) -> VolunteerSignUp:
    """This will lock a sign-up of a task the actor sees to; NotFound when there is none."""
    found = VolunteerSignUp.objects.select_related("task").filter(pk=ref).first()
    if found is None:
        raise NotFound("没有这个报名")
    require_organiser(actor, found.task.region_id)
    return _sign_up(ref)


def sign_up_or_self(actor: Actor, ref: UUID) -> VolunteerSignUp:
    """This will lock a sign-up for those who see to the task, or for the volunteer."""
    found = VolunteerSignUp.objects.select_related("task", "volunteer").filter(pk=ref).first()
    if found is None:
        raise NotFound("没有这个报名")
    if not is_self(actor, found.volunteer):
        require_organiser(actor, found.task.region_id)
    return _sign_up(ref)


def incident_for(actor: Actor, ref: UUID) -> VolunteerIncident:
    """This will lock an incident of a task the actor sees to; NotFound when there is none."""
    found = VolunteerIncident.objects.select_related("task").filter(pk=ref).first()
    if found is None:
        raise NotFound("没有这条事故记录")
    require_organiser(actor, found.task.region_id)
    return found


def certificate_for(actor: Actor, ref: UUID) -> VolunteerCertificate:
    """This will return a certificate the actor may revoke; NotFound when there is none."""
    found = VolunteerCertificate.objects.select_related("volunteer").filter(pk=ref).first()
    if found is None:
        raise NotFound("没有这份证书")
    require_registrar(actor, found.volunteer.region_id)
    return found


def record_for(actor: Actor, ref: UUID) -> ServiceRecord:
    """This will lock a record of a service the actor may declare void."""
    found = ServiceRecord.objects.filter(pk=ref).first()
    if found is None:
        raise NotFound("没有这条服务记录")
    require_organiser(actor, found.region_id)
    return ServiceRecord.objects.select_for_update().get(pk=ref)


def require_giver(actor: Actor, region_code: str, own: bool) -> None:
    """This will refuse whoever neither works in the region nor gave the service in person."""
    if own and actor.kind == "staff":
        return
    try:
        require_organiser(actor, region_code)
    except NotAllowed as no:
        raise NotAllowed(
            "只能登记本区划的服务，或自己提供的服务", way_on="请由当地司法所登记。"
        ) from no


def _sign_up(ref: UUID) -> VolunteerSignUp:
    rows = VolunteerSignUp.objects.select_for_update(of=("self",))
    found = rows.select_related("task", "volunteer").filter(pk=ref).first()
    if found is None:
        raise NotAllowed("这个报名已经不能再改", way_on="请刷新页面查看现在的状态。")
    return found
