"""Only those whose deeds may write these rows can: rows.sql once more."""

from django.db import migrations

from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [("guard", "0001_rows")]
    operations = [rows.install("guard")]
