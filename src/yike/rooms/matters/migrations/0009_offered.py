"""What other counties offer is found by index; so is what a person carries and whom they served."""

from django.db import migrations, models

from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0008_beside"),
        ("people", "0005_supervisor"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                fields=["offered_org"],
                condition=models.Q(("offered_org__isnull", False)),
                name="matters_offered",
            ),
        ),
        rows.install("matters", "rows_assignment.sql"),
    ]
