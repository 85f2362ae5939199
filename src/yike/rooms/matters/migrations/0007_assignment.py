"""Who takes an order: decisions, shares, weights, rules, other sides; and who sees them."""

import django.db.models.deletion
from django.db import migrations, models

import yike.rooms.core.refs
from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0006_flow"),
        ("people", "0004_grant_confirmed"),
    ]

    operations = [
        migrations.CreateModel(
            name="AssignmentPolicy",
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
                    models.CharField(db_collation="C", max_length=12, verbose_name="县"),
                ),
                ("version", models.PositiveIntegerField(verbose_name="版本")),
                ("content", models.JSONField(verbose_name="内容")),
                ("reason", models.CharField(max_length=200, verbose_name="修改原因")),
                ("set_at", models.DateTimeField(verbose_name="设置时间")),
                ("set_by", models.UUIDField(blank=True, null=True, verbose_name="设置人")),
                (
                    "set_label",
                    models.CharField(blank=True, max_length=80, verbose_name="设置人称呼"),
                ),
            ],
            options={
                "verbose_name": "指派规则",
                "verbose_name_plural": "指派规则",
            },
        ),
        migrations.CreateModel(
            name="AssignmentRecord",
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
                    "county_code",
                    models.CharField(db_collation="C", max_length=12, verbose_name="县"),
                ),
                ("policy_version", models.PositiveIntegerField(verbose_name="规则版本")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("best", "按建议第一名"),
                            ("override", "人工改选"),
                            ("fallback", "无人可派，交兜底岗位"),
                            ("nobody", "无人可派，待派单员处理"),
                        ],
                        max_length=10,
                        verbose_name="方式",
                    ),
                ),
                ("pool", models.PositiveIntegerField(verbose_name="可派人数")),
                ("out", models.JSONField(default=dict, verbose_name="不能派的人数")),
                ("top", models.JSONField(default=list, verbose_name="前几名和理由")),
                ("place", models.PositiveIntegerField(default=0, verbose_name="名次")),
                ("org", models.UUIDField(blank=True, null=True, verbose_name="承办单位")),
                ("account", models.UUIDField(blank=True, null=True, verbose_name="承办人")),
                (
                    "chosen_name",
                    models.CharField(blank=True, max_length=60, verbose_name="承办人姓名"),
                ),
                (
                    "override_reason",
                    models.CharField(blank=True, max_length=500, verbose_name="改选理由"),
                ),
                ("by_account", models.UUIDField(blank=True, null=True, verbose_name="经办人")),
                (
                    "by_label",
                    models.CharField(blank=True, max_length=80, verbose_name="经办人称呼"),
                ),
            ],
            options={
                "verbose_name": "指派记录",
                "verbose_name_plural": "指派记录",
            },
        ),
        migrations.CreateModel(
            name="AssignmentShare",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "county_code",
                    models.CharField(db_collation="C", max_length=12, verbose_name="县"),
                ),
                ("policy_version", models.PositiveIntegerField(verbose_name="规则版本")),
                ("account", models.UUIDField(verbose_name="账号")),
                ("expected", models.FloatField(default=0, verbose_name="应接件数")),
                ("received", models.PositiveIntegerField(default=0, verbose_name="已接件数")),
            ],
            options={
                "verbose_name": "接单份额",
                "verbose_name_plural": "接单份额",
            },
        ),
        migrations.CreateModel(
            name="AssignmentWeight",
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
                ("account", models.UUIDField(db_index=True, verbose_name="账号")),
                ("percent", models.PositiveSmallIntegerField(verbose_name="份额（%）")),
                ("active_from", models.DateField(verbose_name="起")),
                (
                    "active_until",
                    models.DateField(blank=True, null=True, verbose_name="止（不含）"),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="依据")),
                (
                    "source",
                    models.CharField(
                        blank=True, max_length=60, null=True, unique=True, verbose_name="来源"
                    ),
                ),
                ("set_at", models.DateTimeField(verbose_name="设置时间")),
            ],
            options={
                "verbose_name": "派单权重",
                "verbose_name_plural": "派单权重",
            },
        ),
        migrations.CreateModel(
            name="Side",
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
                        choices=[
                            ("opponent", "对方当事人"),
                            ("co_accused", "同案人（刑事）"),
                            ("case", "刑事案件编号（同案）"),
                        ],
                        max_length=10,
                        verbose_name="身份",
                    ),
                ),
                ("name_mask", models.CharField(max_length=80, verbose_name="掩码")),
                (
                    "name_index",
                    models.CharField(blank=True, max_length=64, verbose_name="姓名盲索引"),
                ),
                (
                    "phone_index",
                    models.CharField(blank=True, max_length=64, verbose_name="电话盲索引"),
                ),
                (
                    "id_index",
                    models.CharField(blank=True, max_length=64, verbose_name="证件盲索引"),
                ),
                (
                    "case_index",
                    models.CharField(blank=True, max_length=64, verbose_name="案号盲索引"),
                ),
                ("noted_at", models.DateTimeField(verbose_name="登记时间")),
                ("noted_by", models.UUIDField(blank=True, null=True, verbose_name="登记人")),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="撤回时间"),
                ),
            ],
            options={
                "verbose_name": "对方当事人",
                "verbose_name_plural": "对方当事人",
            },
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(
                    ("holder_account__isnull", False),
                    ("state__in", ["10", "20", "21", "22", "23", "30", "33", "34", "40", "50"]),
                ),
                fields=["holder_account"],
                name="matters_carried",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignmentpolicy",
            constraint=models.UniqueConstraint(
                fields=("county_code", "version"), name="matters_assignmentpolicy_version"
            ),
        ),
        migrations.AddField(
            model_name="assignmentrecord",
            name="matter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="matters.matter",
                verbose_name="诉求",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignmentshare",
            constraint=models.UniqueConstraint(
                fields=("county_code", "policy_version", "account"),
                name="matters_assignmentshare_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignmentshare",
            constraint=models.CheckConstraint(
                condition=models.Q(("expected__gte", 0)), name="matters_assignmentshare_sane"
            ),
        ),
        migrations.AddConstraint(
            model_name="assignmentweight",
            constraint=models.CheckConstraint(
                condition=models.Q(("percent__lte", 200)), name="matters_assignmentweight_sane"
            ),
        ),
        migrations.AddConstraint(
            model_name="assignmentweight",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("active_until__isnull", True),
                    ("active_until__gte", models.F("active_from")),
                    _connector="OR",
                ),
                name="matters_assignmentweight_period",
            ),
        ),
        migrations.AddField(
            model_name="side",
            name="matter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="matters.matter",
                verbose_name="诉求",
            ),
        ),
        migrations.AddIndex(
            model_name="assignmentrecord",
            index=models.Index(fields=["county_code", "-at"], name="matters_asgrecord_county"),
        ),
        migrations.AddConstraint(
            model_name="assignmentrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("way__in", ["best", "override", "fallback", "nobody"])),
                name="matters_assignmentrecord_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignmentrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("way", "override"), _negated=True),
                    models.Q(("override_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="matters_assignmentrecord_why",
            ),
        ),
        migrations.AddIndex(
            model_name="side",
            index=models.Index(
                condition=models.Q(("phone_index", ""), _negated=True),
                fields=["phone_index"],
                name="matters_side_phone",
            ),
        ),
        migrations.AddIndex(
            model_name="side",
            index=models.Index(
                condition=models.Q(("id_index", ""), _negated=True),
                fields=["id_index"],
                name="matters_side_id",
            ),
        ),
        migrations.AddIndex(
            model_name="side",
            index=models.Index(
                condition=models.Q(("case_index", ""), _negated=True),
                fields=["case_index"],
                name="matters_side_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="side",
            constraint=models.CheckConstraint(
                condition=models.Q(("part__in", ["opponent", "co_accused", "case"])),
                name="matters_side_part",
            ),
        ),
        migrations.AddConstraint(
            model_name="side",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("case_index", ""),
                    ("id_index", ""),
                    ("name_index", ""),
                    ("phone_index", ""),
                    _negated=True,
                ),
                name="matters_side_findable",
            ),
        ),
        rows.install("matters", "rows_assignment.sql"),
    ]
