"""The words of volunteering and a volunteer's life: state × verb → state. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: 志愿者职业类别 (codelists: volunteer_kind)
KINDS = {
    "01": "执业律师",
    "02": "公证员",
    "03": "司法鉴定人",
    "04": "仲裁员",
    "05": "人民调解员",
    "06": "基层法律服务工作者",
    "07": "法律援助机构人员",
    "08": "法学师生",
    "09": "法律明白人",
    "10": "退休政法干部",
    "11": "心理咨询师",
    "12": "翻译(外语/方言/手语)",
    "99": "其他",
}

#: 志愿方向
DIRECTIONS = {
    "consult": "法律咨询",
    "publicity": "法治宣传",
    "mediate": "纠纷调解",
    "aid": "协助法律援助",
    "minors": "未成年人保护",
    "elder": "助老维权",
    "sea": "海岛渔区服务",
    "language": "语言和手语协助",
    "heart": "心理疏导",
}

WEEKDAYS = "一二三四五六日"
#: part of a day → its name and the hour it ends at
DAY_PARTS = {"m": ("上午", 12), "a": ("下午", 18), "e": ("晚上", 24)}

STATES = {
    "applied": "已申请",
    "trained": "已培训",
    "vetted": "已审核",
    "probation": "试用",
    "active": "正式",
    "paused": "暂停",
    "refused": "不予录用",
    "left": "已退出",
}
#: on the way in, in order
WAY_IN = ("applied", "trained", "vetted", "probation", "active")
#: may be given a task
SERVING = ("probation", "active")
#: no longer on the register
ENDED = ("refused", "left")

#: why somebody is not taken, or leaves
REASONS = {
    "own": "本人提出",
    "unfit": "不再符合条件",
    "untrained": "没有完成培训",
    "vetting": "审核没有通过",
    "secrecy": "违反保密或回避承诺",
    "idle": "长期没有参加服务",
    "complaint": "投诉或事故查实",
    "other": "其他",
}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the table: a verb, where it starts, where it leads, what must be written."""

    verb: str
    label: str
    states: tuple[str, ...]
    to: str
    #: a reason of REASONS must be given
    reason: bool = False
    #: words must be written
    words: bool = False
    #: the undertaking in force must have been signed
    undertaking: bool = False


ROWS = (
    Row(verb="train", label="培训合格", states=("applied",), to="trained", words=True),
    Row(verb="vet", label="审核通过", states=("trained",), to="vetted", words=True),
    Row(verb="try", label="开始试用", states=("vetted",), to="probation", undertaking=True),
    Row(verb="take", label="转为正式", states=("probation",), to="active", undertaking=True),
    Row(verb="pause", label="暂停服务", states=("active",), to="paused", words=True),
    Row(verb="resume", label="恢复服务", states=("paused",), to="active", undertaking=True),
    Row(
        verb="refuse", label="不予录用", states=("applied", "trained", "vetted"), to="refused",
        reason=True,
    ),
    Row(
        verb="leave", label="退出", states=("probation", "active", "paused"), to="left",
        reason=True,
    ),
)  # fmt: skip
BY_VERB = {row.verb: row for row in ROWS}

#: state of a task → its name
TASK_STATES = {"open": "招募中", "full": "不再招募", "done": "已结束", "cancelled": "已取消"}

#: state of a sign-up → its name
SIGN_UPS = {
    "asked": "已报名",
    "waiting": "候补",
    "confirmed": "已确认",
    "came": "已签到",
    "done": "已签退",
    "absent": "没有到",
    "declined": "没有选上",
    "withdrawn": "已退出",
}
#: holds one of the places
HOLDING = ("asked", "confirmed", "came", "done")
#: no second sign-up beside it
LIVE = (*HOLDING, "waiting")

CALL_OUTCOMES = {
    "well": "服务正常",
    "poor": "服务有问题",
    "absent": "不在现场",
    "unreached": "没有接通",
}
INCIDENTS = {
    "conduct": "服务态度或行为不当",
    "secrecy": "泄露信息",
    "conflict": "没有回避",
    "safety": "人身安全",
    "money": "收费或推销",
    "other": "其他",
}
RATINGS = {5: "非常满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "非常不满意"}


def may(state: str, verb: str) -> bool:
    """This will say whether a volunteer in this state may take this verb."""
    return verb in BY_VERB and state in BY_VERB[verb].states


def verbs_of(state: str) -> tuple[str, ...]:
    """This will return the verbs allowed in a state, in the order of a volunteer's life."""
    return tuple(row.verb for row in ROWS if state in row.states)


def part_of_day(weekday: int, hour: int) -> str:
    """This will return a moment's key of availability: 0 Monday, "0m" Monday morning."""
    part = next(key for key, (_, until) in DAY_PARTS.items() if hour < until)
    return f"{weekday}{part}"


def availability_words(keys: Sequence[str]) -> str:
    """This will say when somebody has time: "周一上午、周三晚上"; unknown keys are left out."""
    known = (key for key in sorted(keys) if is_availability(key))
    return "、".join(f"周{WEEKDAYS[int(key[0])]}{DAY_PARTS[key[1]][0]}" for key in known)


def is_availability(key: str) -> bool:
    """This will say whether this is a weekday and a part of the day, "0m" to "6e"."""
    return len(key) == 2 and key[0] in "0123456" and key[1] in DAY_PARTS
