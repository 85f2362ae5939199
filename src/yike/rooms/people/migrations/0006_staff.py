"""Whether an institution is staffed is kept in memory until a grant changes."""

from django.db import migrations

from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [("people", "0005_supervisor"), ("guard", "0002_keepers")]

    operations = [rows.install("people", "rows_staff.sql")]
