"""Row security of the elements of places: rows_colocation.sql."""

from django.db import migrations

from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [("places", "0014_colocation"), ("guard", "0002_keepers")]

    operations = [rows.install("places", "rows_colocation.sql")]
