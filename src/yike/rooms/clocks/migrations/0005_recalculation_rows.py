"""Who sees that a due instant was moved, asked by the clock's key: rows_recalculation.sql anew."""

from django.db import migrations

from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [("clocks", "0004_several")]
    operations = [rows.install("clocks", "rows_recalculation.sql")]
