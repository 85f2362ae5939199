"""Row security of observation: rows.sql."""

from django.db import migrations

from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [
        ("observation", "0001_initial"),
        ("guard", "0002_keepers"),
        ("trail", "0001_initial"),
    ]

    operations = [rows.install("observation")]
