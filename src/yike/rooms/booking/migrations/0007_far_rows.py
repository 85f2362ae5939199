"""Remote spots are held once, and seen by whoever answers for their region: rows_far.sql."""

from django.db import migrations

from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [("booking", "0006_far")]
    operations = [rows.install("booking", "rows_far.sql")]
