"""Who reads and adds figures and outlines."""

from django.db import migrations

from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [("regions", "0004_figures")]
    operations = [rows.install("regions", "rows_figures.sql")]
