from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("providers", "0014_open_norms"),
    ]

    operations = [
        migrations.AddField(
            model_name="institution",
            name="lon",
            field=models.FloatField(blank=True, null=True, verbose_name="经度（WGS84）"),
        ),
        migrations.AddField(
            model_name="institution",
            name="lat",
            field=models.FloatField(blank=True, null=True, verbose_name="纬度（WGS84）"),
        ),
        migrations.AddField(
            model_name="institution",
            name="point_crs",
            field=models.CharField(
                blank=True, default="", max_length=8, verbose_name="位置原来的坐标系"
            ),
        ),
        migrations.AddField(
            model_name="institution",
            name="hours",
            field=models.CharField(blank=True, default="", max_length=100, verbose_name="开放时间"),
        ),
        migrations.AddConstraint(
            model_name="institution",
            constraint=models.CheckConstraint(
                condition=Q(lon__isnull=True, lat__isnull=True)
                | Q(lon__range=(-180, 180), lat__range=(-90, 90)),
                name="providers_inst_point",
            ),
        ),
    ]
