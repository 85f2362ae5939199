"""What can happen to stations, terminals and signs. All of it is public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from yike.rooms.core.event import Event


@dataclass(frozen=True, kw_only=True)
class _OfStation:
    ABOUT: ClassVar[str] = "station"
    SUBJECT: ClassVar[str] = "station_id"

    station_id: UUID
    name: str
    region_code: str


@dataclass(frozen=True, kw_only=True)
class StationRegistered(_OfStation, Event):
    """A station entered the register."""

    SENTENCE: ClassVar[str] = "登记站点 {name}"

    level: int
    opened_on: date


@dataclass(frozen=True, kw_only=True)
class StationRevised(_OfStation, Event):
    """Facts of a station were corrected."""

    SENTENCE: ClassVar[str] = "变更站点 {name} 的 {changed}"

    changed: str


@dataclass(frozen=True, kw_only=True)
class PointKept(_OfStation, Event):
    """A station's point was kept although the check had a question; somebody said why."""

    SENTENCE: ClassVar[str] = "站点 {name} 的位置核对后仍按所填保存（{said}）：{reason}"

    said: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class StationClosed(_OfStation, Event):
    """A station was closed."""

    SENTENCE: ClassVar[str] = "停用站点 {name}：{reason}"

    closed_on: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class StationMerged(_OfStation, Event):
    """A station went on in another one."""

    SENTENCE: ClassVar[str] = "站点 {name} 并入 {into_name}：{reason}"

    into_id: UUID
    into_name: str
    reason: str
    on: date


@dataclass(frozen=True, kw_only=True)
class StationSplit(_OfStation, Event):
    """A station was divided into others."""

    SENTENCE: ClassVar[str] = "站点 {name} 分设为 {into_names}：{reason}"

    into_names: str
    reason: str
    on: date


@dataclass(frozen=True, kw_only=True)
class GradeAwarded(_OfStation, Event):
    """A station was given a grade, or lost it (empty)."""

    SENTENCE: ClassVar[str] = "评定站点 {name} 等级为“{grade}”：{reason}"

    grade: str
    reason: str
    awarded_on: date
    #: whose station it is, when it was graded here
    institution_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class _OfDevice:
    ABOUT: ClassVar[str] = "facility"
    SUBJECT: ClassVar[str] = "facility_id"

    facility_id: UUID
    name: str
    facility: str
    region_code: str


@dataclass(frozen=True, kw_only=True)
class FacilityRegistered(_OfDevice, Event):
    """A terminal or sign entered the register."""

    SENTENCE: ClassVar[str] = "登记设施 {name}"


@dataclass(frozen=True, kw_only=True)
class FacilityPointKept(_OfDevice, Event):
    """The point of a terminal or sign was kept although the check had a question."""

    SENTENCE: ClassVar[str] = "设施 {name} 的位置核对后仍按所填保存（{said}）：{reason}"

    said: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class FacilityStatusSet(_OfDevice, Event):
    """A terminal or sign works, is broken, stored or removed."""

    SENTENCE: ClassVar[str] = "设施 {name} 状态：{status}"

    status: str


@dataclass(frozen=True, kw_only=True)
class SpaceRegistered(_OfStation, Event):
    """A window or a room of a station entered the register."""

    SENTENCE: ClassVar[str] = "站点 {name} 设{kind_name} {space}"

    space_id: UUID
    space: str
    kind_name: str


@dataclass(frozen=True, kw_only=True)
class SpaceRevised(_OfStation, Event):
    """Facts of a window or a room were corrected."""

    SENTENCE: ClassVar[str] = "站点 {name} 变更 {space} 的信息"

    space_id: UUID
    space: str


@dataclass(frozen=True, kw_only=True)
class SpaceStatusSet(_OfStation, Event):
    """A window or a room is open, paused or closed for good."""

    SENTENCE: ClassVar[str] = "站点 {name} 的 {space}：{status}{reason}"

    space_id: UUID
    space: str
    status: str
    #: begins with a colon, or is empty
    reason: str


@dataclass(frozen=True, kw_only=True)
class GradeLowered(_OfStation, Event):
    """A station was put to a lower grade, or to none."""

    SENTENCE: ClassVar[str] = "站点 {name} 由“{before}”降为“{grade}”：{reason}"

    before: str
    grade: str
    reason: str
    awarded_on: date
    institution_id: UUID


@dataclass(frozen=True, kw_only=True)
class _OfScheme:
    ABOUT: ClassVar[str] = "grade_scheme"
    SUBJECT: ClassVar[str] = "scheme_id"

    scheme_id: UUID
    name: str
    version: int
    region_code: str


@dataclass(frozen=True, kw_only=True)
class SchemeDrafted(_OfScheme, Event):
    """A version of a grade scheme was begun."""

    SENTENCE: ClassVar[str] = "起草等级标准 {name} 第 {version} 版"


@dataclass(frozen=True, kw_only=True)
class SchemeEdited(_OfScheme, Event):
    """A draft of a grade scheme was edited."""

    SENTENCE: ClassVar[str] = "修改等级标准 {name} 第 {version} 版：{changed}"

    changed: str


@dataclass(frozen=True, kw_only=True)
class SchemePublished(_OfScheme, Event):
    """A version of a grade scheme was published; it never changes from now on."""

    SENTENCE: ClassVar[str] = "发布等级标准 {name} 第 {version} 版，{active_from} 起施行"

    active_from: date


@dataclass(frozen=True, kw_only=True)
class SchemeDropped(_OfScheme, Event):
    """A draft of a grade scheme was thrown away."""

    SENTENCE: ClassVar[str] = "删去等级标准草稿 {name} 第 {version} 版"


@dataclass(frozen=True, kw_only=True)
class _OfGrade:
    ABOUT: ClassVar[str] = "grade"
    SUBJECT: ClassVar[str] = "assessment_id"

    assessment_id: UUID
    station_id: UUID
    institution_id: UUID
    name: str
    region_code: str


@dataclass(frozen=True, kw_only=True)
class AssessmentBegun(_OfGrade, Event):
    """A station's office began to assess it."""

    SENTENCE: ClassVar[str] = "{name}开始等级自评，按“{scheme}”"

    scheme: str


@dataclass(frozen=True, kw_only=True)
class AnswerKept(_OfGrade, Event):
    """The office answered one criterion."""

    SENTENCE: ClassVar[str] = "自评“{criterion}”"

    criterion: str


@dataclass(frozen=True, kw_only=True)
class FindingKept(_OfGrade, Event):
    """The county looked at one criterion, or at the rest of them."""

    SENTENCE: ClassVar[str] = "复核“{criterion}”：{outcome}"

    criterion: str
    outcome: str


@dataclass(frozen=True, kw_only=True)
class AssessmentMoved(_OfGrade, Event):
    """An assessment was handed in, sent back, reviewed, given up or opened to review again."""

    SENTENCE: ClassVar[str] = "{name}等级评定：{deed}"

    verb: str
    deed: str
    state: str


@dataclass(frozen=True, kw_only=True)
class GradeRefused(_OfGrade, Event):
    """The county gave no grade."""

    SENTENCE: ClassVar[str] = "{name}得 {points} 分，不予评定"

    points: int


@dataclass(frozen=True, kw_only=True)
class AppealFiled(_OfGrade, Event):
    """The office does not agree with a decision."""

    SENTENCE: ClassVar[str] = "{name}对“{decision}”申诉"

    decision: str


@dataclass(frozen=True, kw_only=True)
class AppealDecided(_OfGrade, Event):
    """Somebody else decided an appeal."""

    SENTENCE: ClassVar[str] = "{name}的申诉：{outcome}"

    outcome: str


@dataclass(frozen=True, kw_only=True)
class GradesExported(Event):
    """The list of grades left the house."""

    SENTENCE: ClassVar[str] = "导出等级评定一览 {rows} 行，用途：{purpose}，理由：{reason}"

    region_code: str
    rows: int
    purpose: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class _OfFacility(_OfDevice):
    @property
    def about(self) -> str:
        """Stations have a history of their own kind; terminals and signs share one."""
        return "station" if self.facility == "station" else "facility"


@dataclass(frozen=True, kw_only=True)
class FacilityRevised(_OfFacility, Event):
    """Facts of a terminal or sign were corrected."""

    SENTENCE: ClassVar[str] = "变更 {name} 的 {changed}"

    changed: str


@dataclass(frozen=True, kw_only=True)
class PhotoAdded(_OfFacility, Event):
    """A photo of a place came in, or was reviewed."""

    SENTENCE: ClassVar[str] = "{name} 现场照片（{direction}，{taken_on} 拍摄）：{status}"

    direction: str
    taken_on: date
    status: str


@dataclass(frozen=True, kw_only=True)
class FactsConfirmed(_OfFacility, Event):
    """Somebody looked through the facts of a place and found them right."""

    SENTENCE: ClassVar[str] = "核对 {name} 的信息，无误"


@dataclass(frozen=True, kw_only=True)
class PointPublished(_OfFacility, Event):
    """A point went onto the map, or was taken off it."""

    SENTENCE: ClassVar[str] = "{name} {deed}"

    deed: str


@dataclass(frozen=True, kw_only=True)
class SignChecked(_OfFacility, Event):
    """Somebody looked at a sign."""

    SENTENCE: ClassVar[str] = "巡查 {name}：{result}"

    result: str
    on: date


@dataclass(frozen=True, kw_only=True)
class SiteListed(Event):
    """A public place was put on the list of those to be equipped, or taken off it."""

    ABOUT: ClassVar[str] = "public_site"
    SUBJECT: ClassVar[str] = "site_id"
    SENTENCE: ClassVar[str] = "公共场所 {name} {deed}"

    site_id: UUID
    name: str
    region_code: str
    deed: str


@dataclass(frozen=True, kw_only=True)
class QrChanged(Event):
    """A code was registered, led elsewhere, put up, taken down, checked or ended."""

    ABOUT: ClassVar[str] = "qrcode"
    SUBJECT: ClassVar[str] = "code_id"
    SENTENCE: ClassVar[str] = "服务码 {name} {deed}"

    code_id: UUID
    name: str
    region_code: str
    deed: str
