"""What can happen to the register. Names of institutions are public; of persons only ids."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from yike.rooms.core.event import Event


@dataclass(frozen=True, kw_only=True)
class _OfInstitution:
    ABOUT: ClassVar[str] = "institution"
    SUBJECT: ClassVar[str] = "institution_id"

    institution_id: UUID
    name: str
    region_code: str


@dataclass(frozen=True, kw_only=True)
class InstitutionRegistered(_OfInstitution, Event):
    """An institution entered the register."""

    SENTENCE: ClassVar[str] = "登记机构 {name}"

    institution_kind: str


@dataclass(frozen=True, kw_only=True)
class InstitutionRevised(_OfInstitution, Event):
    """Facts of an institution were corrected; `changed` names the fields."""

    SENTENCE: ClassVar[str] = "变更机构 {name} 的 {changed}"

    changed: str


@dataclass(frozen=True, kw_only=True)
class InstitutionClosed(_OfInstitution, Event):
    """An institution ceased to serve."""

    SENTENCE: ClassVar[str] = "停用机构 {name}：{reason}"

    closed_on: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class SupplySet(_OfInstitution, Event):
    """What an institution supplies was set anew."""

    SENTENCE: ClassVar[str] = "调整机构 {name} 的服务供给：{services}"

    services: str


@dataclass(frozen=True, kw_only=True)
class _OfPractitioner:
    ABOUT: ClassVar[str] = "practitioner"
    SUBJECT: ClassVar[str] = "practitioner_id"

    practitioner_id: UUID
    institution_id: UUID
    region_code: str


@dataclass(frozen=True, kw_only=True)
class PractitionerRegistered(_OfPractitioner, Event):
    """A person who serves entered the register."""

    SENTENCE: ClassVar[str] = "登记法律服务人员"

    resource_kind: str


@dataclass(frozen=True, kw_only=True)
class PractitionerRevised(_OfPractitioner, Event):
    """Facts of a practitioner were corrected."""

    SENTENCE: ClassVar[str] = "变更法律服务人员的 {changed}"

    changed: str


@dataclass(frozen=True, kw_only=True)
class PractitionerClosed(_OfPractitioner, Event):
    """A practitioner ceased to serve."""

    SENTENCE: ClassVar[str] = "停用法律服务人员：{reason}"

    closed_on: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class AccountLinked(_OfPractitioner, Event):
    """A practitioner was linked to the account they sign in with."""

    SENTENCE: ClassVar[str] = "法律服务人员关联账号"

    account_id: UUID


@dataclass(frozen=True, kw_only=True)
class CredentialRecorded(Event):
    """A licence or certificate was entered or checked again."""

    ABOUT: ClassVar[str] = "credential"
    SUBJECT: ClassVar[str] = "credential_id"
    SENTENCE: ClassVar[str] = "登记证照 {credential_kind}"

    credential_id: UUID
    credential_kind: str
    region_code: str
    valid_until: date | None
    verified_on: date | None


@dataclass(frozen=True, kw_only=True)
class PractitionerSuspended(_OfPractitioner, Event):
    """A practitioner may not serve for a while."""

    SENTENCE: ClassVar[str] = "暂停法律服务人员服务，自 {from_on} 起：{reason}"

    from_on: date
    until_on: date | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class PractitionerResumed(_OfPractitioner, Event):
    """A suspended practitioner serves again from a day on."""

    SENTENCE: ClassVar[str] = "法律服务人员自 {from_on} 起恢复服务"

    from_on: date


@dataclass(frozen=True, kw_only=True)
class UndertakingSigned(_OfPractitioner, Event):
    """A practitioner signed the undertaking that the post asks for."""

    SENTENCE: ClassVar[str] = "法律服务人员签署服务承诺书"

    signed_on: date


@dataclass(frozen=True, kw_only=True)
class ContactOpened(_OfPractitioner, Event):
    """Somebody opened a contact that is not public."""

    SENTENCE: ClassVar[str] = "查看法律服务人员未公开的联系方式：{reason}"

    reason: str


@dataclass(frozen=True, kw_only=True)
class RelationDeclared(_OfPractitioner, Event):
    """A close relation was declared, so that conflicts of interest are found."""

    SENTENCE: ClassVar[str] = "申报回避关系：{relation}"

    relation: str


@dataclass(frozen=True, kw_only=True)
class RelationWithdrawn(_OfPractitioner, Event):
    """A declared relation ceased to count."""

    SENTENCE: ClassVar[str] = "撤回回避关系：{reason}"

    reason: str


@dataclass(frozen=True, kw_only=True)
class ContactsSealed(Event):
    """Contacts that were kept in clear were sealed."""

    SENTENCE: ClassVar[str] = "密封 {count} 条未公开的联系方式"

    count: int


@dataclass(frozen=True, kw_only=True)
class KeepersNamed(_OfInstitution, Event):
    """Who looks at an institution's affairs every day was named."""

    SENTENCE: ClassVar[str] = "指定机构 {name} 的每天查看人和替补"

    keeper_account: UUID
    deputy_account: UUID | None


@dataclass(frozen=True, kw_only=True)
class _OfStationing:
    ABOUT: ClassVar[str] = "stationing"
    SUBJECT: ClassVar[str] = "stationing_id"

    stationing_id: UUID
    institution_id: UUID
    name: str
    region_code: str
    platform_name: str
    way_name: str


@dataclass(frozen=True, kw_only=True)
class StationingPlanned(_OfStationing, Event):
    """An institution should be stationed somewhere."""

    SENTENCE: ClassVar[str] = "{name} 列入应驻：{platform_name}，{way_name}"


@dataclass(frozen=True, kw_only=True)
class StationingBegun(_OfStationing, Event):
    """An institution is stationed from a day on."""

    SENTENCE: ClassVar[str] = "{name} 自 {from_on} 起进驻{platform_name}，{way_name}"

    from_on: date


@dataclass(frozen=True, kw_only=True)
class StationingExplained(_OfStationing, Event):
    """It was said why one that should be stationed is not."""

    SENTENCE: ClassVar[str] = "{name} 未进驻{platform_name}（{way_name}）：{reason}"

    reason: str


@dataclass(frozen=True, kw_only=True)
class StationingEnded(_OfStationing, Event):
    """An institution left a platform, or is no longer expected there."""

    SENTENCE: ClassVar[str] = "{name} 撤出{platform_name}（{way_name}）：{reason}"

    ended_on: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class TermEnding(Event):
    """Something ends in so many days (30, 7, 1; 0: today): a licence, a contract, an agreement."""

    ABOUT: ClassVar[str] = "institution"
    SUBJECT: ClassVar[str] = "institution_id"
    SENTENCE: ClassVar[str] = "{title}将于 {ends_on} 到期，还有 {days_left} 天"

    #: credential, adviser, joining or stationing
    what: str
    ref: UUID
    title: str
    institution_id: UUID
    practitioner_id: UUID | None
    region_code: str
    ends_on: date
    days_left: int


@dataclass(frozen=True, kw_only=True)
class NormSet(Event):
    """A county decided a number of its own."""

    ABOUT: ClassVar[str] = "local_norm"
    SUBJECT: ClassVar[str] = "code"
    SENTENCE: ClassVar[str] = "{name}改为 {value}，自 {active_from} 起"

    code: str
    name: str
    value: int
    region_code: str
    active_from: date
