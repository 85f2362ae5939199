"""Whether the public register is right: who compared an entry, what citizens say is wrong."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yike.rooms.core.refs import new_id
from yike.rooms.providers import corrections, kinds
from yike.rooms.providers.models.register import Institution


class InstitutionCheck(models.Model):
    """An entry was compared with its source on a day. The last one counts; all are kept."""

    id = models.BigAutoField(primary_key=True)
    institution = models.ForeignKey(
        Institution, models.CASCADE, related_name="+", verbose_name="机构"
    )
    source = models.CharField("数据来源", max_length=120)
    checked_on = models.DateField("核实日期")
    checked_by = models.UUIDField("核实人", null=True, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = "机构核实"
        verbose_name_plural = "机构核实"
        ordering = ["-checked_on", "-id"]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.checked_on}"


class Correction(models.Model):
    """A citizen says what is wrong on a public page; no name, no telephone number is asked."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    #: what the citizen asks by; random, and all that is needed
    code = models.CharField("查询码", max_length=16, unique=True)
    about = models.CharField("对象", max_length=12, choices=list(corrections.SUBJECTS.items()))
    subject = models.UUIDField("对象编号")
    name = models.CharField("名称", max_length=100)
    region = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", verbose_name="区划"
    )
    #: resource kind, whose department answers; "" where none does
    kind = models.CharField("资源类别", max_length=2, blank=True)
    wrong = models.CharField("哪里不对", max_length=8, choices=list(corrections.WRONGS.items()))
    words = models.CharField("情况", max_length=300, blank=True)
    state = models.CharField(
        "状态", max_length=8, choices=list(corrections.STATES.items()), default="open"
    )
    made_at = models.DateTimeField("提出时间")
    outcome = models.CharField(
        "结果", max_length=8, choices=list(corrections.OUTCOMES.items()), blank=True
    )
    answer = models.CharField("答复", max_length=300, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    answered_by = models.UUIDField("答复人", null=True, blank=True)

    class Meta:
        verbose_name = "信息纠错"
        verbose_name_plural = "信息纠错"
        ordering = ["made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", outcome="", answered_at__isnull=True)
                | Q(state="answered", outcome__in=list(corrections.OUTCOMES),
                    answered_at__isnull=False),
                name="providers_correction_state",
            ),
            models.CheckConstraint(
                condition=Q(kind="") | Q(kind__in=list(kinds.RESOURCE_KINDS)),
                name="providers_correction_kind",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["state", "made_at"], name="providers_correction_open")]

    def __str__(self) -> str:
        return f"{self.name} {self.wrong}"
