"""Reads the limits of a service item, as written in the catalogue: "审查决定:7:CD;指派:3:CD".

Each part is step:number:unit, with CD calendar days, WD working days, H hours, M months, Y years, I
at once; "(本地)" marks a local commitment, other words in brackets a condition. Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

UNITS = {
    "CD": "calendar_days",
    "WD": "working_days",
    "H": "elapsed_hours",
    "M": "months",
    "Y": "years",
    "I": "elapsed_minutes",
}
_PART = re.compile(
    r"(?P<step>[^:：]+)[:：](?P<least>\d+)(?:[–-](?P<most>\d+))?[:：](?P<unit>CD|WD|H|M|Y|I)"
    r"(?:[(（](?P<note>[^)）]*)[)）])?"
)
#: A condition or a notice ahead of something else is no time within which to act.
_NO_PROMISE = ("提前", "触发条件")


@dataclass(frozen=True, kw_only=True)
class Limit:
    """One step of a service item. `amount` is None when the words give no time to act within."""

    step: str
    amount: int | None = None
    unit: str = ""
    #: the shorter end of a range; the longer end is what is promised
    least: int | None = None
    #: by how much it may be extended, in the same unit ("决定:60:CD;延长:30:CD")
    extend: int = 0
    local: bool = False
    note: str = ""
    written: str

    @property
    def at_once(self) -> bool:
        """Whether it is to be done on the spot."""
        return self.amount == 0


def read_limits(text: str) -> tuple[Limit, ...]:
    """This will return the steps of a limits text in order; unclear ones keep their words only."""
    found: list[Limit] = []
    for part in (part.strip() for part in re.split("[;；]", text)):
        limit = _read(part)
        if limit.step == "延长" and found and limit.amount and limit.unit == found[-1].unit:
            found[-1] = replace(found[-1], extend=limit.amount)
        elif part:
            found.append(limit)
    return tuple(found)


def _read(part: str) -> Limit:
    found = _PART.fullmatch(part)
    if not found:
        step, _, rest = part.partition(":")
        return Limit(step=step if rest else part, local="本地" in part, written=part)
    note = found["note"] or ""
    local = "本地" in note
    step, least = found["step"].strip(), int(found["least"])
    if note in _NO_PROMISE:
        return Limit(step=step, note=note, written=part)
    return Limit(
        step=step,
        amount=int(found["most"] or least),
        unit=UNITS[found["unit"]],
        least=least if found["most"] else None,
        local=local,
        note=note,
        written=part,
    )
