"""What stands after the question mark: read as the standard writes it, or refused with a 400."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict

from yike.rooms.exchange import crs as crs_
from yike.rooms.exchange.crs import Crs
from yike.rooms.exchange.features import Asked, Box, Period
from yike.rooms.exchange.layers import Field, Layer

USUAL, MOST = 100, 1000
#: parameters of every list of features; the fields of a layer come beside them
LISTED = ("bbox", "bbox-crs", "crs", "datetime", "limit", "after")
_INSTANT = re.compile(
    r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,6})?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)
_AFTER = re.compile(r"[0-9A-Za-z-]{1,64}", re.ASCII)


class Wrong(Exception):
    """A parameter that cannot be read: which one, and why."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field, self.sentence = field, sentence


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A list as it was asked for, and the system to answer in."""

    asked: Asked
    crs: Crs


def listed(told: QueryDict, layer: Layer) -> Listed:
    """This will return what is asked of a layer. Raises Wrong."""
    fields = {one.name: one for one in layer.asked}
    once(told, (*LISTED, *fields))
    told_ = words(told)
    box_crs = system(told.get("bbox-crs"), "bbox-crs")
    if "bbox-crs" in told and "bbox" not in told:
        raise Wrong("bbox-crs", "写了 bbox-crs，没有写 bbox")
    asked = Asked(
        boxes=boxes(told_["bbox"], box_crs) if "bbox" in told else (),
        period=period(told_["datetime"]) if "datetime" in told else None,
        fields={name: _value(told_[name], fields[name]) for name in fields if name in told},
        after=_after(told.get("after", "")),
        limit=_limit(told.get("limit", "")),
    )
    return Listed(asked=asked, crs=system(told.get("crs"), "crs"))


def once(told: QueryDict, known: Sequence[str]) -> None:
    """This will refuse unknown names, and names that are said twice. Raises Wrong."""
    unknown = sorted(set(told) - set(known))
    if unknown:
        raise Wrong(unknown[0], f"没有这样的查询参数：{'、'.join(unknown)}")
    twice = sorted(name for name, values in told.lists() if len(values) > 1)
    if twice:
        raise Wrong(twice[0], f"查询参数写了两次：{'、'.join(twice)}")


def system(uri: str | None, field: str) -> Crs:
    """This will return the system of a URI, CRS84 when none is given. Raises Wrong."""
    if uri is None:
        return crs_.CRS84
    found = crs_.BY_URI.get(uri)
    if found is None:
        raise Wrong(field, f"不支持这个坐标系；支持：{'、'.join(crs_.BY_URI)}")
    return found


def boxes(typed: str, system_: Crs) -> tuple[Box, ...]:
    """This will return a bbox of four or six numbers as one box, two over the date line."""
    numbers = [_number(one) for one in typed.split(",")]
    if len(numbers) not in (4, 6):
        raise Wrong("bbox", "bbox 应为 4 个数（或带高程的 6 个数），用逗号分开")
    half = len(numbers) // 2
    first, second = (numbers[0], numbers[1]), (numbers[half], numbers[half + 1])
    if system_.swapped:
        first, second = first[::-1], second[::-1]
    (west, south), (east, north) = first, second
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise Wrong("bbox", f"bbox 超出范围，或上下颠倒（坐标系：{system_.name}）")
    if west <= east:
        return ((west, south, east, north),)
    return ((west, south, 180.0, north), (-180.0, south, east, north))


def period(typed: str) -> Period:
    """This will return an instant or an interval, open at `..` or where nothing is written."""
    ends = typed.split("/")
    if len(ends) == 1:
        at = _instant(ends[0])
        return at, at
    if len(ends) != 2 or all(end in ("", "..") for end in ends):
        raise Wrong("datetime", _WHEN)
    since, until = (None if end in ("", "..") else _instant(end) for end in ends)
    if since and until and since > until:
        raise Wrong("datetime", "datetime 的开始在结束之后")
    return since, until


_WHEN = "datetime 应为 RFC 3339 时间，或“开始/结束”，例如 2026-01-01T00:00:00Z/.."


def _instant(typed: str) -> datetime:
    if not _INSTANT.fullmatch(typed):
        raise Wrong("datetime", _WHEN)
    try:
        return datetime.fromisoformat(typed.upper())
    except ValueError:
        raise Wrong("datetime", _WHEN) from None


def _number(typed: str) -> float:
    try:
        found = float(typed)
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        raise Wrong("bbox", f"bbox 里的“{typed[:20]}”不是数")
    return found


def _limit(typed: str) -> int:
    """More than the most is the most, as the standard has it."""
    if not typed:
        return USUAL
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 9) or int(typed) < 1:
        raise Wrong("limit", f"limit 应为 1 到 {MOST} 的整数")
    return min(int(typed), MOST)


def _after(typed: str) -> str:
    if typed and not _AFTER.fullmatch(typed):
        raise Wrong("after", "after 不正确：请原样使用 next 链接")
    return typed


_BOOLEANS = ("true", "false")


def _value(typed: str, known: Field) -> str:
    if known.type == "integer" and not re.fullmatch(r"-?\d{1,9}", typed, re.ASCII):
        raise Wrong(known.name, f"{known.name} 应为整数")
    if known.type == "boolean" and typed not in _BOOLEANS:
        raise Wrong(known.name, f"{known.name} 应为 true 或 false")
    return str(int(typed)) if known.type == "integer" else typed


def rest(told: QueryDict) -> Mapping[str, str]:
    """This will return the question again, without the page."""
    return {name: one for name, one in words(told).items() if name != "after"}


def words(told: QueryDict) -> dict[str, str]:
    """This will return the question as plain names and values."""
    return {name: values[-1] for name, values in told.lists() if values}
