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
