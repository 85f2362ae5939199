"""A dispatcher takes points away only while an order waits to be accepted."""

from django.db import migrations

from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [("matters", "0010_lines")]

    operations = [rows.install("matters", "rows_beside.sql")]
