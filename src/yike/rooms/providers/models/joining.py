"""How an institution comes to the platforms, and how it leaves them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yike.rooms.core.refs import new_id
from yike.rooms.providers import joining, kinds


class Joining(models.Model):
    """One institution's way in and out; the register's entry is made when it becomes active."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField("机构名称", max_length=100)
    kind = models.CharField("类别", max_length=24, choices=list(kinds.INSTITUTION_KINDS.items()))
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True)
    region = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", verbose_name="服务区划"
    )
    address = models.CharField("地址", max_length=200, blank=True)
    phone = models.CharField("公开电话", max_length=40, blank=True)
    #: pairs of service code and mode it offers
    offers = models.JSONField("申请提供的服务", default=list)
    state = models.CharField("状态", max_length=8, choices=list(joining.STATES.items()))
    applied_on = models.DateField("申请日期")
    agreement_no = models.CharField("协议编号", max_length=60, blank=True)
    agreement_from = models.DateField("协议起", null=True, blank=True)
    agreement_until = models.DateField("协议止（不含）", null=True, blank=True)
    institution = models.ForeignKey(
        "providers.Institution", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="名录里的机构",
    )  # fmt: skip
    ended_on = models.DateField("退出日期", null=True, blank=True)
    end_reason = models.CharField("退出或不予进驻的原因", max_length=200, blank=True)
    told_days = models.SmallIntegerField("已提醒档", null=True, blank=True)
    demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "机构入驻"
        verbose_name_plural = "机构入驻"
        ordering = ["-applied_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(joining.STATES)), name="providers_joining_state"
            ),
            models.CheckConstraint(
                condition=~Q(state="active") | Q(institution__isnull=False),
                name="providers_joining_active_is_registered",
            ),
            models.CheckConstraint(
                condition=Q(agreement_until__isnull=True)
                | Q(agreement_until__gt=models.F("agreement_from")),
                name="providers_joining_agreement",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class JoiningPaper(models.Model):
    """A licence shown by who wants to join, and what came of comparing it with its issuer."""

    id = models.BigAutoField(primary_key=True)
    joining = models.ForeignKey(Joining, models.CASCADE, related_name="+", verbose_name="入驻")
    kind = models.CharField("证照名称", max_length=60)
    number = models.CharField("证照编号", max_length=60)
    issuer = models.CharField("发证机关", max_length=100, blank=True)
    valid_from = models.DateField("有效期起")
    valid_until = models.DateField("有效期止（不含）", null=True, blank=True)
    passed = models.BooleanField("核验通过", null=True, blank=True)
    remark = models.CharField("核验说明", max_length=200, blank=True)
    checked_on = models.DateField("核验日期", null=True, blank=True)

    class Meta:
        verbose_name = "入驻证照"
        verbose_name_plural = "入驻证照"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["joining", "kind", "number"], name="providers_joining_paper_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
