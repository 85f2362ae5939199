"""The words of this room: kinds of posts, lines, parts and states of a shift. Pure."""

from __future__ import annotations

#: what kind of place or line somebody stands at
POST_KINDS = {
    "station": "站点值班",
    "line": "热线值班",
    "window": "窗口值班",
    "circuit": "巡回服务",
}
#: telephone lines that are answered by a post
LINES = {
    "12348": "12348公共法律服务热线",
    "12345": "12345大厅律师席",
    "night": "夜间值班热线",
}
#: how a demand of a post treats legal holidays
HOLIDAY_RULES = {"closed": "节假日不排", "open": "节假日照排", "only": "只在节假日排"}
PARTS = {"main": "值班", "backup": "备班"}
ROSTER_STATES = {"draft": "草稿", "published": "已发布", "ended": "已停用"}
#: what the job that makes a draft is doing
WORK_STATES = {
    "none": "人工编排",
    "waiting": "排队等待",
    "solving": "正在计算",
    "done": "已算好",
    "failed": "没有算完",
}
SHIFT_STATES = {
    "planned": "待值班",
    "swapped": "已换班",
    "absent": "缺勤",
    "substituted": "已由他人替班",
    "done": "已值班",
}
#: a shift in one of these states has somebody who stands
STANDING = ("planned", "swapped", "done")
LEAVE_STATES = {
    "asked": "待审批",
    "granted": "已同意",
    "refused": "未同意",
    "withdrawn": "已撤回",
}
WISH_KINDS = {"prefer": "希望值班", "avoid": "尽量不排"}
CHANGE_KINDS = {"swap": "换班", "substitute": "替班"}
CHANGE_STATES = {
    "asked": "等对方答复",
    "agreed": "等派单员审批",
    "refused": "对方没有同意",
    "approved": "已同意",
    "declined": "派单员没有同意",
    "withdrawn": "已撤回",
}
CALL_STATES = {
    "open": "正在找人",
    "taken": "已有人替班",
    "failed": "没有人能替班",
    "came": "本人已到岗",
}
CALL_WAYS = {"at_once": "同时询问", "in_turn": "依次询问"}
ANSWERS = {"": "未答复", "took": "已接班", "declined": "不能来", "late": "晚了一步"}
WEEKDAYS = ("一", "二", "三", "四", "五", "六", "日")
