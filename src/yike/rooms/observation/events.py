"""What can happen to observation points, questionnaires and periods. Never who answered what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from yike.rooms.core.event import Event


@dataclass(frozen=True, kw_only=True)
class PointKept(Event):
    """An observation point was set up or ended."""

    ABOUT: ClassVar[str] = "observation_point"
    SUBJECT: ClassVar[str] = "point_id"
    SENTENCE: ClassVar[str] = "{deed}观测点 {name}，由 {unit} 负责"

    point_id: UUID
    name: str
    region_code: str
    deed: str
    unit: str


@dataclass(frozen=True, kw_only=True)
class _OfQuestionnaire(Event):
    ABOUT: ClassVar[str] = "questionnaire"
    SUBJECT: ClassVar[str] = "questionnaire_id"

    questionnaire_id: UUID
    title: str
    version: int
    region_code: str


@dataclass(frozen=True, kw_only=True)
class QuestionnaireMoved(_OfQuestionnaire):
    """A questionnaire was drafted, published or retired."""

    SENTENCE: ClassVar[str] = "{deed}问卷 {title} 第 {version} 版"

    deed: str


@dataclass(frozen=True, kw_only=True)
class QuestionKept(_OfQuestionnaire):
    """A question was added or taken out, or its source of law was checked."""

    SENTENCE: ClassVar[str] = "问卷 {title} 第 {version} 版：{deed}第 {no} 题"

    deed: str
    no: int


@dataclass(frozen=True, kw_only=True)
class _OfWave(Event):
    ABOUT: ClassVar[str] = "observation_wave"
    SUBJECT: ClassVar[str] = "wave_id"

    wave_id: UUID
    name: str
    region_code: str


@dataclass(frozen=True, kw_only=True)
class WaveMoved(_OfWave):
    """A period was planned, opened or closed."""

    SENTENCE: ClassVar[str] = "{deed}观测期 {name}"

    deed: str


@dataclass(frozen=True, kw_only=True)
class SamplePlanned(_OfWave):
    """How many are to be asked at a point."""

    SENTENCE: ClassVar[str] = "观测期 {name}：{point} 计划样本 {planned}"

    point: str
    planned: int


@dataclass(frozen=True, kw_only=True)
class CodesMade(_OfWave):
    """Codes for answering were made at a point, or one was made void."""

    SENTENCE: ClassVar[str] = "观测期 {name}：{point} {deed}答卷码 {number} 个（{way}）"

    point: str
    deed: str
    way: str
    number: int


@dataclass(frozen=True, kw_only=True)
class SheetTaken(_OfWave):
    """An answer came in: where and by which way, nothing else."""

    SENTENCE: ClassVar[str] = "观测期 {name}：{point} 收到一份答卷（{way}）"

    point: str
    way: str


@dataclass(frozen=True, kw_only=True)
class FiguresExported(_OfWave):
    """The index of a period left as a file."""

    SENTENCE: ClassVar[str] = "导出观测期 {name} 的指数 {rows} 行（{purpose}）：{reason}"

    rows: int
    purpose: str
    reason: str
