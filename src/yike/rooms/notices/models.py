"""Notices and the templates of their words."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from yike.rooms.core import refs

IN_APP, EMAIL, SMS = "in_app", "email", "sms"
CHANNELS = [(IN_APP, "站内"), (EMAIL, "邮件"), (SMS, "短信")]
#: channels that leave the house
OUTGOING = (EMAIL, SMS)
QUEUED, SENDING, SENT, DELIVERED, READ, FAILED, UNSURE = (
    "queued", "sending", "sent", "delivered", "read", "failed", "unsure",
)  # fmt: skip
STATES = [
    (QUEUED, "待发送"),
    (SENDING, "发送中"),
    (SENT, "已发出"),
    (DELIVERED, "已送达"),
    (READ, "已读"),
    (FAILED, "失败"),
    (UNSURE, "结果不明"),
]


class Template(models.Model):
    """The words of one kind of notice, in one version; the newest version counts."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField("代码", max_length=60)
    version = models.IntegerField("版本")
    title = models.CharField("标题", max_length=80)
    words = models.TextField("正文", max_length=1000)
    #: names that may stand in {…}
    places = models.JSONField("可用字段", default=list)
    by_sms = models.BooleanField("也发短信", default=False)
    #: a short message that does not wait for the gateway's hours
    urgent = models.BooleanField("不受免打扰时段限制", default=False)
    made_at = models.DateTimeField("生效时间")

    class Meta:
        verbose_name = "通知模板"
        verbose_name_plural = verbose_name
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="notices_template_version")
        ]


class Notice(models.Model):
    """One thing told to one recipient by one channel."""

    id = models.UUIDField(primary_key=True, default=refs.new_id, editable=False)
    made_at = models.DateTimeField("时间")
    channel = models.CharField("渠道", max_length=10, choices=CHANNELS)
    state = models.CharField("状态", max_length=10, choices=STATES)
    template = models.CharField("模板", max_length=60)
    template_version = models.IntegerField("模板版本")
    title = models.CharField("标题", max_length=200)
    words = models.TextField("正文")
    facts = models.JSONField("内容要素", default=dict)
    about = models.CharField("对象类别", max_length=40, blank=True)
    subject = models.CharField("对象", max_length=64, blank=True)
    region_code = models.CharField("区划", max_length=12, blank=True, db_collation="C")
    #: account or institution id as text, compared with who acts
    to_account = models.CharField("收件人", max_length=64, blank=True)
    to_org = models.CharField("收件机构", max_length=64, blank=True)
    claim_ref = models.CharField("事项编号", max_length=40, blank=True)
    claim_key = models.CharField("群众凭据", max_length=64, blank=True)
    #: whose address is asked for when the notice goes out, if none was given
    to_party = models.UUIDField("当事人", null=True)
    #: who answers for what is told: sees whether it arrived, hears when it did not
    answers_to = models.CharField("责任单位", max_length=64, blank=True, default="")
    level = models.SmallIntegerField("密级", default=0)
    urgent = models.BooleanField("不受免打扰时段限制", default=False)
    #: sealed e-mail address or telephone; removed once the notice has come to its end
    address = models.BinaryField("密封地址", null=True, max_length=600)
    #: a calendar file that goes with the letter, sealed; removed with the address
    calendar = models.BinaryField("日历附件", null=True, max_length=20_000)
    safe_from = models.CharField("可联系起", max_length=5, blank=True)
    safe_until = models.CharField("可联系止", max_length=5, blank=True)
    tries = models.SmallIntegerField("尝试次数", default=0)
    next_at = models.DateTimeField("下次尝试", null=True)
    taken_at = models.DateTimeField("取出时间", null=True)
    #: the gateway's number of the message
    gateway_ref = models.CharField("平台短信编号", max_length=120, blank=True, default="")
    delivered_at = models.DateTimeField("送达时间", null=True)
    #: what the server said
    receipt = models.CharField("回执", max_length=300, blank=True)
    done_at = models.DateTimeField("完成时间", null=True)
    #: the same key tells once
    once = models.CharField("防重键", max_length=120, null=True, unique=True)

    class Meta:
        verbose_name = "通知"
        verbose_name_plural = verbose_name
        indexes = [
            models.Index(fields=["to_account", "-id"], name="notices_of_account"),
            models.Index(fields=["to_org", "-id"], name="notices_of_org"),
            models.Index(fields=["claim_ref", "-id"], name="notices_of_claim"),
            models.Index(
                fields=["to_account"],
                condition=models.Q(channel=IN_APP, state=SENT),
                name="notices_unread_account",
            ),
            models.Index(
                fields=["to_org"],
                condition=models.Q(channel=IN_APP, state=SENT),
                name="notices_unread_org",
            ),
            models.Index(
                fields=["next_at"],
                condition=models.Q(channel__in=OUTGOING, state__in=[QUEUED, SENDING]),
                name="notices_outbox",
            ),
            models.Index(
                fields=["gateway_ref"],
                condition=~models.Q(gateway_ref=""),
                name="notices_gateway_ref",
            ),
            models.Index(
                fields=["subject", "-id"],
                condition=models.Q(channel__in=OUTGOING),
                name="notices_proofs",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[code for code, _ in STATES]),
                name="notices_notice_state",
            ),
            models.CheckConstraint(
                condition=models.Q(channel__in=OUTGOING)
                | models.Q(channel=IN_APP, address=None, state__in=[SENT, READ]),
                name="notices_notice_channel",
            ),
        ]


class Receipt(models.Model):
    """Who read a notice, when: an institution's inbox is shared, its proof is not."""

    id = models.BigAutoField(primary_key=True)
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="+")
    reader = models.CharField("阅读人", max_length=64)
    read_at = models.DateTimeField("阅读时间")

    class Meta:
        verbose_name = "阅读回执"
        verbose_name_plural = verbose_name
        constraints = [
            models.UniqueConstraint(fields=["notice", "reader"], name="notices_receipt_once")
        ]


class Link(models.Model):
    """Where another system is called: an office's own, or the platform that fed matters."""

    id = models.UUIDField(primary_key=True, default=refs.new_id, editable=False)
    kind = models.CharField("类别", max_length=8)
    name = models.CharField("名称", max_length=60)
    preset = models.CharField("格式", max_length=20)
    #: the host of the address, for people; the address itself may be a secret
    host = models.CharField("主机", max_length=255)
    #: address, secrets and what else the shape needs, sealed
    sealed = models.BinaryField("密封设置", max_length=6000)
    region_code = models.CharField("区划", max_length=12, db_collation="C")
    events = ArrayField(models.CharField(max_length=40), default=list, verbose_name="事件")
    #: whose to-dos
    roles = ArrayField(models.CharField(max_length=20), default=list, verbose_name="岗位")
    #: the platform's key, for a platform that fed matters
    key_id = models.UUIDField("平台密钥", null=True)
    state = models.CharField("状态", max_length=8)
    #: days of nothing but failures after which nothing is tried any more
    break_days = models.PositiveSmallIntegerField("熔断天数", default=3)
    failing_since = models.DateTimeField("开始失败", null=True)
    fails = models.PositiveIntegerField("连续失败", default=0)
    #: before this nothing is tried: one system that is down does not hold up the others
    rests_until = models.DateTimeField("暂歇到", null=True)
    last_ok_at = models.DateTimeField("最近成功", null=True)
    said = models.CharField("最近的回答", max_length=300, blank=True)
    made_at = models.DateTimeField("登记时间")
    made_by = models.CharField("登记人", max_length=64)

    class Meta:
        verbose_name = "对接地址"
        verbose_name_plural = verbose_name
        constraints = [
            models.UniqueConstraint(
                fields=["key_id"],
                condition=~models.Q(state="ended") & models.Q(key_id__isnull=False),
                name="notices_link_one_per_key",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["on", "paused", "broken", "ended"]),
                name="notices_link_state",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="oa", key_id__isnull=True)
                | models.Q(kind="peer", key_id__isnull=False),
                name="notices_link_kind",
            ),
        ]


class Delivery(models.Model):
    """One thing handed to another system; its id is the number by which they know it again."""

    id = models.UUIDField(primary_key=True, default=refs.new_id, editable=False)
    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="+")
    event = models.CharField("事件", max_length=40)
    title = models.CharField("标题", max_length=120)
    reference = models.CharField("编号", max_length=40, blank=True)
    made_at = models.DateTimeField("时间")
    #: what is handed over, sealed; an answer to a citizen may be in it. Gone when it is old.
    sealed = models.BinaryField("密封内容", null=True, max_length=40_000)
    state = models.CharField("状态", max_length=10, choices=STATES)
    tries = models.SmallIntegerField("尝试次数", default=0)
    next_at = models.DateTimeField("下次尝试", null=True)
    taken_at = models.DateTimeField("取出时间", null=True)
    done_at = models.DateTimeField("完成时间", null=True)
    receipt = models.CharField("回执", max_length=300, blank=True)
    #: points of a layer that were not taken: [{id, code, reason}]
    refused = models.JSONField("没有接收的点", default=list)
    again_by = models.CharField("重发人", max_length=64, blank=True)
    #: the same key is handed over once
    once = models.CharField("防重键", max_length=64, unique=True, db_collation="C")

    class Meta:
        verbose_name = "推送"
        verbose_name_plural = verbose_name
        indexes = [
            models.Index(fields=["link", "-id"], name="notices_deliveries"),
            models.Index(
                fields=["next_at"],
                condition=models.Q(state__in=[QUEUED, SENDING]),
                name="notices_to_deliver",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[QUEUED, SENDING, SENT, FAILED, UNSURE]),
                name="notices_delivery_state",
            ),
        ]
