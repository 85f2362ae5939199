"""What stands beside a matter: rungs of broken promises, calls, ties."""

import django.db.models.deletion
from django.db import migrations, models

import yike.rooms.core.refs
from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0007_assignment"),
    ]

    operations = [
        migrations.CreateModel(
            name="Call",
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
                (
                    "kind",
                    models.CharField(
                        choices=[("contact", "联系当事人"), ("transfer", "热线转接")],
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                ("by", models.UUIDField(blank=True, null=True, verbose_name="经办人")),
                ("org", models.UUIDField(blank=True, null=True, verbose_name="单位")),
                ("label", models.CharField(blank=True, max_length=80, verbose_name="称呼")),
                ("from_line", models.CharField(blank=True, max_length=5, verbose_name="来自号码")),
                ("to_line", models.CharField(blank=True, max_length=5, verbose_name="转到号码")),
                (
                    "transfer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("blind", "直接转接"),
                            ("warm", "先说明再转接"),
                            ("three_way", "三方通话"),
                            ("callback", "承诺回拨"),
                        ],
                        max_length=10,
                        verbose_name="转接方式",
                    ),
                ),
                ("outcome", models.CharField(max_length=10, verbose_name="结果")),
                ("words", models.CharField(blank=True, max_length=500, verbose_name="说明")),
                ("call_by", models.DateTimeField(blank=True, null=True, verbose_name="承诺回电")),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.matter",
                        verbose_name="诉求",
                    ),
                ),
            ],
            options={
                "verbose_name": "通话记录",
                "verbose_name_plural": "通话记录",
            },
        ),
        migrations.CreateModel(
            name="LadderRule",
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
                ("promise_code", models.CharField(blank=True, max_length=80, verbose_name="时限")),
                ("version", models.PositiveIntegerField(verbose_name="版本")),
                ("rungs", models.JSONField(verbose_name="阶梯")),
                ("quiet_from", models.CharField(blank=True, max_length=5, verbose_name="免打扰起")),
                (
                    "quiet_until",
                    models.CharField(blank=True, max_length=5, verbose_name="免打扰止"),
                ),
                ("rest_days", models.BooleanField(default=True, verbose_name="休息日不打扰")),
                ("reason", models.CharField(max_length=200, verbose_name="修改原因")),
                ("set_at", models.DateTimeField(verbose_name="设置时间")),
                ("set_by", models.UUIDField(blank=True, null=True, verbose_name="设置人")),
            ],
            options={
                "verbose_name": "督促阶梯",
                "verbose_name_plural": "督促阶梯",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("promise_code", "version"), name="matters_ladderrule_version"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Escalation",
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
                ("clock_id", models.UUIDField(verbose_name="时钟")),
                ("purpose", models.CharField(blank=True, max_length=10, verbose_name="用途")),
                ("promise_code", models.CharField(max_length=80, verbose_name="时限")),
                ("promise_name", models.CharField(max_length=120, verbose_name="时限名称")),
                ("due_at", models.DateTimeField(verbose_name="应办时间")),
                (
                    "rung",
                    models.SmallIntegerField(
                        choices=[(1, "催办"), (2, "督办"), (3, "通报")], verbose_name="阶梯"
                    ),
                ),
                ("reached_at", models.DateTimeField(verbose_name="到达时间")),
                ("recorded_at", models.DateTimeField(verbose_name="记录时间")),
                ("rule_version", models.PositiveIntegerField(default=0, verbose_name="规则版本")),
                ("recipients", models.JSONField(default=dict, verbose_name="应通知")),
                (
                    "holder_org",
                    models.UUIDField(blank=True, null=True, verbose_name="当时承办单位"),
                ),
                ("told", models.JSONField(default=list, verbose_name="通知了谁")),
                ("told_at", models.DateTimeField(blank=True, null=True, verbose_name="通知时间")),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.matter",
                        verbose_name="诉求",
                    ),
                ),
            ],
            options={
                "verbose_name": "督促记录",
                "verbose_name_plural": "督促记录",
                "indexes": [models.Index(fields=["reached_at"], name="matters_escalation_at")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("clock_id", "due_at", "rung"), name="matters_escalation_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rung__in", [1, 2, 3])), name="matters_escalation_rung"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Link",
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
                    "tie",
                    models.CharField(
                        choices=[
                            ("same", "疑似重复"),
                            ("related", "相关"),
                            ("person", "同一人的其他事"),
                        ],
                        max_length=8,
                        verbose_name="关系",
                    ),
                ),
                ("reason", models.CharField(max_length=500, verbose_name="原因")),
                ("score", models.SmallIntegerField(blank=True, null=True, verbose_name="相近度")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("by", models.UUIDField(blank=True, null=True, verbose_name="经办人")),
                ("label", models.CharField(blank=True, max_length=80, verbose_name="称呼")),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.matter",
                        verbose_name="诉求",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.matter",
                        verbose_name="另一件",
                    ),
                ),
            ],
            options={
                "verbose_name": "关联",
                "verbose_name_plural": "关联",
                "constraints": [
                    models.UniqueConstraint(fields=("matter", "other"), name="matters_link_once"),
                    models.CheckConstraint(
                        condition=models.Q(("matter", models.F("other")), _negated=True),
                        name="matters_link_two",
                    ),
                ],
            },
        ),
        rows.install("matters", "rows_beside.sql"),
    ]
