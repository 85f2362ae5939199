"""Row security of booking, and the capacity that holds."""

from django.db import migrations

from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [
        ("booking", "0001_initial"),
        ("guard", "0002_keepers"),
        ("people", "0002_rows"),
        ("trail", "0001_initial"),
    ]
    operations = [rows.install("booking")]
