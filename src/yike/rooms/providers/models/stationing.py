"""Who is stationed where, and how: what was planned, what came true, and why not (应驻尽驻)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yike.rooms.core.refs import new_id
from yike.rooms.providers import kinds


class Stationing(models.Model):
    """One institution on one platform in one way. Planned, actual, or both."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    institution = models.ForeignKey(
        "providers.Institution", models.PROTECT, related_name="+", verbose_name="机构"
    )
    region = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", verbose_name="平台所在区划"
    )
    platform = models.CharField("平台", max_length=8, choices=list(kinds.PLATFORMS.items()))
    #: station of the room places, by value; empty for hotline and web
    place_id = models.UUIDField("站点", null=True, blank=True)
    way = models.CharField("进驻方式", max_length=8, choices=list(kinds.WAYS.items()))
    planned = models.BooleanField("列入应驻", default=True)
    planned_on = models.DateField("计划进驻日期", null=True, blank=True)
    active_from = models.DateField("实际进驻日期", null=True, blank=True)
    active_until = models.DateField("撤出日期（不含）", null=True, blank=True)
    end_reason = models.CharField("撤出原因", max_length=200, blank=True)
    reason_code = models.CharField(
        "未驻原因类别", max_length=10, choices=list(kinds.NOT_STATIONED.items()), blank=True
    )
    reason_not = models.CharField("未驻原因", max_length=200, blank=True)
    agreement_no = models.CharField("进驻协议编号", max_length=60, blank=True)
    agreement_until = models.DateField("协议到期日（不含）", null=True, blank=True)
    window_no = models.CharField("窗口号", max_length=20, blank=True)
    #: the letter or code before its numbers in the hall's queue
    queue_code = models.CharField("叫号业务编码", max_length=20, blank=True)
    co_duty = models.BooleanField("与大厅同岗值守", default=False)
    told_days = models.SmallIntegerField("已提醒档", null=True, blank=True)

    class Meta:
        verbose_name = "进驻"
        verbose_name_plural = "进驻"
        ordering = ["institution_id", "platform", "place_id", "way"]
        constraints = [
            models.CheckConstraint(
                condition=Q(platform__in=list(kinds.PLATFORMS), way__in=list(kinds.WAYS)),
                name="providers_stationing_words",
            ),
            models.CheckConstraint(
                condition=Q(platform="station", place_id__isnull=False)
                | (~Q(platform="station") & Q(place_id__isnull=True)),
                name="providers_stationing_place",
            ),
            models.CheckConstraint(
                condition=Q(active_until__isnull=True)
                | Q(active_until__gte=models.F("active_from")),
                name="providers_stationing_period",
            ),
            models.UniqueConstraint(
                fields=["institution", "platform", "place_id", "way"],
                condition=Q(active_until__isnull=True),
                nulls_distinct=False,
                name="providers_stationing_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.platform} {self.way}"
