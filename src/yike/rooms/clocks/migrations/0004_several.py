"""Several promises of one thing told apart by purpose; every moved due instant is kept."""

import django.db.models.deletion
from django.db import migrations, models

import yike.rooms.core.refs
from yike.rooms.guard import rows

PURPOSES = """
update clocks_clock set purpose = 'sign'
  where purpose = '' and subject_kind = 'matter'
    and promise_id in (select id from clocks_promise where code in ('sign.1wd', 'urgent.sign'));
update clocks_clock set purpose = 'finish' where purpose = '' and subject_kind = 'matter';
"""


class Migration(migrations.Migration):
    dependencies = [
        ("clocks", "0003_write_rows"),
    ]

    operations = [
        migrations.CreateModel(
            name="Recalculation",
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
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("extended", "延期"),
                            ("policy", "按现行时限和日历重算"),
                            ("holidays", "放假安排公布"),
                        ],
                        max_length=10,
                        verbose_name="方式",
                    ),
                ),
                ("reason", models.CharField(max_length=500, verbose_name="原因")),
                ("former_due_at", models.DateTimeField(verbose_name="原到期")),
                ("due_at", models.DateTimeField(verbose_name="新到期")),
                ("extended_by", models.PositiveIntegerField(default=0, verbose_name="延长")),
                ("by", models.UUIDField(null=True, verbose_name="办理人")),
                ("label", models.CharField(blank=True, max_length=80, verbose_name="称呼")),
            ],
            options={
                "verbose_name": "时限重算",
                "verbose_name_plural": "时限重算",
            },
        ),
        migrations.AddField(
            model_name="clock",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("", "办理"),
                    ("sign", "签收"),
                    ("first", "首次联系"),
                    ("next", "下一步办理"),
                    ("finish", "办结"),
                    ("callback", "回电"),
                ],
                default="",
                max_length=10,
                verbose_name="用途",
            ),
        ),
        migrations.AddField(
            model_name="clock",
            name="restarts",
            field=models.PositiveIntegerField(default=0, verbose_name="重新起算次数"),
        ),
        migrations.AddConstraint(
            model_name="clock",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("purpose__in", ["", "sign", "first", "next", "finish", "callback"])
                ),
                name="clocks_clock_purpose",
            ),
        ),
        migrations.AddField(
            model_name="recalculation",
            name="calendar",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="clocks.calendarversion",
                verbose_name="日历版本",
            ),
        ),
        migrations.AddField(
            model_name="recalculation",
            name="clock",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="clocks.clock",
                verbose_name="时钟",
            ),
        ),
        migrations.AddField(
            model_name="recalculation",
            name="former_calendar",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="clocks.calendarversion",
                verbose_name="原日历版本",
            ),
        ),
        migrations.AddField(
            model_name="recalculation",
            name="former_promise",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="clocks.promise",
                verbose_name="原时限版本",
            ),
        ),
        migrations.AddField(
            model_name="recalculation",
            name="promise",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="clocks.promise",
                verbose_name="时限版本",
            ),
        ),
        migrations.AddIndex(
            model_name="recalculation",
            index=models.Index(fields=["clock", "at"], name="clocks_recalculation_of"),
        ),
        migrations.AddConstraint(
            model_name="recalculation",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["extended", "policy", "holidays"])),
                name="clocks_recalculation_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="recalculation",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="clocks_recalculation_reason",
            ),
        ),
        migrations.RemoveConstraint(model_name="clock", name="clocks_clock_one_running"),
        migrations.AddConstraint(
            model_name="clock",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stopped_at", None)),
                fields=("subject_kind", "subject_id", "promise", "purpose"),
                name="clocks_clock_one_running",
            ),
        ),
        rows.install("clocks", "rows_recalculation.sql"),
        migrations.RunSQL(PURPOSES, migrations.RunSQL.noop),
    ]
