"""Row security of the building plan and of task steps: rows_building.sql."""

from django.db import migrations

from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [("plans", "0003_building"), ("plans", "0002_rows")]

    operations = [rows.install("plans", "rows_building.sql")]
