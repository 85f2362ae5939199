"""The tables of the tree. Facts from statistics: anybody may read them."""

from __future__ import annotations

from django.db import models

from yike.rooms.regions import codes


class Region(models.Model):
    """One unit of the administrative tree, by its twelve-digit statistical code.

    Collation "C": a subtree is a range of codes, for queries and for row security alike.
    """

    code = models.CharField("代码", max_length=12, primary_key=True, db_collation="C")
    level = models.CharField("层级", max_length=10, choices=list(codes.LEVEL_NAMES.items()))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="上级"
    )
    name = models.CharField("名称", max_length=60)
    short_name = models.CharField("简称", max_length=60)
    lon = models.FloatField("经度（WGS84）", null=True, blank=True)
    lat = models.FloatField("纬度（WGS84）", null=True, blank=True)
    point_crs = models.CharField("坐标来源系", max_length=8, blank=True)
    point_source = models.CharField("坐标来源", max_length=80, blank=True)
    source = models.CharField("来源", max_length=80)

    class Meta:
        verbose_name = "区划"
        verbose_name_plural = "区划"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[0-9]{12}$"), name="regions_code_12_digits"
            ),
            models.CheckConstraint(
                condition=models.Q(level__in=list(codes.LEVEL_NAMES)), name="regions_level"
            ),
            models.CheckConstraint(
                condition=models.Q(lon__isnull=True, lat__isnull=True)
                | models.Q(lon__range=(-180, 180), lat__range=(-90, 90)),
                name="regions_point_whole",
            ),
        ]
        indexes = [models.Index(fields=["level", "code"], name="regions_level_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Population(models.Model):
    """How many people lived in a unit, by whose count and in which year."""

    KINDS = [("census", "普查"), ("survey", "抽样调查"), ("register", "户籍"), ("stated", "填报")]

    id = models.BigAutoField(primary_key=True)
    region = models.ForeignKey(Region, models.CASCADE, related_name="+", verbose_name="区划")
    year = models.PositiveSmallIntegerField("年份")
    kind = models.CharField("口径", max_length=10, choices=KINDS)
    count = models.PositiveIntegerField("人数")
    source = models.CharField("来源", max_length=160)
    verified = models.BooleanField("已核对", default=False)
    note = models.CharField("说明", max_length=160, blank=True)

    class Meta:
        verbose_name = "人口"
        verbose_name_plural = "人口"
        constraints = [
            models.UniqueConstraint(
                fields=["region", "year", "kind"], name="regions_population_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.year} {self.count}"
