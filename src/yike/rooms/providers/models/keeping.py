"""Who keeps watch: keepers of institutions, departments in charge of a kind, close relations."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yike.rooms.core.refs import new_id
from yike.rooms.providers import kinds


class Keeper(models.Model):
    """The named keeper of an institution and the deputy, who look every day (每天查看)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    institution = models.ForeignKey(
        "providers.Institution", models.PROTECT, related_name="+", verbose_name="机构"
    )
    keeper_account = models.UUIDField("查看人")
    deputy_account = models.UUIDField("替补查看人", null=True, blank=True)
    from_on = models.DateField("起")
    until_on = models.DateField("止（不含）", null=True, blank=True)

    class Meta:
        verbose_name = "每天查看人"
        verbose_name_plural = "每天查看人"
        ordering = ["institution_id", "from_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["institution"],
                condition=Q(until_on__isnull=True),
                name="providers_keeper_once",
            ),
            models.CheckConstraint(
                condition=~Q(keeper_account=models.F("deputy_account")),
                name="providers_keeper_and_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.keeper_account}"


class Relation(models.Model):
    """Somebody close to a practitioner, known by blind indexes only: found, never read."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    practitioner = models.ForeignKey(
        "providers.Practitioner", models.CASCADE, related_name="+", verbose_name="人员"
    )
    relation = models.CharField("关系", max_length=20)
    person_mask = models.CharField("掩码", max_length=60)
    name_index = models.CharField("姓名盲索引", max_length=64, blank=True, db_collation="C")
    id_index = models.CharField("证件盲索引", max_length=64, blank=True, db_collation="C")
    phone_index = models.CharField("电话盲索引", max_length=64, blank=True, db_collation="C")
    declared_on = models.DateField("申报日期")
    withdrawn_on = models.DateField("撤回日期", null=True, blank=True)

    class Meta:
        verbose_name = "回避关系"
        verbose_name_plural = "回避关系"
        ordering = ["practitioner_id", "declared_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name_index="", id_index="", phone_index=""),
                name="providers_relation_findable",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practitioner_id} {self.person_mask}"


class KindCharge(models.Model):
    """The department that answers for one of the nine kinds in a county."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", verbose_name="区划"
    )
    kind = models.CharField("资源类别", max_length=2, choices=list(kinds.RESOURCE_KINDS.items()))
    department = models.CharField("职能科室", max_length=60)
    account_id = models.UUIDField("责任人", null=True, blank=True)
    period = models.CharField("更新周期", max_length=8, choices=list(kinds.PERIODS.items()))
    #: days after the end of a period by which it must be signed
    grace_days = models.PositiveSmallIntegerField("期后几天内签核", default=5)
    from_on = models.DateField("起")
    until_on = models.DateField("止（不含）", null=True, blank=True)
    demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "类别责任科室"
        verbose_name_plural = "类别责任科室"
        ordering = ["region_id", "kind", "from_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "kind"],
                condition=Q(until_on__isnull=True),
                name="providers_charge_once",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=list(kinds.RESOURCE_KINDS), period__in=list(kinds.PERIODS)),
                name="providers_charge_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.kind} {self.department}"


class KindUpdate(models.Model):
    """One period's duty to bring a kind up to date, and the sign-off with what it found."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    charge = models.ForeignKey(
        KindCharge, models.CASCADE, related_name="+", verbose_name="责任科室"
    )
    since = models.DateField("期间起")
    until = models.DateField("期间止（不含）")
    due_on = models.DateField("签核期限")
    signed_by = models.UUIDField("签核人", null=True, blank=True)
    signed_at = models.DateTimeField("签核时间", null=True, blank=True)
    #: what the register held when it was signed
    institutions = models.PositiveIntegerField("机构数", default=0)
    practitioners = models.PositiveIntegerField("人员数", default=0)
    unfit = models.PositiveIntegerField("证照到期人员数", default=0)
    remark = models.CharField("说明", max_length=500, blank=True)
    told_overdue = models.BooleanField("已催", default=False)

    class Meta:
        verbose_name = "类别更新签核"
        verbose_name_plural = "类别更新签核"
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["charge", "since"], name="providers_update_once"),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True, signed_at__isnull=True)
                | Q(signed_at__isnull=False),
                name="providers_update_signed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.charge_id} {self.since}"
