"""Reads what was told: cleans every field, refuses what cannot be, notices what needs care.

Nothing is written here. Every refusal names its field, so that a door can keep all that was typed.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Collection
from typing import Any
from uuid import UUID

from yike.engines import seal
from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.core import clock
from yike.rooms.core.actor import INTERNAL, Actor
from yike.rooms.core.refusal import BadInput, NotFound
from yike.rooms.guard import clean, keyring, secrecy
from yike.rooms.matters import codes, sensitive
from yike.rooms.matters.demand import FILES_MOST, POINTS_MOST, TEXT_LEAST, TEXT_MOST, Demand
from yike.rooms.people import numbers
from yike.rooms.regions import codes as region_codes
from yike.rooms.regions import queries as regions_queries

_TIME = re.compile(r"([01]?\d|2[0-3])[:：][0-5]\d")
_LINES = {  # field → most characters
    "title": 60,
    "name": 60,
    "email": 254,
    "on_behalf_of": 60,
    "relation": 30,
    "contact_way": 60,
    "contact_note": 200,
    "peer_ref": 64,
}


@dataclasses.dataclass(frozen=True, kw_only=True)
class Told:
    """A demand that has been read: every value in its one form, every default filled in."""

    demand: Demand
    region: regions_queries.RegionPath
    town_code: str
    title: str
    urgency: int
    level: int
    category: str
    category_name: str
    #: answers to the item's form, as [label, words]
    answers: list[list[str]]
    #: keyed digest of everything told, to notice a key used for something else
    digest: str


def read(demand: Demand, *, actor: Actor) -> Told:
    """This will return the demand in its one form. Refuses BadInput, the field named."""
    clean_demand = _clean(demand)
    _must_be_reachable(clean_demand, actor)
    region = _region(clean_demand.region_code, actor)
    care = sensitive.notice(clean_demand.text, *clean_demand.points)
    category, name = _category(clean_demand)
    return Told(
        demand=clean_demand,
        region=region,
        town_code=region_codes.at_level(clean_demand.region_code, "town"),
        title=clean_demand.title or _title(clean_demand.text),
        urgency=_mark(clean_demand.urgency, care.urgency, codes.NORMAL),
        level=_mark(clean_demand.level, care.level, INTERNAL),
        category=category,
        category_name=name,
        answers=_answers(clean_demand),
        digest=_digest(clean_demand),
    )


def _clean(demand: Demand) -> Demand:
    """A wrong code is refused before anything is cleaned: it comes from a machine, not a person."""
    _one_of("demand_type", demand.demand_type, codes.DEMAND_TYPES)
    _one_of("channel", demand.channel, codes.CHANNELS)
    _one_of("line", demand.line, codes.LINES)
    _one_of("party_kind", demand.party_kind, ("person", "company"))
    for urgency in (demand.urgency,) if demand.urgency is not None else ():
        _one_of("urgency", urgency, codes.URGENCIES)
    for level in (demand.level,) if demand.level is not None else ():
        _one_of("level", level, codes.LEVELS)
    for need in demand.needs:
        _one_of("needs", need, codes.NEEDS)
    lines: dict[str, Any] = {
        name: clean.text(getattr(demand, name), field=name, most=most).replace("\n", " ")
        for name, most in _LINES.items()
    }
    return dataclasses.replace(
        demand,
        text=clean.text(demand.text, field="text", least=TEXT_LEAST, most=TEXT_MOST),
        points=_points(demand.points),
        phone=numbers.read_phone(demand.phone) if demand.phone.strip() else "",
        id_number=_id_number(demand),
        safe_from=_time("safe_from", demand.safe_from),
        safe_until=_time("safe_until", demand.safe_until),
        person_categories=_groups(demand.person_categories),
        file_ids=_files(demand),
        **lines,
    )


def _points(points: tuple[str, ...]) -> tuple[str, ...]:
    kept = tuple(clean.text(point, field="points", most=500) for point in points)
    kept = tuple(point for point in kept if point)
    if len(kept) > POINTS_MOST:
        raise BadInput(f"诉求点最多 {POINTS_MOST} 个，您写了 {len(kept)} 个", field="points")
    return kept


def _files(demand: Demand) -> tuple[UUID, ...]:
    if len(demand.file_ids) > FILES_MOST:
        raise BadInput(f"一次最多提交 {FILES_MOST} 份材料", field="file_ids")
    return tuple(dict.fromkeys(demand.file_ids))


def _groups(told: tuple[str, ...]) -> tuple[str, ...]:
    for group in told:
        _one_of("person_categories", group, codes.PERSON_CATEGORIES)
    return tuple(dict.fromkeys(told))


def _id_number(demand: Demand) -> str:
    if not demand.id_number.strip():
        return ""
    return numbers.read_id(demand.id_type or "111", demand.id_number, today=clock.today())


def _time(field: str, typed: str) -> str:
    if not typed.strip():
        return ""
    if not _TIME.fullmatch(typed.strip()):
        raise BadInput("时间写成 08:30 这样", field=field)
    hours, minutes = re.split("[:：]", typed.strip())
    return f"{int(hours):02d}:{minutes}"


def _one_of(field: str, value: object, known: Collection[object]) -> None:
    if value not in known:
        raise BadInput(f"没有“{value}”这个选项", way_on="请从列表中选择。", field=field)


def _must_be_reachable(demand: Demand, actor: Actor) -> None:
    """Who comes by themselves needs name and phone: the phone is half of the key to follow it."""
    if actor.kind not in ("visitor", "citizen"):
        return
    if not demand.name:
        raise BadInput("请写姓名，方便工作人员称呼您", field="name")
    if not demand.phone:
        raise BadInput("请写电话，查询进度和联系您都要用到", field="phone")


def _region(code: str, actor: Actor) -> regions_queries.RegionPath:
    wrong = BadInput(
        "区划里没有这个村（社区）", way_on="请从列表中选择乡镇和村（社区）。", field="region_code"
    )
    if not region_codes.is_code(code) or region_codes.level_of(code) not in ("town", "village"):
        raise wrong
    if actor.kind == "peer" and not actor.region_from <= code < actor.region_until:
        raise BadInput(
            "这个平台的密钥不能提交这个地区的诉求",
            way_on="请提交给当地平台，或请安全管理员更换密钥的地区。",
            field="region_code",
        )
    found = regions_queries.paths_of([code])
    if code not in found:
        raise wrong
    return found[code]


def _category(demand: Demand) -> tuple[str, str]:
    """What was chosen, else the likeliest; "other" when the words say nothing."""
    if demand.category:
        name = catalogue_queries.matter_name(demand.category)
        if not name:
            raise BadInput("没有这个事项类型", way_on="请从列表中选择。", field="category")
        return demand.category, name
    best = catalogue_queries.suggest_matters(f"{demand.title}\n{demand.text}", limit=1)
    return (best[0].code, best[0].name) if best else ("", "")


def _answers(demand: Demand) -> list[list[str]]:
    """The item's own form, checked by the catalogue; labels are kept as they were asked."""
    if not demand.item_code:
        return []
    try:
        if not demand.answers:
            catalogue_queries.item(demand.item_code)
            return []
        kept = catalogue_queries.check_form(demand.item_code, dict(demand.answers))
        form = catalogue_queries.item_guide(demand.item_code).form
    except NotFound:
        raise BadInput(
            "事项目录里没有这个事项", way_on="请从列表中选择。", field="item_code"
        ) from None
    secrecy.refuse_state_secrets(*(str(value) for value in kept.values()))
    words = {True: "是", False: "否"}
    return [
        [str(field["label"]), words.get(value, str(value)) if value in words else str(value)]
        for field in form
        for value in [kept.get(field["name"])]
        if value is not None
    ]


def _mark(told: int | None, suggested: int | None, default: int) -> int:
    if told is not None:
        return told
    return suggested if suggested is not None else default


def _title(text: str) -> str:
    """The first sentence, at most 30 characters."""
    first = re.split(r"[。！？!?\n；;]", text, maxsplit=1)[0].strip() or text.strip()
    return first if len(first) <= 30 else f"{first[:29]}…"


def _digest(demand: Demand) -> str:
    plain = {field.name: getattr(demand, field.name) for field in dataclasses.fields(demand)}
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, default=str)
    return seal.blind_index(keyring.ring(), "matters.told", text).hex()
