"""The few confidential demands of a day are found by an index of their own."""

from django.db import migrations, models


def _index(field: str, name: str) -> migrations.AddIndex:
    guarded = models.Index(condition=models.Q(("level__gte", 2)), fields=[field], name=name)
    return migrations.AddIndex(model_name="matter", index=guarded)


class Migration(migrations.Migration):
    dependencies = [("matters", "0013_days")]

    operations = [
        _index("opened_at", "matters_guarded_opened"),
        _index("answered_at", "matters_guarded_answered"),
    ]
