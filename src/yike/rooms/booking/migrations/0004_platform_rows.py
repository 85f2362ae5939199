from django.db import migrations

from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [("booking", "0003_platforms")]
    operations = [rows.install("booking", "rows_wire.sql")]
