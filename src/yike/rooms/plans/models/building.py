"""What is to be built: a project per station or point, its milestones, money and acceptance."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yike.rooms.core.refs import new_id
from yike.rooms.plans import building


class Project(models.Model):
    """A station or point to be built or rebuilt; it may be planned before the station exists."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county_code = models.CharField("县（市、区）", max_length=12, db_collation="C")
    region = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", verbose_name="所在区划"
    )
    name = models.CharField("项目名称", max_length=100)
    kind = models.CharField("建设性质", max_length=8, choices=list(building.KINDS.items()))
    level = models.PositiveSmallIntegerField("站点级别", choices=list(building.LEVELS.items()))
    institution = models.ForeignKey(
        "providers.Institution", models.PROTECT, related_name="+", verbose_name="责任单位"
    )
    site = models.CharField("建设地点", max_length=200, blank=True)
    document = models.CharField("依据文件", max_length=100, blank=True)
    planned_from = models.DateField("计划开工")
    planned_until = models.DateField("计划验收")
    state = models.CharField(
        "状态", max_length=8, choices=list(building.STATES.items()), default=building.PLANNED
    )
    #: who said that it is finished: never accepts it
    finished_by = models.UUIDField("报告完工的人", null=True, blank=True)
    accepted_on = models.DateField("验收日期", null=True, blank=True)
    #: code of the station in the register, a plain value: the register lies on the same floor
    station_code = models.CharField("站点编码", max_length=40, blank=True)
    demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "建设项目"
        verbose_name_plural = "建设项目"
        constraints = [
            models.UniqueConstraint(fields=["county_code", "name"], name="plans_project_name_once"),
            models.CheckConstraint(
                condition=Q(
                    state__in=list(building.STATES), kind__in=list(building.KINDS),
                    level__in=list(building.LEVELS),
                ),
                name="plans_project_words",
            ),
            models.CheckConstraint(
                condition=Q(planned_until__gte=F("planned_from")), name="plans_project_period"
            ),
            models.CheckConstraint(
                condition=Q(state=building.ACCEPTED, accepted_on__isnull=False)
                | ~Q(state=building.ACCEPTED) & Q(accepted_on__isnull=True),
                name="plans_project_accepted",
            ),
        ]  # fmt: skip


class Milestone(models.Model):
    """One step of a project with the day it is planned for and the day it was reached."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="+", verbose_name="项目")
    name = models.CharField("里程碑", max_length=60)
    due_on = models.DateField("计划日期")
    reached_on = models.DateField("实际日期", null=True, blank=True)
    late_reason = models.CharField("逾期原因", max_length=500, blank=True)
    #: when it is to be reached now that it is late
    expected_on = models.DateField("预计日期", null=True, blank=True)
    #: how far its office was warned: see building.WARNED
    warned = models.PositiveSmallIntegerField("已提醒", default=building.UNWARNED)

    class Meta:
        verbose_name = "里程碑"
        verbose_name_plural = "里程碑"
        ordering = ["project_id", "due_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "name"], name="plans_milestone_once"),
        ]


class BudgetLine(models.Model):
    """Money for one thing from one source, in fen: planned, contracted, spent."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="+", verbose_name="项目")
    name = models.CharField("用途", max_length=60)
    source = models.CharField("资金来源", max_length=10, choices=list(building.SOURCES.items()))
    planned_fen = models.BigIntegerField("计划（分）", default=0)
    contracted_fen = models.BigIntegerField("合同（分）", default=0)
    spent_fen = models.BigIntegerField("已支出（分）", default=0)
    #: why more is contracted or spent than was planned
    over_reason = models.CharField("超计划原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "资金"
        verbose_name_plural = "资金"
        ordering = ["project_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "name", "source"], name="plans_budgetline_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    planned_fen__range=(0, building.MOST_FEN),
                    contracted_fen__range=(0, building.MOST_FEN),
                    spent_fen__range=(0, building.MOST_FEN),
                    source__in=list(building.SOURCES),
                ),
                name="plans_budgetline_money",
            ),
            models.CheckConstraint(
                condition=Q(contracted_fen__lte=F("planned_fen"), spent_fen__lte=F("planned_fen"))
                | ~Q(over_reason=""),
                name="plans_budgetline_over",
            ),
        ]


class Inspection(models.Model):
    """The county looked at a finished project: accepted it, or found what must be mended."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="+", verbose_name="项目")
    at = models.DateTimeField("时间")
    passed = models.BooleanField("通过")
    account = models.UUIDField("验收人", null=True, blank=True)
    label = models.CharField("称呼", max_length=80, blank=True)
    words = models.TextField("验收意见", max_length=2000)

    class Meta:
        verbose_name = "验收"
        verbose_name_plural = "验收"
        ordering = ["project_id", "at", "id"]


class Finding(models.Model):
    """Something an inspection found that must be mended, and how it was looked at again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="+", verbose_name="项目")
    inspection = models.ForeignKey(
        Inspection, models.CASCADE, related_name="+", verbose_name="验收"
    )
    words = models.CharField("问题", max_length=500)
    due_on = models.DateField("整改期限")
    state = models.CharField(
        "状态", max_length=8, choices=list(building.FINDING_STATES.items()),
        default=building.OPEN,
    )  # fmt: skip
    mended_on = models.DateField("整改日期", null=True, blank=True)
    mended_words = models.CharField("整改情况", max_length=500, blank=True)
    mended_by = models.UUIDField("整改人", null=True, blank=True)
    checked_on = models.DateField("复查日期", null=True, blank=True)
    checked_words = models.CharField("复查意见", max_length=500, blank=True)

    class Meta:
        verbose_name = "验收问题"
        verbose_name_plural = "验收问题"
        ordering = ["project_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(building.FINDING_STATES)), name="plans_finding_state"
            ),
        ]


class ProjectReport(models.Model):
    """What was said of a project: begun, progress, finished, faults, mended, why it is late."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="+", verbose_name="项目")
    at = models.DateTimeField("时间")
    verb = models.CharField("动作", max_length=10)
    account = models.UUIDField("报告人", null=True, blank=True)
    org = models.UUIDField("单位", null=True, blank=True)
    label = models.CharField("称呼", max_length=80, blank=True)
    words = models.TextField("内容", max_length=2000)
    late_reason = models.CharField("逾期原因", max_length=500, blank=True)

    class Meta:
        verbose_name = "项目进展"
        verbose_name_plural = "项目进展"
        ordering = ["project_id", "at", "id"]
