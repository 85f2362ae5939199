"""What changes a published roster: swaps, substitutes, call-outs; and calendar feeds."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yike.rooms.core.refs import new_id
from yike.rooms.duty import words


class ShiftChange(models.Model):
    """Somebody asks another to swap shifts or to stand in; valid when a dispatcher agrees."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField("类型", max_length=10, choices=list(words.CHANGE_KINDS.items()))
    county_code = models.CharField("所属县", max_length=12, db_collation="C")
    shift = models.ForeignKey("duty.Shift", models.PROTECT, related_name="+", verbose_name="班次")
    other_shift = models.ForeignKey(
        "duty.Shift", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="换得"
    )
    by_practitioner = models.UUIDField("申请人")
    by_account = models.UUIDField("申请人账号", null=True, blank=True)
    by_name = models.CharField("申请人姓名", max_length=60)
    to_practitioner = models.UUIDField("对方")
    to_account = models.UUIDField("对方账号", null=True, blank=True)
    to_name = models.CharField("对方姓名", max_length=60)
    reason = models.CharField("理由", max_length=200, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=list(words.CHANGE_STATES.items()), default="asked"
    )
    asked_at = models.DateTimeField("申请时间")
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    decided_at = models.DateTimeField("审批时间", null=True, blank=True)
    decided_by = models.UUIDField("审批人", null=True, blank=True)
    note = models.CharField("意见", max_length=200, blank=True)

    class Meta:
        verbose_name = "换班替班"
        verbose_name_plural = "换班替班"
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=list(words.CHANGE_KINDS)), name="duty_change_kind"
            ),
            models.CheckConstraint(
                condition=Q(state__in=list(words.CHANGE_STATES)), name="duty_change_state"
            ),
            models.UniqueConstraint(
                fields=["shift"],
                condition=Q(state__in=["asked", "agreed"]),
                name="duty_change_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.shift_id}"


class CallOut(models.Model):
    """The search for a substitute after an absence."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    shift = models.ForeignKey("duty.Shift", models.PROTECT, related_name="+", verbose_name="班次")
    county_code = models.CharField("所属县", max_length=12, db_collation="C")
    way = models.CharField("方式", max_length=10, choices=list(words.CALL_WAYS.items()))
    state = models.CharField(
        "状态", max_length=10, choices=list(words.CALL_STATES.items()), default="open"
    )
    reason = models.CharField("缺勤原因", max_length=200, blank=True)
    began_at = models.DateTimeField("开始时间")
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "替班征集"
        verbose_name_plural = "替班征集"
        ordering = ["-began_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(words.CALL_STATES), way__in=list(words.CALL_WAYS)),
                name="duty_callout_words",
            ),
            models.UniqueConstraint(
                fields=["shift"], condition=Q(state="open"), name="duty_callout_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shift_id}"


class CallAsk(models.Model):
    """One person who could stand in, in the order in which they are asked, and why so."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    call = models.ForeignKey(CallOut, models.CASCADE, related_name="+", verbose_name="征集")
    practitioner_id = models.UUIDField("人员")
    account_id = models.UUIDField("账号", null=True, blank=True)
    name = models.CharField("姓名", max_length=60)
    rank = models.PositiveSmallIntegerField("次序")
    why = models.CharField("理由", max_length=200)
    asked_at = models.DateTimeField("询问时间", null=True, blank=True)
    answer = models.CharField(
        "答复", max_length=10, choices=list(words.ANSWERS.items()), blank=True
    )
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)

    class Meta:
        verbose_name = "替班询问"
        verbose_name_plural = "替班询问"
        ordering = ["call_id", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["call", "practitioner_id"], name="duty_callask_once")
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.rank}"


class Feed(models.Model):
    """The secret address under which a phone's calendar reads one person's shifts.

    Only the digest of the secret is kept: it is shown once and cannot be read back.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    digest = models.BinaryField("摘要", max_length=32, unique=True)
    practitioner_id = models.UUIDField("人员")
    account_id = models.UUIDField("账号")
    made_at = models.DateTimeField("生成时间")
    revoked_at = models.DateTimeField("停用时间", null=True, blank=True)

    class Meta:
        verbose_name = "日历订阅"
        verbose_name_plural = "日历订阅"
        constraints = [
            models.UniqueConstraint(
                fields=["account_id"],
                condition=Q(revoked_at__isnull=True),
                name="duty_feed_one_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.practitioner_id}"
