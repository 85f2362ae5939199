"""Figures of one unit by several counts stand side by side; which is current is a rule. Pure.

The newest year; of one year residents before registered people (whoever lives there needs the
help): census, survey, household register, stated; then what two sources agreed on; then what came
in last.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

#: who was counted → its name; in the order in which figures of one year are preferred
KINDS = {"census": "普查", "survey": "抽样调查", "register": "户籍", "stated": "填报"}
#: groups of people that are counted apart where known; unknown stays unknown, never zero
GROUPS = {
    "children": "0-14岁",
    "aged_60": "60岁及以上",
    "aged_65": "65岁及以上",
    "disabled": "持证残疾人",
}
#: rule as people read it on a page
RULE = "取年份最新的；同一年的先普查，再抽样调查、户籍、填报；还相同的取两个来源一致的、后导入的。"
_ORDER = list(KINDS)


@dataclass(frozen=True, kw_only=True)
class Vintage:
    """What decides between figures: year, who was counted, agreed on by two, number of its row."""

    year: int
    kind: str = "stated"
    verified: bool = False
    row: int = 0


def rank(one: Vintage) -> tuple[int, int, bool, int]:
    """This will return what orders figures: the greatest is the current one."""
    return (one.year, -_ORDER.index(one.kind), one.verified, one.row)


def current(figures: Iterable[Vintage]) -> Vintage | None:
    """This will return the figure that is used, None of none."""
    return max(figures, key=rank, default=None)


def group_fault(count: int, groups: dict[str, int | None]) -> str:
    """This will say why groups cannot belong to a total, or ""; unknown groups are not asked."""
    for name, number in groups.items():
        if number is not None and number > count:
            return f"{GROUPS[name]} {number} 人超过总人口 {count} 人"
    aged_60, aged_65 = groups.get("aged_60"), groups.get("aged_65")
    if aged_60 is not None and aged_65 is not None and aged_65 > aged_60:
        return f"65岁及以上 {aged_65} 人超过60岁及以上 {aged_60} 人"
    old, young = aged_60 if aged_60 is not None else aged_65, groups.get("children")
    if old is not None and young is not None and old + young > count:
        return f"老人 {old} 人加儿童 {young} 人超过总人口 {count} 人"
    return ""


#: What one does about a figure that was wrong: nothing is overwritten.
OTHER_SOURCE = "已有的数字不会被覆盖；更正请换一个来源名称，例如“2023年统计公报（更正）”。"


def same_vintage(code: str, known: float) -> str:
    """This will say that another number stands there already."""
    return f"{code} 已有同年份、同口径、同来源的数字 {known:g}，与文件里的不同"
