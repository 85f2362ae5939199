"""Networks, population data, yardsticks and runs. Cells and minutes are kept as packed columns."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yike.rooms.core.refs import new_id
from yike.rooms.reach import flow


class Network(models.Model):
    """The roads of a county for one mode, in one version; its file lies beside, by digest."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county_code = models.CharField("县（市、区）", max_length=12, db_collation="C")
    mode = models.CharField("出行方式", max_length=8, choices=list(flow.MODES.items()))
    version = models.PositiveIntegerField("版本")
    kind = models.CharField("来源类别", max_length=8, choices=list(flow.SOURCES.items()))
    source = models.CharField("来源文件", max_length=120)
    vintage = models.CharField("数据日期", max_length=40, blank=True)
    licence = models.CharField("许可说明", max_length=200, blank=True)
    #: names of the fields of an own layer
    fields = models.JSONField("图层字段", default=dict, blank=True)
    state = models.CharField("状态", max_length=8, choices=list(flow.NETWORK_STATES.items()))
    fault = models.CharField("原因", max_length=400, blank=True)
    #: SHA-256 of the stored network, hex
    digest = models.CharField("路网摘要", max_length=64, blank=True)
    facts = models.JSONField("说明", default=dict, blank=True)
    taken_at = models.DateTimeField("上传时间")
    taken_by = models.CharField("上传人", max_length=80, blank=True)

    class Meta:
        verbose_name = "路网"
        verbose_name_plural = "路网"
        constraints = [
            models.UniqueConstraint(
                fields=["county_code", "mode", "version"], name="reach_network_version"
            ),
            models.UniqueConstraint(
                fields=["county_code", "mode"],
                condition=Q(state=flow.CURRENT),
                name="reach_network_one_current",
            ),
            models.CheckConstraint(
                condition=Q(state__in=list(flow.NETWORK_STATES), mode__in=list(flow.MODES)),
                name="reach_network_words",
            ),
        ]


class Timetable(models.Model):
    """Ferries and buses of a county by timetable (GTFS); laid into each network, by digest."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county_code = models.CharField("县（市、区）", max_length=12, db_collation="C")
    version = models.PositiveIntegerField("版本")
    source = models.CharField("来源文件", max_length=120)
    licence = models.CharField("许可说明", max_length=200)
    state = models.CharField("状态", max_length=8, choices=list(flow.TIMETABLE_STATES.items()))
    fault = models.CharField("原因", max_length=400, blank=True)
    #: SHA-256 of the stored feed, hex
    digest = models.CharField("时刻表摘要", max_length=64, blank=True)
    since = models.DateField("有效期从", null=True, blank=True)
    until = models.DateField("有效期到", null=True, blank=True)
    facts = models.JSONField("说明", default=dict, blank=True)
    taken_at = models.DateTimeField("上传时间")
    taken_by = models.CharField("上传人", max_length=80, blank=True)

    class Meta:
        verbose_name = "时刻表"
        verbose_name_plural = "时刻表"
        constraints = [
            models.UniqueConstraint(
                fields=["county_code", "version"], name="reach_timetable_version"
            ),
            models.UniqueConstraint(
                fields=["county_code"],
                condition=Q(state=flow.CURRENT),
                name="reach_timetable_one_current",
            ),
            models.CheckConstraint(
                condition=Q(state__in=list(flow.TIMETABLE_STATES)), name="reach_timetable_words"
            ),
        ]


class PopulationSet(models.Model):
    """Population cells of a county with vintage and source; `cells` holds them all, packed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county_code = models.CharField("县（市、区）", max_length=12, db_collation="C")
    name = models.CharField("名称", max_length=80)
    source = models.CharField("来源", max_length=160)
    vintage = models.CharField("数据年份", max_length=40)
    #: from villages' centres instead of an upload
    derived = models.BooleanField("由村中心推算", default=False)
    system = models.CharField("坐标系", max_length=8, choices=list(flow.SYSTEMS.items()))
    state = models.CharField("状态", max_length=8, choices=list(flow.PEOPLE_STATES.items()))
    fault = models.CharField("原因", max_length=400, blank=True)
    verdict = models.CharField("坐标判断", max_length=400, blank=True)
    likeness = models.CharField("坐标像是", max_length=16, blank=True)
    warnings = models.JSONField("提示", default=list, blank=True)
    cells = models.BinaryField("人口单元", null=True, blank=True)
    count = models.PositiveIntegerField("单元数", default=0)
    total = models.PositiveIntegerField("总人数", default=0)
    #: SHA-256 of the cells, hex
    digest = models.CharField("摘要", max_length=64, blank=True)
    taken_at = models.DateTimeField("上传时间")
    taken_by = models.CharField("上传人", max_length=80, blank=True)

    class Meta:
        verbose_name = "人口数据"
        verbose_name_plural = "人口数据"
        constraints = [
            models.UniqueConstraint(
                fields=["county_code"],
                condition=Q(state=flow.CURRENT),
                name="reach_people_one_current",
            ),
            models.CheckConstraint(
                condition=Q(state__in=list(flow.PEOPLE_STATES), system__in=list(flow.SYSTEMS)),
                name="reach_people_words",
            ),
        ]


class Yardstick(models.Model):
    """How far help may be in a county, by class of zone; and which class each town is of."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county_code = models.CharField("县（市、区）", max_length=12, db_collation="C")
    version = models.PositiveIntegerField("版本")
    minutes = models.PositiveSmallIntegerField("分钟数", default=15)
    #: [{zone, names, minutes, mode, metres, text}]
    zones = models.JSONField("各类地区")
    #: town or village code → zone
    places = models.JSONField("乡镇和村的类别", default=dict, blank=True)
    #: whether only stations count that stand on the public map
    published = models.BooleanField("只算已上图的站点", default=True)
    source = models.CharField("依据", max_length=200)
    article = models.CharField("条款", max_length=120, blank=True)
    checked_on = models.DateField("核对日期")
    set_at = models.DateTimeField("设置时间")
    set_by = models.CharField("设置人", max_length=80, blank=True)

    class Meta:
        verbose_name = "服务圈标尺"
        verbose_name_plural = "服务圈标尺"
        constraints = [
            models.UniqueConstraint(
                fields=["county_code", "version"], name="reach_yardstick_version"
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=120), name="reach_yardstick_minutes"
            ),
        ]


class Run(models.Model):
    """One reckoning: its inputs whole, so that it can be repeated; minutes by cell; tables."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county_code = models.CharField("县（市、区）", max_length=12, db_collation="C")
    name = models.CharField("名称", max_length=80)
    #: the run a scenario is compared with
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="对比的测算"
    )
    people = models.ForeignKey(
        PopulationSet, models.PROTECT, related_name="+", verbose_name="人口数据"
    )
    ruler = models.CharField("出行方式口径", max_length=8, choices=list(flow.RULERS.items()))
    #: networks by digest, stations, modes by zone, yardstick, instant
    inputs = models.JSONField("输入")
    inputs_digest = models.CharField("输入摘要", max_length=64)
    state = models.CharField("状态", max_length=10, choices=list(flow.RUN_STATES.items()))
    fault = models.CharField("原因", max_length=400, blank=True)
    minutes = models.BinaryField("各单元用时", null=True, blank=True)
    tables = models.JSONField("结果表", default=dict, blank=True)
    #: of the tables what lists show: covered, uncovered, total
    sums = models.JSONField("人数", default=dict, blank=True)
    digest = models.CharField("结果摘要", max_length=64, blank=True)
    snapshot = models.CharField("快照", max_length=40, blank=True)
    asked_at = models.DateTimeField("提交时间")
    asked_by = models.CharField("提交人", max_length=80, blank=True)
    done_at = models.DateTimeField("完成时间", null=True, blank=True)
    repeated_at = models.DateTimeField("核对时间", null=True, blank=True)
    #: what the last repetition found, in words
    repeated = models.CharField("核对结果", max_length=200, blank=True)

    class Meta:
        verbose_name = "测算"
        verbose_name_plural = "测算"
        indexes = [models.Index(fields=["county_code", "-asked_at"], name="reach_run_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(flow.RUN_STATES), ruler__in=list(flow.RULERS)),
                name="reach_run_words",
            ),
            models.UniqueConstraint(
                fields=["county_code", "snapshot"],
                condition=~Q(snapshot=""),
                name="reach_run_snapshot_once",
            ),
        ]
