"""A county's numbers are named by the product's list, not by the database: a new one is no migration."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("providers", "0013_proxies_rows")]

    operations = [
        migrations.RemoveConstraint(model_name="localnorm", name="providers_norm_code"),
        migrations.AlterField(
            model_name="localnorm",
            name="code",
            field=models.CharField(max_length=40, verbose_name="参数"),
        ),
    ]
