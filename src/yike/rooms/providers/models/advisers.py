"""Advisers of towns and villages: contracts, the villages they serve, visits, and local norms."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yike.rooms.core.refs import new_id
from yike.rooms.providers import kinds


class LocalNorm(models.Model):
    """A number that a county decides, with its source: versions, each in force from a day on.

    Which numbers there are is `kinds.NORM_NAMES`, asked when one is set: a new one is a line there
    and its proposal in `queries/norms.py`, no migration.
    """

    id = models.BigAutoField(primary_key=True)
    region = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", verbose_name="适用区划"
    )
    code = models.CharField("参数", max_length=40)
    value = models.PositiveSmallIntegerField("数值")
    source = models.CharField("来源", max_length=200)
    verified_on = models.DateField("核实日期", null=True, blank=True)
    active_from = models.DateField("生效日期")
    demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "地方参数"
        verbose_name_plural = "地方参数"
        ordering = ["region_id", "code", "active_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "code", "active_from"], name="providers_norm_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.code} {self.value}"


class AdviserContract(models.Model):
    """A lawyer engaged as adviser of villages for a term. Renewing makes a new contract."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField("合同编号", max_length=60)
    practitioner = models.ForeignKey(
        "providers.Practitioner", models.PROTECT, related_name="+", verbose_name="法律顾问"
    )
    region = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", verbose_name="聘请方区划"
    )
    former = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="续自"
    )
    from_on = models.DateField("起")
    until_on = models.DateField("止（不含）")
    #: what each village may expect in a month; by the local norm unless agreed otherwise
    hours_per_month = models.PositiveSmallIntegerField("每村每月小时")
    lectures_per_quarter = models.PositiveSmallIntegerField("每村每季度讲座", default=1)
    duties = models.CharField("职责", max_length=1000, blank=True)
    ended_on = models.DateField("提前终止日期", null=True, blank=True)
    end_reason = models.CharField("终止原因", max_length=200, blank=True)
    told_days = models.SmallIntegerField("已提醒档", null=True, blank=True)
    demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "村（居）法律顾问合同"
        verbose_name_plural = "村（居）法律顾问合同"
        ordering = ["until_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gt=models.F("from_on")), name="providers_adviser_term"
            ),
            models.UniqueConstraint(
                fields=["region", "number"], name="providers_adviser_number_once"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class AdviserVillage(models.Model):
    """A village under a contract, from a day until a day."""

    id = models.BigAutoField(primary_key=True)
    contract = models.ForeignKey(
        AdviserContract, models.CASCADE, related_name="+", verbose_name="合同"
    )
    village = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", verbose_name="村（社区）"
    )
    from_on = models.DateField("起")
    until_on = models.DateField("止（不含）")

    class Meta:
        verbose_name = "顾问服务的村"
        verbose_name_plural = "顾问服务的村"
        ordering = ["village_id", "from_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=models.F("from_on")), name="providers_village_term"
            ),
            models.UniqueConstraint(
                fields=["village", "from_on"],
                condition=Q(until_on__gt=models.F("from_on")),
                name="providers_village_from_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract_id} {self.village_id}"


class AdviserVisit(models.Model):
    """What an adviser did in a village on a day: hours, kind of work, how many people came."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract = models.ForeignKey(
        AdviserContract, models.CASCADE, related_name="+", verbose_name="合同"
    )
    village = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", verbose_name="村（社区）"
    )
    on = models.DateField("日期")
    minutes = models.PositiveSmallIntegerField("分钟")
    kind = models.CharField("工作", max_length=10, choices=list(kinds.ADVISER_WORK.items()))
    people = models.PositiveSmallIntegerField("服务人次", default=0)
    note = models.CharField("摘要", max_length=500, blank=True)

    class Meta:
        verbose_name = "顾问工作记录"
        verbose_name_plural = "顾问工作记录"
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gt=0, minutes__lte=1440)
                & Q(kind__in=list(kinds.ADVISER_WORK)),
                name="providers_visit_words",
            ),
        ]
        indexes = [models.Index(fields=["contract", "on"], name="providers_visit_contract_on")]

    def __str__(self) -> str:
        return f"{self.contract_id} {self.on}"
