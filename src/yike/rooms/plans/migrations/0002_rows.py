"""Row security of this room: rows.sql."""

from django.db import migrations

from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0001_initial"),
        ("guard", "0002_keepers"),
        ("trail", "0001_initial"),
        ("providers", "0002_rows"),
    ]

    operations = [rows.install("plans")]
