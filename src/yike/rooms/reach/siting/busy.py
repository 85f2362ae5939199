"""Places for terminals from the office's table, beside them the circle's figures. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NoReturn

from yike.rooms.core.refusal import BadInput
from yike.rooms.reach.siting import tables, worth

MOST = 500
_ALSO = {
    "name": ("名称", "地点"),
    "kind": ("类别", "class"),
    "village": ("区划代码", "村代码", "village_code", "region_code"),
    "lon": ("经度",),
    "lat": ("纬度",),
    "footfall": ("人流量", "人流量（人次/日）"),
    "source": ("来源", "依据"),
}


def read(content: bytes, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """This will read places: name, class, village, footfall with its source. Refuses BadInput.

    `names`: code → name of the county's villages and towns. An empty footfall is unknown.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", errors="replace")
    titles, rows = tables.lines(text, _no, most=MOST, noun="个地点")
    known = {other: key for key, others in _ALSO.items() for other in (key, *others)}
    head = [known.get(title.strip().lower(), "") for title in titles]
    if not {"name", "village"} <= set(head):
        _no("第一行应为 name,kind,village[,lon,lat,footfall,source]。")
    found: list[dict[str, Any]] = []
    for line, cells in rows:
        told = {key: cell.strip() for key, cell in zip(head, cells, strict=False) if key}
        found.append(_place(line, told, names, [one["name"] for one in found]))
    if not found:
        _no(f"应有 1 到 {MOST} 个地点，现在一个也没有。")
    return found


def with_circle(places: list[dict[str, Any]], tables: Mapping[str, Any]) -> list[dict[str, Any]]:
    """This will put beside each place the minutes, people and elderly of its village in a run."""
    rows = {
        (one["code"], one["group"]): one
        for one in tables.get("rows", ())
        if one["key"] in ("village", "town")
    }
    return [one | {"facts": one["facts"] | _circle(one["village"], rows)} for one in places]


def _circle(village: str, rows: Mapping[tuple[str, str], Mapping[str, Any]]) -> dict[str, Any]:
    whole, old = rows.get((village, "all")), rows.get((village, "elderly"))
    minutes: Any = whole["median"] if whole else None
    if whole and minutes is None and whole["total"] and whole["unreachable"] == whole["total"]:
        minutes = worth.CUT_OFF
    return {
        "minutes": minutes,
        "people": whole["total"] if whole else None,
        "elderly": old["total"] if old else None,
    }


def _place(
    line: int, told: dict[str, str], names: Mapping[str, str], before: Collection[str]
) -> dict[str, Any]:
    name, village = told.get("name", ""), told.get("village", "")
    words = {word: code for code, word in worth.CLASSES.items()}
    kind = words.get(told.get("kind", ""), told.get("kind", "") or "other")
    if not name or name in before:
        _no(f"第 {line} 行的名称没有填，或者和前面重复。")
    if kind not in worth.CLASSES:
        _no(f"第 {line} 行的类别“{kind}”不对，可用：{'、'.join(worth.CLASSES.values())}。")
    if village not in names:
        _no(f"第 {line} 行的区划代码“{village}”不是本县的村或乡镇。")
    footfall = _number(line, told, "footfall")
    if footfall is not None and not told.get("source"):
        _no(f"第 {line} 行写了人流量，还要写来源。")
    return {
        "name": name[:60], "kind": kind, "village": village, "village_name": names[village],
        "lon": _number(line, told, "lon"), "lat": _number(line, told, "lat"),
        "source": told.get("source", "")[:160], "facts": {"footfall": footfall},
    }  # fmt: skip


def _number(line: int, told: dict[str, str], key: str) -> float | None:
    if not told.get(key):
        return None
    try:
        number = float(told[key])
    except ValueError:
        number = -1.0
    if not 0 <= number < 10**9:
        _no(f"第 {line} 行的“{told[key]}”不是不小于零的数字，请改正；不知道的留空。")
    return number


def _no(sentence: str) -> NoReturn:
    raise BadInput(f"地点表{sentence}", field="file")
