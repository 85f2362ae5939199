from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_rows")]

    operations = [
        migrations.AddField(
            model_name="party",
            name="behalf_mask",
            field=models.CharField(blank=True, max_length=20, verbose_name="代何人（脱敏）"),
        ),
        migrations.AddField(
            model_name="party",
            name="contact_noted",
            field=models.BooleanField(default=False, verbose_name="有联系须知"),
        ),
    ]
