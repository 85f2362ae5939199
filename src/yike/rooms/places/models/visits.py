"""Visitors of a station counted by hand: numbers, nothing of anybody who came."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yike.rooms.core.refs import new_id
from yike.rooms.places import visiting


class VisitCount(models.Model):
    """How many came on some days, how that was counted and by whom. Taken back, never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    station = models.ForeignKey(
        "places.Station", models.PROTECT, related_name="+", verbose_name="站点"
    )
    from_on = models.DateField("从哪天")
    last_on = models.DateField("到哪天（含）")
    visitors = models.PositiveIntegerField("人次")
    how = models.CharField("怎么数的", max_length=6, choices=list(visiting.HOWS.items()))
    words = models.CharField("说明", max_length=200, blank=True)
    label = models.CharField("登记人", max_length=80, blank=True)
    noted_at = models.DateTimeField("登记时间")
    taken_back_at = models.DateTimeField("撤销时间", null=True, blank=True)
    taken_back_for = models.CharField("撤销原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "来访人次"
        verbose_name_plural = "来访人次"
        ordering = ["-from_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(how__in=list(visiting.HOWS), last_on__gte=F("from_on")),
                name="places_visitcount_words",
            ),
        ]
        indexes = [models.Index(fields=["station", "from_on"], name="places_visitcount_station")]

    def __str__(self) -> str:
        return f"{self.station_id} {self.from_on}"
