"""Who gives help of one kind next to a village."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class NextDuty:
    """Who gives the service next on duty, and where."""

    post_name: str
    institution_name: str
    name: str
    from_at: datetime
    until_at: datetime
    now: bool
    phone: str


@dataclass(frozen=True, kw_only=True)
class NextHelp:
    """One village and one service: who gives it next, None where nobody is on a roster."""

    region_name: str
    service_name: str
    next: NextDuty | None
