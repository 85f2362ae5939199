"""What can happen to what is offered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from yike.rooms.core.event import Event


@dataclass(frozen=True, kw_only=True)
class ReferenceLoaded(Event):
    """The shipped items, code lists, legal matters and words were brought into the tables."""

    SENTENCE: ClassVar[str] = "装入事项参考数据：新增或更新 {rows} 条"

    rows: int


@dataclass(frozen=True, kw_only=True)
class ItemAdded(Event):
    """An item entered the catalogue."""

    ABOUT: ClassVar[str] = "item"
    SUBJECT: ClassVar[str] = "item_code"
    SENTENCE: ClassVar[str] = "新增事项 {item_code} {name}"

    item_code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class ItemEnded(Event):
    """An item left the catalogue."""

    ABOUT: ClassVar[str] = "item"
    SUBJECT: ClassVar[str] = "item_code"
    SENTENCE: ClassVar[str] = "停用事项 {item_code} {name}：{reason}"

    item_code: str
    name: str
    reason: str
    on: date


@dataclass(frozen=True, kw_only=True)
class ItemRevised(Event):
    """A new version of a service item came into force."""

    ABOUT: ClassVar[str] = "item"
    SUBJECT: ClassVar[str] = "item_code"
    SENTENCE: ClassVar[str] = "修订事项 {item_code} {name} 为第 {version} 版：{changed}"

    item_code: str
    name: str
    version: int
    changed: str


@dataclass(frozen=True, kw_only=True)
class CodeRevised(Event):
    """A code was added to a list, or got a new version."""

    ABOUT: ClassVar[str] = "code_list"
    SUBJECT: ClassVar[str] = "list_key"
    SENTENCE: ClassVar[str] = "修订代码表 {list_key}：{code} {name} 第 {version} 版"

    list_key: str
    code: str
    name: str
    version: int


@dataclass(frozen=True, kw_only=True)
class KeywordSet(Event):
    """A word was tied to a legal matter, or untied from it (weight 0)."""

    ABOUT: ClassVar[str] = "legal_matter"
    SUBJECT: ClassVar[str] = "matter_code"
    SENTENCE: ClassVar[str] = "类别 {matter_code} 的关键词“{word}”权重设为 {weight}"

    matter_code: str
    word: str
    weight: float


@dataclass(frozen=True, kw_only=True)
class ItemOffered(Event):
    """An institution began to offer an item."""

    ABOUT: ClassVar[str] = "item"
    SUBJECT: ClassVar[str] = "item_code"
    SENTENCE: ClassVar[str] = "事项 {item_code} 由 {institution_name} 提供"

    offering_id: UUID
    item_code: str
    institution_id: UUID
    institution_name: str
    region_code: str


@dataclass(frozen=True, kw_only=True)
class ItemWithdrawn(Event):
    """An institution ceased to offer an item."""

    ABOUT: ClassVar[str] = "item"
    SUBJECT: ClassVar[str] = "item_code"
    SENTENCE: ClassVar[str] = "事项 {item_code} 不再由 {institution_name} 提供"

    offering_id: UUID
    item_code: str
    institution_id: UUID
    institution_name: str
    region_code: str


@dataclass(frozen=True, kw_only=True)
class HallItemsTold(Event):
    """It was told of items whether they can be done at a hall, or they were taken off its list."""

    ABOUT: ClassVar[str] = "public_site"
    SUBJECT: ClassVar[str] = "site_id"
    SENTENCE: ClassVar[str] = "{name} {items}：{status}"

    site_id: UUID
    name: str
    region_code: str
    items: str
    status: str
