from django.db import migrations

from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial"), ("guard", "0001_rows")]
    operations = [rows.install("notices")]
