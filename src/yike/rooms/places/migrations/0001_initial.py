import django.db.models.deletion
from django.db import migrations, models

import yike.rooms.core.refs


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("providers", "0002_rows"),
        ("regions", "0002_rows"),
    ]

    operations = [
        migrations.CreateModel(
            name="Station",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=yike.rooms.core.refs.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="编码")),
                ("name", models.CharField(max_length=100, verbose_name="名称")),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (2, "公共法律服务中心"),
                            (3, "公共法律服务工作站"),
                            (4, "公共法律服务工作室（点）"),
                            (5, "服务点（驿站）"),
                        ],
                        verbose_name="级别",
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="地址")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="电话")),
                ("keeper", models.CharField(blank=True, max_length=40, verbose_name="站点负责人")),
                ("lon", models.FloatField(blank=True, null=True, verbose_name="经度（WGS84）")),
                ("lat", models.FloatField(blank=True, null=True, verbose_name="纬度（WGS84）")),
                (
                    "point_crs",
                    models.CharField(blank=True, max_length=8, verbose_name="坐标来源系"),
                ),
                ("grade", models.CharField(blank=True, max_length=20, verbose_name="等级")),
                ("hours", models.JSONField(blank=True, default=dict, verbose_name="开放时间")),
                (
                    "holiday_rule",
                    models.CharField(
                        choices=[
                            ("closed", "法定节假日休息，调休上班日照常"),
                            ("open", "节假日照常开放"),
                        ],
                        default="closed",
                        max_length=10,
                        verbose_name="节假日",
                    ),
                ),
                ("opened_on", models.DateField(verbose_name="启用日期")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="停用日期")),
                (
                    "close_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="停用原因"),
                ),
                ("featured", models.BooleanField(default=False, verbose_name="特色品牌站点")),
                ("theme", models.CharField(blank=True, max_length=200, verbose_name="特色主题")),
                ("demo", models.BooleanField(default=False, verbose_name="演示数据")),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="providers.institution",
                        verbose_name="管理机构",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.station",
                        verbose_name="上级站点",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.region",
                        verbose_name="所在区划",
                    ),
                ),
            ],
            options={
                "verbose_name": "站点",
                "verbose_name_plural": "站点",
                "ordering": ["level", "region_id", "code"],
            },
        ),
        migrations.CreateModel(
            name="Sign",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=yike.rooms.core.refs.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="编码")),
                ("name", models.CharField(max_length=100, verbose_name="名称")),
                ("kind", models.CharField(max_length=40, verbose_name="类型")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="地址")),
                ("lon", models.FloatField(blank=True, null=True, verbose_name="经度（WGS84）")),
                ("lat", models.FloatField(blank=True, null=True, verbose_name="纬度（WGS84）")),
                (
                    "point_crs",
                    models.CharField(blank=True, max_length=8, verbose_name="坐标来源系"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("working", "正常"),
                            ("broken", "故障"),
                            ("stored", "停用"),
                            ("removed", "拆除"),
                        ],
                        default="working",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("installed_on", models.DateField(verbose_name="设置日期")),
                ("demo", models.BooleanField(default=False, verbose_name="演示数据")),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.region",
                        verbose_name="所在区划",
                    ),
                ),
                (
                    "station",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.station",
                        verbose_name="所在站点",
                    ),
                ),
            ],
            options={
                "verbose_name": "指引牌",
                "verbose_name_plural": "指引牌",
                "ordering": ["region_id", "code"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Lineage",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("merge", "合并"), ("split", "分设")],
                        max_length=6,
                        verbose_name="方式",
                    ),
                ),
                ("on", models.DateField(verbose_name="日期")),
                (
                    "after",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.station",
                        verbose_name="后继站点",
                    ),
                ),
                (
                    "before",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.station",
                        verbose_name="原站点",
                    ),
                ),
            ],
            options={
                "verbose_name": "站点沿革",
                "verbose_name_plural": "站点沿革",
            },
        ),
        migrations.CreateModel(
            name="GradeAward",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=yike.rooms.core.refs.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("grade", models.CharField(blank=True, max_length=20, verbose_name="等级")),
                ("awarded_on", models.DateField(verbose_name="评定日期")),
                ("reason", models.CharField(max_length=200, verbose_name="理由")),
                (
                    "station",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.station",
                        verbose_name="站点",
                    ),
                ),
            ],
            options={
                "verbose_name": "等级评定",
                "verbose_name_plural": "等级评定",
                "ordering": ["-awarded_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="StationService",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "service",
                    models.CharField(
                        choices=[
                            ("S01", "律师"),
                            ("S02", "镇（村）法律顾问"),
                            ("S03", "公证"),
                            ("S04", "司法鉴定"),
                            ("S05", "仲裁"),
                            ("S06", "法律援助"),
                            ("S07", "人民调解"),
                            ("S08", "司法所"),
                            ("S09", "法治宣传"),
                            ("S10", "行政复议"),
                        ],
                        max_length=4,
                        verbose_name="服务",
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("direct", "直接提供"),
                            ("booking", "预约"),
                            ("guide", "指引"),
                            ("transfer", "转接"),
                            ("video", "视频"),
                            ("circuit", "巡回"),
                        ],
                        max_length=10,
                        verbose_name="方式",
                    ),
                ),
                (
                    "station",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="places.station",
                        verbose_name="站点",
                    ),
                ),
            ],
            options={
                "verbose_name": "站点服务",
                "verbose_name_plural": "站点服务",
            },
        ),
        migrations.CreateModel(
            name="Terminal",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=yike.rooms.core.refs.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="编码")),
                ("name", models.CharField(max_length=100, verbose_name="名称")),
                ("kind", models.CharField(max_length=40, verbose_name="类型")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="地址")),
                ("lon", models.FloatField(blank=True, null=True, verbose_name="经度（WGS84）")),
                ("lat", models.FloatField(blank=True, null=True, verbose_name="纬度（WGS84）")),
                (
                    "point_crs",
                    models.CharField(blank=True, max_length=8, verbose_name="坐标来源系"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("working", "正常"),
                            ("broken", "故障"),
                            ("stored", "停用"),
                            ("removed", "拆除"),
                        ],
                        default="working",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("installed_on", models.DateField(verbose_name="设置日期")),
                ("demo", models.BooleanField(default=False, verbose_name="演示数据")),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.region",
                        verbose_name="所在区划",
                    ),
                ),
                (
                    "station",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.station",
                        verbose_name="所在站点",
                    ),
                ),
            ],
            options={
                "verbose_name": "智能终端",
                "verbose_name_plural": "智能终端",
                "ordering": ["region_id", "code"],
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="station",
            index=models.Index(fields=["region", "level"], name="places_station_region_level"),
        ),
        migrations.AddConstraint(
            model_name="station",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", [2, 3, 4, 5])), name="places_station_level"
            ),
        ),
        migrations.AddConstraint(
            model_name="station",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_on__isnull", True),
                    ("closed_on__gte", models.F("opened_on")),
                    _connector="OR",
                ),
                name="places_station_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="station",
            constraint=models.CheckConstraint(
                condition=models.Q(("parent", models.F("id")), _negated=True),
                name="places_station_not_own_parent",
            ),
        ),
        migrations.AddConstraint(
            model_name="station",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lat__isnull", True), ("lon__isnull", True)),
                    models.Q(("lat__range", (-90, 90)), ("lon__range", (-180, 180))),
                    _connector="OR",
                ),
                name="places_station_point_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="lineage",
            constraint=models.UniqueConstraint(
                fields=("before", "after"), name="places_lineage_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="lineage",
            constraint=models.CheckConstraint(
                condition=models.Q(("before", models.F("after")), _negated=True),
                name="places_lineage_not_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="stationservice",
            constraint=models.UniqueConstraint(
                fields=("station", "service", "mode"), name="places_service_once"
            ),
        ),
    ]
