"""What else a station or public place is: its elements, each with unit, day and evidence."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yike.rooms.core.refs import new_id
from yike.rooms.places import colocation


class SiteElement(models.Model):
    """One element at a station or public place, and its number in that element's own register."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    station = models.ForeignKey(
        "places.Station", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="站点",
    )  # fmt: skip
    site = models.ForeignKey(
        "places.PublicSite", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="公共场所",
    )  # fmt: skip
    region = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", verbose_name="所在区划"
    )
    kind = models.CharField("要素", max_length=8, choices=list(colocation.ELEMENTS.items()))
    unit = models.CharField("责任单位", max_length=80)
    since = models.DateField("设立日期")
    evidence = models.CharField("依据", max_length=200)
    #: in the register of stations of practice, of the circle's facilities
    number = models.CharField("对方名册编号", max_length=60, blank=True)
    #: what of public legal services is done there
    function = models.CharField("承担的公共法律服务职能", max_length=200, blank=True)
    label = models.CharField("登记人", max_length=80, blank=True)
    ended_on = models.DateField("撤销日期", null=True, blank=True)

    class Meta:
        verbose_name = "聚集要素"
        verbose_name_plural = "聚集要素"
        ordering = ["kind", "since", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=list(colocation.ELEMENTS))
                & (
                    Q(station__isnull=True, site__isnull=False)
                    | Q(station__isnull=False, site__isnull=True)
                ),
                name="places_element_words",
            ),
            models.UniqueConstraint(
                fields=["station", "site", "kind"], condition=Q(ended_on__isnull=True),
                nulls_distinct=False, name="places_element_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} {self.station_id or self.site_id}"
