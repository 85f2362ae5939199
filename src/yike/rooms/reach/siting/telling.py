"""How good a plan is and why there is none, in plain words and honest numbers. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from math import ceil
from typing import Any

from yike.rooms.reach import questions

_WEEKDAYS = "一二三四五六日"

OPTIMAL, INFEASIBLE = "optimal", "infeasible"
_MINUTE = 600


def proof(answer: Mapping[str, Any], inputs: Mapping[str, Any]) -> str:
    """This will say how sure the answer is: proven, within so many percent, or none found."""
    status, seconds = answer["status"], inputs["seconds"]
    if status == OPTIMAL:
        return "已证明最优：没有更好的方案。"
    if status == INFEASIBLE:
        return "已证明没有可行的方案。"
    if not answer["chosen"]:
        return f"{seconds} 秒内没有找到方案，也没有证明没有方案；请给更长的时间或放宽条件。"
    goal = measured(answer["objective"], answer, inputs)
    bound = measured(answer["bound"], answer, inputs)
    most = "上限" if answer["question"] == questions.MCLP else "下限"
    apart = abs(answer["objective"] - answer["bound"]) / max(1, abs(answer["objective"]))
    percent = ceil(apart * 1000) / 10  # upwards: 0 % would claim a proof
    cut = f"{seconds} 秒时限已到；" if answer["cut_short"] else ""
    return f"{cut}与最优相差至多 {percent:g} %（得到 {goal}，证明的{most}是 {bound}）。"


def measured(value: int, answer: Mapping[str, Any], inputs: Mapping[str, Any]) -> str:
    """This will return an objective or a bound in the unit of its question."""
    question, full = answer["question"], answer["full"]
    if question == questions.MCLP:
        return f"{_plain(value / full)} 人在 {inputs['minutes']} 分钟内"
    if question == questions.COVER and inputs["by"] == questions.PRICE:
        return f"{value} 元"
    if question in (questions.COVER, questions.SHARE):
        return f"{value} 个点"
    if question == questions.PMEDIAN:
        return f"合计 {_plain(value / full / _MINUTE)} 人·分钟"
    return f"{_plain(value / _MINUTE)} 分钟"


def asked(inputs: Mapping[str, Any]) -> tuple[str, ...]:
    """This will return what was asked and taken for granted, one sentence each."""
    given = inputs["candidates"]
    bars = [one for one in given if one["barred"]]
    said = [
        f"{questions.QUESTIONS[inputs['question']]}。{limits(inputs)}",
        "现有站点可以撤并。" if inputs["closing"] else "现有站点都保留。",
        f"候选点 {len(given)} 个，其中不可选 {len(bars)} 个。" + _left_out(inputs["left_out"]),
        _costs(inputs),
        "自助终端和站点都按每天开放计入时限；巡回服务只在排定的日子，单独列出，不计入每天的分钟数。",
        *_when(inputs),
    ]
    if inputs["whom"] != "all":
        said.insert(1, f"按{questions.WHOM[inputs['whom']]}的人数计算。")
    if inputs.get("seasons"):
        said.append(_by_season(inputs))
    if inputs["existing_capacity"] is not None:
        said.append(f"现有站点每个最多服务 {inputs['existing_capacity']} 人。")
    if inputs["excluded"]:
        said.append(f"排除的村：{'、'.join(inputs['excluded'])}。")
    if inputs["outline"]:
        said.append(f"另有上传的排除范围 {len(inputs['outline'])} 片。")
    return tuple(said)


def moment(inputs: Mapping[str, Any]) -> str:
    """This will say at which day and hour people set out; empty where none was told."""
    told = inputs.get("moment")
    if not told:
        return ""
    at = datetime.fromisoformat(told["at"])
    return f"{at.date()}（星期{_WEEKDAYS[at.weekday()]}）{at:%H:%M} 出发"


def season(inputs: Mapping[str, Any], tables: Mapping[str, Any]) -> str:
    """This will say whose people count, and how many the season changes; empty without one."""
    if not inputs.get("seasons"):
        return ""
    named = "、".join(one.split("（", 1)[0] for one in inputs["seasons"])
    counted = tables.get("season")
    if not counted:
        return named
    return f"{named}：按在当地的 {counted['there']} 人算（常住 {counted['usual']} 人）"


def _when(inputs: Mapping[str, Any]) -> list[str]:
    told = inputs.get("moment")
    if not told:
        return ["候选点按全天开放计算；现有站点是否开门与所依据的测算一致。不含时刻表班次。"]
    feed = told["timetable"]
    said = [
        f"{moment(inputs)}；轮渡和公交按时刻表“{feed['source']}”（第 {feed['version']} 版，"
        f"管 {feed['since']} 到 {feed['until']}），等船等车算在用时里。",
        "候选点按全天开放计算；" + (
            "现有站点按那天的开放时间，到的时候没有开门的不算。" if told["hours"]
            else "现有站点是否开门与所依据的测算一致。"
        ),
        "分钟数只说这一刻：换一个出发时刻，等船的时间就不同，可以另做一个方案并排比较。",
    ]  # fmt: skip
    if inputs.get("seasons") and not told["in_season"]:
        said.append(f"请注意：{date.fromisoformat(told['at'][:10])} 不在所选的季节里。")
    return said


def _by_season(inputs: Mapping[str, Any]) -> str:
    said = f"人数按季节折算：{'、'.join(inputs['seasons'])}；多个季节按天数平均。"
    if inputs.get("counted"):
        return said + (
            "求解、前后对比和各村表都按折算后的人数；老年人等各类人按所在地同一个百分比折算。"
        )
    return said + "求解和“服务、新覆盖”按折算后的人数，前后对比和各村表按常住人口。"


def ferries(tables: Mapping[str, Any], inputs: Mapping[str, Any]) -> tuple[str, ...]:
    """This will say which villages reach the stations that stand only by a ferry."""
    if "ferries" not in tables:
        return ()
    found, timed = tables["ferries"], inputs.get("moment")
    if not found:
        return (
            "这一刻以后的班次里，没有村要靠船才到得了现有站点。" if timed
            else "没有村要靠渡线才到得了现有站点。",
        )  # fmt: skip
    named = "、".join(f"{one['name']}（{one['people']} 人）" for one in found[:20])
    more = f" 等 {len(found)} 个村" if len(found) > 20 else ""
    how = "按这一刻以后的班次" if timed else "按路网里的渡线和候船时间，不按班次"
    return (f"靠渡线才到得了现有站点的村：{named}{more}；{how}。",)


def repairs(
    told: Sequence[Mapping[str, Any]], inputs: Mapping[str, Any], stations: int
) -> tuple[str, ...]:
    """This will say every way to make a plan possible; places more only where nothing else does."""
    known = [one for one in told if one["kind"] != "penalty"]
    return tuple(repair(one, inputs, stations) for one in known or told)


def nothing(inputs: Mapping[str, Any]) -> str:
    """This will say why a plan builds nothing: enough stands already, or nothing helps."""
    if inputs["question"] in (questions.COVER, questions.SHARE):
        return "不用新建：现有站点已经够了。"
    gain = "更多的人进到时限内" if inputs["question"] == questions.MCLP else "路程更短"
    priced = [one["price"] for one in inputs["candidates"] if not one["barred"]]
    least = min((one for one in priced if one is not None), default=None)
    if inputs["budget"] is not None and least is not None and inputs["budget"] < least:
        return f"一个也没有选：预算 {inputs['budget']} 元，最便宜的候选点要 {least} 元。"
    return f"一个也没有选：候选点里没有一个能让{gain}。可以增加候选点，或者放宽时限再问。"


def repair(told: Mapping[str, Any], inputs: Mapping[str, Any], stations: int) -> str:
    """This will say one way to make the plan possible, as cheaply as is known."""
    kind, to, by = told["kind"], told["to"], told["by"]
    sure = "" if told["proven"] else "（更小的值没有证明不行）"
    if kind == "candidate":
        return f"放开被排除的候选点：{'、'.join(told['names'])}{sure}。"
    if kind == "p":
        new = int(to) if inputs["closing"] else int(to) - stations
        return f"个数提高到 {new} 个（多 {int(by)} 个）{sure}。"
    if kind == "budget":
        return f"预算提高到 {int(to)} 元（增加 {int(by)} 元）{sure}。"
    if kind == "minutes":
        least, more = (ceil(value / _MINUTE * 10) / 10 for value in (to, by))
        return f"时限延长到 {least:g} 分钟（多 {more:g} 分钟）{sure}。"
    if kind == "quantile":
        return f"比例降到 {int(to * 100)} %：其余的人没有任何候选点可及。"
    return "在到不了的地方增加候选点（路网、渡线也要接得上）。"


def short(told: Mapping[str, Any]) -> str:
    """This will say why one village stands in the way."""
    if told["by"] is None:
        return "没有路（或渡线）通到任何可选的点"
    return f"离最近的可选点还超出 {told['by']:g} 分钟"


def limits(inputs: Mapping[str, Any]) -> str:
    """This will say within which limits a plan was asked for."""
    said = [f"时限 {inputs['minutes']} 分钟"]
    if inputs["number"] is not None:
        said.append(f"{'一共' if inputs['closing'] else '新增'}最多 {inputs['number']} 个")
    if inputs["budget"] is not None:
        said.append(f"预算 {inputs['budget']} 元")
    if inputs["question"] in questions.SHARED:
        said.append(f"覆盖 {inputs['percent']} % 的人")
    if inputs["question"] == questions.COVER:
        said.append(questions.COUNTED[inputs["by"]])
    return "、".join(said) + "。"


def _costs(inputs: Mapping[str, Any]) -> str:
    known = [
        f"{questions.KINDS[kind]} {price} 元"
        for kind, price in inputs["costs"].items()
        if price is not None
    ]
    return f"造价（本局填写）：{'、'.join(known)}。" if known else "没有按类填写造价。"


def _left_out(names: list[str]) -> str:
    return f"不知道位置、没有列入的 {len(names)} 个：{'、'.join(names[:8])}。" if names else ""


def _plain(value: float) -> str:
    return f"{value:,.1f}".removesuffix(".0")
