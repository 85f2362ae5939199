"""Who verifies, reports and answers."""

from django.db import migrations

from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [("providers", "0009_corrections")]
    operations = [rows.install("providers", "rows_corrections.sql")]
