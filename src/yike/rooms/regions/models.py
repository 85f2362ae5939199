"""The tables of the tree: units, people, areas, outlines. Anybody may read these facts."""

from __future__ import annotations

from django.db import models

from yike.rooms.core.refs import new_id
from yike.rooms.regions import choosing, codes


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
    """How many people lived in a unit, by whose count and in which year. Nothing is overwritten."""

    id = models.BigAutoField(primary_key=True)
    region = models.ForeignKey(Region, models.CASCADE, related_name="+", verbose_name="区划")
    year = models.PositiveSmallIntegerField("年份")
    kind = models.CharField("口径", max_length=10, choices=list(choosing.KINDS.items()))
    count = models.PositiveIntegerField("人数")
    children = models.PositiveIntegerField("0-14岁", null=True, blank=True)
    aged_60 = models.PositiveIntegerField("60岁及以上", null=True, blank=True)
    aged_65 = models.PositiveIntegerField("65岁及以上", null=True, blank=True)
    disabled = models.PositiveIntegerField("持证残疾人", null=True, blank=True)
    source = models.CharField("来源", max_length=160)
    verified = models.BooleanField("已核对", default=False)
    note = models.CharField("说明", max_length=160, blank=True)

    class Meta:
        verbose_name = "人口"
        verbose_name_plural = "人口"
        constraints = [
            models.UniqueConstraint(
                fields=["region", "year", "kind", "source"], name="regions_population_vintage"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.year} {self.count}"


class Area(models.Model):
    """How large a unit is, as somebody stated it for a year."""

    id = models.BigAutoField(primary_key=True)
    region = models.ForeignKey(Region, models.CASCADE, related_name="+", verbose_name="区划")
    year = models.PositiveSmallIntegerField("年份")
    km2 = models.FloatField("平方公里")
    source = models.CharField("来源", max_length=160)

    class Meta:
        verbose_name = "地域面积"
        verbose_name_plural = "地域面积"
        constraints = [
            models.UniqueConstraint(
                fields=["region", "year", "source"], name="regions_area_vintage"
            ),
            models.CheckConstraint(condition=models.Q(km2__gt=0), name="regions_area_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.year} {self.km2}"


class Boundary(models.Model):
    """The outline of a unit as one office drew it; several stand side by side."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(Region, models.CASCADE, related_name="+", verbose_name="区划")
    year = models.PositiveSmallIntegerField("年份")
    source = models.CharField("来源", max_length=160)
    file_name = models.CharField("文件", max_length=120)
    #: WKB of a polygon or several, longitude first, WGS84 (CGCS2000)
    shape = models.BinaryField("边界")
    crs = models.CharField("坐标来源系", max_length=40)
    west = models.FloatField("西")
    south = models.FloatField("南")
    east = models.FloatField("东")
    north = models.FloatField("北")
    #: on the ellipsoid
    area_km2 = models.FloatField("平方公里")
    points = models.PositiveIntegerField("点数")
    imported_at = models.DateTimeField("导入时间")

    class Meta:
        verbose_name = "边界"
        verbose_name_plural = "边界"
        constraints = [
            models.UniqueConstraint(
                fields=["region", "year", "source"], name="regions_boundary_vintage"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.year}"
