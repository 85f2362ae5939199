"""Moves words that lay in clear out of the matter; the next start seals them (it has the keys)."""

import django.db.models.deletion
from django.db import migrations, models

from yike.rooms.guard import rows

_MOVE = """
insert into matters_unsealed (matter_id, on_behalf_of, contact_note)
select id, on_behalf_of, contact_note from matters_matter
where on_behalf_of <> '' or contact_note <> ''
"""


class Migration(migrations.Migration):
    dependencies = [("matters", "0002_rows"), ("people", "0003_sealed_words")]

    operations = [
        migrations.CreateModel(
            name="Unsealed",
            fields=[
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="matters.matter",
                        verbose_name="诉求",
                    ),
                ),
                (
                    "on_behalf_of",
                    models.CharField(blank=True, max_length=60, verbose_name="代何人"),
                ),
                (
                    "contact_note",
                    models.CharField(blank=True, max_length=200, verbose_name="联系须知"),
                ),
            ],
            options={
                "verbose_name": "待密封的旧内容",
                "verbose_name_plural": "待密封的旧内容",
            },
        ),
        migrations.RunSQL(_MOVE, migrations.RunSQL.noop),
        rows.install("matters"),
    ]
