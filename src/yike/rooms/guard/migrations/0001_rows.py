from django.db import migrations

from yike.rooms.guard import rows


class Migration(migrations.Migration):
    initial = True
    dependencies = [("trail", "0001_initial")]
    operations = [rows.install("guard")]
