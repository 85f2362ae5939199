"""What an office's own system may be told, and in which shape each kind of system takes it. Pure.

The table of presets says where each shape is described in public, and whether it was tried.
"""

from __future__ import annotations

from dataclasses import dataclass

from yike.rooms.notices.gateway import Adapter, Test

OA, PEER = "oa", "peer"
KINDS = {OA: "办公系统", PEER: "对接平台"}
ON, PAUSED, BROKEN, ENDED = "on", "paused", "broken", "ended"
STATES = {ON: "启用", PAUSED: "已暂停", BROKEN: "已熔断", ENDED: "已停用"}
EVENTS = {
    "order.waiting": "待办工单",
    "order.urged": "催办",
    "order.supervised": "督办",
    "order.alert": "时限预警",
    "order.escalated": "超期督促",
}
#: what every endpoint gets, whatever it chose
TEST = "link.test"
#: what the platform that fed a matter is told
PROGRESS, ANSWERED = "matter.progress", "matter.answered"
#: what a platform that reads our layers is told
LAYER = "layer.changed"
NAMES = EVENTS | {TEST: "测试", PROGRESS: "进度", ANSWERED: "答复", LAYER: "图层变更"}
#: notice to staff → event, and a title that tells nothing of a person, whatever the notice says
TOLD: dict[str, tuple[str, str]] = {
    "matter.arrived": ("order.waiting", "新工单待签收"),
    "matter.unrouted": ("order.waiting", "工单没有承办单位，待派单"),
    "matter.transferred": ("order.waiting", "工单转来待签收"),
    "matter.given_back": ("order.waiting", "工单被退回，待派单"),
    "matter.assigned": ("order.waiting", "工单待办理"),
    "matter.nobody": ("order.waiting", "没有可派的人员"),
    "matter.invited": ("order.waiting", "请会办工单"),
    "matter.offered": ("order.waiting", "外县移送待确认"),
    "matter.part": ("order.waiting", "子工单待签收"),
    "matter.extension_asked": ("order.waiting", "延期申请待审批"),
    "matter.to_review": ("order.waiting", "答复待审核"),
    "matter.reply_returned": ("order.waiting", "答复稿退回修改"),
    "matter.redo": ("order.waiting", "工单退回重办"),
    "matter.hurried": ("order.urged", "工单被催办"),
    "matter.supervised": ("order.supervised", "工单被督办"),
    "matter.supervision_reported": ("order.supervised", "督办已反馈"),
    "matter.neared": ("order.alert", "黄色预警：时限已过半"),
    "matter.warned": ("order.alert", "橙色预警：工单即将到期"),
    "matter.broken": ("order.alert", "红色预警：工单已超期"),
    "matter.pressed": ("order.escalated", "时限已超过"),
}


@dataclass(frozen=True, kw_only=True)
class Preset:
    """The shape in which one kind of system takes a to-do."""

    code: str
    name: str
    adapter: Adapter
    #: how it is signed: standard, robot, government, "" = the address itself is the secret
    signed: str
    #: what an office fills in besides the address
    needs: tuple[str, ...]
    #: where the shape is described in public
    source: str
    #: against what it was tried
    tried: str
    #: the host of an address of this kind; "" = any
    host: str = ""


_LINES = "{title}\n\n工单 {reference}\n\n办结期限：{due}\n\n[打开工作台]({url})"
_WORDS = "{title}\n工单 {reference}\n办结期限：{due}\n{url}"
#: shown where an adapter needs an address before an office has typed one
_ANY = "https://host/"
_UNTRIED = "只对本机的模拟服务器试过，没有对真实平台试过"
PRESETS = {
    one.code: one
    for one in (
        Preset(
            code="standard",
            name="通用（Standard Webhooks）",
            adapter=Adapter(name="standard", url=_ANY, seconds=15, same_id_once=True),
            signed="standard",
            needs=(),
            source="https://github.com/standard-webhooks/standard-webhooks",
            tried="对本机的真实 HTTP 服务器试过：成功、出错、不答、断线",
        ),
        Preset(
            code="dingtalk",
            name="钉钉群机器人",
            adapter=Adapter(
                name="dingtalk", url=_ANY, seconds=15,
                body={"msgtype": "markdown", "markdown": {"title": "{title}", "text": _LINES}},
                ok=Test(at="/errcode", values=("0",)),
                again=Test(at="/errcode", values=("130101", "-1")),
                says="/errmsg",
            ),
            signed="robot",
            needs=("secret",),
            source="https://open.dingtalk.com/document/robots/custom-robot-access",
            tried=_UNTRIED,
            host="oapi.dingtalk.com",
        ),
        Preset(
            code="wecom",
            name="企业微信群机器人",
            adapter=Adapter(
                name="wecom", url=_ANY, seconds=15,
                body={"msgtype": "markdown", "markdown": {"content": _LINES}},
                ok=Test(at="/errcode", values=("0",)),
                again=Test(at="/errcode", values=("45009", "-1")),
                says="/errmsg",
            ),
            signed="",
            needs=(),
            source="https://developer.work.weixin.qq.com/document/path/91770",
            tried=_UNTRIED,
            host="qyapi.weixin.qq.com",
        ),
        Preset(
            code="zwdd",
            name="浙政钉工作通知",
            adapter=Adapter(
                name="zwdd", url=_ANY, seconds=15, encoding="form", same_id_once=True,
                body={
                    "tenantId": "{tenant}", "organizationCodes": "{receivers}",
                    "bizMsgId": "{id}", "msg": "{message}",
                },
                ok=Test(at="/success", values=("true",)),
                says="/errorMsg",
            ),
            signed="government",
            needs=("app_key", "secret", "tenant", "receivers"),
            source="https://openplatform-portal.dg-work.cn/portal/ （工作通知 "
            "/message/workNotification；签名和字段据公开的接入说明）",
            tried=_UNTRIED,
            host="openplatform-pro.ding.zj.gov.cn",
        ),
    )
}  # fmt: skip
#: what the text of a work notification says
MESSAGE = _WORDS
