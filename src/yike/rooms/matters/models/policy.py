"""What a county sets for its flow, and what a decided dispute suggests for the routing table."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yike.rooms.core.refs import new_id


class FlowPolicy(models.Model):
    """One version of a county's own rules for the flow, never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county_code = models.CharField("县", max_length=12, db_collation="C")
    version = models.PositiveIntegerField("版本")
    active_from = models.DateField("启用日期")
    #: plain values of flow.Policy
    content = models.JSONField("内容")
    reason = models.CharField("修改原因", max_length=200)
    set_at = models.DateTimeField("设置时间")
    set_by = models.UUIDField("设置人", null=True, blank=True)
    set_label = models.CharField("设置人称呼", max_length=80, blank=True)

    class Meta:
        verbose_name = "流程设置"
        verbose_name_plural = "流程设置"
        constraints = [
            models.UniqueConstraint(
                fields=["county_code", "version"], name="matters_flowpolicy_version"
            ),
        ]


class LineTable(models.Model):
    """One version of a county's own table of lines (which call belongs where), never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county_code = models.CharField("县", max_length=12, db_collation="C")
    version = models.PositiveIntegerField("版本")
    #: plain values of lines.LineRule, in their order
    rules = models.JSONField("规则")
    reason = models.CharField("修改原因", max_length=200)
    set_at = models.DateTimeField("设置时间")
    set_by = models.UUIDField("设置人", null=True, blank=True)
    set_label = models.CharField("设置人称呼", max_length=80, blank=True)

    class Meta:
        verbose_name = "热线转接规则"
        verbose_name_plural = "热线转接规则"
        constraints = [
            models.UniqueConstraint(
                fields=["county_code", "version"], name="matters_linetable_version"
            ),
        ]


class RouteSuggestion(models.Model):
    """A line that a decided dispute suggests for the routing table; somebody accepts it or not."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(
        "matters.Matter", models.PROTECT, related_name="+", verbose_name="诉求"
    )
    region_code = models.CharField("区划", max_length=12, db_collation="C")
    category = models.CharField("事项类型", max_length=8, blank=True)
    item_code = models.CharField("服务事项", max_length=40, blank=True)
    org = models.UUIDField("建议承办单位")
    reason = models.CharField("裁定理由", max_length=500)
    made_at = models.DateTimeField("提出时间")
    state = models.CharField(
        "状态",
        max_length=10,
        choices=[("open", "待处理"), ("accepted", "已采纳"), ("dismissed", "不采纳")],
        default="open",
    )
    decided_at = models.DateTimeField("处理时间", null=True, blank=True)
    decided_by = models.UUIDField("处理人", null=True, blank=True)
    route = models.ForeignKey(
        "matters.Route",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="派单规则",
    )

    class Meta:
        verbose_name = "派单规则建议"
        verbose_name_plural = "派单规则建议"
        constraints = [
            models.UniqueConstraint(
                fields=["region_code", "category", "item_code", "org"],
                condition=Q(state="open"),
                name="matters_routesuggestion_open",
            ),
        ]
