"""The words of verifying and correcting the public register. Pure."""

from __future__ import annotations

#: what a citizen says is wrong
WRONGS = {
    "phone": "电话打不通或不对",
    "address": "地址不对",
    "hours": "开放时间不对，去了没开门",
    "closed": "已经搬走或停办",
    "service": "写着能办，实际不能办",
    "other": "其他",
}
#: how a report ends
OUTCOMES = {
    "fixed": "已改正",
    "right": "核对后没有错",
    "unclear": "无法核实",
}
#: states of a report
STATES = {"open": "待核实", "answered": "已答复纠错"}
#: what a report is about
SUBJECTS = {"institution": "机构", "station": "站点"}
