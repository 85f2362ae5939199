"""Notices in a person's words what needs care: violence, minors, sexual violence, self-harm.

Pure. It only suggests: a higher level, urgency, and the question how the person can safely be
reached. A person decides. Cases in tests/sensitive.yaml.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

PRIVATE, URGENT = 3, 2


@dataclass(frozen=True, kw_only=True)
class Care:
    """What is suggested, and for which subject. `kinds` empty = nothing special."""

    kinds: tuple[str, ...] = ()
    level: int | None = None
    urgency: int | None = None
    ask_safe_contact: bool = False
    sentence: str = ""


_SIGNS: dict[str, str] = {
    "家庭暴力": r"家暴|家庭暴力|(丈夫|老公|妻子|老婆|男友|男朋友|前夫|公婆|父亲|继父|爸爸|对象)"
    r".{0,6}(打我|殴打|毒打|掐我|动手打|拿刀|威胁要?杀)|被(丈夫|老公|男友|男朋友|前夫|父亲|继父|爸爸)"
    r".{0,4}(打|殴)|人身安全保护令|打老婆",
    "未成年人": r"未成年|校园欺凌|校园霸凌|虐待(儿童|孩子|小孩)|(孩子|小孩|女儿|儿子|学生).{0,8}"
    r"(被打|被欺负|被虐|被猥亵|被性侵|欺凌|霸凌)|(1[0-7]|[1-9])周?岁的?(女儿|儿子|孩子|女孩|男孩)",
    "性侵害": r"强奸|强暴|性侵|猥亵|性骚扰|偷拍.{0,4}(裸|隐私)|裸照|迷奸",
    "自伤自杀": r"自杀|自残|轻生|(不想|活不|没法)活(了|下去)|跳楼|喝农药|割腕|寻死"
    r"|结束(自己的)?生命",
}
_COMPILED = {kind: re.compile(sign) for kind, sign in _SIGNS.items()}
#: words that only look like it
_NOT = re.compile(r"自杀式|跳楼价|打老婆饼|自动|家暴法宣传|未成年人保护法宣传|预防未成年人")
_URGENT = frozenset({"家庭暴力", "性侵害", "自伤自杀"})


def notice(*words: str) -> Care:
    """This will return what care the words suggest."""
    text = _NOT.sub("", "\n".join(words).replace(" ", ""))
    kinds = tuple(kind for kind, sign in _COMPILED.items() if sign.search(text))
    if not kinds:
        return Care()
    return Care(
        kinds=kinds,
        level=PRIVATE,
        urgency=URGENT if _URGENT.intersection(kinds) else 1,
        ask_safe_contact=True,
        sentence=f"内容可能涉及{'、'.join(kinds)}，建议设为私密并优先处理，先问清安全的联系方式和时间。",
    )
