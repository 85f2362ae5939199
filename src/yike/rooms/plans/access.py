"""Who may read and move plans: all staff of the county read, keepers and departments move."""

from __future__ import annotations

from uuid import UUID

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed, NotFound
from yike.rooms.plans.course import Standing
from yike.rooms.plans.models import Project, Task, TaskDepartment, TaskForce
from yike.rooms.providers import queries as providers_queries
from yike.rooms.providers.access import REGISTRARS, require_registrar
from yike.rooms.regions import codes


def force_for(actor: Actor, ref: UUID, *, lock: bool = False) -> TaskForce:
    """This will return a task force the actor may see; NotFound when there is none."""
    rows = TaskForce.objects.select_for_update() if lock else TaskForce.objects
    found = rows.filter(pk=ref).first()
    if found is None or not _in_county(actor, found.county_code):
        raise NotFound("没有这个工作专班")
    return found


def task_for(actor: Actor, ref: UUID, *, lock: bool = False) -> Task:
    """This will return a task the actor may see; NotFound when there is none."""
    rows = Task.objects.select_related("task_force").filter(pk=ref)
    found = rows.first()
    if found is None or not _in_county(actor, found.task_force.county_code):
        raise NotFound("没有这项任务")
    if not lock:
        return found
    locked = rows.select_for_update(of=("self",)).first()
    if locked is None:  # seen, but row security lets only keepers and departments change it
        raise NotAllowed("这项任务不由您办理", way_on="请联系任务的责任科室（所）或工作专班。")
    return locked


def project_for(actor: Actor, ref: UUID, *, lock: bool = False) -> Project:
    """This will return a building project the actor may see; NotFound when there is none."""
    found = Project.objects.select_related("institution").filter(pk=ref).first()
    if found is None or not _in_county(actor, found.county_code):
        raise NotFound("没有这个建设项目")
    if not lock:
        return found
    locked = Project.objects.select_for_update().filter(pk=ref).first()
    if locked is None:  # seen, but row security lets only keepers and the responsible change it
        raise NotAllowed("这一步不由您办理", way_on="请联系项目的责任单位或县里的计划管理人员。")
    return locked


def standing_at(actor: Actor, project: Project) -> frozenset[Standing]:
    """This will return what somebody is to a building project."""
    found: set[Standing] = set()
    if is_keeper(actor, project.county_code):
        found.add("keeper")
    if actor.kind == "staff" and actor.org_id == project.institution_id:
        found.add("responsible")
    return frozenset(found)


def require_reader(actor: Actor, county_code: str) -> None:
    """This will refuse NotAllowed or NotFound whoever does not read the plans of this county."""
    if not _in_county(actor, county_code):
        raise NotFound("没有这个县的建设计划")


def require_keeper(actor: Actor, county_code: str) -> None:
    """This will refuse NotAllowed whoever does not keep the plans of this county."""
    require_registrar(actor, county_code)


def standing_of(actor: Actor, task: Task) -> frozenset[Standing]:
    """This will return what somebody is to a task."""
    found: set[Standing] = set()
    if is_keeper(actor, task.task_force.county_code):
        found.add("keeper")
    if actor.org_id is not None and _answers(actor.org_id, task):
        found.add("responsible")
    return frozenset(found)


def is_keeper(actor: Actor, county_code: str) -> bool:
    """This will say whether somebody keeps the plans of a county."""
    if actor.kind == "system":
        return True
    span = (actor.region_from, actor.region_until)
    return actor.kind == "staff" and actor.has(*REGISTRARS) and codes.within(county_code, span)


def _answers(org: UUID, task: Task) -> bool:
    named = TaskDepartment.objects.filter(task=task.id)
    if named.filter(institution=org).exists():
        return True
    kinds = set(named.exclude(institution_kind="").values_list("institution_kind", flat=True))
    if not kinds:
        return False
    own = providers_queries.institution(org)
    return own.kind in kinds and codes.within(own.region_code, codes.span(_county(task)))


def _county(task: Task) -> str:
    return task.task_force.county_code


def _in_county(actor: Actor, county_code: str) -> bool:
    """Staff without a region (administrators, auditors) are of the house's own county."""
    if actor.kind == "system":
        return True
    if actor.kind != "staff":
        raise NotAllowed("请先登录")
    return not actor.region_from or codes.within(actor.region_from, codes.span(county_code))
