"""The first words of notices about quality: ratings, callbacks, rectifications, complaints."""

from __future__ import annotations

from yike.rooms.notices.faces import TemplateFace

_PLACES = ("reference", "office", "due", "reason", "promise", "link")
#: what a citizen should hear on a plain telephone
_BY_SMS = frozenset({"citizen.rate", "citizen.complaint_answered", "citizen.complaint_decided"})
_TEXTS = {
    "quality.rated": (
        "您的服务有了评价",
        "有人评价了您（或本单位）的服务：{reason}。可以在“我的评价”里看到，并说明一次情况。",
    ),
    "quality.callback": (
        "差评需要回访",
        "有一件{reason}的评价，请在 {due} 前联系当事人并记下结果。",
    ),
    "quality.rectification": (
        "有整改要完成",
        "{reason}：请在 {due} 前完成整改，写明情况、附上材料，由别人核验。",
    ),
    "quality.alert": (
        "质量预警",
        "{reason}：请在 {due} 前派发整改，或提请认定误报。",
    ),
    "quality.escalated": (
        "质量事项超期，升级处理",
        "“{promise}”已超过期限（{due}），请督促尽快处理。",
    ),
    "quality.complaint": (
        "收到服务投诉",
        "有一份服务投诉（{reason}），请在 {due} 前告知投诉人已受理。",
    ),
    "quality.daily": (
        "今天的待办还没有人看",
        "{office}有 {reason} 件在等，今天还没有人看过，请打开“每天查看”。",
    ),
    "citizen.rate": (
        "请您评价这次服务",
        "您的诉求 {reference} 已有答复。请打开 {link} 评价；也可以凭编号和手机号评价。",
    ),
    "citizen.mended": (
        "您反映的问题已整改",
        "您反映的问题（{reference}），{office}已经整改，并经别人核验。谢谢您的意见。",
    ),
    "citizen.complaint_held": (
        "您的投诉已受理",
        "您的投诉 {reference} 已受理，将在 {due} 前答复。",
    ),
    "citizen.complaint_answered": (
        "您的投诉已答复",
        "您的投诉 {reference} 已答复（{reason}）。不满意可以申请一次上级复核。",
    ),
    "citizen.complaint_decided": (
        "您的投诉复核已答复",
        "您的投诉 {reference} 的上级复核已有结果：{reason}。",
    ),
}
DEFAULTS = {
    code: TemplateFace(
        code=code, version=0, title=title, words=words, places=_PLACES, by_sms=code in _BY_SMS
    )
    for code, (title, words) in _TEXTS.items()
}
