"""What follows a fault until it is mended: callbacks, rectifications, alerts."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from yike.rooms.core.refs import new_id
from yike.rooms.quality import codes, flow


class Case(models.Model):
    """Base: something with a state, an owner and a due instant, seen by region and secrecy."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    state = models.CharField("状态", max_length=12)
    region_code = models.CharField("区划", max_length=12, db_collation="C")
    secrecy = models.SmallIntegerField("密级", default=0)
    owner_org = models.UUIDField("责任单位", null=True, blank=True)
    owner_account = models.UUIDField("责任人", null=True, blank=True)
    found_at = models.DateTimeField("发现时间")
    due_at = models.DateTimeField("期限", null=True, blank=True)
    #: brought to a leader because it was overdue
    escalated_at = models.DateTimeField("升级时间", null=True, blank=True)
    escalated_to = models.UUIDField("升级给", null=True, blank=True)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    #: who did the last deed that somebody else must verify
    did_account = models.UUIDField("上一步经办人", null=True, blank=True)
    version = models.IntegerField("版本", default=1)
    demo = models.BooleanField("演示数据", default=False)

    class Meta:
        abstract = True


class Callback(Case):
    """That somebody calls the citizen who gave a bad rating, and what came of it."""

    rating = models.OneToOneField(
        "quality.Rating", models.PROTECT, related_name="+", verbose_name="评价"
    )
    ground = models.CharField(
        "不采纳的理由", max_length=10, blank=True, choices=list(codes.GROUNDS.items())
    )
    words = models.TextField("处理意见", blank=True)
    #: who must not call back: those whose service was rated
    served_org = models.UUIDField("被评单位", null=True, blank=True)
    served_accounts = ArrayField(models.UUIDField(), verbose_name="服务人员", default=list)

    class Meta:
        verbose_name = "差评回访"
        verbose_name_plural = "差评回访"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(flow.STATES["callback"])), name="quality_callback_state"
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(ended_at__isnull=True), name="quality_callback_open"
            )
        ]


class Attempt(models.Model):
    """One try to reach the citizen, and what they said."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    callback = models.ForeignKey(
        Callback, models.PROTECT, related_name="+", verbose_name="差评回访"
    )
    at = models.DateTimeField("时间")
    by_account = models.UUIDField("联系人", null=True, blank=True)
    result = models.CharField("联系结果", max_length=10, choices=list(codes.RESULTS.items()))
    words = models.TextField("记录", blank=True)

    class Meta:
        verbose_name = "联系记录"
        verbose_name_plural = "联系记录"


class Alert(Case):
    """Something a rule found: its figures, its owner, and how it ended."""

    rule = models.CharField("规则", max_length=16, choices=list(codes.RULES.items()))
    #: what it is about, by kind and id; the same subject is not found twice while it is open
    subject_kind = models.CharField("对象类别", max_length=16)
    subject = models.CharField("对象", max_length=64)
    title = models.CharField("标题", max_length=120)
    #: plain figures that show why: label and value
    evidence = models.JSONField("依据", default=list)
    words = models.TextField("处理意见", blank=True)

    class Meta:
        verbose_name = "预警"
        verbose_name_plural = "预警"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(flow.STATES["alert"])), name="quality_alert_state"
            ),
            models.UniqueConstraint(
                fields=["rule", "subject_kind", "subject"],
                condition=Q(ended_at__isnull=True),
                name="quality_alert_once",
            ),
        ]
        indexes = [
            models.Index(fields=["rule", "subject", "found_at"], name="quality_alert_subject"),
            models.Index(
                fields=["due_at"], condition=Q(ended_at__isnull=True), name="quality_alert_open"
            ),
        ]


class Rectification(Case):
    """发现-派发-整改-核验-复盘: owed by somebody, shown to be done, verified by somebody else."""

    source = models.CharField("来源", max_length=10, choices=list(codes.SOURCES.items()))
    rating = models.ForeignKey(
        "quality.Rating", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="评价",
    )  # fmt: skip
    complaint = models.ForeignKey(
        "quality.Complaint", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="投诉",
    )  # fmt: skip
    alert = models.ForeignKey(
        Alert, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="预警"
    )
    title = models.CharField("标题", max_length=120)
    task = models.TextField("要求")
    assigned_by = models.UUIDField("派发人", null=True, blank=True)
    hard = models.BooleanField("疑难", default=False)
    returns = models.SmallIntegerField("核验退回次数", default=0)
    report = models.TextField("整改情况", blank=True)
    reported_at = models.DateTimeField("报告时间", null=True, blank=True)
    file_ids = ArrayField(models.UUIDField(), verbose_name="佐证材料", default=list)
    verdict = models.TextField("核验意见", blank=True)
    verified_by = models.UUIDField("核验人", null=True, blank=True)
    verified_at = models.DateTimeField("核验时间", null=True, blank=True)
    lesson = models.TextField("复盘", blank=True)
    told_at = models.DateTimeField("告知当事人时间", null=True, blank=True)

    class Meta:
        verbose_name = "整改"
        verbose_name_plural = "整改"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(flow.STATES["rectification"])),
                name="quality_rectification_state",
            ),
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True)
                | Q(owner_account__isnull=True)
                | ~Q(verified_by=models.F("owner_account")),
                name="quality_verified_by_another",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(ended_at__isnull=True),
                name="quality_rectification_open",
            ),
            models.Index(fields=["owner_org", "found_at"], name="quality_rectification_org"),
        ]
