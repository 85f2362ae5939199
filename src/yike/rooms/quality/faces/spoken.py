"""What citizens speak of, as supervisors see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class TopicFace:
    """One topic of a month. `before` in words: a number, "不足 3", or "—" where nothing was."""

    key: str
    name: str
    #: one of the field's own topics, or a word that came up
    known: bool
    persons: int
    before: str
    change: str


@dataclass(frozen=True, kw_only=True)
class CommentFace:
    """One comment behind a topic; telephone and identity numbers in it are hidden."""

    at: datetime
    source: str
    words: str
    #: the matter it is about, "" = none
    reference: str


@dataclass(frozen=True, kw_only=True)
class SpokenFace:
    """What citizens spoke of in a month."""

    month: str
    months: tuple[str, ...]
    comments: int
    topics: tuple[TopicFace, ...]
    #: the topic that is open, and what stands behind it
    open: TopicFace | None
    behind: tuple[CommentFace, ...]
