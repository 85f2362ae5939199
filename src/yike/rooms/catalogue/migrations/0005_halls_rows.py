"""Row security of items at halls: rows_halls.sql."""

from django.db import migrations

from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0004_halls"),
        ("places", "0009_upkeep_rows"),
        ("guard", "0002_keepers"),
    ]

    operations = [rows.install("catalogue", "rows_halls.sql")]
