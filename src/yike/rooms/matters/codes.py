"""The short code lists a matter is marked with. Pure; sources in docs of the norms (§6.3, §6.4).

Legal matters (categories) and service items are the catalogue's; their names are asked there.
"""

from __future__ import annotations

#: demand types: 国办发〔2020〕53号
DEMAND_TYPES = {
    "1": "咨询",
    "2": "求助",
    "3": "投诉",
    "4": "举报",
    "5": "建议",
    "6": "表扬",
    "9": "其他",
}
CHANNELS = {
    "01": "实体窗口",
    "02": "12348热线",
    "03": "12345转办",
    "04": "网站留言",
    "05": "在线即时",
    "06": "视频语音",
    "07": "智能问答",
    "08": "自助终端",
    "09": "来信",
    "10": "村社法律服务群",
    "11": "上门/巡回",
    "12": "上级交办",
    "13": "系统自动推送",
}
#: which line was dialled; empty for none
LINES = {"": "", "12348": "12348", "12345": "12345"}
DOORS = {
    "portal": "网络平台",
    "desk": "实体与热线平台",
    "command": "指挥中心",
    "wire": "平台对接",
    "kiosk": "自助终端",
    "house": "系统",
}
NORMAL, PRESSING, URGENT = 0, 1, 2
URGENCIES = {NORMAL: "普通", PRESSING: "较急", URGENT: "紧急"}
LEVELS = {0: "公开", 1: "内部", 2: "敏感", 3: "私密"}
#: from this level on, a look is noted
NOTED = 2
#: result of a matter: which kind of end it came to (A18.11)
RESULTS = {
    "resolved": "已解决",
    "answered": "已解答",
    "guided": "已指引到其他途径",
    "partly": "部分解决",
    "unresolved": "未能解决（已说明原因）",
}
#: what the end is when no office answered
ENDINGS = {"declined": "不予受理", "withdrawn": "已撤销", "merged": "已并案"}
NEEDS = {
    "dialect": "方言",
    "sign": "手语",
    "hearing": "听力不便",
    "sight": "视力不便",
    "mobility": "行动不便",
    "reading": "阅读困难",
    "foreign": "外语",
}
#: whom the service is for (A11.7): the groups of the legal-aid statistics
PERSON_CATEGORIES = {
    "minor": "未成年人",
    "elderly": "老年人",
    "woman": "妇女",
    "disabled": "残疾人",
    "migrant": "农民工",
    "soldier": "军人军属",
    "veteran": "退役军人",
    "fisher": "渔民",
    "enterprise": "企业",
    "other": "其他",
}
#: what the citizen paid (普惠化); the last two ask for an amount and its basis
PAYS = {
    "free": "没有付钱（免费）",
    "aid": "没有付钱，由法律援助或财政付",
    "reduced": "减免后付了一部分",
    "fee": "付了钱",
}
PAID = frozenset({"reduced", "fee"})
#: how the order came to an office (custody)
HOWS = {
    "opened": "受理派单",
    "spot": "当场答复",
    "pooled": "县级兜底",
    "transferred": "流转",
    "dispatched": "派单",
    "returned": "退单",
    "refused": "驳回退单",
    "decided": "县中心裁定",
    "accepted": "受理派单",
    "crossed": "跨县移送",
    "reassigned": "改派",
    "taken": "接管",
    "sub": "子工单",
    "split": "拆分",
    "redone": "退回重办",
    "assigned": "指定人员",
}
#: rungs of the ladder of a broken promise
RUNGS = {1: "催办", 2: "督办", 3: "通报"}
CALL_KINDS = {"contact": "联系当事人", "transfer": "热线转接"}
#: what a call to the citizen came to
CONTACTS = {
    "reached": "已联系上",
    "unreached": "没有联系上",
    "later": "约定稍后再打",
}
TIES = {"same": "疑似重复", "related": "相关", "person": "同一人的其他事"}
