"""Row security of timetables: rows_timetable.sql."""

from django.db import migrations

from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [("reach", "0009_timetable")]

    operations = [rows.install("reach", "rows_timetable.sql")]
