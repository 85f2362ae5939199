"""What other rooms and doors see of a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class FileFace:
    """One file: its name, what it is, its size in bytes and the SM3 of its content (hex)."""

    id: UUID
    name: str
    media_type: str
    size: int
    digest: str
    level: int
    kept_at: datetime
    #: what it is attached to; empty while loose
    about: str = ""
    subject: str = ""

    @property
    def is_picture(self) -> bool:
        """Whether a page may show it as a picture."""
        return self.media_type.startswith("image/")

    @property
    def size_words(self) -> str:
        """The size for people: `380 KB`, `2.4 MB`."""
        if self.size < 1024 * 1024:
            return f"{max(1, round(self.size / 1024))} KB"
        return f"{self.size / 1024 / 1024:.1f} MB"
