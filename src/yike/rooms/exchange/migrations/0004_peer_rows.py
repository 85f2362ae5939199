"""Row security of platforms that are told: rows_peers.sql."""

from django.db import migrations

from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0003_peers"),
    ]

    operations = [rows.install("exchange", "rows_peers.sql")]
