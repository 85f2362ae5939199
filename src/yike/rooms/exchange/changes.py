"""Two states of a layer → what was added, changed, removed; codes in others' words. Pure.

A point's body is what a subscription tells of it: its properties as ours, its codes as theirs, its
place. Whatever differs in the body is one change with the point's next version, so that A→B→A is
three. A code that nobody mapped is told as null beside our own, never dropped.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Body = dict[str, Any]
#: kind of code → its name
KINDS = {
    "level": "站点级别",
    "terminal_kind": "终端类型",
    "sign_kind": "指引牌类型",
    "institution_kind": "机构类别",
    "town": "乡镇（街道）",
    "status": "设施状态",
}
_BY_FIELD = {"level": "level", "town_code": "town", "status": "status"}
_BY_LAYER = {"terminals": "terminal_kind", "signs": "sign_kind"}
#: told of every point, whatever was chosen
ALWAYS = ("code", "name")
ADDED, CHANGED, REMOVED = "added", "changed", "removed"
VERBS = {ADDED: "新增", CHANGED: "变更", REMOVED: "撤下"}
#: what became of a push → its words
FATES = {
    "received": "已接收",
    "sending": "正在发送",
    "waiting": "等待发送",
    "refused": "被拒绝",
    "lost": "没有送达",
    "unsure": "结果不明",
}
#: what a reconciliation names
BAD = ("refused", "lost", "unsure")
#: so much goes into one push at most
_MOST, _BYTES = 50, 30_000
_PARTS = re.compile(r"[,，\t]")
_LONGEST = 60

Table = Mapping[tuple[str, str], str]


@dataclass(frozen=True, kw_only=True)
class Known:
    """What was last told of a point; `body` is None when it was told to be gone."""

    version: int
    body: Body | None


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change. `fields`: what differs, for a changed point; `body` is None for a removed one."""

    verb: str
    id: str
    version: int
    fields: tuple[str, ...]
    body: Body | None


@dataclass(frozen=True, kw_only=True)
class Unmapped:
    """A code of ours that the table has not got, and of how many points."""

    kind: str
    code: str
    count: int

    @property
    def kind_name(self) -> str:
        """This will return what kind of code it is, for people."""
        return KINDS[self.kind]


def difference(before: Mapping[str, Known], now: Mapping[str, Body]) -> tuple[Change, ...]:
    """This will return what happened between what was last told and what is, by id."""
    found = (_change(ref, before.get(ref), now.get(ref)) for ref in sorted({*before, *now}))
    return tuple(one for one in found if one is not None)


def body_of(
    layer: str, told: Mapping[str, Any], point: Sequence[float] | None, *,
    fields: Iterable[str], table: Table,
) -> Body:  # fmt: skip
    """This will return what is told of a point: chosen fields, codes as theirs, seven decimals."""
    chosen = list(dict.fromkeys([*ALWAYS, *fields]))
    codes = {
        name: table.get((kind, str(told[name])))
        for name in chosen
        if (kind := kind_of(layer, name)) and told.get(name) not in (None, "")
    }
    return {
        "properties": {name: told.get(name) for name in chosen},
        "codes": codes,
        "point": None if point is None else [round(side, 7) for side in point],
    }


def kind_of(layer: str, field: str) -> str:
    """This will return which kind of code a field of a layer holds; "" when it holds none."""
    if field == "kind":
        return _BY_LAYER.get(layer, "institution_kind" if layer.startswith("institutions") else "")
    return _BY_FIELD.get(field, "")


def unmapped(layer: str, bodies: Iterable[Body]) -> tuple[Unmapped, ...]:
    """This will return the codes told as null, with how many points bear them."""
    seen = Counter(
        (kind_of(layer, name), str(body["properties"][name]))
        for body in bodies
        for name, theirs in body["codes"].items()
        if theirs is None
    )
    return summed(Unmapped(kind=kind, code=code, count=n) for (kind, code), n in seen.items())


def summed(found: Iterable[Unmapped]) -> tuple[Unmapped, ...]:
    """This will add up the same codes of several layers, in a fixed order."""
    sums: Counter[tuple[str, str]] = Counter()
    for one in found:
        sums[(one.kind, one.code)] += one.count
    return tuple(
        Unmapped(kind=kind, code=code, count=sums[kind, code]) for kind, code in sorted(sums)
    )


def batches(found: Sequence[Change]) -> Iterator[tuple[Change, ...]]:
    """This will part changes so that none of the parts is too large to be handed over at once."""
    part: list[Change] = []
    size = 0
    for one in found:
        weight = len(json.dumps(one.body, ensure_ascii=False).encode()) + 200
        if part and (len(part) >= _MOST or size + weight > _BYTES):
            yield tuple(part)
            part, size = [], 0
        part.append(one)
        size += weight
    if part:
        yield tuple(part)


def read_table(text: str) -> tuple[list[list[str]], str]:
    """This will read lines of kind, our code, their code; returns the first fault, "" for none.

    A line without their code is left out: that code stays unmapped and is reported as such.
    """
    kinds = {name: code for code, name in KINDS.items()}
    rows: dict[tuple[str, str], str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        parts = [part.strip() for part in _PARTS.split(line)]
        if len(parts) != 3 or parts[0] not in kinds or not parts[1]:
            return [], f"第 {number} 行应写成：种类,本平台代码,对方代码。种类有{'、'.join(kinds)}。"
        key = (kinds[parts[0]], parts[1])
        if key in rows:
            return [], f"第 {number} 行：{parts[0]} {parts[1]} 写了两次。"
        if max(map(len, parts)) > _LONGEST:
            return [], f"第 {number} 行：代码最多 {_LONGEST} 个字。"
        rows[key] = parts[2]
    return [[kind, ours, theirs] for (kind, ours), theirs in sorted(rows.items()) if theirs], ""


def fate(state: str, receipt: str) -> str:
    """This will return what became of a push, from its delivery's state and the last answer.

    An answer of 4xx is a refusal, also while it is tried again; no line and 5xx are not.
    """
    refused = bool(re.match(r"4\d\d\b", receipt)) and not receipt.startswith(("408", "429"))
    if state == "queued":
        return "refused" if refused else "waiting"
    if state == "failed":
        return "refused" if refused else "lost"
    return {"sent": "received", "sending": "sending"}.get(state, "unsure")


def with_reasons(
    points: Sequence[Mapping[str, Any]], refused: Sequence[Mapping[str, str]]
) -> list[dict[str, Any]]:
    """This will return the points of a push, the refused ones first and with their `why`.

    What was refused and is not among the points stands there by what the platform called it.
    """
    left, found = list(refused), []
    for point in points:
        said = next((one for one in left if _same(point, one)), None)
        if said is not None:
            left.remove(said)
        found.append({**point, "why": _why(said)} if said else dict(point))
    found += [
        {"verb": "", "code": one["code"] or one["id"], "name": "", "version": 0, "why": _why(one)}
        for one in left
    ]
    return sorted(found, key=lambda one: "why" not in one)


def _why(said: Mapping[str, str]) -> str:
    return said["reason"] or "没有写原因"


def _same(point: Mapping[str, Any], said: Mapping[str, str]) -> bool:
    by_id = bool(said["id"]) and said["id"] == point.get("id")
    return by_id or (not said["id"] and said["code"] == point["code"])


def _change(ref: str, known: Known | None, body: Body | None) -> Change | None:
    was = known.body if known else None
    if was == body:
        return None
    version = known.version + 1 if known else 1
    if was is None or body is None:
        verb = ADDED if was is None else REMOVED
        return Change(verb=verb, id=ref, version=version, fields=(), body=body)
    fields = _differing(was, body)
    return Change(verb=CHANGED, id=ref, version=version, fields=fields, body=body)


def _differing(was: Body, body: Body) -> tuple[str, ...]:
    names: set[str] = set()
    for part in ("properties", "codes"):
        one, other = was[part], body[part]
        names |= {
            name for name in {*one, *other}
            if name not in one or name not in other or one[name] != other[name]
        }  # fmt: skip
    if was["point"] != body["point"]:
        names.add("point")
    return tuple(sorted(names))
