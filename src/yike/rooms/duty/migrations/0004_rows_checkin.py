"""Row security of check-in: rows_checkin.sql."""

from django.db import migrations

from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [
        ("duty", "0003_checkin"),
        ("files", "0001_initial"),
        ("guard", "0001_rows"),
        ("trail", "0001_initial"),
    ]

    operations = [rows.install("duty", "rows_checkin.sql")]
