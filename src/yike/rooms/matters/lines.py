"""Which line a call belongs to: 110, 119, 120, 122, 12345 or 12348, and why. Pure; rules are data.

The rules as shipped stand in lines.yaml; a county may set its own table (hotlines.py). The first
that holds decides, emergencies first. It only advises the agent, who hears the voice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
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
#: kinds of rules, in the order in which they are asked
KINDS = {"emergency": "紧急", "legal": "法律事务", "other": "其他政务"}
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

    @property
    def kind_name(self) -> str:
        """The kind, in words."""
        return KINDS[self.kind]

    def plain(self) -> dict[str, Any]:
        """This will return the rule as it is kept."""
        return asdict(self) | {"words": list(self.words), "without": list(self.without)}


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


def of_plain(row: dict[str, Any]) -> LineRule:
    """This will return a rule as it was kept."""
    lists = {"words": tuple(row["words"]), "without": tuple(row["without"])}
    return LineRule(**{**row, **lists})


def changed(table: Sequence[LineRule], rule: LineRule) -> tuple[LineRule, ...]:
    """This will return a table with one rule in the place of its former self, or as a new one.

    A new one stands last of its kind, so that what is asked first stays first.
    """
    if any(one.code == rule.code for one in table):
        return tuple(rule if one.code == rule.code else one for one in table)
    order = list(KINDS)
    place = sum(order.index(one.kind) <= order.index(rule.kind) for one in table)
    return (*table[:place], rule, *table[place:])


def without(table: Sequence[LineRule], code: str) -> tuple[LineRule, ...]:
    """This will return a table without one rule."""
    return tuple(one for one in table if one.code != code)


def fault(table: Sequence[LineRule]) -> tuple[str, str] | None:
    """This will name the first thing wrong with a table: (sentence, field); None when it is whole.

    What endangers life goes where it goes everywhere: a county may teach it more words, no other
    number, and cannot leave it out.
    """
    found = _shape(table)
    if found is not None:
        return found
    known = {one.code: one for one in table}
    for one in rules():
        if one.kind != "emergency":
            continue
        now = known.get(one.code)
        if now is None or (now.kind, now.to) != (one.kind, one.to):
            return f"“{one.name}”是紧急情形，不能去掉，也不能改转别的号码", "to"
        if set(one.words) - set(now.words):
            return f"“{one.name}”出厂的词不能去掉，可以添加", "words"
        if not set(now.without) <= set(one.without):
            return f"“{one.name}”的排除词不能增加，以免漏掉正在发生的危险", "without"
    return None


def _shape(table: Sequence[LineRule]) -> tuple[str, str] | None:
    kinds = [one.kind for one in table]
    if kinds != sorted(kinds, key=list(KINDS).index):
        return "规则要按紧急、法律、其他的顺序排", "kind"
    if len({one.code for one in table}) != len(table):
        return "同一条规则写了两次", "name"
    for one in table:
        if one.to not in NUMBERS:
            return "请选择转到哪个号码", "to"
        if one.transfer not in TRANSFERS:
            return "请选择转接方式", "transfer"
        if not one.words or not all(one.words):
            return "至少要有一个词，说到它才用这条规则", "words"
        if not (one.name and one.sentence):
            return "名称和对坐席说的话都要写", "name"
    return None


def decide(text: str, *, line: str, table: Iterable[LineRule] | None = None) -> LineAdvice:
    """This will say where a call belongs; `line`: the number that was dialled ("" = ours).

    `table`: the county's own; without one that which is shipped.

    A call that belongs to the number that was dialled stays. What says both a legal and another
    thing stays with the law and names the other one.
    """
    said = "".join(text.split())
    asked = rules() if table is None else table
    found = [(rule, words) for rule in asked if (words := rule.hit(said))]
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
