"""Task forces (工作专班), their members, their task lists (任务清单) and what was reported."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from yike.rooms.core.refs import new_id
from yike.rooms.plans import flow


class TaskForce(models.Model):
    """A group of officials that answers for a list of tasks in one county."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county_code = models.CharField("县（市、区）", max_length=12, db_collation="C")
    name = models.CharField("名称", max_length=100)
    document = models.CharField("依据文件", max_length=100, blank=True)
    founded_on = models.DateField("成立日期")
    ended_on = models.DateField("撤销日期", null=True, blank=True)
    demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "工作专班"
        verbose_name_plural = "工作专班"
        constraints = [
            models.UniqueConstraint(
                fields=["county_code", "name"], name="plans_taskforce_name_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("founded_on")),
                name="plans_taskforce_period",
            ),
        ]


class Member(models.Model):
    """Somebody's part in a task force, from a day until a day (exclusive)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    task_force = models.ForeignKey(
        TaskForce, models.CASCADE, related_name="+", verbose_name="工作专班"
    )
    part = models.CharField("职责", max_length=8, choices=list(flow.PARTS.items()))
    name = models.CharField("姓名", max_length=40)
    title = models.CharField("职务", max_length=80, blank=True)
    account = models.UUIDField("账号", null=True, blank=True)
    active_from = models.DateField("起")
    active_until = models.DateField("止（不含）", null=True, blank=True)
    reason = models.CharField("变动原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "专班成员"
        verbose_name_plural = "专班成员"
        constraints = [
            models.UniqueConstraint(
                fields=["task_force"],
                condition=Q(part="leader", active_until__isnull=True),
                name="plans_member_one_leader",
            )
        ]


class Task(models.Model):
    """One line of a task list; its responsible departments are rows, not text."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    task_force = models.ForeignKey(
        TaskForce, models.CASCADE, related_name="+", verbose_name="工作专班"
    )
    no = models.PositiveSmallIntegerField("序号")
    goal = models.CharField("一级指标", max_length=100)
    measure = models.CharField("二级指标", max_length=100, blank=True)
    title = models.CharField("任务", max_length=100)
    content = ArrayField(models.CharField(max_length=500), verbose_name="建设内容")
    due_on = models.DateField("完成时限", null=True, blank=True)
    state = models.CharField(
        "状态", max_length=8, choices=list(flow.STATES.items()), default=flow.OPEN
    )
    percent = models.PositiveSmallIntegerField("完成百分比", default=0)
    reported_by = models.UUIDField("报告人", null=True, blank=True)
    #: what it came from, when another room asked for it: kind, id, and which point of it
    about = models.CharField("来自", max_length=20, blank=True)
    subject = models.CharField("来自哪一件", max_length=40, blank=True)
    point = models.CharField("哪一条", max_length=40, blank=True)

    class Meta:
        verbose_name = "任务"
        verbose_name_plural = "任务"
        constraints = [
            models.UniqueConstraint(fields=["task_force", "no"], name="plans_task_no_once"),
            models.UniqueConstraint(
                fields=["about", "subject", "point"],
                condition=~Q(about="") & ~Q(state="stopped"),
                name="plans_task_point_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=list(flow.STATES), percent__lte=100), name="plans_task_state"
            ),
        ]


class TaskDepartment(models.Model):
    """A department that answers for a task: one institution, or all of one kind (各司法所)."""

    id = models.BigAutoField(primary_key=True)
    task = models.ForeignKey(Task, models.CASCADE, related_name="+", verbose_name="任务")
    name = models.CharField("责任科室（所）", max_length=60)
    institution = models.ForeignKey(
        "providers.Institution",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="机构",
    )
    institution_kind = models.CharField("机构类别", max_length=24, blank=True)

    class Meta:
        verbose_name = "责任科室"
        verbose_name_plural = "责任科室"
        constraints = [
            models.UniqueConstraint(fields=["task", "name"], name="plans_department_once")
        ]


class TaskReport(models.Model):
    """What was said of a task: progress, done, verified, sent back, why it is late."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    task = models.ForeignKey(Task, models.CASCADE, related_name="+", verbose_name="任务")
    at = models.DateTimeField("时间")
    verb = models.CharField("动作", max_length=10)
    account = models.UUIDField("报告人", null=True, blank=True)
    org = models.UUIDField("单位", null=True, blank=True)
    label = models.CharField("称呼", max_length=80, blank=True)
    words = models.TextField("内容", max_length=2000)
    late_reason = models.CharField("超期原因", max_length=500, blank=True)
    percent = models.PositiveSmallIntegerField("完成百分比")

    class Meta:
        verbose_name = "任务进展"
        verbose_name_plural = "任务进展"


class TaskStep(models.Model):
    """A step of a task: the measure it carries out, from when until when, when done."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    task = models.ForeignKey(Task, models.CASCADE, related_name="+", verbose_name="任务")
    no = models.PositiveSmallIntegerField("序号")
    measure = models.CharField("落实措施", max_length=200)
    words = models.CharField("工作步骤", max_length=500, blank=True)
    from_on = models.DateField("开始日期")
    due_on = models.DateField("完成日期")
    done_on = models.DateField("实际完成", null=True, blank=True)
    late_reason = models.CharField("超期原因", max_length=500, blank=True)

    class Meta:
        verbose_name = "任务步骤"
        verbose_name_plural = "任务步骤"
        ordering = ["task_id", "no"]
        constraints = [
            models.UniqueConstraint(fields=["task", "no"], name="plans_step_no_once"),
            models.CheckConstraint(
                condition=Q(due_on__gte=models.F("from_on")), name="plans_step_period"
            ),
        ]
