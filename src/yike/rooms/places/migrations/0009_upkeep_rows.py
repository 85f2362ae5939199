"""Row security of photos, checks, sites and codes: rows_upkeep.sql."""

from django.db import migrations

from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0008_upkeep"),
        ("files", "0001_initial"),
        ("guard", "0002_keepers"),
        ("trail", "0001_initial"),
    ]

    operations = [rows.install("places", "rows_upkeep.sql")]
