"""What limits a person: leave, wishes, and how many shifts a week and a month."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yike.rooms.core.refs import new_id
from yike.rooms.duty import words


class Leave(models.Model):
    """Days on which somebody is away; binding once granted."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    practitioner_id = models.UUIDField("人员")
    account_id = models.UUIDField("账号", null=True, blank=True)
    name = models.CharField("姓名", max_length=60)
    county_code = models.CharField("所属县", max_length=12, db_collation="C")
    from_on = models.DateField("起")
    until_on = models.DateField("止（不含）")
    reason = models.CharField("事由", max_length=200, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=list(words.LEAVE_STATES.items()), default="asked"
    )
    asked_at = models.DateTimeField("申请时间")
    decided_by = models.UUIDField("审批人", null=True, blank=True)
    decided_at = models.DateTimeField("审批时间", null=True, blank=True)
    note = models.CharField("审批意见", max_length=200, blank=True)

    class Meta:
        verbose_name = "请假"
        verbose_name_plural = "请假"
        ordering = ["from_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(words.LEAVE_STATES)), name="duty_leave_state"
            ),
            models.CheckConstraint(
                condition=Q(until_on__gt=F("from_on")), name="duty_leave_period"
            ),
        ]
        indexes = [models.Index(fields=["county_code", "until_on"], name="duty_leave_county")]

    def __str__(self) -> str:
        return f"{self.practitioner_id} {self.from_on}"


class Wish(models.Model):
    """What somebody would like, or would rather not; weighed, never binding."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    practitioner_id = models.UUIDField("人员")
    account_id = models.UUIDField("账号", null=True, blank=True)
    county_code = models.CharField("所属县", max_length=12, db_collation="C")
    kind = models.CharField("愿望", max_length=10, choices=list(words.WISH_KINDS.items()))
    post = models.ForeignKey(
        "duty.Post", models.CASCADE, null=True, blank=True, related_name="+", verbose_name="岗位"
    )
    weekday = models.PositiveSmallIntegerField("星期", null=True, blank=True)
    on_day = models.DateField("日期", null=True, blank=True)
    made_at = models.DateTimeField("提出时间")

    class Meta:
        verbose_name = "值班愿望"
        verbose_name_plural = "值班愿望"
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=list(words.WISH_KINDS)), name="duty_wish_kind"
            ),
            models.CheckConstraint(
                condition=Q(weekday__isnull=True) | Q(weekday__lte=6), name="duty_wish_weekday"
            ),
        ]
        indexes = [models.Index(fields=["county_code"], name="duty_wish_county")]

    def __str__(self) -> str:
        return f"{self.practitioner_id} {self.kind}"


class DutyLimit(models.Model):
    """How many shifts one person stands at most; who has no row has the room's usual limits."""

    practitioner_id = models.UUIDField("人员", primary_key=True)
    county_code = models.CharField("所属县", max_length=12, db_collation="C")
    per_week = models.PositiveSmallIntegerField("每周最多")
    per_month = models.PositiveSmallIntegerField("每月最多")

    class Meta:
        verbose_name = "值班上限"
        verbose_name_plural = "值班上限"
        constraints = [
            models.CheckConstraint(
                condition=Q(per_week__lte=14, per_month__lte=62), name="duty_dutylimit_sane"
            )
        ]

    def __str__(self) -> str:
        return f"{self.practitioner_id}"
