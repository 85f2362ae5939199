"""Where somebody stands, when it must be manned, and the days a ferry runs."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yike.rooms.core.refs import new_id
from yike.rooms.duty import words


class Post(models.Model):
    """A post that is manned: a station's desk, a window, a telephone line, a round trip.

    `kinds`: resource kinds of practitioners any of which may stand here; empty for anybody.
    `island`: a name for land that one cannot leave during the day; posts on one island may be
    held by one person on one day, others may not. `ferry_weekdays`: days the ferry runs (0 is
    Monday); empty where no ferry is needed.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField("编码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=100)
    kind = models.CharField("类型", max_length=10, choices=list(words.POST_KINDS.items()))
    line = models.CharField("热线", max_length=10, blank=True, choices=list(words.LINES.items()))
    #: the station of the room of places, by value
    place_id = models.UUIDField("站点", null=True, blank=True)
    institution = models.ForeignKey(
        "providers.Institution", models.PROTECT, related_name="+", verbose_name="管理机构"
    )
    region_code = models.CharField("区划", max_length=12, db_collation="C")
    county_code = models.CharField("所属县", max_length=12, db_collation="C")
    services = models.JSONField("提供的服务", default=list, blank=True)
    kinds = models.JSONField("人员类别（任一）", default=list, blank=True)
    specialties = models.JSONField("需要的擅长（任一）", default=list, blank=True)
    languages = models.JSONField("需要的语言（任一）", default=list, blank=True)
    #: only people of the institution itself
    own_people = models.BooleanField("只排本机构人员", default=False)
    phone = models.CharField("公开电话", max_length=40, blank=True)
    island = models.CharField("海岛", max_length=40, blank=True)
    ferry_weekdays = models.JSONField("通航星期", default=list, blank=True)
    lon = models.FloatField("经度（WGS84）", null=True, blank=True)
    lat = models.FloatField("纬度（WGS84）", null=True, blank=True)
    radius_m = models.PositiveIntegerField("签到半径（米）", default=200)
    accuracy_m = models.PositiveIntegerField("定位精度上限（米）", default=100)
    active_from = models.DateField("启用日期")
    active_until = models.DateField("停用日期", null=True, blank=True)
    end_reason = models.CharField("停用原因", max_length=200, blank=True)
    demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "岗位"
        verbose_name_plural = "岗位"
        ordering = ["region_code", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=list(words.POST_KINDS)), name="duty_post_kind"
            ),
            models.CheckConstraint(
                condition=Q(line="") | Q(kind="line", line__in=list(words.LINES)),
                name="duty_post_line",
            ),
            models.CheckConstraint(
                condition=Q(active_until__isnull=True) | Q(active_until__gte=F("active_from")),
                name="duty_post_period",
            ),
            models.CheckConstraint(
                condition=Q(lon__isnull=True, lat__isnull=True)
                | Q(lon__range=(-180, 180), lat__range=(-90, 90)),
                name="duty_post_point_whole",
            ),
        ]
        indexes = [models.Index(fields=["county_code", "code"], name="duty_post_county")]

    def __str__(self) -> str:
        return self.name


class Demand(models.Model):
    """When a post must be manned, and by how many: a weekly rule, or one for one day.

    `until_time` at or before `from_time` means the next morning.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    post = models.ForeignKey(Post, models.CASCADE, related_name="+", verbose_name="岗位")
    weekdays = models.JSONField("星期", default=list, blank=True)
    on_day = models.DateField("只在这一天", null=True, blank=True)
    holidays = models.CharField(
        "节假日", max_length=10, choices=list(words.HOLIDAY_RULES.items()), default="closed"
    )
    from_time = models.TimeField("起")
    until_time = models.TimeField("止")
    people = models.PositiveSmallIntegerField("值班人数", default=1)
    backups = models.PositiveSmallIntegerField("备班人数", default=0)
    active_from = models.DateField("启用日期")
    active_until = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = "排班需求"
        verbose_name_plural = "排班需求"
        ordering = ["post_id", "from_time", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(holidays__in=list(words.HOLIDAY_RULES)), name="duty_demand_holidays"
            ),
            models.CheckConstraint(
                condition=Q(people__gte=1, people__lte=9, backups__lte=9),
                name="duty_demand_people",
            ),
            models.CheckConstraint(
                condition=Q(active_until__isnull=True) | Q(active_until__gte=F("active_from")),
                name="duty_demand_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.from_time}-{self.until_time}"


class FerryDay(models.Model):
    """A day on which the ferry to an island runs against its week, or does not run."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county_code = models.CharField("所属县", max_length=12, db_collation="C")
    island = models.CharField("海岛", max_length=40)
    day = models.DateField("日期")
    runs = models.BooleanField("通航", default=False)
    reason = models.CharField("原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "通航变动"
        verbose_name_plural = "通航变动"
        constraints = [
            models.UniqueConstraint(
                fields=["county_code", "island", "day"], name="duty_ferryday_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.island} {self.day}"
