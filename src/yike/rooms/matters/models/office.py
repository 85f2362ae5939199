"""What an office edits and keeps beside matters: routes, alert rules, drafts, queue tickets."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yike.rooms.core.refs import new_id


class Route(models.Model):
    """One line of the routing table; "" in a column means any."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region_code = models.CharField("区划", max_length=12, blank=True, db_collation="C")
    category = models.CharField("事项类型", max_length=8, blank=True)
    item_code = models.CharField("服务事项", max_length=40, blank=True)
    org = models.UUIDField("承办单位")
    active_from = models.DateField("启用日期")
    active_until = models.DateField("停用日期（不含）", null=True, blank=True)
    note = models.CharField("备注", max_length=200, blank=True)
    set_at = models.DateTimeField("设置时间")
    demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "派单规则"
        verbose_name_plural = "派单规则"
        constraints = [
            models.CheckConstraint(
                condition=Q(active_until__isnull=True)
                | Q(active_until__gte=models.F("active_from")),
                name="matters_route_period",
            ),
        ]
        indexes = [
            models.Index(fields=["region_code", "category"], name="matters_route_region"),
        ]


class AlertRule(models.Model):
    """Who is warned of which colour, and when nobody is disturbed: one version, never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    promise_code = models.CharField("时限", max_length=80, blank=True)
    version = models.PositiveIntegerField("版本")
    #: colour → levels: holder, office, dispatcher, director
    recipients = models.JSONField("通知谁")
    quiet_from = models.CharField("免打扰起", max_length=5, blank=True)
    quiet_until = models.CharField("免打扰止", max_length=5, blank=True)
    rest_days = models.BooleanField("休息日不打扰", default=True)
    again_minutes = models.PositiveIntegerField("间隔分钟", default=60)
    red_at_once = models.BooleanField("超期立即通知", default=False)
    reason = models.CharField("修改原因", max_length=200)
    set_at = models.DateTimeField("设置时间")
    set_by = models.UUIDField("设置人", null=True, blank=True)

    class Meta:
        verbose_name = "预警规则"
        verbose_name_plural = "预警规则"
        constraints = [
            models.UniqueConstraint(
                fields=["promise_code", "version"], name="matters_alertrule_version"
            ),
        ]


class Draft(models.Model):
    """What was typed and not yet sent, sealed; found by the digest of its key."""

    key = models.CharField("键", max_length=64, primary_key=True)
    body = models.BinaryField("内容（密封）")
    saved_at = models.DateTimeField("保存时间")
    expires_at = models.DateTimeField("失效时间", db_index=True)

    class Meta:
        verbose_name = "草稿"
        verbose_name_plural = "草稿"


class VisitTicket(models.Model):
    """A visitor's number of the day at a station (来访接待取号)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    org = models.UUIDField("站点单位")
    day = models.DateField("日期")
    number = models.IntegerField("号码")
    taken_at = models.DateTimeField("取号时间")
    called_at = models.DateTimeField("叫号时间", null=True, blank=True)
    served_at = models.DateTimeField("接待完毕时间", null=True, blank=True)
    called_by = models.UUIDField("叫号人", null=True, blank=True)
    matter = models.ForeignKey(
        "matters.Matter",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="诉求",
    )

    class Meta:
        verbose_name = "来访取号"
        verbose_name_plural = "来访取号"
        constraints = [
            models.UniqueConstraint(fields=["org", "day", "number"], name="matters_ticket_number"),
        ]
