"""A law firm that is asked to help, or to take an order over, sees what it is asked about."""

from django.db import migrations

from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [("matters", "0011_taken")]

    operations = [
        rows.install("matters", "rows.sql"),
        rows.install("matters", "rows_flow.sql"),
        rows.install("matters", "rows_beside.sql"),
    ]
