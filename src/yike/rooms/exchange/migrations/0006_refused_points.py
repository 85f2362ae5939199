from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0005_their_lists"),
    ]

    operations = [
        migrations.AddField(
            model_name="push",
            name="refused",
            field=models.JSONField(default=list, verbose_name="没有接收的点"),
        ),
    ]
