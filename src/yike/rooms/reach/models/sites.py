"""Plans of sites: what was asked on top of a run, what the engine answered, and how sure it is."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yike.rooms.core.refs import new_id
from yike.rooms.reach import flow, questions
from yike.rooms.reach.models.circle import Run


class SitingPlan(models.Model):
    """One question about where to build: its inputs whole, the answer with its bound, tables."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county_code = models.CharField("县（市、区）", max_length=12, db_collation="C")
    name = models.CharField("名称", max_length=80)
    #: whose people, networks, stations and yardstick it rests on
    run = models.ForeignKey(Run, models.PROTECT, related_name="+", verbose_name="所依据的测算")
    question = models.CharField("问题", max_length=8, choices=list(questions.QUESTIONS.items()))
    #: limits, candidates, exclusions, costs, digests of the run
    inputs = models.JSONField("输入")
    inputs_digest = models.CharField("输入摘要", max_length=64)
    state = models.CharField("状态", max_length=10, choices=list(flow.RUN_STATES.items()))
    fault = models.CharField("原因", max_length=400, blank=True)
    tables = models.JSONField("结果表", default=dict, blank=True)
    digest = models.CharField("结果摘要", max_length=64, blank=True)
    seconds = models.FloatField("求解秒数", null=True, blank=True)
    asked_at = models.DateTimeField("提交时间")
    asked_by = models.CharField("提交人", max_length=80, blank=True)
    done_at = models.DateTimeField("完成时间", null=True, blank=True)
    repeated_at = models.DateTimeField("核对时间", null=True, blank=True)
    repeated = models.CharField("核对结果", max_length=200, blank=True)

    class Meta:
        verbose_name = "选址方案"
        verbose_name_plural = "选址方案"
        indexes = [models.Index(fields=["county_code", "-asked_at"], name="reach_siting_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=list(flow.RUN_STATES), question__in=list(questions.QUESTIONS)
                ),
                name="reach_siting_words",
            ),
        ]
