"""Row security of what a station tells of itself: rows_notes.sql."""

from django.db import migrations

from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [("places", "0016_notes"), ("guard", "0002_keepers")]

    operations = [rows.install("places", "rows_notes.sql")]
