"""What can happen to the tree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from yike.rooms.core.event import Event


@dataclass(frozen=True, kw_only=True)
class ReferenceLoaded(Event):
    """The shipped tree, centres and population were brought into the tables."""

    SENTENCE: ClassVar[str] = "装入区划数据：新增或更新 {regions} 个单位、{populations} 条人口数"

    regions: int
    populations: int


@dataclass(frozen=True, kw_only=True)
class RegionsImported(Event):
    """A file brought a county (or a correction of one) into the tree."""

    ABOUT: ClassVar[str] = "region"
    SUBJECT: ClassVar[str] = "region_code"
    SENTENCE: ClassVar[str] = (
        "从文件 {file_name} 导入 {region_code} 区划：新增 {added} 个，更新 {changed} 个"
    )

    region_code: str
    file_name: str
    added: int
    changed: int
    populations: int


@dataclass(frozen=True, kw_only=True)
class FiguresImported(Event):
    """An office added counts of people and areas, with their year and source."""

    ABOUT: ClassVar[str] = "region"
    SUBJECT: ClassVar[str] = "region_code"
    SENTENCE: ClassVar[str] = "从文件 {file_name} 导入 {populations} 条人口数、{areas} 条面积"

    region_code: str
    file_name: str
    populations: int
    areas: int


@dataclass(frozen=True, kw_only=True)
class OutlinesImported(Event):
    """An office added its own outlines of units."""

    ABOUT: ClassVar[str] = "region"
    SUBJECT: ClassVar[str] = "region_code"
    SENTENCE: ClassVar[str] = "从文件 {file_name} 导入 {outlines} 个边界（{year} 年，{crs}）"

    region_code: str
    file_name: str
    outlines: int
    year: int
    crs: str
