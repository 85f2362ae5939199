"""How what stands there is kept: photos, confirmed facts, checks of signs, sites, QR codes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yike.rooms.core.refs import new_id
from yike.rooms.places import upkeep


class Upkeep(models.Model):
    """Since when a station's, terminal's or sign's point is on the map, and who confirmed it."""

    id = models.BigAutoField(primary_key=True)
    facility = models.CharField("类别", max_length=8, choices=list(upkeep.FACILITIES.items()))
    subject = models.UUIDField("对象")
    region = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", verbose_name="所在区划"
    )
    published_on = models.DateField("上图日期", null=True, blank=True)
    confirmed_on = models.DateField("核对日期", null=True, blank=True)
    confirmed_by = models.CharField("核对人", max_length=80, blank=True)

    class Meta:
        verbose_name = "维护情况"
        verbose_name_plural = "维护情况"
        constraints = [
            models.UniqueConstraint(fields=["facility", "subject"], name="places_upkeep_once"),
            models.CheckConstraint(
                condition=Q(facility__in=list(upkeep.FACILITIES)), name="places_upkeep_words"
            ),
        ]


class Photo(models.Model):
    """A photo of a place: when it was taken, which way it looks, whether somebody reviewed it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    facility = models.CharField("类别", max_length=8, choices=list(upkeep.FACILITIES.items()))
    subject = models.UUIDField("对象")
    region = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", verbose_name="所在区划"
    )
    file = models.UUIDField("照片")
    taken_on = models.DateField("拍摄日期")
    direction = models.CharField("朝向", max_length=6, choices=list(upkeep.DIRECTIONS.items()))
    words = models.CharField("说明", max_length=200, blank=True)
    account = models.UUIDField("上传人", null=True, blank=True)
    label = models.CharField("上传人称呼", max_length=80, blank=True)
    status = models.CharField(
        "审核", max_length=8, choices=list(upkeep.PHOTO_STATUSES.items()), default=upkeep.WAITING
    )
    reviewer = models.CharField("审核人", max_length=80, blank=True)
    reviewed_on = models.DateField("审核日期", null=True, blank=True)
    reason = models.CharField("退回原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "现场照片"
        verbose_name_plural = "现场照片"
        ordering = ["-taken_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    facility__in=list(upkeep.FACILITIES), direction__in=list(upkeep.DIRECTIONS),
                    status__in=list(upkeep.PHOTO_STATUSES),
                ),
                name="places_photo_words",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["facility", "subject"], name="places_photo_subject")]


class SignCheck(models.Model):
    """Somebody looked whether a sign still stands and can be read."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sign = models.ForeignKey("places.Sign", models.PROTECT, related_name="+", verbose_name="指引牌")
    on = models.DateField("巡查日期")
    result = models.CharField("结果", max_length=8, choices=list(upkeep.CHECKS.items()))
    words = models.CharField("说明", max_length=200, blank=True)
    label = models.CharField("巡查人", max_length=80, blank=True)

    class Meta:
        verbose_name = "指引牌巡查"
        verbose_name_plural = "指引牌巡查"
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(result__in=list(upkeep.CHECKS)), name="places_signcheck_words"
            ),
        ]


class PublicSite(models.Model):
    """A public place that shall have boards and codes: a centre, a park of law, a front."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField("名称", max_length=100)
    kind = models.CharField("类别", max_length=8, choices=list(upkeep.SITE_KINDS.items()))
    region = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", verbose_name="所在区划"
    )
    address = models.CharField("地址", max_length=200, blank=True)
    owner = models.CharField("管理单位", max_length=80, blank=True)
    listed_on = models.DateField("列入日期")
    ended_on = models.DateField("撤出日期", null=True, blank=True)
    demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "公共场所"
        verbose_name_plural = "公共场所"
        ordering = ["kind", "region_id", "name"]
        constraints = [
            models.UniqueConstraint(fields=["region", "name"], name="places_site_once"),
            models.CheckConstraint(
                condition=Q(kind__in=list(upkeep.SITE_KINDS)), name="places_site_words"
            ),
        ]


class QrCode(models.Model):
    """A code that leads to a service: a picture given by a platform, or our own short address."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField("名称", max_length=100)
    platform = models.CharField("平台", max_length=8, choices=list(upkeep.PLATFORMS.items()))
    #: where it leads; of a mini-program's picture perhaps unknown
    target = models.CharField("目标地址", max_length=500, blank=True)
    slug = models.CharField("短码", max_length=12, unique=True)
    picture = models.UUIDField("码图", null=True, blank=True)
    owner = models.CharField("负责单位", max_length=80)
    region = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", verbose_name="使用区划"
    )
    registered_on = models.DateField("登记日期")
    ended_on = models.DateField("停用日期", null=True, blank=True)
    #: unknown, fine or broken, when and by whom that was found
    state = models.CharField(
        "链接", max_length=8, choices=list(upkeep.LINK_STATES.items()), default=upkeep.UNKNOWN
    )
    checked_at = models.DateTimeField("检查时间", null=True, blank=True)
    checked_by = models.CharField("检查人", max_length=80, blank=True)
    fault = models.CharField("检查说明", max_length=200, blank=True)
    demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "服务码"
        verbose_name_plural = "服务码"
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(platform__in=list(upkeep.PLATFORMS), state__in=list(upkeep.LINK_STATES))
                & (~Q(target="") | Q(picture__isnull=False)),
                name="places_qrcode_words",
            ),
        ]


class QrPlace(models.Model):
    """Where a code was put up: at a public site, on a sign, at a station, or somewhere told."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.ForeignKey(QrCode, models.PROTECT, related_name="+", verbose_name="服务码")
    site = models.ForeignKey(
        PublicSite, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="公共场所",
    )  # fmt: skip
    station = models.ForeignKey(
        "places.Station", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="站点",
    )  # fmt: skip
    words = models.CharField("张贴位置", max_length=200)
    put_up_on = models.DateField("张贴日期")
    taken_down_on = models.DateField("撤下日期", null=True, blank=True)

    class Meta:
        verbose_name = "张贴处"
        verbose_name_plural = "张贴处"
        ordering = ["code_id", "put_up_on", "id"]


class QrDay(models.Model):
    """How often a code was scanned on a day: a count, nothing about who did."""

    id = models.BigAutoField(primary_key=True)
    code = models.ForeignKey(QrCode, models.CASCADE, related_name="+", verbose_name="服务码")
    day = models.DateField("日期")
    scans = models.PositiveIntegerField("扫码次数", default=0)

    class Meta:
        verbose_name = "扫码日计"
        verbose_name_plural = "扫码日计"
        constraints = [
            models.UniqueConstraint(fields=["code", "day"], name="places_qrday_once"),
        ]
