"""Who holds and who held: steps are the chain of custody, participants may go on looking."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yike.rooms.core.refs import new_id
from yike.rooms.matters import codes


class Step(models.Model):
    """One stretch of custody. Exactly one is open while the matter is (rows.sql proves it)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(
        "matters.Matter", models.PROTECT, related_name="+", verbose_name="诉求", db_index=False
    )
    seq = models.IntegerField("序号")
    org = models.UUIDField("单位")
    account = models.UUIDField("人员", null=True, blank=True)
    how = models.CharField("方式", max_length=12, choices=list(codes.HOWS.items()))
    reason = models.CharField("原因", max_length=500, blank=True)
    by_account = models.UUIDField("经办人", null=True, blank=True)
    sent_at = models.DateTimeField("转来时间")
    #: when it was to be signed for: the planned beside the actual
    sign_due_at = models.DateTimeField("应签收时间", null=True, blank=True)
    signed_at = models.DateTimeField("签收时间", null=True, blank=True)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)

    class Meta:
        verbose_name = "流转"
        verbose_name_plural = "流转"
        constraints = [
            models.UniqueConstraint(fields=["matter", "seq"], name="matters_step_seq"),
            models.UniqueConstraint(
                fields=["matter"], condition=Q(ended_at__isnull=True), name="matters_one_open_step"
            ),
        ]


class Participant(models.Model):
    """An office or a person who holds, held, opened, or was asked to help: may go on looking."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(
        "matters.Matter", models.PROTECT, related_name="+", verbose_name="诉求", db_index=False
    )
    org = models.UUIDField("单位")
    account = models.UUIDField("人员", null=True, blank=True)
    part = models.CharField(
        "身份",
        max_length=8,
        choices=[
            ("holder", "承办"),
            ("first", "首问"),
            ("joint", "会办"),
            ("offered", "拟接收"),
            ("sub", "子工单"),
            ("parent", "主办"),
        ],
    )
    since = models.DateTimeField("起始时间")

    class Meta:
        verbose_name = "参与方"
        verbose_name_plural = "参与方"
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "org", "account", "part"],
                nulls_distinct=False,
                name="matters_participant_once",
            )
        ]
        indexes = [
            models.Index(fields=["org", "matter"], name="matters_part_org"),
            models.Index(
                fields=["org", "matter"], condition=Q(part="joint"), name="matters_part_joint"
            ),
            models.Index(
                fields=["account", "matter"],
                condition=Q(account__isnull=False),
                name="matters_part_account",
            ),
        ]
