"""A file has a level of its own beside that of what it is attached to."""

from django.db import migrations, models

from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [("files", "0002_rows")]

    operations = [
        migrations.RemoveConstraint(model_name="file", name="files_file_level"),
        migrations.AddField(
            model_name="file",
            name="own_level",
            field=models.SmallIntegerField(default=1, verbose_name="自身密级"),
        ),
        migrations.RunSQL(
            "update files_file set own_level = level where level < own_level",
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name="file",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("level__gte", 0), ("level__lte", 3), ("level__gte", models.F("own_level"))
                ),
                name="files_file_level",
            ),
        ),
        rows.install("files"),
    ]
