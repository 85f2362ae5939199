"""The first words of notices about duty: rosters, swaps, calls for a substitute."""

from __future__ import annotations

from yike.rooms.notices.faces import TemplateFace

_PLACES = ("post", "when", "person", "other", "kind", "reason", "count", "period")
#: somebody must hurry
_BY_SMS = frozenset({"duty.called", "duty.missing"})
_TEXTS = {
    "duty.published": (
        "值班表已发布或调整",
        "{period}您有 {count} 班，最近一班：{when}，{post}。",
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
