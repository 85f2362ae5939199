"""Proxies: who takes papers on for a villager, beside the stations: 代办点 and 网格员."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yike.rooms.core.refs import new_id
from yike.rooms.providers import proxies


class Proxy(models.Model):
    """One proxy of a village: a point or a grid worker, of which unit, what they carry, when."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField("类型", max_length=8, choices=list(proxies.KINDS.items()))
    village = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", verbose_name="村（社区）"
    )
    #: as published: the point's name, or the worker's
    name = models.CharField("名称或姓名", max_length=60)
    unit = models.CharField("所属单位", max_length=100)
    #: which of the ten services they take papers on for
    services = models.JSONField("代办哪些服务", default=list)
    where = models.CharField("在哪里找", max_length=100)
    hours = models.CharField("什么时候", max_length=100)
    #: a telephone of the office, published
    phone = models.CharField("公开电话", max_length=40)
    active_from = models.DateField("启用日期")
    active_until = models.DateField("停用日期（不含）", null=True, blank=True)
    end_reason = models.CharField("停用原因", max_length=200, blank=True)
    demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "代办渠道"
        verbose_name_plural = "代办渠道"
        ordering = ["village_id", "kind", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=list(proxies.KINDS)), name="providers_proxy_kind"
            ),
            models.CheckConstraint(
                condition=Q(active_until__isnull=True) | Q(active_until__gte=F("active_from")),
                name="providers_proxy_period",
            ),
        ]

    def __str__(self) -> str:
        return self.name
