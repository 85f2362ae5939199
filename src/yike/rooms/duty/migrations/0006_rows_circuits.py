"""Row security of circuits: rows_circuit.sql."""

from django.db import migrations

from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [
        ("duty", "0005_circuits"),
        ("guard", "0001_rows"),
        ("trail", "0001_initial"),
    ]

    operations = [rows.install("duty", "rows_circuit.sql")]
