"""Who sees a demand, asked without reading a name as a number that is none: rows_seen.sql."""

from django.db import migrations

from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [("matters", "0015_effort")]
    operations = [rows.install("matters", "rows_seen.sql")]
