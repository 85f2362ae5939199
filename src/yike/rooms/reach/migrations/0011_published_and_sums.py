"""A yardstick says which stations count; a run keeps the sums that lists show."""

from django.db import migrations, models

#: What a run before this one found stands in its tables.
_FILL = """update reach_run set sums = jsonb_build_object(
    'covered', tables->'check'->'covered', 'uncovered', tables->'check'->'uncovered',
    'total', tables->'check'->'total') where tables->'check' is not null"""


class Migration(migrations.Migration):
    dependencies = [("reach", "0010_timetable_rows")]

    operations = [
        migrations.AddField(
            model_name="yardstick",
            name="published",
            field=models.BooleanField(default=True, verbose_name="只算已上图的站点"),
        ),
        migrations.AddField(
            model_name="run",
            name="sums",
            field=models.JSONField(blank=True, default=dict, verbose_name="人数"),
        ),
        migrations.RunSQL(_FILL, migrations.RunSQL.noop),
    ]
