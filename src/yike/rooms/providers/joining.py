"""The life of a joining: state × verb → state, and what each verb needs. Pure."""

from __future__ import annotations

STATES = {
    "applied": "已申请",
    "agreed": "已签协议",
    "checked": "资质已核验",
    "active": "已入驻",
    "refused": "不予入驻",
    "left": "已退出",
}

#: verb → (its name, states it starts from, state it leads to)
VERBS: dict[str, tuple[str, tuple[str, ...], str]] = {
    "sign": ("签订协议", ("applied",), "agreed"),
    "check": ("核验资质", ("agreed",), "checked"),
    "activate": ("正式入驻", ("checked",), "active"),
    "refuse": ("不予入驻", ("applied", "agreed", "checked"), "refused"),
    "leave": ("退出", ("active",), "left"),
}


def may(state: str, verb: str) -> bool:
    """This will say whether a joining in this state may take this verb."""
    return state in VERBS[verb][1]


def verbs_of(state: str) -> tuple[str, ...]:
    """This will return the verbs allowed in a state, in the order of the way in."""
    return tuple(verb for verb in VERBS if may(state, verb))
