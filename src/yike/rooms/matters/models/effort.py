"""What a demand cost the citizen, as the handler said or the house counted."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yike.rooms.matters import codes


class Effort(models.Model):
    """Money, visits, papers and offices of one demand; null and "" where nobody knows."""

    matter = models.OneToOneField(
        "matters.Matter",
        models.PROTECT,
        primary_key=True,
        related_name="+",
        verbose_name="诉求",
    )
    pay = models.CharField(
        "当事人付钱情况", max_length=8, choices=list(codes.PAYS.items()), blank=True
    )
    fen = models.BigIntegerField("付了多少（分）", null=True, blank=True)
    basis = models.CharField("依据", max_length=200, blank=True)
    #: as the handler says; what was counted stands with tickets and bookings
    visits = models.SmallIntegerField("来过几次", null=True, blank=True)
    papers = models.SmallIntegerField("交了几样材料", null=True, blank=True)
    papers_counted = models.BooleanField("材料数由系统数出", default=False)
    doors = models.SmallIntegerField("承办过的单位数", default=1)
    at = models.DateTimeField("登记时间")
    by = models.UUIDField("登记人", null=True, blank=True)

    class Meta:
        verbose_name = "办事成本"
        verbose_name_plural = "办事成本"
        constraints = [
            models.CheckConstraint(
                condition=Q(pay="", fen=None)
                | Q(pay__in=["free", "aid"], fen=0)
                | Q(pay__in=["reduced", "fee"], fen__gt=0),
                name="matters_effort_pay",
            ),
            models.CheckConstraint(
                condition=(Q(visits=None) | Q(visits__gte=0))
                & (Q(papers=None) | Q(papers__gte=0))
                & Q(doors__gte=0),
                name="matters_effort_counts",
            ),
        ]
