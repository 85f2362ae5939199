"""The basic five: to whom a station leads on, and what came out when somebody tried."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yike.rooms.core.refs import new_id
from yike.rooms.places import basics


class BasicWay(models.Model):
    """What the supply matrix does not tell of a basic service: to whom it leads on, and how."""

    id = models.BigAutoField(primary_key=True)
    station = models.ForeignKey(
        "places.Station", models.PROTECT, related_name="+", verbose_name="站点"
    )
    basic = models.CharField("基本服务", max_length=10, choices=list(basics.BASICS.items()))
    #: only of a service that the matrix does not know
    way = models.CharField("方式", max_length=6, choices=list(basics.WAYS.items()), blank=True)
    to_whom = models.CharField("指引、转接给谁", max_length=100, blank=True)
    how = models.CharField("怎么转", max_length=200, blank=True)
    told_at = models.DateTimeField("登记时间")
    label = models.CharField("登记人", max_length=80, blank=True)

    class Meta:
        verbose_name = "基本服务去向"
        verbose_name_plural = "基本服务去向"
        constraints = [
            models.UniqueConstraint(fields=["station", "basic"], name="places_basicway_once"),
            models.CheckConstraint(
                condition=Q(basic__in=list(basics.BASICS), way__in=["", *basics.WAYS]),
                name="places_basicway_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.station_id} {self.basic}"


class BasicTry(models.Model):
    """Somebody tried a basic service of a station. What came out stays."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    station = models.ForeignKey(
        "places.Station", models.PROTECT, related_name="+", verbose_name="站点"
    )
    basic = models.CharField("基本服务", max_length=10, choices=list(basics.BASICS.items()))
    on = models.DateField("试办日期")
    outcome = models.CharField("结果", max_length=6, choices=list(basics.OUTCOMES.items()))
    words = models.CharField("说明", max_length=200, blank=True)
    label = models.CharField("试办人", max_length=80, blank=True)
    noted_at = models.DateTimeField("记录时间")

    class Meta:
        verbose_name = "基本服务试办"
        verbose_name_plural = "基本服务试办"
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(basic__in=list(basics.BASICS), outcome__in=list(basics.OUTCOMES)),
                name="places_basictry_words",
            ),
        ]
        indexes = [models.Index(fields=["station", "basic"], name="places_basictry_station")]

    def __str__(self) -> str:
        return f"{self.station_id} {self.basic} {self.on}"
