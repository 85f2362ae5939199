"""Row security of plans of sites: rows_siting.sql."""

from django.db import migrations

from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [("reach", "0005_siting"), ("trail", "0001_initial")]

    operations = [rows.install("reach", "rows_siting.sql")]
