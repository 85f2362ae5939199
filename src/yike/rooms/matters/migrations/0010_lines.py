"""A county's own table of lines: which call belongs to which number."""

from django.db import migrations, models

import yike.rooms.core.refs
from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0009_offered"),
    ]

    operations = [
        migrations.CreateModel(
            name="LineTable",
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
                ("rules", models.JSONField(verbose_name="规则")),
                ("reason", models.CharField(max_length=200, verbose_name="修改原因")),
                ("set_at", models.DateTimeField(verbose_name="设置时间")),
                ("set_by", models.UUIDField(blank=True, null=True, verbose_name="设置人")),
                (
                    "set_label",
                    models.CharField(blank=True, max_length=80, verbose_name="设置人称呼"),
                ),
            ],
            options={
                "verbose_name": "热线转接规则",
                "verbose_name_plural": "热线转接规则",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("county_code", "version"), name="matters_linetable_version"
                    )
                ],
            },
        ),
        rows.install("matters", "rows_lines.sql"),
    ]
