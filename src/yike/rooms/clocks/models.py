"""Tables: calendars and their versions, promises and their versions, clocks and their pauses."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yike.rooms.core.refs import new_id

UNITS = {
    "minutes": "工作分钟",
    "hours": "工作小时",
    "elapsed_minutes": "分钟",
    "elapsed_hours": "小时",
    "working_days": "工作日",
    "calendar_days": "日",
    "months": "个月",
    "years": "年",
}
PURPOSES = {
    "": "办理",
    "sign": "签收",
    "first": "首次联系",
    "next": "下一步办理",
    "finish": "办结",
    "callback": "回电",
}
DAY_ENDS = {"work": "当日下班时", "midnight": "当日二十四时"}


class Calendar(models.Model):
    """When an office works; its content is in its versions."""

    code = models.CharField("代码", max_length=40, primary_key=True)
    name = models.CharField("名称", max_length=80)
    current = models.ForeignKey(
        "clocks.CalendarVersion",
        models.PROTECT,
        verbose_name="现行版本",
        null=True,
        related_name="+",
    )

    class Meta:
        verbose_name = "工作日历"
        verbose_name_plural = verbose_name


class CalendarVersion(models.Model):
    """One state of a calendar, never changed afterwards: clocks point at it."""

    id = models.UUIDField("标识", primary_key=True, default=new_id)
    calendar = models.ForeignKey(
        "clocks.Calendar", models.PROTECT, verbose_name="日历", related_name="+"
    )
    version = models.PositiveIntegerField("版本")
    #: plain values of engines.worktime: week, holidays, make-up days, closures, openings
    facts = models.JSONField("内容")
    #: what a day is called: {"2026-10-01": "国庆节"}
    day_names = models.JSONField("日期名称", default=dict)
    known_until = models.DateField("放假通知公布至", null=True)
    reason = models.CharField("变更原因", max_length=200)
    made_at = models.DateTimeField("生成时间")

    class Meta:
        verbose_name = "日历版本"
        verbose_name_plural = verbose_name
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "version"], name="clocks_calendarversion_once"
            ),
            models.CheckConstraint(
                condition=Q(version__gte=1), name="clocks_calendarversion_from_one"
            ),
        ]


class Closure(models.Model):
    """Nobody works from one instant until another: a typhoon, no ferry."""

    id = models.UUIDField("标识", primary_key=True, default=new_id)
    calendar = models.ForeignKey(
        "clocks.Calendar", models.PROTECT, verbose_name="日历", related_name="+"
    )
    starts_at = models.DateTimeField("起")
    ends_at = models.DateTimeField("止")
    reason = models.CharField("原因", max_length=200)
    made_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "停班"
        verbose_name_plural = verbose_name
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")), name="clocks_closure_order"
            ),
            models.UniqueConstraint(
                fields=["calendar", "starts_at", "ends_at"], name="clocks_closure_once"
            ),
        ]


class Promise(models.Model):
    """How long something may take: one version of it, never changed but for its end."""

    id = models.UUIDField("标识", primary_key=True, default=new_id)
    code = models.CharField("代码", max_length=80)
    version = models.PositiveIntegerField("版本")
    name = models.CharField("名称", max_length=120)
    amount = models.PositiveIntegerField("数量")
    unit = models.CharField("单位", max_length=20, choices=UNITS.items())
    day_end = models.CharField("当日截止", max_length=10, choices=DAY_ENDS.items(), default="work")
    calendar = models.ForeignKey(
        "clocks.Calendar", models.PROTECT, verbose_name="日历", related_name="+"
    )
    #: yellow when this percentage of the time is used (empty: never)
    near_percent = models.PositiveSmallIntegerField("用去百分之几时黄色预警", default=50, null=True)
    #: orange: warn when this percentage of the time is used, and/or so many minutes before the end
    warn_percent = models.PositiveSmallIntegerField("用去百分之几时提醒", null=True)
    warn_before_minutes = models.PositiveIntegerField("届满前多少分钟提醒", null=True)
    #: by how much (same unit) it may be extended, once; 0: not at all
    extend_amount = models.PositiveIntegerField("可延长", default=0)
    statutory = models.BooleanField("法定", default=False)
    basis = models.CharField("依据", max_length=300, blank=True)
    article = models.CharField("条文", max_length=80, blank=True)
    verified_on = models.DateField("核对日期", null=True)
    active_from = models.DateField("生效")
    active_until = models.DateField("失效", null=True)

    class Meta:
        verbose_name = "时限"
        verbose_name_plural = verbose_name
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="clocks_promise_once"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(active_until=None), name="clocks_promise_one_open"
            ),
            models.CheckConstraint(condition=Q(unit__in=list(UNITS)), name="clocks_promise_unit"),
            models.CheckConstraint(
                condition=Q(day_end__in=list(DAY_ENDS)), name="clocks_promise_day_end"
            ),
            models.CheckConstraint(
                condition=Q(warn_percent=None) | Q(warn_percent__range=(1, 100)),
                name="clocks_promise_warn_percent",
            ),
            models.CheckConstraint(
                condition=Q(near_percent=None) | Q(near_percent__range=(1, 100)),
                name="clocks_promise_near_percent",
            ),
            models.CheckConstraint(
                condition=Q(active_until=None) | Q(active_until__gte=F("active_from")),
                name="clocks_promise_period",
            ),
            models.CheckConstraint(
                condition=Q(statutory=False) | ~Q(article=""), name="clocks_promise_article"
            ),
        ]


#: how a due instant came to be moved
RECALCULATED = {"extended": "延期", "policy": "按现行时限和日历重算", "holidays": "放假安排公布"}
RUNNING = Q(stopped_at=None, paused_at=None)


class Clock(models.Model):
    """One promise made for one thing, frozen with the policy and the calendar of that moment."""

    id = models.UUIDField("标识", primary_key=True, default=new_id)
    subject_kind = models.CharField("对象类别", max_length=40)
    subject_id = models.UUIDField("对象")
    region_code = models.CharField("区划", max_length=12, db_collation="C")
    promise = models.ForeignKey(
        "clocks.Promise", models.PROTECT, verbose_name="时限", related_name="+"
    )
    calendar_version = models.ForeignKey(
        "clocks.CalendarVersion", models.PROTECT, verbose_name="日历版本", related_name="+"
    )
    #: which of the promises made for a thing this is (PURPOSES); "" for the only one
    purpose = models.CharField("用途", max_length=10, choices=PURPOSES.items(), default="")
    started_at = models.DateTimeField("起算")
    due_at = models.DateTimeField("到期")
    near_at = models.DateTimeField("黄色预警时间", null=True)
    warn_at = models.DateTimeField("提醒时间", null=True)
    beyond_known = models.BooleanField("超出已公布的放假通知", default=False)
    extended_by = models.PositiveIntegerField("已延长", default=0)
    #: how often it began anew: each step of the office renews the promise of the next one
    restarts = models.PositiveIntegerField("重新起算次数", default=0)
    paused_at = models.DateTimeField("中止", null=True)
    stopped_at = models.DateTimeField("办结", null=True)
    neared_at = models.DateTimeField("已黄色预警", null=True)
    warned_at = models.DateTimeField("已提醒", null=True)
    broken_at = models.DateTimeField("已超期", null=True)

    class Meta:
        verbose_name = "时钟"
        verbose_name_plural = verbose_name
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="clocks_clock_subject"),
            models.Index(
                fields=["near_at"],
                condition=RUNNING & Q(neared_at=None, near_at__isnull=False),
                name="clocks_clock_to_near",
            ),
            models.Index(
                fields=["warn_at"],
                condition=RUNNING & Q(warned_at=None, warn_at__isnull=False),
                name="clocks_clock_to_warn",
            ),
            models.Index(
                fields=["due_at"], condition=RUNNING & Q(broken_at=None), name="clocks_clock_to_due"
            ),
            models.Index(
                fields=["region_code", "due_at"], condition=RUNNING, name="clocks_clock_running"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "promise", "purpose"],
                condition=Q(stopped_at=None),
                name="clocks_clock_one_running",
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=list(PURPOSES)), name="clocks_clock_purpose"
            ),
            models.CheckConstraint(
                condition=Q(due_at__gte=F("started_at")), name="clocks_clock_due_after_start"
            ),
            models.CheckConstraint(
                condition=Q(warn_at=None) | Q(warn_at__lte=F("due_at")),
                name="clocks_clock_warn_before_due",
            ),
            models.CheckConstraint(
                condition=Q(near_at=None) | Q(near_at__lte=F("due_at")),
                name="clocks_clock_near_before_due",
            ),
            models.CheckConstraint(
                condition=Q(paused_at=None) | Q(stopped_at=None), name="clocks_clock_one_state"
            ),
            models.CheckConstraint(
                condition=(Q(paused_at=None) | Q(paused_at__gte=F("started_at")))
                & (Q(stopped_at=None) | Q(stopped_at__gte=F("started_at"))),
                name="clocks_clock_after_start",
            ),
        ]


class ClockPause(models.Model):
    """A clock stood still; it still does when `resumed_at` is empty."""

    id = models.UUIDField("标识", primary_key=True, default=new_id)
    clock = models.ForeignKey("clocks.Clock", models.CASCADE, verbose_name="时钟", related_name="+")
    paused_at = models.DateTimeField("中止")
    resumed_at = models.DateTimeField("恢复", null=True)
    reason = models.CharField("原因", max_length=200)

    class Meta:
        verbose_name = "中止记录"
        verbose_name_plural = verbose_name
        constraints = [
            models.UniqueConstraint(
                fields=["clock"], condition=Q(resumed_at=None), name="clocks_clockpause_one_open"
            ),
            models.CheckConstraint(
                condition=Q(resumed_at=None) | Q(resumed_at__gte=F("paused_at")),
                name="clocks_clockpause_order",
            ),
        ]


class Recalculation(models.Model):
    """A due instant was moved by a deed: why, from where to where, by which policy and calendar."""

    id = models.UUIDField("标识", primary_key=True, default=new_id)
    clock = models.ForeignKey("clocks.Clock", models.CASCADE, verbose_name="时钟", related_name="+")
    at = models.DateTimeField("时间")
    kind = models.CharField("方式", max_length=10, choices=RECALCULATED.items())
    reason = models.CharField("原因", max_length=500)
    former_due_at = models.DateTimeField("原到期")
    due_at = models.DateTimeField("新到期")
    former_promise = models.ForeignKey(
        "clocks.Promise", models.PROTECT, verbose_name="原时限版本", related_name="+"
    )
    promise = models.ForeignKey(
        "clocks.Promise", models.PROTECT, verbose_name="时限版本", related_name="+"
    )
    former_calendar = models.ForeignKey(
        "clocks.CalendarVersion", models.PROTECT, verbose_name="原日历版本", related_name="+"
    )
    calendar = models.ForeignKey(
        "clocks.CalendarVersion", models.PROTECT, verbose_name="日历版本", related_name="+"
    )
    extended_by = models.PositiveIntegerField("延长", default=0)
    by = models.UUIDField("办理人", null=True)
    label = models.CharField("称呼", max_length=80, blank=True)

    class Meta:
        verbose_name = "时限重算"
        verbose_name_plural = verbose_name
        indexes = [models.Index(fields=["clock", "at"], name="clocks_recalculation_of")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=list(RECALCULATED)), name="clocks_recalculation_kind"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="clocks_recalculation_reason"),
        ]
