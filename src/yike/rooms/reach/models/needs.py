"""The office's own figures for siting: seasons of people, what a terminal's place is worth."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yike.rooms.core.refs import new_id
from yike.rooms.reach.models.circle import Run


class Season(models.Model):
    """A time of the year with other people in some places: a fishing ban, holidays."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county_code = models.CharField("县（市、区）", max_length=12, db_collation="C")
    name = models.CharField("名称", max_length=40)
    since = models.DateField("开始日期")
    until = models.DateField("结束日期")
    #: town or village code → percent of the people that are there then
    factors = models.JSONField("各地人数（百分比）")
    source = models.CharField("依据", max_length=200)
    set_at = models.DateTimeField("填写时间")
    set_by = models.CharField("填写人", max_length=80, blank=True)
    ended_at = models.DateTimeField("停用时间", null=True, blank=True)

    class Meta:
        verbose_name = "季节"
        verbose_name_plural = "季节"
        constraints = [
            models.UniqueConstraint(
                fields=["county_code", "name"],
                condition=Q(ended_at=None),
                name="reach_season_once",
            ),
            models.CheckConstraint(
                condition=Q(until__gte=models.F("since")), name="reach_season_days"
            ),
        ]


class TerminalScheme(models.Model):
    """What counts how much for a terminal (按需配备), in versions that never change."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county_code = models.CharField("县（市、区）", max_length=12, db_collation="C")
    version = models.PositiveIntegerField("版本")
    #: [{key, weight, low, high}] as text of decimals
    measures = models.JSONField("指标")
    source = models.CharField("依据", max_length=200)
    checked_on = models.DateField("核对日期")
    set_at = models.DateTimeField("设置时间")
    set_by = models.CharField("设置人", max_length=80, blank=True)

    class Meta:
        verbose_name = "终端评分办法"
        verbose_name_plural = "终端评分办法"
        constraints = [
            models.UniqueConstraint(
                fields=["county_code", "version"], name="reach_terminalscheme_version"
            ),
        ]


class TerminalRating(models.Model):
    """Candidate places for terminals with their figures, scored by one scheme on top of a run."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county_code = models.CharField("县（市、区）", max_length=12, db_collation="C")
    name = models.CharField("名称", max_length=80)
    run = models.ForeignKey(Run, models.PROTECT, related_name="+", verbose_name="所依据的测算")
    scheme = models.ForeignKey(
        TerminalScheme, models.PROTECT, related_name="+", verbose_name="评分办法"
    )
    #: [{name, kind, village, village_name, lon, lat, source, facts: {measure: value}}]
    places = models.JSONField("候选地点")
    digest = models.CharField("输入摘要", max_length=64)
    made_at = models.DateTimeField("评分时间")
    made_by = models.CharField("评分人", max_length=80, blank=True)

    class Meta:
        verbose_name = "终端选址评分"
        verbose_name_plural = "终端选址评分"
        indexes = [models.Index(fields=["county_code", "-made_at"], name="reach_rating_newest")]
