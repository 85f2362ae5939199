"""The code lists of this room: levels, reasons, channels, outcomes, kinds. Pure."""

from __future__ import annotations

#: five levels of GB/T 39734; the last two are bad
LEVELS = {5: "非常满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "非常不满意"}
BAD = frozenset({1, 2})
#: from this level on the answer helped
HELPED = 3
#: what a bad rating is about (NORMS codelist bad_review_class)
REASONS = {
    "attitude": "服务态度",
    "slow": "办得太慢",
    "result": "问题没有解决",
    "told_late": "没有一次说清楚",
    "place": "场所和设备",
    "fee": "收费",
    "unclear": "答复看不懂",
    "other": "其他",
}
#: where a rating came in
CHANNELS = {
    "link": "评价链接",
    "follow": "网上查进度",
    "window": "窗口代填",
    "hotline": "热线代填",
    "visit": "上门代填",
}
ON_BEHALF = ("window", "hotline", "visit")
#: why a rating does not count yet
FLAGS = {
    "too_fast": "答复后几秒内就评价",
    "same_address": "同一地址一天内评价过多",
    "own_device": "与工作人员生成链接的地址相同",
}
STANDINGS = {"counted": "计入", "held": "待核实，暂不计入", "excluded": "核实后不计入"}

#: what came of one try to reach the citizen
RESULTS = {
    "reached": "联系上了",
    "no_answer": "没有接通",
    "refused": "不愿多说",
    "wrong": "号码不对",
}
#: why a bad rating shall not count; a second person verifies
GROUNDS = {
    "mistaken": "误评（当事人承认点错）",
    "false": "与事实不符",
    "malicious": "恶意差评",
    "not_ours": "不属于本次服务",
}
SOURCES = {
    "rating": "差评",
    "complaint": "投诉",
    "alert": "预警",
    "supervise": "督办",
}
#: what a complaint is about (NORMS codelist complaint_kind)
COMPLAINTS = {
    "01": "服务态度",
    "02": "超期未办",
    "03": "推诿拒办",
    "04": "违规收费",
    "05": "泄露隐私",
    "06": "答复错误或不专业",
    "07": "脱岗离岗",
    "08": "设施与无障碍",
    "09": "执业违纪（律师、公证、鉴定等）",
    "10": "利益冲突",
    "99": "其他",
}
#: rule of an alert → name
RULES = {
    "wait_long": "久未办结",
    "unsigned": "久未签收",
    "breach": "承诺超期",
    "never_answered": "一直没有答复",
    "rating_fall": "满意率下滑",
    "downgrade": "诉求类型降级",
    "absent": "值班脱岗",
    "held_ratings": "可疑评价待核实",
}
REWARDS = {
    "praise": "表扬",
    "award": "奖励",
    "talk": "约谈",
    "notice": "通报批评",
    "suspend": "暂停派单",
}
GOOD_REWARDS = frozenset({"praise", "award"})
