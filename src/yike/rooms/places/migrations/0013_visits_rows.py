"""Row security of the basic five and of counts of visitors: rows_visits.sql."""

from django.db import migrations

from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [("places", "0012_visits"), ("guard", "0002_keepers")]

    operations = [rows.install("places", "rows_visits.sql")]
