"""The secrecy levels of what is kept here. State secrets have none: they are refused."""

from __future__ import annotations

from dataclasses import dataclass

from yike.rooms.core.actor import CONFIDENTIAL, INTERNAL, OPEN, PRIVATE


@dataclass(frozen=True, kw_only=True)
class SecrecyLevel:
    """One level: its number, its name, what belongs there and why."""

    level: int
    name: str
    holds: str
    source: str


LEVELS: tuple[SecrecyLevel, ...] = (
    SecrecyLevel(
        level=OPEN,
        name="公开",
        holds="区划、阵地、事项、普法内容等依法公开的信息",
        source="政府信息公开条例第13、19条",
    ),
    SecrecyLevel(
        level=INTERNAL,
        name="内部",
        holds="一般诉求、工单和办理过程；身份信息一律脱敏",
        source="个人信息保护法第34条；法律援助法第21条",
    ),
    SecrecyLevel(
        level=CONFIDENTIAL,
        name="商业秘密",
        holds="涉及企业商业秘密、未公开经营信息的诉求",
        source="反不正当竞争法第9条；行政复议法第36条",
    ),
    SecrecyLevel(
        level=PRIVATE,
        name="个人隐私",
        holds="家庭暴力、未成年人、性侵害、伤病和犯罪记录等敏感诉求",
        source="个人信息保护法第28至31条；民法典第1032条",
    ),
)
_BY_NUMBER = {entry.level: entry for entry in LEVELS}


def level_name(level: int) -> str:
    """This will return the Chinese name of a level; unknown numbers read as the highest."""
    return _BY_NUMBER.get(level, LEVELS[-1]).name
