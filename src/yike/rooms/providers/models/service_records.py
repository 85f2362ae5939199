"""Services given outside orders: by volunteers, advisers and those on duty (A2.10)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yike.rooms.core.refs import new_id
from yike.rooms.providers import kinds, service_records


class ServiceRecord(models.Model):
    """One service: which kind, when, where, for what client, with what result."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.CharField("服务种类", max_length=4, choices=list(kinds.SERVICES.items()))
    on = models.DateField("日期")
    minutes = models.PositiveSmallIntegerField("用时（分钟）")
    region = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", verbose_name="区划"
    )
    where = models.CharField("地点", max_length=200)
    giver = models.CharField(
        "由谁提供", max_length=12, choices=list(service_records.GIVERS.items())
    )
    giver_name = models.CharField("服务人员", max_length=60)
    volunteer = models.ForeignKey(
        "providers.Volunteer", models.CASCADE, null=True, blank=True, related_name="+",
        verbose_name="志愿者",
    )  # fmt: skip
    practitioner = models.ForeignKey(
        "providers.Practitioner", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="法律服务人员",
    )  # fmt: skip
    client = models.CharField(
        "服务对象", max_length=12, choices=list(service_records.CLIENTS.items())
    )
    people = models.PositiveIntegerField("服务人数", default=1)
    result = models.CharField("结果", max_length=12, choices=list(service_records.RESULTS.items()))
    words = models.TextField("服务内容", max_length=2000)
    noted_at = models.DateTimeField("登记时间")
    noted_by = models.CharField("登记人", max_length=60)
    void_reason = models.CharField("作废原因", max_length=200, blank=True)
    demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "服务记录"
        verbose_name_plural = "服务记录"
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(service__in=list(kinds.SERVICES)), name="providers_record_service"
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=1440), name="providers_record_minutes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.service}"
