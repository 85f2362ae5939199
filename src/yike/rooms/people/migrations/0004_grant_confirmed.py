from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0003_sealed_words")]

    operations = [
        migrations.AddField(
            model_name="grant",
            name="confirmed_at",
            field=models.DateTimeField(null=True, verbose_name="复核时间"),
        ),
        migrations.AddField(
            model_name="grant",
            name="confirmed_by",
            field=models.CharField(blank=True, max_length=64, verbose_name="复核人"),
        ),
    ]
