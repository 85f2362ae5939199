from django.db import migrations

from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [("notices", "0004_sms")]
    operations = [rows.install("notices", "rows_proofs.sql")]
