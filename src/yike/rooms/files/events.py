"""What can happen in files."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from yike.rooms.core.event import Event


@dataclass(frozen=True, kw_only=True)
class FileKept(Event):
    """A file was taken in and sealed. Its name is left out: people write names into names."""

    file_id: UUID
    media_type: str
    size: int
    digest: str

    ABOUT = "file"
    SUBJECT = "file_id"
    SENTENCE = "存入材料一份（{media_type}，{size} 字节，SM3 {digest}）"


@dataclass(frozen=True, kw_only=True)
class FileRead(Event):
    """Somebody opened a confidential or private file."""

    file_id: UUID
    belongs_about: str
    belongs_subject: str
    level: int

    ABOUT = "file"
    SUBJECT = "file_id"
    SENTENCE = "查看了敏感材料（密级 {level}）"


@dataclass(frozen=True, kw_only=True)
class FilesSwept(Event):
    """The house removed loose files that nobody attached, and sealed leftovers without a row."""

    rows: int
    leftovers: int

    SENTENCE = "清理无主材料 {rows} 份，残留密文 {leftovers} 份"
