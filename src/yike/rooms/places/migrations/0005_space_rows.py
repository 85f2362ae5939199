"""Row security of windows and rooms: rows_space.sql."""

from django.db import migrations

from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [("places", "0004_space"), ("providers", "0005_serving_rows")]

    operations = [rows.install("places", "rows_space.sql")]
