from importlib import resources

from django.db import migrations

from yike.rooms.guard import rows

_FACTS = resources.files("yike.rooms.matters").joinpath("facts.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0001_initial"),
        ("guard", "0001_rows"),
        ("trail", "0001_initial"),
        ("people", "0002_rows"),
        ("clocks", "0002_rows"),
        ("files", "0002_rows"),
    ]
    operations = [rows.install("matters"), migrations.RunSQL(_FACTS, migrations.RunSQL.noop)]
