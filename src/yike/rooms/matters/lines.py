"""Which line a call belongs to: 110, 119, 120, 122, 12345 or 12348, and why. Pure; rules are data.

The rules stand in lines.yaml: the first that holds decides, emergencies first. It only advises the
agent, who hears the voice.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

#: ways to pass a call on (A4.3)
TRANSFERS = {
    "blind": "直接转接",
    "warm": "先说明再转接",
    "three_way": "三方通话",
    "callback": "承诺回拨",
}
#: what a transfer came to
OUTCOMES = {
    "taken": "对方已接听",
    "requested": "已提出，等待对方",
    "busy": "占线",
    "no_answer": "无人接听",
    "refused": "对方不接收",
    "dropped": "转接中断",
    "hung_up": "来电人挂断",
    "closed": "对方不在服务时间",
}
#: outcomes after which the caller is still without help
FAILED = frozenset({"busy", "no_answer", "refused", "dropped", "closed"})
#: numbers a call may be passed on to
NUMBERS = {
    "12345": "12345 政务服务便民热线",
    "12348": "12348 公共法律服务热线",
    "110": "110 报警",
    "119": "119 火警和救援",
    "120": "120 急救",
    "122": "122 交通事故",
}
OURS = "12348"


@dataclass(frozen=True, kw_only=True)
class LineRule:
    """One line of the table."""

    code: str
    #: emergency, legal or other
    kind: str
    name: str
    to: str
    transfer: str
    words: tuple[str, ...]
    without: tuple[str, ...]
    sentence: str

    def hit(self, text: str) -> tuple[str, ...]:
        """This will return the words of the rule that a text says; none when it does not hold."""
        if any(word in text for word in self.without):
            return ()
        return tuple(word for word in self.words if word in text)


@dataclass(frozen=True, kw_only=True)
class LineAdvice:
    """What the agent is advised."""

    #: emergency, legal, other, or unclear
    kind: str
    #: number to pass the call on to; "" = it stays here
    to: str
    transfer: str
    sentence: str
    #: words that decided it
    words: tuple[str, ...] = ()
    rule: str = ""

    @property
    def to_name(self) -> str:
        """The number with its name."""
        return NUMBERS.get(self.to, "")

    @property
    def transfer_name(self) -> str:
        """The way to pass it on, in words."""
        return TRANSFERS.get(self.transfer, "")


@cache
def rules() -> tuple[LineRule, ...]:
    """This will return the table in its order."""
    text = resources.files("yike.rooms.matters").joinpath("lines.yaml").read_text(encoding="utf-8")
    return tuple(_rule(row) for row in yaml.safe_load(text))


def decide(text: str, *, line: str) -> LineAdvice:
    """This will say where a call belongs; `line`: the number that was dialled ("" = ours).

    A call that belongs to the number that was dialled stays. What says both a legal and another
    thing stays with the law and names the other one.
    """
    said = "".join(text.split())
    found = [(rule, words) for rule in rules() if (words := rule.hit(said))]
    if not found:
        return LineAdvice(
            kind="unclear", to="", transfer="", sentence="还看不出属于哪条热线，请多问一句再定。"
        )
    rule, words = found[0]
    stays = rule.to == (line or OURS)
    return LineAdvice(
        kind=rule.kind,
        to="" if stays else rule.to,
        transfer="" if stays else rule.transfer,
        sentence=_sentence(rule, stays, [one for one, _ in found[1:] if one.kind == "other"]),
        words=words[:4],
        rule=rule.code,
    )


def _sentence(rule: LineRule, stays: bool, also: list[LineRule]) -> str:
    said = f"{rule.name}：属于 {rule.to}，就在这里办。" if stays else rule.sentence
    more = "同时说到非法律的事，那一部分登记后转 12345。" if also and rule.kind == "legal" else ""
    return said + more


def _rule(row: dict[str, Any]) -> LineRule:
    return LineRule(
        code=row["码"],
        kind=row["类"],
        name=row["名"],
        to=row["转"],
        transfer=row["方式"],
        words=tuple(row["词"]),
        without=tuple(row.get("不", ())),
        sentence=row["说"],
    )
