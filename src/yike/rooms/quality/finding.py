"""What a rule found, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Finding:
    """About what, where, and the figures that show it. No names of citizens."""

    rule: str
    subject_kind: str
    subject: str
    region_code: str
    title: str
    evidence: tuple[tuple[str, str], ...]
    secrecy: int = 0
    org: UUID | None = None
    demo: bool = False
