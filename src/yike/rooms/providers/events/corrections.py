"""What can happen to the truth of the public register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from yike.rooms.core.event import Event


@dataclass(frozen=True, kw_only=True)
class InstitutionVerified(Event):
    """An entry of the register was compared with its source."""

    ABOUT: ClassVar[str] = "institution"
    SUBJECT: ClassVar[str] = "institution_id"
    SENTENCE: ClassVar[str] = "核实 {name} 的登记信息，来源：{source}"

    institution_id: UUID
    name: str
    region_code: str
    source: str
    checked_on: date


@dataclass(frozen=True, kw_only=True)
class _OfCorrection:
    ABOUT: ClassVar[str] = "correction"
    SUBJECT: ClassVar[str] = "correction_id"

    correction_id: UUID
    name: str
    region_code: str


@dataclass(frozen=True, kw_only=True)
class CorrectionReported(_OfCorrection, Event):
    """A citizen said what is wrong on a public page."""

    SENTENCE: ClassVar[str] = "群众反映 {name} 的信息有误：{wrong_name}"

    resource_kind: str
    wrong_name: str


@dataclass(frozen=True, kw_only=True)
class CorrectionAnswered(_OfCorrection, Event):
    """The report was answered; whoever holds the receipt reads it."""

    SENTENCE: ClassVar[str] = "答复 {name} 的信息纠错：{outcome_name}"

    outcome_name: str
