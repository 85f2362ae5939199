"""What a station tells of itself for a year: what people there need, how one gets in."""

from __future__ import annotations

from django.db import models

from yike.rooms.core.refs import new_id


class StationNote(models.Model):
    """One version of a station's own words, with the year and the source; never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    station = models.ForeignKey(
        "places.Station", models.PROTECT, related_name="+", verbose_name="站点"
    )
    version = models.PositiveIntegerField("版本")
    year = models.PositiveSmallIntegerField("年份")
    demand = models.CharField("人民群众需求特点", max_length=600)
    access = models.CharField("无障碍条件", max_length=200, blank=True)
    source = models.CharField("来源", max_length=200)
    label = models.CharField("登记人", max_length=80, blank=True)
    told_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "站点情况说明"
        verbose_name_plural = "站点情况说明"
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["station", "version"], name="places_note_version"),
        ]

    def __str__(self) -> str:
        return f"{self.station_id} {self.version}"
