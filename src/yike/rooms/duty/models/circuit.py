"""Circuits: who goes round which villages when, and each visit as it was planned and as it came."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yike.rooms.core.refs import new_id
from yike.rooms.duty import checkin, circuits


class Circuit(models.Model):
    """A round trip of a practitioner (with a team) through villages, by a rule or on dates.

    A shift that moves: who goes, with what services, on which days; its stops say where and when.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField("名称", max_length=60)
    county_code = models.CharField("所属县", max_length=12, db_collation="C")
    institution = models.ForeignKey(
        "providers.Institution", models.PROTECT, related_name="+", verbose_name="派出机构"
    )
    practitioner_id = models.UUIDField("带队人员")
    account_id = models.UUIDField("带队人员账号", null=True, blank=True)
    person = models.CharField("带队人员姓名", max_length=60)
    team_id = models.UUIDField("同行团队", null=True, blank=True)
    team_name = models.CharField("同行团队名称", max_length=100, blank=True)
    services = models.JSONField("提供的服务", default=list)
    phone = models.CharField("公开电话", max_length=40)
    every = models.CharField("多久一次", max_length=10, choices=list(circuits.EVERY.items()))
    weekdays = models.JSONField("星期", default=list, blank=True)
    weeks = models.JSONField("每月第几个", default=list, blank=True)
    dates = models.JSONField("指定日期", default=list, blank=True)
    holidays = models.CharField(
        "节假日", max_length=8, choices=list(circuits.HOLIDAYS.items()), default="closed"
    )
    note = models.CharField("提示", max_length=200, blank=True)
    active_from = models.DateField("启用日期")
    active_until = models.DateField("停用日期（不含）", null=True, blank=True)
    end_reason = models.CharField("停用原因", max_length=200, blank=True)
    made_at = models.DateTimeField("登记时间")
    demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "巡回服务"
        verbose_name_plural = "巡回服务"
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(every__in=list(circuits.EVERY), holidays__in=list(circuits.HOLIDAYS)),
                name="duty_circuit_words",
            )
        ]

    def __str__(self) -> str:
        return self.name


class CircuitStop(models.Model):
    """One place of a circuit, in its order, with the time of arriving and of leaving."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    circuit = models.ForeignKey(Circuit, models.CASCADE, related_name="+", verbose_name="巡回")
    county_code = models.CharField("所属县", max_length=12, db_collation="C")
    place = models.PositiveSmallIntegerField("次序")
    region_code = models.CharField("村（社区）", max_length=12, db_collation="C")
    region_name = models.CharField("村（社区）名称", max_length=60)
    where = models.CharField("地点", max_length=100)
    #: the station of the room of places, by value, where one can book
    place_id = models.UUIDField("站点", null=True, blank=True)
    arrives = models.TimeField("到达")
    leaves = models.TimeField("离开")
    lon = models.FloatField("经度（WGS84）", null=True, blank=True)
    lat = models.FloatField("纬度（WGS84）", null=True, blank=True)

    class Meta:
        verbose_name = "巡回点"
        verbose_name_plural = "巡回点"
        ordering = ["circuit_id", "place"]
        constraints = [
            models.UniqueConstraint(fields=["circuit", "place"], name="duty_circuitstop_once"),
            models.CheckConstraint(
                condition=Q(leaves__gt=F("arrives")), name="duty_circuitstop_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region_name} {self.where}"


class CircuitVisit(models.Model):
    """One stop on one day: planned, and what came of it.

    `planned_on`: the day of the rule, by which a visit is known again after it was moved. `verdict`
    and `band`: how near the phone was at check-in; the raw position is not kept. `reason`: why it
    was changed, cancelled or missed.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    stop = models.ForeignKey(CircuitStop, models.PROTECT, related_name="+", verbose_name="巡回点")
    circuit = models.ForeignKey(Circuit, models.PROTECT, related_name="+", verbose_name="巡回")
    county_code = models.CharField("所属县", max_length=12, db_collation="C")
    region_code = models.CharField("村（社区）", max_length=12, db_collation="C")
    planned_on = models.DateField("原定日期")
    arrives_at = models.DateTimeField("到达")
    leaves_at = models.DateTimeField("离开")
    account_id = models.UUIDField("带队人员账号", null=True, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=list(circuits.STATES.items()), default=circuits.PLANNED
    )
    changed = models.BooleanField("改过时间", default=False)
    reason = models.CharField("原因", max_length=200, blank=True)
    #: whoever leads it has something else then and nobody has decided: no citizen is told of it
    clashing = models.BooleanField("和别的安排冲突", default=False)
    #: the clashes (clashing.Clash.key) over which it comes all the same, and why
    kept_over = models.JSONField("照常去的冲突", default=list, blank=True)
    kept_reason = models.CharField("照常去的理由", max_length=200, blank=True)
    came_at = models.DateTimeField("签到时间", null=True, blank=True)
    verdict = models.CharField(
        "定位结论", max_length=10, blank=True, choices=list(checkin.VERDICTS.items())
    )
    band = models.CharField("距离档", max_length=5, blank=True)
    #: the service record of the room of providers, by value
    record_id = models.UUIDField("服务记录", null=True, blank=True)
    people = models.PositiveIntegerField("服务人数", null=True, blank=True)

    class Meta:
        verbose_name = "巡回到点"
        verbose_name_plural = "巡回到点"
        ordering = ["arrives_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["stop", "planned_on"], name="duty_circuitvisit_once"),
            models.CheckConstraint(
                condition=Q(state__in=list(circuits.STATES)), name="duty_circuitvisit_state"
            ),
            models.CheckConstraint(
                condition=Q(leaves_at__gt=F("arrives_at")), name="duty_circuitvisit_period"
            ),
            models.CheckConstraint(
                condition=~Q(state=circuits.CANCELLED) | ~Q(reason=""),
                name="duty_circuitvisit_told_why",
            ),
        ]
        indexes = [
            models.Index(fields=["county_code", "arrives_at"], name="duty_circuitvisit_county"),
            models.Index(fields=["region_code", "arrives_at"], name="duty_circuitvisit_region"),
        ]

    def __str__(self) -> str:
        return f"{self.stop_id} {self.planned_on}"
