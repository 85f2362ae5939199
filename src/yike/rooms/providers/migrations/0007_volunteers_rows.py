"""Row security of volunteers, their tasks and records of services: rows_volunteers.sql."""

from django.db import migrations

from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [("providers", "0006_volunteers"), ("files", "0002_rows")]

    operations = [rows.install("providers", "rows_volunteers.sql")]
