"""Which networks are in use, for everybody: rows_warm.sql."""

from django.db import migrations

from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [("reach", "0002_rows")]

    operations = [rows.install("reach", "rows_warm.sql")]
