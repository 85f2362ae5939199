"""A complaint about service, with or without a matter behind it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from yike.rooms.quality import codes, flow
from yike.rooms.quality.models.cases import Case


class Complaint(Case):
    """投诉: a holding letter within a working day, an answer within fifteen, one appeal upward."""

    reference = models.CharField("编号", max_length=15, unique=True)
    #: digest of door, browser and the form's key: a resend is one complaint
    key = models.CharField("幂等键", max_length=64, unique=True)
    matter = models.ForeignKey(
        "matters.Matter", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="诉求",
    )  # fmt: skip
    kind = models.CharField("投诉内容", max_length=2, choices=list(codes.COMPLAINTS.items()))
    #: whom it is about
    about_org = models.UUIDField("被投诉单位", null=True, blank=True)
    about_accounts = ArrayField(models.UUIDField(), verbose_name="被投诉人员", default=list)
    about_words = models.CharField("被投诉的人或单位", max_length=100, blank=True)
    words = models.TextField("投诉内容说明")
    party = models.ForeignKey(
        "people.Party", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="投诉人",
    )  # fmt: skip
    party_mask = models.CharField("投诉人称呼", max_length=60, blank=True)
    phone_index = models.CharField("电话盲索引", max_length=64, blank=True, db_index=True)
    channel = models.CharField(
        "渠道", max_length=8, choices=[("web", "网上"), ("desk", "当面或电话")]
    )
    file_ids = ArrayField(models.UUIDField(), verbose_name="材料", default=list)
    letter = models.TextField("受理告知", blank=True)
    letter_at = models.DateTimeField("告知时间", null=True, blank=True)
    #: the promise of the answer; `due_at` is that of the next step
    answer_due_at = models.DateTimeField("答复期限")
    upheld = models.BooleanField("属实", null=True, blank=True)
    answer = models.TextField("答复", blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    answered_by = models.UUIDField("答复人", null=True, blank=True)
    appeal = models.TextField("申请复核的理由", blank=True)
    appealed_at = models.DateTimeField("申请复核时间", null=True, blank=True)
    appeal_upheld = models.BooleanField("复核支持", null=True, blank=True)
    appeal_answer = models.TextField("复核答复", blank=True)
    appeal_answered_at = models.DateTimeField("复核答复时间", null=True, blank=True)

    class Meta:
        verbose_name = "投诉"
        verbose_name_plural = "投诉"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(flow.STATES["complaint"])),
                name="quality_complaint_state",
            )
        ]
        indexes = [
            models.Index(
                fields=["region_code", "due_at"],
                condition=Q(ended_at__isnull=True),
                name="quality_complaint_open",
            ),
        ]
