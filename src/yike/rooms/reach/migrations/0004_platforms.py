"""Platforms that read layers see snapshots: rows_platforms.sql."""

from django.db import migrations

from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [("reach", "0003_warm_rows")]

    operations = [rows.install("reach", "rows_platforms.sql")]
