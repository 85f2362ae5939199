"""What an office keeps: parameters with versions, the daily look, rewards and punishments."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yike.rooms.core.refs import new_id
from yike.rooms.quality import codes


class Policy(models.Model):
    """One version of one parameter; the newest is in force. Never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField("参数", max_length=40)
    version = models.PositiveIntegerField("版本")
    value = models.IntegerField("值")
    reason = models.CharField("修改原因", max_length=200)
    set_at = models.DateTimeField("设置时间")
    set_by = models.UUIDField("设置人", null=True, blank=True)

    class Meta:
        verbose_name = "质量参数"
        verbose_name_plural = "质量参数"
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="quality_policy_version")
        ]


class DailyCheck(models.Model):
    """That an institution's keeper looks every working day at what waits (每天查看)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    org = models.UUIDField("单位")
    org_name = models.CharField("单位名称", max_length=100)
    region_code = models.CharField("区划", max_length=12, db_collation="C")
    day = models.DateField("日期")
    keeper = models.UUIDField("专人", null=True, blank=True)
    deputy = models.UUIDField("替补", null=True, blank=True)
    #: what waited when the list was made, by kind
    waiting = models.JSONField("待办数", default=dict)
    made_at = models.DateTimeField("生成时间")
    seen_at = models.DateTimeField("看过时间", null=True, blank=True)
    seen_by = models.UUIDField("看过的人", null=True, blank=True)
    alarmed_at = models.DateTimeField("未看提醒时间", null=True, blank=True)
    deputy_asked_at = models.DateTimeField("请替补时间", null=True, blank=True)
    demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "每天查看"
        verbose_name_plural = "每天查看"
        constraints = [
            models.UniqueConstraint(fields=["org", "day"], name="quality_daily_once"),
        ]
        indexes = [models.Index(fields=["day", "region_code"], name="quality_daily_day")]


class Reward(models.Model):
    """A reward or punishment of a practitioner or an institution, and what it does to orders."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    practitioner = models.ForeignKey(
        "providers.Practitioner", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="人员",
    )  # fmt: skip
    institution = models.ForeignKey(
        "providers.Institution", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="机构",
    )  # fmt: skip
    #: account of the practitioner, who may read it
    account = models.UUIDField("账号", null=True, blank=True)
    region_code = models.CharField("区划", max_length=12, db_collation="C")
    kind = models.CharField("种类", max_length=10, choices=list(codes.REWARDS.items()))
    #: share of the usual orders while it lasts: 100 = as usual, 0 = none
    weight_percent = models.PositiveSmallIntegerField("派单权重（%）", default=100)
    active_from = models.DateField("起始日期")
    active_until = models.DateField("截止日期（不含）", null=True, blank=True)
    basis = models.CharField("依据", max_length=200)
    words = models.TextField("事由")
    given_at = models.DateTimeField("登记时间")
    given_by = models.UUIDField("登记人", null=True, blank=True)
    revoked_at = models.DateTimeField("撤销时间", null=True, blank=True)
    revoke_reason = models.CharField("撤销原因", max_length=200, blank=True)
    demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "奖惩"
        verbose_name_plural = "奖惩"
        constraints = [
            models.CheckConstraint(
                condition=Q(practitioner__isnull=False, institution__isnull=True)
                | Q(practitioner__isnull=True, institution__isnull=False),
                name="quality_reward_of_one",
            ),
            models.CheckConstraint(
                condition=Q(weight_percent__lte=200), name="quality_reward_weight"
            ),
            models.CheckConstraint(
                condition=Q(active_until__isnull=True)
                | Q(active_until__gt=models.F("active_from")),
                name="quality_reward_period",
            ),
        ]
