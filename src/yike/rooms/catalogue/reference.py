"""Items, code lists, legal matters and words that ship with the house. Sources: data/SOURCES.md.

Only adds what is absent: what an office has revised stays as the office left it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from yike.rooms.catalogue import events, shipped
from yike.rooms.catalogue.models import (
    Code,
    CodeList,
    Item,
    ItemHint,
    ItemLimit,
    Keyword,
    LegalMatter,
)
from yike.rooms.catalogue.versions import limit_rows
from yike.rooms.core.actor import Actor
from yike.rooms.trail import actions as trail_actions

SOURCE = "规范整理 2026-10"
CHECKED = date(2026, 10, 1)
#: Shipped rows are in force from here, so that a demonstration year finds them.
SINCE = date(2020, 1, 1)
#: key → name, source, verified
LISTS: dict[str, tuple[str, str, bool]] = {
    "resource_kind": ("业务资源类别", "象山任务清单第9项", True),
    "platform_facility_kind": ("平台设施类别", "象山任务清单第8项", True),
    "service_supply": ("服务供给", "象山任务清单第2项", True),
    "service_mode": ("服务方式", "象山任务清单第11至15项", True),
    "basic_public_legal_service": ("基本公共法律服务", "淮南方案第8条", True),
    "station_level": ("实体平台级别", "两份文件", True),
    "circle_mode": ("服务圈出行方式", "县级建设方案（半径为参数）", False),
    "channel": ("来源渠道", "本系统", False),
    "demand_type": ("诉求类型", "政务热线惯例", False),
    "satisfaction": ("满意度", "国办发〔2019〕51号", True),
    "bad_review_class": ("差评分类", "本系统", False),
    "order_state": ("工单状态", "本系统", False),
    "order_transition": ("工单流转", "本系统", False),
    "alert_level": ("预警级别", "设计建议", False),
    "volunteer_kind": ("志愿者类别", "象山任务清单第17项及本系统", False),
    "complaint_kind": ("投诉类别", "本系统", False),
    "secrecy_review": ("保密审查结论", "淮南方案第15条及本系统", False),
    "id_type": ("证件类型", "GA/T 517-2004 形式", False),
    "sex": ("性别", "GB/T 2261.1", True),
    "gb_codes": ("引用的国家标准", "标准目录", False),
    "sft_standards": ("SF/T 标准", "司法部行业标准目录（公开文献）", False),
}


@transaction.atomic
def load_reference(*, actor: Actor) -> int:
    """This will add every shipped row that is absent, and return how many; idempotent."""
    lists = shipped.read("codelists.json")
    added = _items(shipped.read("service_items.json"), shipped.read("item_forms.json"))
    added += _lists(lists)
    added += _matters(lists["legal_matter"])
    added += _hints(shipped.read("item_hints.json"))
    if added:
        trail_actions.record(events.ReferenceLoaded(rows=added), actor=actor)
    return added


def _items(listed: list[dict[str, str]], item_forms: dict[str, Any]) -> int:
    known = set(Item.objects.values_list("code", flat=True))
    rows = [
        Item(
            code=one["code"],
            name=one["name"],
            kind=one["kind"],
            mode=one["mode"],
            applicants=_split(one["applicants"]),
            materials=_split(one["materials"]),
            limits_text=one["limits"],
            basis=one["basis"],
            fee=one["fee"],
            form=item_forms.get(one["code"], []),
            verified=one["evidence"] == "F",
            last_checked_on=CHECKED,
            active_from=SINCE,
            source=SOURCE,
        )
        for one in listed
        if one["code"] not in known
    ]
    Item.objects.bulk_create(rows)
    ItemLimit.objects.bulk_create([limit for row in rows for limit in limit_rows(row)])
    return len(rows)


def _lists(listed: dict[str, Any]) -> int:
    known = set(CodeList.objects.values_list("key", flat=True))
    fresh = [key for key in LISTS if key not in known]
    CodeList.objects.bulk_create(
        CodeList(
            key=key,
            name=LISTS[key][0],
            source=LISTS[key][1],
            verified=LISTS[key][2],
            note=listed.get(f"{key}_note", ""),
        )
        for key in fresh
    )
    names = {one["code"]: one["name"] for one in listed["order_state"]}
    codes = [
        Code(list_id=key, ordinal=place, active_from=SINCE, **({"verified": LISTS[key][2]} | facts))
        for key in fresh
        for place, facts in enumerate(_code(one, at, names) for at, one in enumerate(listed[key]))
    ]
    Code.objects.bulk_create(codes)
    return len(fresh) + len(codes)


def _code(one: Any, place: int, states: dict[str, str]) -> dict[str, Any]:
    """One entry of a list in any of the shapes of the file: text, pair, triple or object."""
    if isinstance(one, str):
        return {"code": f"{place + 1}", "name": one}
    if isinstance(one, list) and len(one) == 2:
        since, until = one
        return {"code": f"{since}>{until}", "name": f"{states[since]}→{states[until]}"}
    if isinstance(one, list):
        return {"code": one[0], "name": one[1], "note": one[2]}
    own = {key: one[key] for key in ("note", "verified") if key in one}
    extra = {key: value for key, value in one.items() if key not in ("code", "name", *own)}
    return {"code": one["code"], "name": one.get("name") or one["code"], "extra": extra, **own}


def _matters(listed: list[dict[str, Any]]) -> int:
    known = set(LegalMatter.objects.values_list("code", flat=True))
    matters = [
        LegalMatter(code=one["code"], name=one["name"], cause_part=one["cause_part"], ordinal=place)
        for place, one in enumerate(listed)
        if one["code"] not in known
    ]
    LegalMatter.objects.bulk_create(matters)
    present = set(Keyword.objects.values_list("matter_id", "word"))
    keywords = [
        Keyword(matter_id=code, word=word, weight=weight, own=own)
        for (code, word), (weight, own) in shipped.keywords().items()
        if (code, word) not in present
    ]
    Keyword.objects.bulk_create(keywords)
    return len(matters) + len(keywords)


def _hints(listed: dict[str, dict[str, Any]]) -> int:
    present = set(ItemHint.objects.values_list("item_code", "matter_id", "word"))
    hints: list[tuple[str, str | None, str, float]] = [
        (code, matter, "", 1.0 / (place + 1))
        for matter, codes in listed["matters"].items()
        for place, code in enumerate(codes)
    ]
    hints += [
        (code, None, word, weight)
        for code, words in listed["words"].items()
        for word, weight in words.items()
    ]
    rows = [
        ItemHint(item_code=code, matter_id=matter, word=word, weight=weight)
        for code, matter, word, weight in hints
        if (code, matter, word) not in present
    ]
    ItemHint.objects.bulk_create(rows)
    return len(rows)


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip() and part.strip() != "无"]
