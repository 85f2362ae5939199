"""The situations on the first page: what people call it, and what helps to tell it.

`category` is the code of the legal matter it usually is; the citizen may always choose another.
"""

from __future__ import annotations

from dataclasses import dataclass

from yike.rooms.matters import sensitive


@dataclass(frozen=True)
class Situation:
    """One tile: address part, icon, words, and what to tell."""

    slug: str
    icon: str
    label: str
    category: str
    tell: str


SITUATIONS = (
    Situation(
        "wages", "cash-coin", "拖欠工资", "B01",
        "谁欠的、做什么活、欠多少、从什么时候起、有没有合同或记工本",
    ),
    Situation(
        "injury", "bandaid", "工作受伤", "B02",
        "什么时候、在哪里、怎么受伤的，单位有没有申请工伤",
    ),
    Situation(
        "divorce", "people", "离婚和孩子", "A01",
        "结婚多久、有没有孩子、对方同不同意、最想解决什么",
    ),
    Situation(
        "inherit", "house-heart", "继承和养老", "A02",
        "谁去世或谁需要赡养、有哪些财产、有没有遗嘱、家里还有谁",
    ),
    Situation(
        "traffic", "car-front", "交通事故", "C01",
        "什么时候、在哪里、谁的责任、伤到哪里、保险怎么说",
    ),
    Situation(
        "debt", "receipt", "借钱不还", "F01",
        "借了多少、什么时候、有没有借条或转账记录、对方现在怎么说",
    ),
    Situation(
        "house", "building", "房子和租房", "D02",
        "买房还是租房、签了什么、钱付了多少、现在卡在哪里",
    ),
    Situation(
        "neighbour", "signpost-split", "邻里矛盾", "E03",
        "和谁、为什么事、找过村里没有",
    ),
    Situation(
        "land", "map", "土地和海塘", "E01",
        "哪块地或哪片海域、有没有证或合同、谁在争",
    ),
    Situation(
        "shopping", "bag", "买东西被骗", "F04",
        "在哪里买、花了多少、商家怎么说、有没有小票或截图",
    ),
    Situation(
        "company", "briefcase", "企业的事", "F03",
        "企业做什么、和谁签的、遇到什么问题",
    ),
    Situation(
        "violence", "shield-exclamation", "家里有人打我", "A01",
        "现在是不是安全、谁动的手、最近一次是什么时候",
    ),
)  # fmt: skip
_BY_SLUG = {one.slug: one for one in SITUATIONS}

#: Legal matters in which a call at a wrong time can hurt somebody.
CAREFUL_CATEGORIES = frozenset({"I04"})


def situation(slug: str) -> Situation | None:
    """This will return the situation of an address part, or None."""
    return _BY_SLUG.get(slug)


def needs_care(*, text: str, category: str, about: str) -> bool:
    """This will say whether to ask first if the person is safe and how to reach them safely."""
    noticed = sensitive.notice(text).ask_safe_contact
    return noticed or category in CAREFUL_CATEGORIES or about == "violence"
