from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0008_calendar"),
    ]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="refused",
            field=models.JSONField(default=list, verbose_name="没有接收的点"),
        ),
    ]
