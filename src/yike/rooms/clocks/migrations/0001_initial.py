import django.db.models.deletion
from django.db import migrations, models

import yike.rooms.core.refs


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Calendar",
            fields=[
                (
                    "code",
                    models.CharField(
                        max_length=40, primary_key=True, serialize=False, verbose_name="代码"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="名称")),
            ],
            options={
                "verbose_name": "工作日历",
                "verbose_name_plural": "工作日历",
            },
        ),
        migrations.CreateModel(
            name="CalendarVersion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=yike.rooms.core.refs.new_id,
                        primary_key=True,
                        serialize=False,
                        verbose_name="标识",
                    ),
                ),
                ("version", models.PositiveIntegerField(verbose_name="版本")),
                ("facts", models.JSONField(verbose_name="内容")),
                ("day_names", models.JSONField(default=dict, verbose_name="日期名称")),
                ("known_until", models.DateField(null=True, verbose_name="放假通知公布至")),
                ("reason", models.CharField(max_length=200, verbose_name="变更原因")),
                ("made_at", models.DateTimeField(verbose_name="生成时间")),
                (
                    "calendar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clocks.calendar",
                        verbose_name="日历",
                    ),
                ),
            ],
            options={
                "verbose_name": "日历版本",
                "verbose_name_plural": "日历版本",
            },
        ),
        migrations.AddField(
            model_name="calendar",
            name="current",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="clocks.calendarversion",
                verbose_name="现行版本",
            ),
        ),
        migrations.CreateModel(
            name="Clock",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=yike.rooms.core.refs.new_id,
                        primary_key=True,
                        serialize=False,
                        verbose_name="标识",
                    ),
                ),
                ("subject_kind", models.CharField(max_length=40, verbose_name="对象类别")),
                ("subject_id", models.UUIDField(verbose_name="对象")),
                (
                    "region_code",
                    models.CharField(db_collation="C", max_length=12, verbose_name="区划"),
                ),
                ("started_at", models.DateTimeField(verbose_name="起算")),
                ("due_at", models.DateTimeField(verbose_name="到期")),
                ("near_at", models.DateTimeField(null=True, verbose_name="黄色预警时间")),
                ("warn_at", models.DateTimeField(null=True, verbose_name="提醒时间")),
                (
                    "beyond_known",
                    models.BooleanField(default=False, verbose_name="超出已公布的放假通知"),
                ),
                ("extended_by", models.PositiveIntegerField(default=0, verbose_name="已延长")),
                ("paused_at", models.DateTimeField(null=True, verbose_name="中止")),
                ("stopped_at", models.DateTimeField(null=True, verbose_name="办结")),
                ("neared_at", models.DateTimeField(null=True, verbose_name="已黄色预警")),
                ("warned_at", models.DateTimeField(null=True, verbose_name="已提醒")),
                ("broken_at", models.DateTimeField(null=True, verbose_name="已超期")),
                (
                    "calendar_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clocks.calendarversion",
                        verbose_name="日历版本",
                    ),
                ),
            ],
            options={
                "verbose_name": "时钟",
                "verbose_name_plural": "时钟",
            },
        ),
        migrations.CreateModel(
            name="ClockPause",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=yike.rooms.core.refs.new_id,
                        primary_key=True,
                        serialize=False,
                        verbose_name="标识",
                    ),
                ),
                ("paused_at", models.DateTimeField(verbose_name="中止")),
                ("resumed_at", models.DateTimeField(null=True, verbose_name="恢复")),
                ("reason", models.CharField(max_length=200, verbose_name="原因")),
                (
                    "clock",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="clocks.clock",
                        verbose_name="时钟",
                    ),
                ),
            ],
            options={
                "verbose_name": "中止记录",
                "verbose_name_plural": "中止记录",
            },
        ),
        migrations.CreateModel(
            name="Closure",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=yike.rooms.core.refs.new_id,
                        primary_key=True,
                        serialize=False,
                        verbose_name="标识",
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="起")),
                ("ends_at", models.DateTimeField(verbose_name="止")),
                ("reason", models.CharField(max_length=200, verbose_name="原因")),
                ("made_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "calendar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clocks.calendar",
                        verbose_name="日历",
                    ),
                ),
            ],
            options={
                "verbose_name": "停班",
                "verbose_name_plural": "停班",
            },
        ),
        migrations.CreateModel(
            name="Promise",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=yike.rooms.core.refs.new_id,
                        primary_key=True,
                        serialize=False,
                        verbose_name="标识",
                    ),
                ),
                ("code", models.CharField(max_length=80, verbose_name="代码")),
                ("version", models.PositiveIntegerField(verbose_name="版本")),
                ("name", models.CharField(max_length=120, verbose_name="名称")),
                ("amount", models.PositiveIntegerField(verbose_name="数量")),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("minutes", "工作分钟"),
                            ("hours", "工作小时"),
                            ("elapsed_minutes", "分钟"),
                            ("elapsed_hours", "小时"),
                            ("working_days", "工作日"),
                            ("calendar_days", "日"),
                            ("months", "个月"),
                            ("years", "年"),
                        ],
                        max_length=20,
                        verbose_name="单位",
                    ),
                ),
                (
                    "day_end",
                    models.CharField(
                        choices=[("work", "当日下班时"), ("midnight", "当日二十四时")],
                        default="work",
                        max_length=10,
                        verbose_name="当日截止",
                    ),
                ),
                (
                    "near_percent",
                    models.PositiveSmallIntegerField(
                        default=50, null=True, verbose_name="用去百分之几时黄色预警"
                    ),
                ),
                (
                    "warn_percent",
                    models.PositiveSmallIntegerField(null=True, verbose_name="用去百分之几时提醒"),
                ),
                (
                    "warn_before_minutes",
                    models.PositiveIntegerField(null=True, verbose_name="届满前多少分钟提醒"),
                ),
                ("extend_amount", models.PositiveIntegerField(default=0, verbose_name="可延长")),
                ("statutory", models.BooleanField(default=False, verbose_name="法定")),
                ("basis", models.CharField(blank=True, max_length=300, verbose_name="依据")),
                ("article", models.CharField(blank=True, max_length=80, verbose_name="条文")),
                ("verified_on", models.DateField(null=True, verbose_name="核对日期")),
                ("active_from", models.DateField(verbose_name="生效")),
                ("active_until", models.DateField(null=True, verbose_name="失效")),
                (
                    "calendar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clocks.calendar",
                        verbose_name="日历",
                    ),
                ),
            ],
            options={
                "verbose_name": "时限",
                "verbose_name_plural": "时限",
            },
        ),
        migrations.AddField(
            model_name="clock",
            name="promise",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="clocks.promise",
                verbose_name="时限",
            ),
        ),
        migrations.AddConstraint(
            model_name="calendarversion",
            constraint=models.UniqueConstraint(
                fields=("calendar", "version"), name="clocks_calendarversion_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="calendarversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("version__gte", 1)), name="clocks_calendarversion_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="clockpause",
            constraint=models.UniqueConstraint(
                condition=models.Q(("resumed_at", None)),
                fields=("clock",),
                name="clocks_clockpause_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="clockpause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("resumed_at", None),
                    ("resumed_at__gte", models.F("paused_at")),
                    _connector="OR",
                ),
                name="clocks_clockpause_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="closure",
            constraint=models.CheckConstraint(
                condition=models.Q(("starts_at__lt", models.F("ends_at"))),
                name="clocks_closure_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="closure",
            constraint=models.UniqueConstraint(
                fields=("calendar", "starts_at", "ends_at"), name="clocks_closure_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.UniqueConstraint(
                fields=("code", "version"), name="clocks_promise_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.UniqueConstraint(
                condition=models.Q(("active_until", None)),
                fields=("code",),
                name="clocks_promise_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "unit__in",
                        [
                            "minutes",
                            "hours",
                            "elapsed_minutes",
                            "elapsed_hours",
                            "working_days",
                            "calendar_days",
                            "months",
                            "years",
                        ],
                    )
                ),
                name="clocks_promise_unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(("day_end__in", ["work", "midnight"])),
                name="clocks_promise_day_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("warn_percent", None), ("warn_percent__range", (1, 100)), _connector="OR"
                ),
                name="clocks_promise_warn_percent",
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("near_percent", None), ("near_percent__range", (1, 100)), _connector="OR"
                ),
                name="clocks_promise_near_percent",
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("active_until", None),
                    ("active_until__gte", models.F("active_from")),
                    _connector="OR",
                ),
                name="clocks_promise_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("statutory", False), models.Q(("article", ""), _negated=True), _connector="OR"
                ),
                name="clocks_promise_article",
            ),
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(fields=["subject_kind", "subject_id"], name="clocks_clock_subject"),
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                condition=models.Q(
                    ("paused_at", None),
                    ("stopped_at", None),
                    ("near_at__isnull", False),
                    ("neared_at", None),
                ),
                fields=["near_at"],
                name="clocks_clock_to_near",
            ),
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                condition=models.Q(
                    ("paused_at", None),
                    ("stopped_at", None),
                    ("warn_at__isnull", False),
                    ("warned_at", None),
                ),
                fields=["warn_at"],
                name="clocks_clock_to_warn",
            ),
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                condition=models.Q(("paused_at", None), ("stopped_at", None), ("broken_at", None)),
                fields=["due_at"],
                name="clocks_clock_to_due",
            ),
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                condition=models.Q(("paused_at", None), ("stopped_at", None)),
                fields=["region_code", "due_at"],
                name="clocks_clock_running",
            ),
        ),
        migrations.AddConstraint(
            model_name="clock",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stopped_at", None)),
                fields=("subject_kind", "subject_id", "promise"),
                name="clocks_clock_one_running",
            ),
        ),
        migrations.AddConstraint(
            model_name="clock",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_at__gte", models.F("started_at"))),
                name="clocks_clock_due_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="clock",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("warn_at", None), ("warn_at__lte", models.F("due_at")), _connector="OR"
                ),
                name="clocks_clock_warn_before_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="clock",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("near_at", None), ("near_at__lte", models.F("due_at")), _connector="OR"
                ),
                name="clocks_clock_near_before_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="clock",
            constraint=models.CheckConstraint(
                condition=models.Q(("paused_at", None), ("stopped_at", None), _connector="OR"),
                name="clocks_clock_one_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="clock",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("paused_at", None),
                        ("paused_at__gte", models.F("started_at")),
                        _connector="OR",
                    ),
                    models.Q(
                        ("stopped_at", None),
                        ("stopped_at__gte", models.F("started_at")),
                        _connector="OR",
                    ),
                ),
                name="clocks_clock_after_start",
            ),
        ),
    ]
