"""What can happen to accounts, permissions and sealed identities. Never a name, number or code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yike.rooms.core.event import Event


@dataclass(frozen=True, kw_only=True)
class AccountCreated(Event):
    """An account was opened."""

    account_id: UUID
    username: str

    ABOUT = "account"
    SUBJECT = "account_id"
    SENTENCE = "开设账号 {username}"


@dataclass(frozen=True, kw_only=True)
class AccountDeactivated(Event):
    """An account was closed; its sessions ended."""

    account_id: UUID
    reason: str

    ABOUT = "account"
    SUBJECT = "account_id"
    SENTENCE = "停用账号：{reason}"


@dataclass(frozen=True, kw_only=True)
class AccountReactivated(Event):
    """A closed account was opened again."""

    account_id: UUID
    reason: str

    ABOUT = "account"
    SUBJECT = "account_id"
    SENTENCE = "重新启用账号：{reason}"


@dataclass(frozen=True, kw_only=True)
class PasswordReset(Event):
    """An administrator set a one-time password."""

    account_id: UUID

    ABOUT = "account"
    SUBJECT = "account_id"
    SENTENCE = "重置账号密码，下次登录须修改"


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Event):
    """The holder changed the password; other sessions ended."""

    account_id: UUID

    ABOUT = "account"
    SUBJECT = "account_id"
    SENTENCE = "修改本人密码，其他会话已结束"


@dataclass(frozen=True, kw_only=True)
class SignedIn(Event):
    """Somebody signed in."""

    account_id: UUID
    session_id: UUID
    second_factor: bool

    ABOUT = "account"
    SUBJECT = "account_id"
    SENTENCE = "登录系统"


@dataclass(frozen=True, kw_only=True)
class SignedOut(Event):
    """A session was ended by its holder."""

    account_id: UUID
    session_id: UUID

    ABOUT = "account"
    SUBJECT = "account_id"
    SENTENCE = "退出登录"


@dataclass(frozen=True, kw_only=True)
class SignInFailed(Event):
    """A password or code was wrong. What was typed is not kept: it may be a password."""

    account_id: UUID | None
    why: str
    failed: int

    ABOUT = "account"
    SUBJECT = "account_id"
    SENTENCE = "登录失败，连续第 {failed} 次"


@dataclass(frozen=True, kw_only=True)
class SignInLocked(Event):
    """Too many failures: sign-in waits."""

    account_id: UUID | None
    until: datetime
    failed: int

    ABOUT = "account"
    SUBJECT = "account_id"
    SENTENCE = "连续登录失败 {failed} 次，锁定至 {until}"


@dataclass(frozen=True, kw_only=True)
class SignInUnlocked(Event):
    """An administrator ended the wait."""

    account_id: UUID

    ABOUT = "account"
    SUBJECT = "account_id"
    SENTENCE = "解除登录锁定"


@dataclass(frozen=True, kw_only=True)
class SecondFactorEnrolled(Event):
    """A second factor was confirmed."""

    account_id: UUID

    ABOUT = "account"
    SUBJECT = "account_id"
    SENTENCE = "启用动态口令"


@dataclass(frozen=True, kw_only=True)
class SecondFactorReset(Event):
    """A second factor was taken off, to be enrolled anew."""

    account_id: UUID
    reason: str

    ABOUT = "account"
    SUBJECT = "account_id"
    SENTENCE = "重置动态口令：{reason}"


@dataclass(frozen=True, kw_only=True)
class RecoveryCodeUsed(Event):
    """A recovery code stood in for the second factor."""

    account_id: UUID
    left: int

    ABOUT = "account"
    SUBJECT = "account_id"
    SENTENCE = "使用恢复码登录，还剩 {left} 个"


@dataclass(frozen=True, kw_only=True)
class RecoveryCodesRenewed(Event):
    """Ten fresh recovery codes replaced the old ones."""

    account_id: UUID

    ABOUT = "account"
    SUBJECT = "account_id"
    SENTENCE = "更换恢复码"


@dataclass(frozen=True, kw_only=True)
class GrantGiven(Event):
    """A role was given."""

    account_id: UUID
    grant_id: UUID
    role: str
    org: UUID | None
    region_code: str
    level: int
    reason: str

    ABOUT = "account"
    SUBJECT = "account_id"
    SENTENCE = "授予角色 {role}：{reason}"


@dataclass(frozen=True, kw_only=True)
class GrantTaken(Event):
    """A role was taken back."""

    account_id: UUID
    grant_id: UUID
    role: str
    region_code: str
    reason: str

    ABOUT = "account"
    SUBJECT = "account_id"
    SENTENCE = "收回角色 {role}：{reason}"


@dataclass(frozen=True, kw_only=True)
class GrantConfirmed(Event):
    """Security looked at a role again and found it still needed."""

    account_id: UUID
    grant_id: UUID
    role: str
    region_code: str

    ABOUT = "account"
    SUBJECT = "account_id"
    SENTENCE = "复核角色 {role}：已确认，仍需要"


@dataclass(frozen=True, kw_only=True)
class GlassBroken(Event):
    """Somebody may see private matters of their region until then, and said why."""

    account_id: UUID
    emergency_id: UUID
    reason: str
    until: datetime
    region_code: str

    ABOUT = "account"
    SUBJECT = "account_id"
    SENTENCE = "应急查看：{reason}"


@dataclass(frozen=True, kw_only=True)
class EmergencyEnded(Event):
    """A broken glass was mended before its time."""

    account_id: UUID
    emergency_id: UUID

    ABOUT = "account"
    SUBJECT = "account_id"
    SENTENCE = "提前结束应急查看"


@dataclass(frozen=True, kw_only=True)
class EmergencyReviewed(Event):
    """The security administrator looked at a broken glass."""

    account_id: UUID
    emergency_id: UUID
    review: str

    ABOUT = "account"
    SUBJECT = "account_id"
    SENTENCE = "复核应急查看：{review}"


@dataclass(frozen=True, kw_only=True)
class ApiKeyMade(Event):
    """Another platform was given a key."""

    key_id: UUID
    name: str
    region_code: str

    ABOUT = "api_key"
    SUBJECT = "key_id"
    SENTENCE = "开设平台密钥：{name}"


@dataclass(frozen=True, kw_only=True)
class ApiKeyEnded(Event):
    """Another platform's key was ended."""

    key_id: UUID
    reason: str

    ABOUT = "api_key"
    SUBJECT = "key_id"
    SENTENCE = "停用平台密钥：{reason}"


@dataclass(frozen=True, kw_only=True)
class DeviceRegistered(Event):
    """A kiosk or window computer was given a certificate."""

    device_id: UUID
    name: str
    fingerprint: str
    valid_until: datetime

    ABOUT = "device"
    SUBJECT = "device_id"
    SENTENCE = "签发设备证书：{name}，有效至 {valid_until}"


@dataclass(frozen=True, kw_only=True)
class DeviceRevoked(Event):
    """A device's certificate counts no more."""

    device_id: UUID
    name: str
    reason: str

    ABOUT = "device"
    SUBJECT = "device_id"
    SENTENCE = "吊销设备证书 {name}：{reason}"


@dataclass(frozen=True, kw_only=True)
class PartyUnmasked(Event):
    """Somebody looked at a sealed identity; which fields and why, never the values."""

    party_id: UUID
    fields: tuple[str, ...]
    purpose: str
    reason: str

    ABOUT = "party"
    SUBJECT = "party_id"
    SENTENCE = "查看当事人身份信息（{fields}），用途：{purpose}，原因：{reason}"


@dataclass(frozen=True, kw_only=True)
class ContactNoteRead(Event):
    """Whoever handles a matter read how its party can be reached safely; never the words."""

    party_id: UUID

    ABOUT = "party"
    SUBJECT = "party_id"
    SENTENCE = "承办中阅看联系须知"


@dataclass(frozen=True, kw_only=True)
class KeysRotated(Event):
    """A fresh sealing key became current."""

    version: int

    SENTENCE = "更换密钥，当前为第 {version} 版"


@dataclass(frozen=True, kw_only=True)
class KeysDropped(Event):
    """Old sealing keys were forgotten, nothing being sealed under them any more."""

    versions: tuple[int, ...]

    SENTENCE = "销毁旧密钥：第 {versions} 版"
