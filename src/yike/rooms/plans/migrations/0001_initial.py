import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import yike.rooms.core.refs


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("providers", "0003_write_rows"),
    ]

    operations = [
        migrations.CreateModel(
            name="TaskForce",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=yike.rooms.core.refs.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "county_code",
                    models.CharField(db_collation="C", max_length=12, verbose_name="县（市、区）"),
                ),
                ("name", models.CharField(max_length=100, verbose_name="名称")),
                ("document", models.CharField(blank=True, max_length=100, verbose_name="依据文件")),
                ("founded_on", models.DateField(verbose_name="成立日期")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="撤销日期")),
                ("demo", models.BooleanField(default=False, verbose_name="演示数据")),
            ],
            options={
                "verbose_name": "工作专班",
                "verbose_name_plural": "工作专班",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("county_code", "name"), name="plans_taskforce_name_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("ended_on__gte", models.F("founded_on")),
                            _connector="OR",
                        ),
                        name="plans_taskforce_period",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=yike.rooms.core.refs.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("no", models.PositiveSmallIntegerField(verbose_name="序号")),
                ("goal", models.CharField(max_length=100, verbose_name="一级指标")),
                ("measure", models.CharField(blank=True, max_length=100, verbose_name="二级指标")),
                ("title", models.CharField(max_length=100, verbose_name="任务")),
                (
                    "content",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=500),
                        size=None,
                        verbose_name="建设内容",
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="完成时限")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "未开始"),
                            ("doing", "推进中"),
                            ("reported", "待核验"),
                            ("done", "已完成"),
                            ("stopped", "已终止"),
                        ],
                        default="open",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("percent", models.PositiveSmallIntegerField(default=0, verbose_name="完成百分比")),
                ("reported_by", models.UUIDField(blank=True, null=True, verbose_name="报告人")),
                (
                    "task_force",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="plans.taskforce",
                        verbose_name="工作专班",
                    ),
                ),
            ],
            options={
                "verbose_name": "任务",
                "verbose_name_plural": "任务",
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=yike.rooms.core.refs.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[("leader", "组长"), ("deputy", "副组长"), ("member", "组员")],
                        max_length=8,
                        verbose_name="职责",
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="姓名")),
                ("title", models.CharField(blank=True, max_length=80, verbose_name="职务")),
                ("account", models.UUIDField(blank=True, null=True, verbose_name="账号")),
                ("active_from", models.DateField(verbose_name="起")),
                (
                    "active_until",
                    models.DateField(blank=True, null=True, verbose_name="止（不含）"),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="变动原因")),
                (
                    "task_force",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="plans.taskforce",
                        verbose_name="工作专班",
                    ),
                ),
            ],
            options={
                "verbose_name": "专班成员",
                "verbose_name_plural": "专班成员",
            },
        ),
        migrations.CreateModel(
            name="TaskReport",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=yike.rooms.core.refs.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("verb", models.CharField(max_length=10, verbose_name="动作")),
                ("account", models.UUIDField(blank=True, null=True, verbose_name="报告人")),
                ("org", models.UUIDField(blank=True, null=True, verbose_name="单位")),
                ("label", models.CharField(blank=True, max_length=80, verbose_name="称呼")),
                ("words", models.TextField(max_length=2000, verbose_name="内容")),
                (
                    "late_reason",
                    models.CharField(blank=True, max_length=500, verbose_name="超期原因"),
                ),
                ("percent", models.PositiveSmallIntegerField(verbose_name="完成百分比")),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="plans.task",
                        verbose_name="任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "任务进展",
                "verbose_name_plural": "任务进展",
            },
        ),
        migrations.CreateModel(
            name="TaskDepartment",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=60, verbose_name="责任科室（所）")),
                (
                    "institution_kind",
                    models.CharField(blank=True, max_length=24, verbose_name="机构类别"),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="providers.institution",
                        verbose_name="机构",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="plans.task",
                        verbose_name="任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "责任科室",
                "verbose_name_plural": "责任科室",
                "constraints": [
                    models.UniqueConstraint(fields=("task", "name"), name="plans_department_once")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.UniqueConstraint(
                fields=("task_force", "no"), name="plans_task_no_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("percent__lte", 100),
                    ("state__in", ["open", "doing", "reported", "done", "stopped"]),
                ),
                name="plans_task_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.UniqueConstraint(
                condition=models.Q(("active_until__isnull", True), ("part", "leader")),
                fields=("task_force",),
                name="plans_member_one_leader",
            ),
        ),
    ]
