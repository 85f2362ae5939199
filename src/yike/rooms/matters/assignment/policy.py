"""A county's weights and rules for choosing who takes an order, as versioned data. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

#: criterion → (name, points at most, what the points mean)
CRITERIA: dict[str, tuple[str, float, str]] = {
    "duty": ("正在值班", 30.0, "正在值班得满分"),
    "soon": ("即将值班", 12.0, "规定小时内有班得满分"),
    "specialty": ("擅长这类事项", 25.0, "登记的擅长事项含本件事项类型或服务事项得满分"),
    "language": ("会当事人的语言", 15.0, "会全部需要的语言得满分"),
    "area": ("服务区域", 10.0, "服务到村得满分，到乡镇七成，到县四成"),
    "near": ("距离近", 10.0, "直线距离越近分越高，超过规定公里数不得分"),
    "load": ("手上工单少", 15.0, "按在办件数占同时承办上限的比例扣减"),
    "same": ("曾办过该当事人的事", 20.0, "办理过同一当事人以前的诉求得满分"),
    "fair": ("公平份额", 8.0, "每少接一件加分，每多接一件减分（相对于同等条件的人）"),
}
WEIGHT_MOST = 100.0
#: what a county may make a condition instead of points → its name
MUSTS = {
    "kind": "必须是这类事项需要的人员",
    "area": "服务区域必须含当事人所在地",
    "language": "必须会当事人需要的语言",
    "duty": "必须正在值班或即将值班",
}
#: number → (name, least, most, the house's own)
LIMITS: dict[str, tuple[str, int, int, int]] = {
    "soon_hours": ("多少小时内有班算即将值班", 1, 72, 24),
    "far_km": ("超过多少公里距离不得分", 1, 500, 30),
    "capacity": ("没有登记上限的人同时承办几件", 1, 500, 20),
    "top": ("记录并展示前几名", 1, 20, 5),
}


@dataclass(frozen=True, kw_only=True)
class Policy:
    """One version of a county's rules."""

    version: int = 0
    weights: Mapping[str, float] = field(
        default_factory=lambda: {name: row[1] for name, row in CRITERIA.items()}
    )
    musts: frozenset[str] = frozenset({"kind", "area"})
    limits: Mapping[str, int] = field(
        default_factory=lambda: {name: row[3] for name, row in LIMITS.items()}
    )
    #: who takes it when nobody can: an office, and in it a person, by id; "" for the county pool
    fallback_org: str = ""
    fallback_account: str = ""

    def weight(self, name: str) -> float:
        """This will return the points of a criterion at most; the house's own when not set."""
        return self.weights.get(name, CRITERIA[name][1])

    def limit(self, name: str) -> int:
        """This will return a number; the house's own when not set."""
        return self.limits.get(name, LIMITS[name][3])

    def plain(self) -> dict[str, Any]:
        """This will return the content as plain values, to be kept."""
        return {
            "weights": {name: self.weight(name) for name in CRITERIA},
            "musts": sorted(self.musts),
            "limits": {name: self.limit(name) for name in LIMITS},
            "fallback_org": self.fallback_org,
            "fallback_account": self.fallback_account,
        }


HOUSE = Policy()


def of_plain(version: int, content: Mapping[str, Any]) -> Policy:
    """This will return the policy kept as plain values."""
    return Policy(
        version=version,
        weights={name: float(value) for name, value in content.get("weights", {}).items()},
        musts=frozenset(content.get("musts", HOUSE.musts)),
        limits={name: int(value) for name, value in content.get("limits", {}).items()},
        fallback_org=str(content.get("fallback_org", "")),
        fallback_account=str(content.get("fallback_account", "")),
    )


def faults(policy: Policy) -> tuple[tuple[str, str], ...]:
    """This will name what cannot be: (field, sentence). () = it may stand."""
    found = []
    for name, value in policy.weights.items():
        if name not in CRITERIA:
            found.append(
                (f"weight_{name}", f"没有“{name}”这一项，可以设的有：{'、'.join(CRITERIA)}")
            )
        elif not 0 <= value <= WEIGHT_MOST:
            said = CRITERIA[name][0]
            found.append((f"weight_{name}", f"{said}：分值在 0 到 {WEIGHT_MOST:.0f} 之间"))
    if policy.weight("fair") <= 0:
        found.append(("weight_fair", "公平份额的分值要大于 0，否则会有人一直接不到单"))
    for name, number in policy.limits.items():
        row = LIMITS.get(name)
        if row is None:
            found.append((f"limit_{name}", f"没有“{name}”这一项，可以设的有：{'、'.join(LIMITS)}"))
        elif not row[1] <= number <= row[2]:
            found.append((f"limit_{name}", f"{row[0]}：在 {row[1]} 到 {row[2]} 之间"))
    found += [("musts", "没有这个条件") for one in policy.musts if one not in MUSTS]
    return tuple(found)


def changes(before: Policy, after: Policy) -> tuple[str, ...]:
    """This will say in words what a new version changes."""
    said = [
        f"{row[0]}：{before.weight(name):g} 分改为 {after.weight(name):g} 分"
        for name, row in CRITERIA.items()
        if before.weight(name) != after.weight(name)
    ]
    said += [f"新增条件：{MUSTS[one]}" for one in sorted(after.musts - before.musts)]
    said += [f"取消条件：{MUSTS[one]}" for one in sorted(before.musts - after.musts)]
    said += [
        f"{row[0]}：{before.limit(name)} 改为 {after.limit(name)}"
        for name, row in LIMITS.items()
        if before.limit(name) != after.limit(name)
    ]
    if (before.fallback_org, before.fallback_account) != (
        after.fallback_org,
        after.fallback_account,
    ):
        said.append("兜底单位或人员有变化")
    return tuple(said)
