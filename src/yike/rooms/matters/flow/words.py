"""The words of the flow: states, turns, standings, clock effects, fields. Pure."""

from __future__ import annotations

from typing import Literal

ACCEPT, DECLINED = "10", "11"
DISPATCH, SIGN, RETURNING, CROSSING = "20", "21", "22", "23"
WORK, PAPERS, SUSPENDED, REVIEW = "30", "33", "34", "40"
ANSWERED, CLOSED, ARCHIVED, WITHDRAWN, MERGED = "50", "60", "61", "70", "71"
STATES = {
    ACCEPT: "待受理",
    DISPATCH: "待派单",
    SIGN: "待签收",
    RETURNING: "退单待审",
    CROSSING: "待外县确认",
    WORK: "办理中",
    PAPERS: "待补正",
    SUSPENDED: "已挂起",
    REVIEW: "待审核",
    ANSWERED: "已答复",
    CLOSED: "已办结",
    ARCHIVED: "已归档",
    WITHDRAWN: "已撤销",
    DECLINED: "不予受理",
    MERGED: "已并案",
}
#: no holder any more
ENDED = frozenset({CLOSED, ARCHIVED, WITHDRAWN, DECLINED, MERGED})
OPEN = frozenset(STATES) - ENDED
#: the office still owes an answer
GOING = OPEN - {ANSWERED}
#: the promise to the citizen stands still
STILL = frozenset({PAPERS, SUSPENDED})
#: the promise to the citizen runs
RUNNING = tuple(sorted(GOING - STILL))
TURNS = {
    "office": "等待承办单位",
    "handler": "等待承办人",
    "sender": "等待派单员",
    "reviewer": "等待审核",
    "county": "等待外县单位",
    "citizen": "等待当事人",
    "peer": "等待对接平台",
    "nobody": "已结束",
}

#: What somebody is to a matter.
Standing = Literal[
    "office",  # serves in the office that holds it
    "dispatcher",  # sends orders on, in a region that contains it
    "director",  # leads the region that contains it
    "upper",  # serves in an office above the one that holds it
    "county",  # dispatcher or director of the whole county: their word binds
    "supervisor",  # watches the region, takes no orders
    "front",  # window or hotline, sees it (opened it, or its region)
    "joint",  # office that held it or was asked to help
    "receiver",  # office of another county to which it was offered
    "parent",  # office that holds the order of which it is a part
    "party",  # the citizen who holds reference and phone
    "peer",  # the platform that brought it
    "system",  # a job of the house
]
WHO: dict[Standing, str] = {
    "office": "承办单位",
    "dispatcher": "派单员",
    "director": "局领导",
    "upper": "上级单位",
    "county": "县中心",
    "supervisor": "监督员",
    "front": "窗口、热线",
    "joint": "会办单位",
    "receiver": "接收县单位",
    "parent": "主办单位",
    "party": "当事人",
    "peer": "对接平台",
    "system": "系统",
}
STANDINGS: tuple[Standing, ...] = tuple(WHO)

ClockEffect = Literal["", "start_sign", "stop_sign", "pause", "resume", "stop_all", "restart"]
CLOCKS: dict[ClockEffect, str] = {
    "": "不变",
    "start_sign": "重新计签收时限",
    "stop_sign": "签收时限停止",
    "pause": "办结时限暂停",
    "resume": "办结时限继续",
    "stop_all": "全部时限停止",
    "restart": "办结时限重新计算",
}
#: why an order may stand still (挂起)
CAUSES = {
    "appraisal": "等待鉴定、检测、评估结论",
    "proceeding": "等待法院、仲裁、复议等程序结果",
    "third": "等待其他机关或第三方答复",
    "away": "当事人书面申请暂缓，或暂时联系不上",
    "force": "台风、停航等不可抗力",
}
#: what a call after the answer came to (回访)
CALLS = {
    "satisfied": "已联系上，表示满意",
    "unsatisfied": "已联系上，表示不满意",
    "reached": "已联系上",
    "unreached": "没有联系上",
}

#: field (an action's argument) → (label, kind, hint); "?" after it in `needs` = may be left empty
FIELDS: dict[str, tuple[str, str, str]] = {
    "reason": ("原因", "words", "写明原因，接收单位和上级能看到"),
    "to_org": ("接收单位", "org", ""),
    "joint_org": ("会办单位", "choice", ""),
    "account_id": ("承办人", "account", ""),
    "papers": ("需要补充的材料（每行一项）", "words", "只能一次性告知，请列全"),
    "points": ("诉求点（每行一项）", "words", "请核对拆分是否准确，办结时要逐条答复"),
    "words": ("内容", "words", ""),
    "file_ids": ("材料或照片", "files", ""),
    "level": ("密级", "choice", ""),
    "no": ("诉求点", "choice", ""),
    "category": ("事项类型", "choice", "不改请留空"),
    "item_code": ("服务事项", "choice", "不改请留空"),
    "demand_type": ("诉求类型", "choice", "不改请留空；改动受理后的诉求类型会进入监督抽查"),
    "urgency": ("紧急程度", "choice", ""),
    "result": ("办理结果", "choice", ""),
    "reply": ("答复", "words", "当事人能看到，请写清依据和下一步"),
    "reply_others": ("给并案其他当事人的答复", "words", "他们看不到主件当事人的情况，请另写"),
    "pay": ("当事人付钱了吗", "choice", "目录里免费的事项，不选就记免费；其他不知道就不选"),
    "yuan": ("付了多少元", "yuan", "付了钱才填"),
    "basis": ("收费或减免的依据", "line", "哪份收费标准、哪个决定；付了钱要写"),
    "visits": ("当事人到场几次", "count", "全程没有来写 0；不知道就不填"),
    "brought": ("交了几样材料", "count", "不填就按系统里收到的附件数"),
    "helped": ("有没有帮到您", "yesno", ""),
    "amount": ("延长多少", "number", ""),
    "grant": ("是否同意", "yesno", ""),
    "cause": ("挂起原因", "choice", ""),
    "until_on": ("预计恢复日期", "date", ""),
    "due_on": ("要求反馈日期", "date", ""),
    "into": ("并入哪一件（编号）", "line", "并入后本件结束，双方当事人都能看到主件进度"),
    "contact": ("联系结果", "choice", ""),
    "to_line": ("转到哪个号码", "choice", ""),
    "transfer": ("怎样转", "choice", "能不盲转就不盲转，别让来电人重说一遍"),
    "outcome": ("转接结果", "choice", ""),
    "related": ("和哪一件关联（编号）", "line", "两件都继续办理"),
    "tie": ("什么关系", "choice", ""),
    "called": ("回访结果", "choice", ""),
}
