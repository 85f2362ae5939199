"""Row security of seasons, schemes and scorings: rows_needs.sql."""

from django.db import migrations

from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [("reach", "0007_needs"), ("trail", "0001_initial")]

    operations = [rows.install("reach", "rows_needs.sql")]
