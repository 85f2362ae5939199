"""Row security of this room: rows.sql."""

from django.db import migrations

from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [
        ("quality", "0001_initial"),
        ("guard", "0002_keepers"),
        ("trail", "0001_initial"),
        ("people", "0005_supervisor"),
        ("clocks", "0003_write_rows"),
        ("files", "0003_own_level"),
        ("matters", "0005_write_rows"),
        ("providers", "0003_write_rows"),
    ]
    operations = [rows.install("quality")]
