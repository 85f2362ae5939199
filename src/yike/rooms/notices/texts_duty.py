"""The first words of notices about duty: rosters, swaps, calls for a substitute."""

from __future__ import annotations

from yike.rooms.notices.faces import TemplateFace

_PLACES = ("post", "when", "person", "other", "kind", "reason", "count", "period")
#: somebody must hurry
_BY_SMS = frozenset(
    {
        "duty.called",
        "duty.post_ended",
        "duty.missing",
        "duty.check_remind",
        "duty.visit_changed",
        "duty.visit_cancelled",
    }
)
_TEXTS = {
    "duty.published": (
        "值班表已发布或调整",
        "{period}您有 {count} 班，最近一班：{when}，{post}。",
    ),
    "duty.post_ended": (
        "岗位停用，不用去值班了",
        "{post}从{period}停用：{reason}。您排在那里的 {count} 班取消，最近一班：{when}。",
    ),
    "duty.change_asked": (
        "有人想和您换班",
        "{person}请您{kind}：{when}，{post}。理由：{reason}。请到“值班”页面答复。",
    ),
    "duty.changed": (
        "换班替班有结果",
        "{when}，{post}（{person}和{other}）：{kind}。",
    ),
    "duty.called": (
        "请问能否替班",
        "{when}，{post}有人缺勤。您符合要求，能来请到“值班”页面点“我来替班”，先到先得。",
    ),
    "duty.taken": (
        "已有人替班",
        "{when}，{post}：{other}替{person}值班。",
    ),
    "duty.check_remind": (
        "您还没有签到",
        "{when}，{post}的班已经开始，还没有您的签到。到了请打开“签到”点一下；来不了请马上报缺勤。",
    ),
    "duty.check_missed": (
        "逾时没有签到",
        "{when}，{post}（{person}）：逾时没有签到，按缺勤处理。人已在岗的，请马上签到或申请补签。",
    ),
    "duty.check_doubt": (
        "签到待核验",
        "{post}，{when}，{person}：{kind}（{reason}）。请在“到岗情况”核验。",
    ),
    "duty.check_decided": (
        "签到核验有结果",
        "{when}，{post}：{kind}。意见：{reason}。",
    ),
    "duty.make_up_asked": (
        "补签申请待审批",
        "{person}申请补签：{when}，{post}。理由：{reason}。请在“到岗情况”审批。",
    ),
    "duty.visit_changed": (
        "您带队的巡回改了时间",
        "{post}改为{when}。原因：{reason}。请在“巡回服务”核对；约好的人另有通知。",
    ),
    "duty.visit_cancelled": (
        "您带队的巡回取消了一站",
        "{when}，{post}这一站取消，不用去了。原因：{reason}。约好的人另有通知。",
    ),
    "duty.visit_held": (
        "有一站巡回去不成，请处理",
        "{when}，{post}：{person}这时另有安排（{reason}）。群众暂时看不到这一站。请在“巡回服务”改时间、取消，或写明照常去的理由。",
    ),
    "duty.circuit_ended": (
        "您带队的巡回服务停止",
        "{post}停止，还没有去的站都取消。原因：{reason}。",
    ),
    "duty.missing": (
        "没有人能替班，请处理",
        "{when}，{post}（{person}缺勤）：问过的人都不能来，岗位空缺。请人工指定。",
    ),
}
DEFAULTS = {
    code: TemplateFace(
        code=code, version=0, title=title, words=words, places=_PLACES, by_sms=code in _BY_SMS
    )
    for code, (title, words) in _TEXTS.items()
}
