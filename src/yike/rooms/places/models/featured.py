"""Featured stations: what is special about them, version by version, reviewed by the county."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from yike.rooms.core.refs import new_id
from yike.rooms.places import featuring


class FeaturedProfile(models.Model):
    """One version of what a featured station tells about itself."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    station = models.ForeignKey(
        "places.Station", models.PROTECT, related_name="+", verbose_name="站点"
    )
    version = models.PositiveSmallIntegerField("版本")
    state = models.CharField(
        "状态", max_length=10, choices=list(featuring.STATES.items()), default=featuring.DRAFT
    )
    theme = models.CharField("特色主题", max_length=60, blank=True)
    partners = ArrayField(
        models.CharField(max_length=80), default=list, blank=True, verbose_name="共建单位"
    )
    features = ArrayField(
        models.CharField(max_length=80), default=list, blank=True, verbose_name="特色要素"
    )
    story = models.TextField("介绍", blank=True)
    #: by which paper it is on the list
    source = models.CharField("列入依据", max_length=200, blank=True)
    #: from when on it is featured: of the first version that was published, carried on
    featured_on = models.DateField("列为特色的日期", null=True, blank=True)
    written_at = models.DateTimeField("起草时间")
    label = models.CharField("起草人", max_length=80, blank=True)
    submitted_by = models.UUIDField("提交人", null=True, blank=True)
    reviewer = models.CharField("审核人", max_length=80, blank=True)
    reviewed_on = models.DateField("审核日期", null=True, blank=True)
    reason = models.CharField("退回或撤下的原因", max_length=200, blank=True)
    demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "特色站点档案"
        verbose_name_plural = "特色站点档案"
        ordering = ["station_id", "-version"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(featuring.STATES)), name="places_profile_state"
            ),
            models.UniqueConstraint(
                fields=["station", "version"], name="places_profile_version_once"
            ),
            models.UniqueConstraint(
                fields=["station"], condition=Q(state__in=sorted(featuring.OPEN)),
                name="places_profile_one_open",
            ),
            models.UniqueConstraint(
                fields=["station"], condition=Q(state=featuring.PUBLISHED),
                name="places_profile_one_public",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.station_id} {self.version}"
