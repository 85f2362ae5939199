"""The register of field classes (B15.4): which column holds what kind of data, for whom, how shown.

Kept as `fields.csv` beside the models of each room that holds personal data; checks/test_fields.py
finds a column that nobody classified.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

#: Rooms that hold personal data or business secrets.
ROOMS = ("people", "providers", "matters", "files", "notices", "booking")
CLASSES = {
    "sealed": "密封身份",
    "credential": "凭据与密钥",
    "index": "盲索引",
    "masked": "已脱敏",
    "personal": "个人信息",
    "sensitive": "敏感个人信息",
    "business": "可能含商业秘密",
    "staff": "工作人员信息",
    "house": "业务代码",
}


@dataclass(frozen=True, kw_only=True)
class FieldClass:
    """One column: its class, what it is used for, who may see it, how it is shown."""

    room: str
    field: str
    code: str
    purpose: str
    who: str
    shown: str

    @property
    def name(self) -> str:
        """The Chinese name of the class."""
        return CLASSES[self.code]


@cache
def register() -> tuple[FieldClass, ...]:
    """This will return every classified column, room by room."""
    return tuple(row for room in ROOMS for row in _of(room))


def _of(room: str) -> list[FieldClass]:
    text = resources.files(f"yike.rooms.{room}").joinpath("fields.csv").read_text("utf-8")
    return [
        FieldClass(
            room=room,
            field=row["field"],
            code=row["class"],
            purpose=row["purpose"],
            who=row["who"],
            shown=row["shown"],
        )
        for row in csv.DictReader(text.splitlines())
    ]
