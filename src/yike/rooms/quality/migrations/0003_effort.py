"""The citizen's own word on how often they came and what they paid."""

from django.db import migrations, models


def _none_or_more(name: str) -> models.Q:
    return models.Q((name, None), (f"{name}__gte", 0), _connector="OR")


class Migration(migrations.Migration):
    dependencies = [("matters", "0015_effort"), ("quality", "0002_rows")]

    operations = [
        migrations.AddField(
            model_name="rating",
            name="said_fen",
            field=models.BigIntegerField(
                blank=True, null=True, verbose_name="自己说付了多少（分）"
            ),
        ),
        migrations.AddField(
            model_name="rating",
            name="said_visits",
            field=models.SmallIntegerField(blank=True, null=True, verbose_name="自己说来过几次"),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.CheckConstraint(
                condition=models.Q(_none_or_more("said_visits"), _none_or_more("said_fen")),
                name="quality_rating_effort",
            ),
        ),
    ]
