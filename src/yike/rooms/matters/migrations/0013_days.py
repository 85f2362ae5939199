"""What came and was answered by day is read from two indexes alone."""

from django.db import migrations, models

from yike.rooms.guard import rows

BESIDE = ("region_code", "level", "parent")


class Migration(migrations.Migration):
    dependencies = [("matters", "0012_asked"), ("people", "0006_staff")]

    operations = [
        migrations.RemoveIndex(model_name="matter", name="matters_opened"),
        migrations.RemoveIndex(model_name="matter", name="matters_answered"),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(fields=["opened_at"], include=BESIDE, name="matters_opened"),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("answered_at__isnull", False)),
                fields=["answered_at"],
                include=BESIDE,
                name="matters_answered",
            ),
        ),
        rows.install("matters", "figures.sql"),
    ]
