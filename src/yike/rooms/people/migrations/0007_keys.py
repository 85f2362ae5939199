"""Keys of platforms are kept in memory until one changes."""

from django.db import migrations

from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [("people", "0006_staff")]

    operations = [rows.install("people", "rows_keys.sql")]
