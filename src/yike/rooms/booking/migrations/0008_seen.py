"""Who sees a booking, asked without reading a name as a number that is none: rows_seen.sql."""

from django.db import migrations

from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [("booking", "0007_far_rows")]
    operations = [rows.install("booking", "rows_seen.sql")]
