"""What stands where: stations, terminals, signs, windows and rooms. All public."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yike.rooms.core.refs import new_id
from yike.rooms.places import kinds, origins
from yike.rooms.providers import kinds as provider_kinds


class Station(models.Model):
    """A place where people get legal help: centre, station, room or stop."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField("编码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=100)
    level = models.PositiveSmallIntegerField("级别", choices=list(kinds.LEVELS.items()))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="上级站点"
    )
    institution = models.ForeignKey(
        "providers.Institution", models.PROTECT, related_name="+", verbose_name="管理机构"
    )
    region = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", verbose_name="所在区划"
    )
    address = models.CharField("地址", max_length=200, blank=True)
    phone = models.CharField("电话", max_length=40, blank=True)
    #: who answers for it, as published; whoever is on duty today is another room's
    keeper = models.CharField("站点负责人", max_length=40, blank=True)
    lon = models.FloatField("经度（WGS84）", null=True, blank=True)
    lat = models.FloatField("纬度（WGS84）", null=True, blank=True)
    point_crs = models.CharField("坐标来源系", max_length=8, blank=True)
    #: how the point was found, and how exact that is: origins.py
    point_way = models.CharField(
        "位置怎么得到的", max_length=8, choices=list(origins.WAYS.items()), blank=True
    )
    point_accuracy_m = models.FloatField("位置误差（米）", null=True, blank=True)
    grade = models.CharField("等级", max_length=20, blank=True)
    graded_on = models.DateField("评定日期", null=True, blank=True)
    hours = models.JSONField("开放时间", default=dict, blank=True)
    holiday_rule = models.CharField(
        "节假日", max_length=10, choices=list(kinds.HOLIDAY_RULES.items()), default="closed"
    )
    opened_on = models.DateField("启用日期")
    closed_on = models.DateField("停用日期", null=True, blank=True)
    close_reason = models.CharField("停用原因", max_length=200, blank=True)
    featured = models.BooleanField("特色品牌站点", default=False)
    theme = models.CharField("特色主题", max_length=200, blank=True)
    demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "站点"
        verbose_name_plural = "站点"
        ordering = ["level", "region_id", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=list(kinds.LEVELS)), name="places_station_level"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=models.F("opened_on")),
                name="places_station_period",
            ),
            models.CheckConstraint(
                condition=~Q(parent=models.F("id")), name="places_station_not_own_parent"
            ),
            models.CheckConstraint(
                condition=Q(lon__isnull=True, lat__isnull=True)
                | Q(lon__range=(-180, 180), lat__range=(-90, 90)),
                name="places_station_point_whole",
            ),
            models.CheckConstraint(
                condition=Q(point_way__in=["", *origins.WAYS]), name="places_station_point_way"
            ),
        ]
        indexes = [models.Index(fields=["region", "level"], name="places_station_region_level")]

    def __str__(self) -> str:
        return self.name


class StationService(models.Model):
    """Which of the ten services a station gives, and how."""

    id = models.BigAutoField(primary_key=True)
    station = models.ForeignKey(Station, models.CASCADE, related_name="+", verbose_name="站点")
    service = models.CharField("服务", max_length=4, choices=list(provider_kinds.SERVICES.items()))
    mode = models.CharField("方式", max_length=10, choices=list(provider_kinds.MODES.items()))

    class Meta:
        verbose_name = "站点服务"
        verbose_name_plural = "站点服务"
        constraints = [
            models.UniqueConstraint(
                fields=["station", "service", "mode"], name="places_service_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.station_id} {self.service} {self.mode}"


class Lineage(models.Model):
    """One station went on in another: by merger or by division."""

    id = models.BigAutoField(primary_key=True)
    before = models.ForeignKey(Station, models.PROTECT, related_name="+", verbose_name="原站点")
    after = models.ForeignKey(Station, models.PROTECT, related_name="+", verbose_name="后继站点")
    kind = models.CharField("方式", max_length=6, choices=[("merge", "合并"), ("split", "分设")])
    on = models.DateField("日期")

    class Meta:
        verbose_name = "站点沿革"
        verbose_name_plural = "站点沿革"
        constraints = [
            models.UniqueConstraint(fields=["before", "after"], name="places_lineage_once"),
            models.CheckConstraint(
                condition=~Q(before=models.F("after")), name="places_lineage_not_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.before_id} → {self.after_id}"


class Facility(models.Model):
    """What terminals and signs have in common: a kind, a place, a point, a status."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField("编码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=100)
    kind = models.CharField("类型", max_length=40)
    station = models.ForeignKey(
        Station, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="所在站点"
    )
    region = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", verbose_name="所在区划"
    )
    address = models.CharField("地址", max_length=200, blank=True)
    lon = models.FloatField("经度（WGS84）", null=True, blank=True)
    lat = models.FloatField("纬度（WGS84）", null=True, blank=True)
    point_crs = models.CharField("坐标来源系", max_length=8, blank=True)
    #: how the point was found, and how exact that is: origins.py
    point_way = models.CharField(
        "位置怎么得到的", max_length=8, choices=list(origins.WAYS.items()), blank=True
    )
    point_accuracy_m = models.FloatField("位置误差（米）", null=True, blank=True)
    status = models.CharField(
        "状态", max_length=10, choices=list(kinds.STATUSES.items()), default="working"
    )
    installed_on = models.DateField("设置日期")
    demo = models.BooleanField("演示数据", default=False)

    class Meta:
        abstract = True
        ordering = ["region_id", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(point_way__in=["", *origins.WAYS]), name="places_%(class)s_point_way"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Terminal(Facility):
    """A self-service machine (P2 智能终端设备)."""

    model = models.CharField("型号", max_length=80, blank=True)
    owner = models.CharField("权属单位", max_length=80, blank=True)
    outdoor = models.BooleanField("室外", default=False)
    warranty_until = models.DateField("保修到（不含）", null=True, blank=True)

    class Meta(Facility.Meta):
        verbose_name = "智能终端"
        verbose_name_plural = "智能终端"


class Sign(Facility):
    """A guide sign, a hotline board or an element that leads from a place to the services (P3)."""

    owner = models.CharField("权属单位", max_length=80, blank=True)
    #: which edition of the words stands on it
    text_version = models.CharField("文字版本", max_length=80, blank=True)
    site = models.ForeignKey(
        "places.PublicSite", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="所在公共场所",
    )  # fmt: skip

    class Meta(Facility.Meta):
        verbose_name = "指引牌"
        verbose_name_plural = "指引牌"


class Space(models.Model):
    """A window or a room of a station: what is done there, when, and whether it is open."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    station = models.ForeignKey(Station, models.PROTECT, related_name="+", verbose_name="站点")
    code = models.CharField("编码", max_length=40)
    name = models.CharField("名称", max_length=100)
    kind = models.CharField("类型", max_length=10, choices=list(kinds.SPACES.items()))
    #: who staffs it, when it is not the station's own house
    institution = models.ForeignKey(
        "providers.Institution", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="驻点机构",
    )  # fmt: skip
    #: codes of the ten services
    services = models.JSONField("办理服务", default=list, blank=True)
    #: as of a station; empty: the station's own
    hours = models.JSONField("开放时间", default=dict, blank=True)
    seats = models.PositiveSmallIntegerField("座位数", default=0)
    equipment = models.CharField("设备", max_length=200, blank=True)
    #: the code before its numbers in the hall's queue
    queue_code = models.CharField("叫号业务编码", max_length=20, blank=True)
    status = models.CharField(
        "状态", max_length=8, choices=list(kinds.SPACE_STATUSES.items()), default="open"
    )
    status_reason = models.CharField("状态说明", max_length=200, blank=True)
    status_on = models.DateField("状态日期")

    class Meta:
        verbose_name = "窗口和房间"
        verbose_name_plural = "窗口和房间"
        ordering = ["station_id", "kind", "code"]
        constraints = [
            models.UniqueConstraint(fields=["station", "code"], name="places_space_code_once"),
            models.CheckConstraint(
                condition=Q(kind__in=list(kinds.SPACES), status__in=list(kinds.SPACE_STATUSES)),
                name="places_space_words",
            ),
        ]

    def __str__(self) -> str:
        return self.name
