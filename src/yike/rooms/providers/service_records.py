"""The words of service records: who gave it, to whom, what came of it. Pure."""

from __future__ import annotations

GIVERS = {
    "volunteer": "志愿者",
    "adviser": "村（居）法律顾问",
    "duty": "值班人员",
    "practitioner": "其他法律服务人员",
}
CLIENTS = {
    "person": "群众个人",
    "elder": "老年人",
    "minor": "未成年人",
    "woman": "妇女",
    "disabled": "残疾人",
    "worker": "务工人员",
    "soldier": "军人军属",
    "fisher": "渔民",
    "village": "村（居）集体",
    "company": "企业",
    "public": "不特定公众",
}
RESULTS = {
    "answered": "当场答复",
    "settled": "达成一致",
    "guided": "指引到办理机构",
    "ordered": "已转为工单",
    "taught": "完成宣讲",
    "unsolved": "没有解决",
}
