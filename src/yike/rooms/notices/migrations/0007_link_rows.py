from django.db import migrations

from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [("notices", "0006_links")]
    operations = [rows.install("notices", "rows_links.sql")]
