"""Duty teams: what a post needs and who belongs to it, from a day until a day, with reasons."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yike.rooms.core.refs import new_id
from yike.rooms.providers import kinds


class DutyTeam(models.Model):
    """Those who take turns at one post. Post and place are of rooms above: kept by value."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField("名称", max_length=100)
    region = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", verbose_name="服务区划"
    )
    post_id = models.UUIDField("岗位", null=True, blank=True)
    place_id = models.UUIDField("站点", null=True, blank=True)
    line = models.CharField("线路", max_length=8, choices=list(kinds.LINES.items()), blank=True)
    active_from = models.DateField("组建日期")
    active_until = models.DateField("撤销日期（不含）", null=True, blank=True)
    end_reason = models.CharField("撤销原因", max_length=200, blank=True)
    demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "值班团队"
        verbose_name_plural = "值班团队"
        ordering = ["region_id", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["post_id"],
                condition=Q(post_id__isnull=False, active_until__isnull=True),
                name="providers_one_team_per_post",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DutyNeed(models.Model):
    """One line of what a team must be composed of: so many of these kinds, with this skill."""

    id = models.BigAutoField(primary_key=True)
    team = models.ForeignKey(DutyTeam, models.CASCADE, related_name="+", verbose_name="团队")
    #: resource kinds 01…09, any of them; empty: any kind
    kinds = models.JSONField("人员类别", default=list, blank=True)
    people = models.PositiveSmallIntegerField("至少人数", default=1)
    specialty = models.CharField("须擅长", max_length=20, blank=True)
    language = models.CharField("须会", max_length=20, blank=True)

    class Meta:
        verbose_name = "团队资格要求"
        verbose_name_plural = "团队资格要求"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.team_id} {self.people}"


class DutyMember(models.Model):
    """One person's time in a team. A change ends a row and begins another: nothing is edited."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    team = models.ForeignKey(DutyTeam, models.PROTECT, related_name="+", verbose_name="团队")
    practitioner = models.ForeignKey(
        "providers.Practitioner", models.PROTECT, related_name="+", verbose_name="人员"
    )
    part = models.CharField("担任", max_length=8, choices=list(kinds.PARTS.items()))
    from_on = models.DateField("起")
    until_on = models.DateField("止（不含）", null=True, blank=True)
    reason = models.CharField("加入原因", max_length=200)
    end_reason = models.CharField("退出原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "团队成员"
        verbose_name_plural = "团队成员"
        ordering = ["team_id", "from_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(part__in=list(kinds.PARTS)), name="providers_member_part"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=models.F("from_on")),
                name="providers_member_period",
            ),
            models.UniqueConstraint(
                fields=["team", "practitioner"],
                condition=Q(until_on__isnull=True),
                name="providers_member_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team_id} {self.practitioner_id}"
