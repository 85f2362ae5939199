"""What a demand cost the citizen: money, visits, papers, offices."""

import django.db.models.deletion
from django.db import migrations, models

from yike.rooms.guard import rows

PAYS = [
    ("free", "没有付钱（免费）"),
    ("aid", "没有付钱，由法律援助或财政付"),
    ("reduced", "减免后付了一部分"),
    ("fee", "付了钱"),
]


class Migration(migrations.Migration):
    dependencies = [("matters", "0014_guarded")]

    operations = [
        migrations.CreateModel(
            name="Effort",
            fields=[
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="matters.matter",
                        verbose_name="诉求",
                    ),
                ),
                (
                    "pay",
                    models.CharField(
                        blank=True, choices=PAYS, max_length=8, verbose_name="当事人付钱情况"
                    ),
                ),
                (
                    "fen",
                    models.BigIntegerField(blank=True, null=True, verbose_name="付了多少（分）"),
                ),
                ("basis", models.CharField(blank=True, max_length=200, verbose_name="依据")),
                (
                    "visits",
                    models.SmallIntegerField(blank=True, null=True, verbose_name="来过几次"),
                ),
                (
                    "papers",
                    models.SmallIntegerField(blank=True, null=True, verbose_name="交了几样材料"),
                ),
                (
                    "papers_counted",
                    models.BooleanField(default=False, verbose_name="材料数由系统数出"),
                ),
                ("doors", models.SmallIntegerField(default=1, verbose_name="承办过的单位数")),
                ("at", models.DateTimeField(verbose_name="登记时间")),
                ("by", models.UUIDField(blank=True, null=True, verbose_name="登记人")),
            ],
            options={
                "verbose_name": "办事成本",
                "verbose_name_plural": "办事成本",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("fen", None), ("pay", "")),
                            models.Q(("fen", 0), ("pay__in", ["free", "aid"])),
                            models.Q(("fen__gt", 0), ("pay__in", ["reduced", "fee"])),
                            _connector="OR",
                        ),
                        name="matters_effort_pay",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("visits", None), ("visits__gte", 0), _connector="OR"),
                            models.Q(("papers", None), ("papers__gte", 0), _connector="OR"),
                            ("doors__gte", 0),
                        ),
                        name="matters_effort_counts",
                    ),
                ],
            },
        ),
        rows.install("matters", "rows_effort.sql"),
    ]
