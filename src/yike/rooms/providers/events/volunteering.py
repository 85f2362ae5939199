"""What can happen to volunteers, their teams and tasks, and to records of services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from yike.rooms.core.event import Event


@dataclass(frozen=True, kw_only=True)
class _OfVolunteer:
    ABOUT: ClassVar[str] = "volunteer"
    SUBJECT: ClassVar[str] = "volunteer_id"

    volunteer_id: UUID
    region_code: str


@dataclass(frozen=True, kw_only=True)
class VolunteerApplied(_OfVolunteer, Event):
    """Somebody wants to be a volunteer."""

    SENTENCE: ClassVar[str] = "申请成为志愿者（{vocation}）"

    vocation: str


@dataclass(frozen=True, kw_only=True)
class VolunteerRevised(_OfVolunteer, Event):
    """Facts about a volunteer were corrected."""

    SENTENCE: ClassVar[str] = "更正志愿者登记：{changed}"

    changed: str


@dataclass(frozen=True, kw_only=True)
class VolunteerMoved(_OfVolunteer, Event):
    """A volunteer took a step of their life: trained, vetted, on probation, taken on, gone."""

    SENTENCE: ClassVar[str] = "{label}，现在是“{state}”{told}"

    verb: str
    label: str
    state: str
    told: str


@dataclass(frozen=True, kw_only=True)
class VolunteerUndertook(_OfVolunteer, Event):
    """A volunteer signed the undertaking of secrecy and conflicts."""

    SENTENCE: ClassVar[str] = "签署保密和回避承诺书 {version} 版"

    version: str
    signed_on: date


@dataclass(frozen=True, kw_only=True)
class VolunteerContactOpened(_OfVolunteer, Event):
    """Somebody looked at how to reach a volunteer."""

    SENTENCE: ClassVar[str] = "查看志愿者联系方式：{reason}"

    reason: str


@dataclass(frozen=True, kw_only=True)
class VolunteerHonoured(_OfVolunteer, Event):
    """A volunteer reached an honour by hours."""

    SENTENCE: ClassVar[str] = "取得荣誉：{honour}"

    honour: str


@dataclass(frozen=True, kw_only=True)
class CertificateIssued(_OfVolunteer, Event):
    """A certificate was issued."""

    SENTENCE: ClassVar[str] = "发给志愿服务证书，累计 {minutes} 分钟"

    certificate_id: UUID
    minutes: int


@dataclass(frozen=True, kw_only=True)
class CertificateRevoked(_OfVolunteer, Event):
    """A certificate was taken back."""

    SENTENCE: ClassVar[str] = "撤销志愿服务证书：{reason}"

    certificate_id: UUID
    reason: str


@dataclass(frozen=True, kw_only=True)
class VolunteerRulesSet(Event):
    """A county's rules of points, honours and undertaking changed from a day on."""

    SENTENCE: ClassVar[str] = "设定志愿服务规则，自 {active_from} 起，依据：{source}"

    region_code: str
    active_from: date
    source: str


@dataclass(frozen=True, kw_only=True)
class _OfTeam:
    ABOUT: ClassVar[str] = "volunteer_team"
    SUBJECT: ClassVar[str] = "team_id"

    team_id: UUID
    region_code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class VolunteerTeamFormed(_OfTeam, Event):
    """A team of volunteers was formed."""

    SENTENCE: ClassVar[str] = "组建志愿者团队“{name}”（{field}）"

    field: str


@dataclass(frozen=True, kw_only=True)
class VolunteerTeamJoined(_OfTeam, Event):
    """A volunteer joined a team, or became its leader."""

    SENTENCE: ClassVar[str] = "志愿者加入“{name}”，担任{part}"

    volunteer_id: UUID
    part: str


@dataclass(frozen=True, kw_only=True)
class VolunteerTeamLeft(_OfTeam, Event):
    """A volunteer left a team."""

    SENTENCE: ClassVar[str] = "志愿者退出“{name}”：{reason}"

    volunteer_id: UUID
    reason: str


@dataclass(frozen=True, kw_only=True)
class VolunteerTeamEnded(_OfTeam, Event):
    """A team was dissolved."""

    SENTENCE: ClassVar[str] = "撤销志愿者团队“{name}”：{reason}"

    reason: str


@dataclass(frozen=True, kw_only=True)
class _OfTask:
    ABOUT: ClassVar[str] = "volunteer_task"
    SUBJECT: ClassVar[str] = "task_id"

    task_id: UUID
    region_code: str
    title: str


@dataclass(frozen=True, kw_only=True)
class VolunteerTaskPosted(_OfTask, Event):
    """Volunteers are wanted for a task."""

    SENTENCE: ClassVar[str] = "发布志愿服务任务“{title}”，需要 {places} 人"

    places: int


@dataclass(frozen=True, kw_only=True)
class VolunteerTaskMoved(_OfTask, Event):
    """A task stopped recruiting, ended or was called off."""

    SENTENCE: ClassVar[str] = "任务“{title}”：{state}{told}"

    state: str
    told: str


@dataclass(frozen=True, kw_only=True)
class VolunteerSignedUp(_OfTask, Event):
    """A volunteer signed up, for a place or for the waiting list."""

    SENTENCE: ClassVar[str] = "志愿者报名：{state}"

    sign_up_id: UUID
    volunteer_id: UUID
    state: str


@dataclass(frozen=True, kw_only=True)
class VolunteerSignUpMoved(_OfTask, Event):
    """A sign-up went on: confirmed, came, left, absent, moved up from the waiting list."""

    SENTENCE: ClassVar[str] = "志愿者{state}{told}"

    sign_up_id: UUID
    volunteer_id: UUID
    state: str
    told: str


@dataclass(frozen=True, kw_only=True)
class VolunteerPlaceFreed(_OfTask, Event):
    """A place came free: somebody withdrew or was not chosen."""

    SENTENCE: ClassVar[str] = "志愿者{state}，空出名额：{reason}"

    sign_up_id: UUID
    volunteer_id: UUID
    state: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class VolunteerCalled(_OfTask, Event):
    """A spot call was made."""

    SENTENCE: ClassVar[str] = "抽查“{title}”：{outcome}"

    outcome: str


@dataclass(frozen=True, kw_only=True)
class VolunteerRated(_OfTask, Event):
    """A client said how a service was."""

    SENTENCE: ClassVar[str] = "服务对象评价志愿服务：{level}"

    sign_up_id: UUID
    volunteer_id: UUID
    level: str


@dataclass(frozen=True, kw_only=True)
class VolunteerIncidentNoted(_OfTask, Event):
    """Something went wrong."""

    SENTENCE: ClassVar[str] = "登记志愿服务事故：{what}，{due_on} 前处理"

    incident_id: UUID
    what: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class VolunteerIncidentClosed(_OfTask, Event):
    """An incident was followed up."""

    SENTENCE: ClassVar[str] = "事故处理完毕：{what}"

    incident_id: UUID
    what: str


@dataclass(frozen=True, kw_only=True)
class _OfRecord:
    ABOUT: ClassVar[str] = "service_record"
    SUBJECT: ClassVar[str] = "record_id"

    record_id: UUID
    region_code: str


@dataclass(frozen=True, kw_only=True)
class ServiceRecorded(_OfRecord, Event):
    """A service outside orders was written down."""

    SENTENCE: ClassVar[str] = "登记服务记录：{service}，{minutes} 分钟"

    service: str
    minutes: int


@dataclass(frozen=True, kw_only=True)
class ServiceVoided(_OfRecord, Event):
    """A record of a service was declared void; it stays."""

    SENTENCE: ClassVar[str] = "服务记录作废：{reason}"

    reason: str


@dataclass(frozen=True, kw_only=True)
class ServicesExported(Event):
    """Records of services left as a list."""

    SENTENCE: ClassVar[str] = "导出服务记录 {rows} 条，用途：{purpose}（{reason}）"

    region_code: str
    rows: int
    purpose: str
    reason: str
