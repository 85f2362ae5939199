"""The first words of every notice. An office may give them others; the places stay the same."""

from __future__ import annotations

from yike.rooms.notices import texts_duty, texts_quality
from yike.rooms.notices.faces import TemplateFace

_MATTER = (
    "reference", "order_no", "office", "due", "category", "reason", "from_office", "person",
    "promise", "state", "urgency", "channel", "about_what", "words", "rung", "reached", "title",
)  # fmt: skip
_BOOKING = ("reference", "code", "kind", "time", "place", "office", "reason", "until", "person",
            "state")  # fmt: skip
_TEXTS = {
    "matter.arrived": (
        "新工单待签收",
        "工单 {order_no}（{category}）已派到本单位，办结期限：{due}。",
    ),
    "matter.unrouted": (
        "有工单没有承办单位",
        "工单 {order_no}（{category}）没有找到承办单位，已由本单位兜底，请派单。",
    ),
    "matter.transferred": (
        "工单转来",
        "{from_office}把工单 {order_no} 转到本单位，请签收。理由：{reason}",
    ),
    "matter.given_back": (
        "工单被退回",
        "{from_office}退回工单 {order_no}，请重新派单。理由：{reason}",
    ),
    "matter.assigned": (
        "有工单交您办理",
        "工单 {order_no}（{category}）交您办理，办结期限：{due}。",
    ),
    "matter.nobody": (
        "没有可派的人员",
        "工单 {order_no}（{category}）没有可派的人员，现由{office}负责：{reason}",
    ),
    "matter.invited": (
        "请会办",
        "{from_office}请本单位会办工单 {order_no}。",
    ),
    "matter.neared": (
        "黄色预警：时限已用去一半左右",
        "工单 {order_no}（{state}）的“{promise}”应在 {due} 前完成，请安排办理。",
    ),
    "matter.warned": (
        "橙色预警：工单即将到期",
        "工单 {order_no}（{state}）的“{promise}”将于 {due} 到期，请尽快办理。",
    ),
    "matter.broken": (
        "红色预警：工单已超期",
        "工单 {order_no}（{state}）的“{promise}”已超过时限（{due}），请立即办理并说明原因。",
    ),
    "matter.pressed": (
        "{rung}：时限已超过",
        "工单 {order_no}（{office}，{state}）的“{promise}”应在 {due} 前完成，{reached} 仍未完成，"
        "现予{rung}，{reason}。",
    ),
    "matter.recalculated": (
        "承诺时间已重算",
        "工单 {order_no} 的承诺时间已按现行时限和日历重算，现为 {due}。",
    ),
    "matter.message": (
        "群众有新留言",
        "工单 {order_no} 的当事人补充了留言或材料。",
    ),
    "matter.withdrawn": (
        "当事人撤回",
        "工单 {order_no} 已由当事人撤回。",
    ),
    "matter.rated": (
        "当事人作了评价",
        "工单 {order_no} 的当事人评价：{reason}",
    ),
    "matter.offered": (
        "有外县移送的工单待确认",
        "{from_office}拟把工单 {order_no}（{category}）移送本单位，请确认是否接收。",
    ),
    "matter.offer_refused": (
        "外县没有接收",
        "工单 {order_no} 的跨县移送没有被接收，仍由本单位办理。",
    ),
    "matter.part": (
        "子工单待签收",
        "收到子工单 {order_no}（{category}），请签收。要求：{reason}",
    ),
    "matter.part_done": (
        "子工单已办结",
        "{from_office}办结了子工单 {order_no}，请查看并继续办理主工单。",
    ),
    "matter.opinion": (
        "会办意见已到",
        "{from_office}给出了工单 {order_no} 的会办意见。",
    ),
    "matter.extension_asked": (
        "延期申请待审批",
        "{from_office}申请把工单 {order_no} 延期{reason}，请在到期（{due}）前审批。",
    ),
    "matter.extended": (
        "已同意延期",
        "工单 {order_no} 同意延期{reason}，新的承诺时间 {due}。",
    ),
    "matter.extension_refused": (
        "没有同意延期",
        "工单 {order_no} 没有同意延期，请在 {due} 前办结。",
    ),
    "matter.resumed": (
        "工单恢复办理",
        "工单 {order_no} 已恢复办理，请在 {due} 前办结。",
    ),
    "matter.to_review": (
        "答复待审核",
        "{from_office}的工单 {order_no} 已拟好答复，请审核。",
    ),
    "matter.reply_returned": (
        "答复稿退回修改",
        "工单 {order_no} 的答复稿退回修改，意见见内部意见。",
    ),
    "matter.redo": (
        "工单退回重办",
        "工单 {order_no} 退回重办，承办单位{office}，新的承诺时间 {due}。{reason}",
    ),
    "matter.hurried": (
        "催办",
        "{from_office}催办工单 {order_no}（{category}），承诺时间 {due}。",
    ),
    "matter.supervised": (
        "督办",
        "工单 {order_no} 被督办：{reason}",
    ),
    "matter.supervision_reported": (
        "督办已反馈",
        "{from_office}反馈了工单 {order_no} 的督办。",
    ),
    "matter.absorbed": (
        "有诉求并入",
        "诉求 {reason} 已并入工单 {order_no}，请一并办理并分别答复。",
    ),
    "people.emergency": (
        "有人应急查看",
        "{person}开启了应急查看（至 {due}），理由：{reason}。请事后复核。",
    ),
    "notice.failed": (
        "给当事人的通知没有送到",
        "工单 {order_no} 的{channel}“{about_what}”没有送到当事人，请改用电话告知。",
    ),
    "link.broken": (
        "对接“{title}”已熔断",
        "推送给“{title}”的消息{reason}，已经停止推送；没有送出的都留着。请联系对方修好后，在“系统对接”里恢复。",
    ),
    "house.broadcast": (
        "{from_office}的通知",
        "{words}",
    ),
    "citizen.opened": (
        "您的诉求已受理",
        "受理编号 {reference}，由{office}承办，承诺在 {due} 前答复。凭编号和手机号可以随时查询。",
    ),
    "citizen.papers": (
        "请补充材料",
        "{office}请您补充：{reason}。补充前办理时限暂停计算。",
    ),
    "citizen.message": (
        "有新的回复",
        "您的诉求 {reference} 有新的回复，请登录查看。",
    ),
    "citizen.closed": (
        "您的诉求已办结",
        "您的诉求 {reference} 已由{office}办结，请查看答复并作评价。",
    ),
    "citizen.transferred": (
        "承办单位有变化",
        "您的诉求 {reference} 已转{office}办理，承诺时间不变。",
    ),
    "citizen.recalculated": (
        "承诺时间有变化",
        "您的诉求 {reference} 的承诺时间按规定重新计算，现为 {due}。",
    ),
    "citizen.extended": (
        "承诺时间有变化",
        "您的诉求 {reference} 经批准延期{reason}，新的承诺时间 {due}。",
    ),
    "citizen.suspended": (
        "暂停办理",
        "您的诉求 {reference} 因{reason}暂停办理，办理时限暂停计算，到期自动恢复。",
    ),
    "citizen.resumed": (
        "恢复办理",
        "您的诉求 {reference} 已恢复办理，承诺时间 {due}。",
    ),
    "citizen.redo": (
        "您的诉求将重新办理",
        "经审核，您的诉求 {reference} 需要重新办理，由{office}承办，承诺时间 {due}。",
    ),
    "citizen.merged": (
        "您的诉求已合并办理",
        "您的诉求 {reference} 已和同一问题的另一件合并办理，凭原编号和手机号仍可查询进度。",
    ),
    "citizen.split": (
        "您的诉求分开办理",
        "您的诉求 {reference} 中的一部分另立一件办理，新编号 {reason}，凭手机号可以查询。",
    ),
}
#: about a time somebody has: with places of their own
_BOOKINGS = {
    "booking.confirmed": (
        "预约成功",
        "您已预约{kind}：{time}，{place}。编号 {reference}，到场码 {code}。来不了请提前取消。",
    ),
    "booking.moved": (
        "预约已改期",
        "您的预约 {reference} 改到 {time}，{place}。原因：{reason}",
    ),
    "booking.cancelled": (
        "预约已取消",
        "您的预约 {reference}（{kind}，{time}）已取消。原因：{reason}",
    ),
    "booking.offered": (
        "有空位了，请尽快确认",
        "您候补的{kind}空出 {time}，{place}。请在 {until} 前凭编号 {reference} 和手机号确认，"
        "过时让给下一位。",
    ),
    "booking.reminded": (
        "预约提醒",
        "您预约的{kind}：{time}，{place}。到场码 {code}。来不了请凭编号 {reference} 取消或改期。",
    ),
    "booking.new": (
        "有新的预约",
        "{person}预约了{kind}：{time}，{place}，编号 {reference}。",
    ),
    "booking.changed": (
        "预约有变化",
        "{person}的预约 {reference}（{kind}，{time}）：{state}。",
    ),
}
#: what a citizen should hear on a plain telephone
_BY_SMS = frozenset(
    {
        "citizen.opened", "citizen.papers", "citizen.message", "citizen.closed",
        "booking.confirmed", "booking.moved", "booking.cancelled", "booking.offered",
        "booking.reminded",
    }
)  # fmt: skip
DEFAULTS = {
    code: TemplateFace(
        code=code, version=0, title=title, words=words, places=_MATTER, by_sms=code in _BY_SMS
    )
    for code, (title, words) in _TEXTS.items()
}
_TERMS = {
    "providers.term": (
        "{title}还有 {days} 天到期",
        "{holder}的{title}将于 {due} 到期（当天起不再有效），还有 {days} 天。"
        "请尽快续办，并在名录里更新；到期当天起不再派单、排班。",
    ),
    "providers.term_over": (
        "{title}已到期",
        "{holder}的{title}已于 {due} 到期，从今天起不再派单、排班。续办后请在名录里更新。",
    ),
    "providers.update_overdue": (
        "{title}类资源没有按期签核",
        "{holder}应在 {due} 前更新并签核{title}类资源，现在已经超期，请尽快办理。",
    ),
}
DEFAULTS |= {
    code: TemplateFace(
        code=code, version=0, title=title, words=words, places=("title", "holder", "days", "due")
    )
    for code, (title, words) in _TERMS.items()
}
_PLANS = {
    "plans.milestone_near": (
        "里程碑快到了",
        "建设项目“{project}”的里程碑“{milestone}”计划 {due} 达成，请抓紧；达成后请登记实际日期。",
    ),
    "plans.milestone_late": (
        "里程碑已逾期",
        "建设项目“{project}”的里程碑“{milestone}”应在 {due} 达成，现在已经逾期。"
        "请在“建设计划”里写明原因和预计日期。",
    ),
}
DEFAULTS |= {
    code: TemplateFace(
        code=code, version=0, title=title, words=words, places=("project", "milestone", "due")
    )
    for code, (title, words) in _PLANS.items()
}
DEFAULTS |= {
    code: TemplateFace(
        code=code, version=0, title=title, words=words, places=_BOOKING, by_sms=code in _BY_SMS,
        urgent=code == "booking.offered",
    )
    for code, (title, words) in _BOOKINGS.items()
}  # fmt: skip
DEFAULTS["places.grade"] = TemplateFace(
    code="places.grade", version=0, title="{station}等级评定：{what}",
    words="{station}：{what}。请到“等级评定”查看。", places=("station", "what"),
)  # fmt: skip
DEFAULTS |= texts_quality.DEFAULTS
DEFAULTS |= texts_duty.DEFAULTS
