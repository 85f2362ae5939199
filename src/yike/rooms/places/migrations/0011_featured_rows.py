"""Row security of profiles of featured stations: rows_featured.sql."""

from django.db import migrations

from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [("places", "0010_featured"), ("guard", "0002_keepers")]

    operations = [rows.install("places", "rows_featured.sql")]
