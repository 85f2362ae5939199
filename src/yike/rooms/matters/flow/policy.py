"""What a county may set for itself, within what the table permits. Pure.

A policy is a version: an order under way keeps the one it began with. HOUSE is the table as it
stands, for a county that has set nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from yike.rooms.matters import codes, likeness
from yike.rooms.matters.flow.rows import ROWS, Row

#: cap → (name, least, most, the house's own)
CAPS: dict[str, tuple[str, int, int, int]] = {
    "suspend_days": ("一件诉求最多挂起几天", 1, 90, 30),
    "redos": ("最多退回重办几次", 1, 5, 3),
    "hurry_hours": ("当事人隔几小时可以再催办", 4, 72, 24),
    "archive_days": ("办结后几天自动归档", 7, 365, 90),
    "duplicate_days": ("几天内的诉求算作可能重复", 1, 365, likeness.DAYS),
    "duplicate_percent": ("内容相近百分之几提示可能重复", 60, 100, likeness.LEAST),
}
#: longest text told to the citizen
TOLD_MOST = 60
_BY_VERB = {row.verb: row for row in ROWS}


@dataclass(frozen=True, kw_only=True)
class Policy:
    """One version of a county's own rules."""

    version: int = 0
    #: verbs the county does without
    off: frozenset[str] = frozenset()
    #: verb → fields that may be left empty by the table, not here
    needs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: verb → the county's words for the citizen
    told: Mapping[str, str] = field(default_factory=dict)
    #: verb → promise to sign that begins with it
    promises: Mapping[str, str] = field(default_factory=dict)
    caps: Mapping[str, int] = field(default_factory=dict)
    #: demand types whose answer is reviewed before it goes out
    review: frozenset[str] = frozenset()
    #: what comes in over the net waits until it is accepted
    accept: bool = False

    def cap(self, name: str) -> int:
        """This will return a cap; the house's own when the county set none."""
        return self.caps.get(name, CAPS[name][3])

    def needed(self, row: Row) -> tuple[str, ...]:
        """This will return a verb's fields, those the county insists on without their "?"."""
        more = self.needs.get(row.verb, ())
        return tuple(need.rstrip("?") if need.rstrip("?") in more else need for need in row.needs)

    def plain(self) -> dict[str, Any]:
        """This will return the content as plain values, to be kept."""
        return {
            "off": sorted(self.off),
            "needs": {verb: list(names) for verb, names in sorted(self.needs.items())},
            "told": dict(sorted(self.told.items())),
            "promises": dict(sorted(self.promises.items())),
            "caps": dict(sorted(self.caps.items())),
            "review": sorted(self.review),
            "accept": self.accept,
        }


HOUSE = Policy()


def of_plain(version: int, content: Mapping[str, Any]) -> Policy:
    """This will return the policy kept as plain values."""
    return Policy(
        version=version,
        off=frozenset(content.get("off", ())),
        needs={verb: tuple(names) for verb, names in content.get("needs", {}).items()},
        told=dict(content.get("told", {})),
        promises=dict(content.get("promises", {})),
        caps={name: int(value) for name, value in content.get("caps", {}).items()},
        review=frozenset(content.get("review", ())),
        accept=bool(content.get("accept", False)),
    )


def faults(policy: Policy, *, promises: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """This will name what the table does not permit: (part, sentence). () = it may stand.

    `promises`: codes of the promises there are.
    """
    found: list[tuple[str, str]] = []
    for verb in sorted(policy.off):
        row = _BY_VERB.get(verb)
        if row is None or not row.optional:
            found.append(("off", f"“{row.label if row else verb}”是必须有的动作，不能关闭"))
    for verb, names in policy.needs.items():
        found += _need_faults(verb, names)
    for verb, words in policy.told.items():
        found += _told_faults(verb, words)
    for verb, code in policy.promises.items():
        starts = _BY_VERB.get(verb) is not None and _BY_VERB[verb].clock == "start_sign"
        if not starts or code not in promises:
            found.append(("promises", f"“{_label(verb)}”不能改用时限“{code}”"))
    for name, value in policy.caps.items():
        known = CAPS.get(name)
        if known is None or not known[1] <= value <= known[2]:
            said = f"{known[0]}：只能在 {known[1]} 到 {known[2]} 之间" if known else name
            found.append(("caps", said))
    found += [("review", "没有这种诉求类型") for one in policy.review - codes.DEMAND_TYPES.keys()]
    return tuple(found)


def changes(before: Policy, after: Policy) -> tuple[str, ...]:
    """This will say in words what a new version changes, for a preview and for the trail."""
    said = [f"关闭“{_label(verb)}”" for verb in sorted(after.off - before.off)]
    said += [f"开通“{_label(verb)}”" for verb in sorted(before.off - after.off)]
    for name, (label, _, _, _) in CAPS.items():
        if before.cap(name) != after.cap(name):
            said.append(f"{label}：{before.cap(name)} 改为 {after.cap(name)}")
    if before.accept != after.accept:
        said.append("网上诉求先受理后派单" if after.accept else "网上诉求直接派单，不再先受理")
    for one in sorted(before.review ^ after.review):
        name = codes.DEMAND_TYPES.get(one, one)
        said.append(f"{name}答复前{'要审核' if one in after.review else '不再审核'}")
    return (*said, *_changed_texts(before, after))


def _changed_texts(before: Policy, after: Policy) -> list[str]:
    return [
        *(
            f"“{_label(verb)}”告知当事人：{after.told.get(verb) or '用通用文字'}"
            for verb in sorted({*before.told, *after.told})
            if before.told.get(verb) != after.told.get(verb)
        ),
        *(
            f"“{_label(verb)}”的必填项有变化"
            for verb in sorted({*before.needs, *after.needs})
            if set(before.needs.get(verb, ())) != set(after.needs.get(verb, ()))
        ),
        *(
            f"“{_label(verb)}”的签收时限有变化"
            for verb in sorted({*before.promises, *after.promises})
            if before.promises.get(verb) != after.promises.get(verb)
        ),
    ]


def _need_faults(verb: str, names: tuple[str, ...]) -> list[tuple[str, str]]:
    row = _BY_VERB.get(verb)
    free = {need.rstrip("?") for need in row.needs if need.endswith("?")} if row else set()
    wrong = [name for name in names if name not in free]
    return [("needs", f"“{_label(verb)}”没有可以改为必填的“{name}”") for name in wrong]


def _told_faults(verb: str, words: str) -> list[tuple[str, str]]:
    row = _BY_VERB.get(verb)
    if row is None or not row.told:
        return [("told", f"“{_label(verb)}”不告知当事人，不能写告知文字")]
    if not 4 <= len(words) <= TOLD_MOST or any(mark in words for mark in "{}<>"):
        return [("told", f"“{row.label}”的告知文字要 4 到 {TOLD_MOST} 个字，不能有特殊符号")]
    return []


def _label(verb: str) -> str:
    return _BY_VERB[verb].label if verb in _BY_VERB else verb
