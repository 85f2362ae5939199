"""Time limits of items: from the written form to rows, and from rows to words. Pure.

Written: 受理决定:7:WD;完成鉴定:30:WD(本地);审核:5–15:WD;每月次数:1次;按约定
"""

from __future__ import annotations

import re
from dataclasses import dataclass

UNITS = {
    "WD": "个工作日",
    "CD": "日",
    "H": "小时",
    "M": "个月",
    "Y": "年",
    "I": "当场",
}
_TIMED = re.compile(
    r"(?P<step>[^:]+):(?P<number>\d+)(?:–(?P<until>\d+))?:(?P<unit>WD|CD|H|M|Y|I)"
    r"(?:\((?P<note>[^)]*)\))?"
)
_COUNTED = re.compile(
    r"(?P<step>[^:]+):(?P<often>\D*?)(?P<number>\d+)(?:–(?P<until>\d+))?(?P<unit>[^\d()]{1,10})"
    r"(?:\((?P<note>[^)]*)\))?"
)


@dataclass(frozen=True, kw_only=True)
class Limit:
    """One limit. `unit`: WD CD H M Y I, X counted (`counted` says of what), T only words."""

    step: str
    number: int | None = None
    number_until: int | None = None
    unit: str = "T"
    counted: str = ""
    local: bool = False
    note: str = ""

    @property
    def sentence(self) -> str:
        """The limit in words: 完成鉴定：30个工作日（本地规定）."""
        if self.unit == "T":
            return self.step + self._notes
        if self.unit == "I":
            return f"{self.step}：当场{self._notes}"
        often = f"{self.number}" + (f"～{self.number_until}" if self.number_until else "")
        unit = self.counted if self.unit == "X" else UNITS[self.unit]
        return f"{self.step}：{often}{unit}{self._notes}"

    @property
    def _notes(self) -> str:
        said = [part for part in ("本地规定" if self.local else "", self.note) if part]
        return f"（{'，'.join(said)}）" if said else ""


def read_limits(text: str) -> tuple[Limit, ...]:
    """This will return the limits of a written form; what is not understood stays as words."""
    return tuple(_read(part.strip()) for part in text.split(";") if part.strip())


def _read(part: str) -> Limit:
    timed = _TIMED.fullmatch(part)
    if timed:
        return _limit(timed, timed["step"], timed["unit"], "")
    counted = _COUNTED.fullmatch(part)
    if counted:
        step = counted["step"] + (f"（{counted['often']}）" if counted["often"] else "")
        return _limit(counted, step, "X", counted["unit"])
    words, local, note = _words(part)
    return Limit(step=words, local=local, note=note)


def _limit(found: re.Match[str], step: str, unit: str, counted: str) -> Limit:
    note = found["note"] or ""
    return Limit(
        step=step,
        number=int(found["number"]),
        number_until=int(found["until"]) if found["until"] else None,
        unit=unit,
        counted=counted,
        local="本地" in note,
        note=_without_local(note),
    )


def _words(part: str) -> tuple[str, bool, str]:
    found = re.fullmatch(r"(?P<words>[^()]+)\((?P<note>[^)]*)\)", part)
    if not found:
        return part, False, ""
    return found["words"], "本地" in found["note"], _without_local(found["note"])


def _without_local(note: str) -> str:
    parts = [part for part in re.split(r"[,，]", note) if part not in ("本地", "本地口径")]
    return "，".join(parts)
