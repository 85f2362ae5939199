"""Row security of grades: rows_grades.sql; the day of the grades there are already."""

from django.db import migrations

from yike.rooms.guard import rows

_DAYS = """
update places_station s set graded_on = (
  select a.awarded_on from places_gradeaward a where a.station_id = s.id
  order by a.awarded_on desc, a.id desc limit 1)
where s.grade <> ''
"""


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0006_grades"),
        ("guard", "0002_keepers"),
        ("files", "0001_initial"),
        ("trail", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(_DAYS, migrations.RunSQL.noop),
        rows.install("places", "rows_grades.sql"),
    ]
