"""The bound of sealing names the writers it waits for instead of a transaction number."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("trail", "0001_initial")]

    operations = [
        migrations.RunSQL("delete from trail_barrier", migrations.RunSQL.noop),
        migrations.RemoveField("barrier", "xid"),
        migrations.AddField(
            "barrier",
            "waits",
            models.TextField(blank=True, default="", verbose_name="所等事务"),
            preserve_default=False,
        ),
    ]
