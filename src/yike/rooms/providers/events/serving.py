"""What can happen to advisers, duty teams, joinings and the departments in charge of a kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from yike.rooms.core.event import Event


@dataclass(frozen=True, kw_only=True)
class _OfContract:
    ABOUT: ClassVar[str] = "adviser_contract"
    SUBJECT: ClassVar[str] = "contract_id"

    contract_id: UUID
    number: str
    practitioner_id: UUID
    region_code: str


@dataclass(frozen=True, kw_only=True)
class AdviserEngaged(_OfContract, Event):
    """A lawyer was engaged as adviser of villages, newly or again."""

    SENTENCE: ClassVar[str] = "签订村（居）法律顾问合同 {number}，服务 {villages} 个村"

    villages: int
    renewal: bool


@dataclass(frozen=True, kw_only=True)
class AdviserVillagesSet(_OfContract, Event):
    """The villages under a contract changed from a day on."""

    SENTENCE: ClassVar[str] = "合同 {number} 自 {from_on} 起服务 {villages} 个村：{reason}"

    villages: int
    from_on: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class AdviserReleased(_OfContract, Event):
    """A contract ended before its term."""

    SENTENCE: ClassVar[str] = "提前终止顾问合同 {number}：{reason}"

    ended_on: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class AdviserVisited(_OfContract, Event):
    """An adviser's work in a village was written down."""

    SENTENCE: ClassVar[str] = "记下顾问在村工作：{work}，{minutes} 分钟"

    work: str
    minutes: int


@dataclass(frozen=True, kw_only=True)
class _OfTeam:
    ABOUT: ClassVar[str] = "duty_team"
    SUBJECT: ClassVar[str] = "team_id"

    team_id: UUID
    name: str
    region_code: str


@dataclass(frozen=True, kw_only=True)
class DutyTeamFormed(_OfTeam, Event):
    """A duty team was formed."""

    SENTENCE: ClassVar[str] = "组建值班团队 {name}"


@dataclass(frozen=True, kw_only=True)
class DutyNeedsSet(_OfTeam, Event):
    """What a team must be composed of was set anew."""

    SENTENCE: ClassVar[str] = "调整值班团队 {name} 的资格要求：{needs}"

    needs: str


@dataclass(frozen=True, kw_only=True)
class DutyMemberJoined(_OfTeam, Event):
    """A person joined a team from a day on."""

    SENTENCE: ClassVar[str] = "值班团队 {name} 增加{part}，自 {from_on} 起：{reason}"

    practitioner_id: UUID
    part: str
    from_on: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class DutyMemberLeft(_OfTeam, Event):
    """A person left a team on a day."""

    SENTENCE: ClassVar[str] = "值班团队 {name} 减少一人，自 {until_on} 起：{reason}"

    practitioner_id: UUID
    until_on: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class DutyTeamEnded(_OfTeam, Event):
    """A team was dissolved."""

    SENTENCE: ClassVar[str] = "撤销值班团队 {name}：{reason}"

    ended_on: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class _OfJoining:
    ABOUT: ClassVar[str] = "joining"
    SUBJECT: ClassVar[str] = "joining_id"

    joining_id: UUID
    name: str
    region_code: str


@dataclass(frozen=True, kw_only=True)
class JoiningApplied(_OfJoining, Event):
    """An institution asked to join the platforms."""

    SENTENCE: ClassVar[str] = "{name} 申请入驻"


@dataclass(frozen=True, kw_only=True)
class JoiningMoved(_OfJoining, Event):
    """An institution came a step nearer, or left."""

    SENTENCE: ClassVar[str] = "{name} 入驻：{step}{reason}"

    step: str
    state: str
    #: begins with a colon, or is empty
    reason: str


@dataclass(frozen=True, kw_only=True)
class JoiningPaperChecked(_OfJoining, Event):
    """A licence shown by who wants to join was compared with its issuer's register."""

    SENTENCE: ClassVar[str] = "{name} 入驻证照核验：{paper}，{outcome}"

    paper: str
    outcome: str


@dataclass(frozen=True, kw_only=True)
class _OfCharge:
    ABOUT: ClassVar[str] = "kind_charge"
    SUBJECT: ClassVar[str] = "charge_id"

    charge_id: UUID
    kind_name: str
    department: str
    region_code: str


@dataclass(frozen=True, kw_only=True)
class KindCharged(_OfCharge, Event):
    """A department answers for one of the nine kinds from now on."""

    SENTENCE: ClassVar[str] = "{kind_name}类资源由{department}负责更新"


@dataclass(frozen=True, kw_only=True)
class KindUpdateSigned(_OfCharge, Event):
    """A department signed that its kind is up to date for a period."""

    SENTENCE: ClassVar[str] = "{department}签核{kind_name}类资源（{since} 起的一期）"

    since: date


@dataclass(frozen=True, kw_only=True)
class KindUpdateOverdue(_OfCharge, Event):
    """A period's update was not signed in time."""

    SENTENCE: ClassVar[str] = "{department}没有按期签核{kind_name}类资源（应在 {due_on} 前）"

    update_id: UUID
    account_id: UUID | None
    since: date
    due_on: date
