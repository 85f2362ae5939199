"""Row security of the tables of 0003, and the older ones by place and part: rows_serving.sql."""

from django.db import migrations

from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [("providers", "0004_serving")]

    operations = [rows.install("providers", "rows_serving.sql")]
