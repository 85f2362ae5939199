"""What can happen to uploads of points and to comparisons with other platforms' lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from yike.rooms.core.event import Event


@dataclass(frozen=True, kw_only=True)
class _OfUpload(Event):
    ABOUT: ClassVar[str] = "exchange_upload"
    SUBJECT: ClassVar[str] = "upload_id"

    upload_id: UUID
    region_code: str
    version: int
    facility_name: str


@dataclass(frozen=True, kw_only=True)
class UploadTaken(_OfUpload):
    """A file of points was checked and kept, to be submitted."""

    SENTENCE: ClassVar[str] = (
        "上传{facility_name}数据（第 {version} 版）：新增 {added}，修改 {changed}，不变 {left}"
    )

    added: int
    changed: int
    left: int


@dataclass(frozen=True, kw_only=True)
class UploadSubmitted(_OfUpload):
    """An upload waits for somebody of the county to approve it."""

    SENTENCE: ClassVar[str] = "{facility_name}数据第 {version} 版提交审批"


@dataclass(frozen=True, kw_only=True)
class UploadApplied(_OfUpload):
    """An upload was approved, and all of it entered the register."""

    SENTENCE: ClassVar[str] = (
        "{facility_name}数据第 {version} 版审批通过并生效：新增 {added}，修改 {changed}"
    )

    added: int
    changed: int


@dataclass(frozen=True, kw_only=True)
class UploadReturned(_OfUpload):
    """An upload was sent back with a reason; nothing of it entered the register."""

    SENTENCE: ClassVar[str] = "{facility_name}数据第 {version} 版被退回"


@dataclass(frozen=True, kw_only=True)
class UploadDropped(_OfUpload):
    """Whoever uploaded took it back."""

    SENTENCE: ClassVar[str] = "{facility_name}数据第 {version} 版由上传人撤回"


@dataclass(frozen=True, kw_only=True)
class UploadUndone(_OfUpload):
    """What an upload changed was put back; what it added was closed."""

    SENTENCE: ClassVar[str] = (
        "{facility_name}数据第 {version} 版已撤销：恢复 {changed}，停用 {added}"
    )

    added: int
    changed: int


@dataclass(frozen=True, kw_only=True)
class ListsCompared(Event):
    """Our points were compared with another platform's list."""

    ABOUT: ClassVar[str] = "exchange_comparison"
    SUBJECT: ClassVar[str] = "comparison_id"
    SENTENCE: ClassVar[str] = (
        "与{name}对账：本平台 {here} 个，对方 {there} 个，对上 {both} 个，差异 {differences} 处"
    )

    comparison_id: UUID
    region_code: str
    name: str
    here: int
    there: int
    both: int
    differences: int


@dataclass(frozen=True, kw_only=True)
class DifferenceTakenUp(Event):
    """A difference became a correction, to be answered by the office in charge."""

    ABOUT: ClassVar[str] = "exchange_comparison"
    SUBJECT: ClassVar[str] = "comparison_id"
    SENTENCE: ClassVar[str] = "对账差异转为信息纠错：{name}"

    comparison_id: UUID
    region_code: str
    name: str
