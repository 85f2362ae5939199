"""What can be booked: opening patterns, closures, the slots cut from them, and the rule."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yike.rooms.booking import kinds
from yike.rooms.core.refs import new_id

_KINDS = list(kinds.NAMES.items())


class Pattern(models.Model):
    """When an office can be booked: its own weekly hours, or whoever stands at a post (duty)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField("预约类别", max_length=12, choices=_KINDS)
    org = models.UUIDField("办理机构")
    #: a station of the room of places, by value; null for video
    place_id = models.UUIDField("地点", null=True, blank=True)
    place_name = models.CharField("地点名称", max_length=100)
    region_code = models.CharField("区划", max_length=12, db_collation="C")
    county_code = models.CharField("所属县", max_length=12, db_collation="C")
    source = models.CharField("来源", max_length=8, choices=list(kinds.SOURCES.items()))
    #: a post of the room of duty, by value, when the source is the roster; a circuit's stop, when
    #: it is a circuit
    post_id = models.UUIDField("岗位", null=True, blank=True)
    account_id = models.UUIDField("接待人账号", null=True, blank=True)
    person = models.CharField("接待人", max_length=40, blank=True)
    #: days of the week, 0 is Monday
    weekdays = models.JSONField("星期", default=list, blank=True)
    #: which weeks of a month (1…5); empty = every week
    weeks = models.JSONField("每月第几个", default=list, blank=True)
    from_time = models.TimeField("起", null=True, blank=True)
    until_time = models.TimeField("止", null=True, blank=True)
    minutes = models.PositiveSmallIntegerField("每个时段分钟")
    capacity = models.PositiveSmallIntegerField("每个时段名额")
    on_holidays = models.BooleanField("节假日也开放", default=False)
    item_code = models.CharField("服务事项", max_length=40, blank=True)
    note = models.CharField("提示", max_length=200, blank=True)
    ahead_days = models.PositiveSmallIntegerField("提前开放天数", default=21)
    #: booked at least so long before it begins
    lead_minutes = models.PositiveIntegerField("至少提前分钟", default=30)
    active_from = models.DateField("启用日期")
    active_until = models.DateField("停用日期（不含）", null=True, blank=True)
    demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "预约时段设置"
        verbose_name_plural = verbose_name
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=list(kinds.NAMES)), name="booking_pattern_kind"
            ),
            models.CheckConstraint(
                condition=Q(source="office", from_time__lt=F("until_time"), post_id=None)
                | Q(source__in=["roster", "circuit"], post_id__isnull=False),
                name="booking_pattern_source",
            ),
            models.CheckConstraint(
                condition=Q(minutes__range=(5, 480), capacity__range=(1, 200)),
                name="booking_pattern_size",
            ),
        ]
        indexes = [models.Index(fields=["county_code", "kind"], name="booking_pattern_county")]


class Closure(models.Model):
    """Days on which an office, or one of its patterns, takes nobody."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    org = models.UUIDField("办理机构")
    pattern = models.ForeignKey(
        Pattern, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="时段设置"
    )
    region_code = models.CharField("区划", max_length=12, db_collation="C")
    from_on = models.DateField("起")
    until_on = models.DateField("止（含）")
    reason = models.CharField("原因", max_length=100)
    made_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "预约停用"
        verbose_name_plural = verbose_name
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="booking_closure_period"
            )
        ]
        indexes = [models.Index(fields=["org", "until_on"], name="booking_closure_org")]


class Slot(models.Model):
    """A time at a place that so many people can have; how many have it is counted, never kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    pattern = models.ForeignKey(Pattern, models.PROTECT, related_name="+", verbose_name="时段设置")
    kind = models.CharField("预约类别", max_length=12, choices=_KINDS)
    org = models.UUIDField("办理机构")
    place_id = models.UUIDField("地点", null=True, blank=True)
    region_code = models.CharField("区划", max_length=12, db_collation="C")
    county_code = models.CharField("所属县", max_length=12, db_collation="C")
    day = models.DateField("日期")
    from_at = models.DateTimeField("起")
    until_at = models.DateTimeField("止")
    capacity = models.PositiveSmallIntegerField("名额")
    account_id = models.UUIDField("接待人账号", null=True, blank=True)
    person = models.CharField("接待人", max_length=40, blank=True)
    state = models.CharField(
        "状态", max_length=8, choices=list(kinds.SLOT_STATES.items()), default="open"
    )
    closed_reason = models.CharField("停用原因", max_length=100, blank=True)
    demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "预约时段"
        verbose_name_plural = verbose_name
        constraints = [
            models.UniqueConstraint(fields=["pattern", "from_at"], name="booking_slot_once"),
            models.CheckConstraint(
                condition=Q(until_at__gt=F("from_at")), name="booking_slot_period"
            ),
            models.CheckConstraint(
                condition=Q(state__in=list(kinds.SLOT_STATES)), name="booking_slot_state"
            ),
        ]
        indexes = [
            models.Index(fields=["county_code", "kind", "from_at"], name="booking_slot_find"),
            models.Index(fields=["org", "from_at"], name="booking_slot_org"),
        ]


class Rule(models.Model):
    """How a county gives out times: one version, never changed; the newest counts."""

    id = models.BigAutoField(primary_key=True)
    county_code = models.CharField("所属县", max_length=12, db_collation="C")
    version = models.PositiveIntegerField("版本")
    hold_minutes = models.PositiveSmallIntegerField("占位分钟", default=10)
    offer_minutes = models.PositiveSmallIntegerField("候补答复分钟", default=60)
    #: so many no-shows …
    no_shows = models.PositiveSmallIntegerField("未到次数", default=3)
    #: … within so many days: then only by telephone or at the window
    within_days = models.PositiveSmallIntegerField("天数", default=90)
    words = models.CharField("告知的话", max_length=200)
    reason = models.CharField("修改原因", max_length=200, blank=True)
    set_at = models.DateTimeField("设置时间")

    class Meta:
        verbose_name = "预约规则"
        verbose_name_plural = verbose_name
        constraints = [
            models.UniqueConstraint(fields=["county_code", "version"], name="booking_rule_version"),
            models.CheckConstraint(
                condition=Q(hold_minutes__range=(3, 60), offer_minutes__range=(10, 1440)),
                name="booking_rule_minutes",
            ),
        ]
