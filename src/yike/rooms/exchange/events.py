"""What can happen to uploads of points, comparisons of lists, and platforms that are told."""

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


@dataclass(frozen=True, kw_only=True)
class _OfPeer(Event):
    ABOUT: ClassVar[str] = "exchange_peer"
    SUBJECT: ClassVar[str] = "peer_id"

    peer_id: UUID
    region_code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class PeerRegistered(_OfPeer):
    """Another platform's map was registered with the key it reads by."""

    SENTENCE: ClassVar[str] = "登记对接平台“{name}”"


@dataclass(frozen=True, kw_only=True)
class PeerEnded(_OfPeer):
    """Nothing is pushed to a platform any more."""

    SENTENCE: ClassVar[str] = "停止向“{name}”推送图层"


@dataclass(frozen=True, kw_only=True)
class LayerSubscribed(_OfPeer):
    """A platform is to be told of a layer, or of other fields of it."""

    SENTENCE: ClassVar[str] = "“{name}”订阅{layer_name}，{fields} 个字段"

    layer_name: str
    fields: int


@dataclass(frozen=True, kw_only=True)
class LayerLeft(_OfPeer):
    """A platform is not told of a layer any more."""

    SENTENCE: ClassVar[str] = "“{name}”不再订阅{layer_name}"

    layer_name: str


@dataclass(frozen=True, kw_only=True)
class CodesPublished(_OfPeer):
    """A new version of our codes in a platform's words is in force."""

    SENTENCE: ClassVar[str] = "发布与“{name}”的代码对照第 {version} 版，{rows} 条"

    version: int
    rows: int


@dataclass(frozen=True, kw_only=True)
class PushAsked(_OfPeer):
    """Somebody had the changes pushed now."""

    SENTENCE: ClassVar[str] = "要求立即向“{name}”推送变更"


@dataclass(frozen=True, kw_only=True)
class ListAddressSet(_OfPeer):
    """From where a platform's own list is read was decided."""

    SENTENCE: ClassVar[str] = "登记“{name}”的清单地址：{host}"

    host: str


@dataclass(frozen=True, kw_only=True)
class ListAsked(_OfPeer):
    """Somebody had a platform's list fetched now."""

    SENTENCE: ClassVar[str] = "要求立即取“{name}”的清单来对账"


@dataclass(frozen=True, kw_only=True)
class ListNotFetched(_OfPeer):
    """A platform's list could not be fetched or read."""

    SENTENCE: ClassVar[str] = "没有取到“{name}”的清单：{why}"

    why: str


@dataclass(frozen=True, kw_only=True)
class ChangesPushed(_OfPeer):
    """Changes of layers were handed over to be sent."""

    SENTENCE: ClassVar[str] = "向“{name}”推送图层变更：新增 {added}，变更 {changed}，撤下 {removed}"

    added: int
    changed: int
    removed: int
