"""Only those whose deeds may write these rows can: rows.sql once more."""

from django.db import migrations

from yike.rooms.guard import rows

#: Papers of a matter whose level was raised before papers went with it.
_CARRY = """
update files_file f set level = m.level from matters_matter m
where f.about = 'matter' and f.subject = m.id::text and f.level < m.level
"""


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0004_nothing_in_clear"),
        ("guard", "0002_keepers"),
        ("files", "0003_own_level"),
    ]
    operations = [
        rows.install("matters"),
        migrations.RunSQL(_CARRY, migrations.RunSQL.noop),
    ]
