"""What stands beside a matter: broken promises told upwards, calls, and matters like it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yike.rooms.core.refs import new_id
from yike.rooms.matters import codes, lines
from yike.rooms.matters.models.thread import OfMatter


class LadderRule(models.Model):
    """Who is told of a broken promise, rung by rung: one version, never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    #: "" = every promise without a ladder of its own
    promise_code = models.CharField("时限", max_length=80, blank=True)
    version = models.PositiveIntegerField("版本")
    #: [{"rung", "after", "unit", "to": [levels], "accounts": [ids]}]
    rungs = models.JSONField("阶梯")
    quiet_from = models.CharField("免打扰起", max_length=5, blank=True)
    quiet_until = models.CharField("免打扰止", max_length=5, blank=True)
    rest_days = models.BooleanField("休息日不打扰", default=True)
    reason = models.CharField("修改原因", max_length=200)
    set_at = models.DateTimeField("设置时间")
    set_by = models.UUIDField("设置人", null=True, blank=True)

    class Meta:
        verbose_name = "督促阶梯"
        verbose_name_plural = "督促阶梯"
        constraints = [
            models.UniqueConstraint(
                fields=["promise_code", "version"], name="matters_ladderrule_version"
            ),
        ]


class Escalation(OfMatter):
    """A rung that a broken promise reached: at its own instant, whenever it was noticed."""

    clock_id = models.UUIDField("时钟")
    purpose = models.CharField("用途", max_length=10, blank=True)
    promise_code = models.CharField("时限", max_length=80)
    promise_name = models.CharField("时限名称", max_length=120)
    #: the promise's due instant: one that begins anew has a ladder anew
    due_at = models.DateTimeField("应办时间")
    rung = models.SmallIntegerField("阶梯", choices=list(codes.RUNGS.items()))
    reached_at = models.DateTimeField("到达时间")
    recorded_at = models.DateTimeField("记录时间")
    rule_version = models.PositiveIntegerField("规则版本", default=0)
    #: levels and accounts that were to hear of it by the rule of that day
    recipients = models.JSONField("应通知", default=dict)
    holder_org = models.UUIDField("当时承办单位", null=True, blank=True)
    #: whom it was told, as shown
    told = models.JSONField("通知了谁", default=list)
    told_at = models.DateTimeField("通知时间", null=True, blank=True)

    class Meta:
        verbose_name = "督促记录"
        verbose_name_plural = "督促记录"
        constraints = [
            models.UniqueConstraint(
                fields=["clock_id", "due_at", "rung"], name="matters_escalation_once"
            ),
            models.CheckConstraint(
                condition=Q(rung__in=list(codes.RUNGS)), name="matters_escalation_rung"
            ),
        ]
        indexes = [models.Index(fields=["reached_at"], name="matters_escalation_at")]


class Call(OfMatter):
    """A call about a matter: with the citizen, or passed on to another line."""

    at = models.DateTimeField("时间")
    kind = models.CharField("类别", max_length=10, choices=list(codes.CALL_KINDS.items()))
    by = models.UUIDField("经办人", null=True, blank=True)
    org = models.UUIDField("单位", null=True, blank=True)
    label = models.CharField("称呼", max_length=80, blank=True)
    #: of a transfer: from and to which number, how
    from_line = models.CharField("来自号码", max_length=5, blank=True)
    to_line = models.CharField("转到号码", max_length=5, blank=True)
    transfer = models.CharField(
        "转接方式", max_length=10, choices=list(lines.TRANSFERS.items()), blank=True
    )
    outcome = models.CharField("结果", max_length=10)
    words = models.CharField("说明", max_length=500, blank=True)
    #: by when the caller was promised a call
    call_by = models.DateTimeField("承诺回电", null=True, blank=True)

    class Meta:
        verbose_name = "通话记录"
        verbose_name_plural = "通话记录"


class Link(OfMatter):
    """Two matters that somebody tied together: neither ends by it."""

    other = models.ForeignKey(
        "matters.Matter", models.PROTECT, related_name="+", verbose_name="另一件"
    )
    tie = models.CharField("关系", max_length=8, choices=list(codes.TIES.items()))
    reason = models.CharField("原因", max_length=500)
    score = models.SmallIntegerField("相近度", null=True, blank=True)
    at = models.DateTimeField("时间")
    by = models.UUIDField("经办人", null=True, blank=True)
    label = models.CharField("称呼", max_length=80, blank=True)

    class Meta:
        verbose_name = "关联"
        verbose_name_plural = "关联"
        constraints = [
            models.UniqueConstraint(fields=["matter", "other"], name="matters_link_once"),
            models.CheckConstraint(condition=~Q(matter=F("other")), name="matters_link_two"),
        ]
