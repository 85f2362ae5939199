"""Uploads of points, dated reports of comparing lists, other platforms and what they were told."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from yike.rooms.core.refs import new_id
from yike.rooms.exchange import changes, flow
from yike.rooms.places.upkeep import FACILITIES


class Upload(models.Model):
    """One file of points of an office: checked, approved by somebody else, applied, undoable."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county_code = models.CharField("县（市、区）", max_length=12, db_collation="C")
    #: the town of an office, or the county: nothing outside it is touched
    region_code = models.CharField("区划", max_length=12, db_collation="C")
    facility = models.CharField("类别", max_length=8, choices=list(FACILITIES.items()))
    #: counts the uploads of a county
    version = models.PositiveIntegerField("版本")
    file_name = models.CharField("文件", max_length=120)
    crs = models.CharField("坐标系", max_length=8)
    note = models.CharField("说明", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=list(flow.STATES.items()))
    #: [{line, verb, id, code, name, facts, before}]: see planning.py
    plan = models.JSONField("变更清单")
    added = models.PositiveIntegerField("新增", default=0)
    changed = models.PositiveIntegerField("修改", default=0)
    left = models.PositiveIntegerField("不变", default=0)
    verdict = models.CharField("坐标判断", max_length=400, blank=True)
    taken_at = models.DateTimeField("上传时间")
    taken_by = models.CharField("上传人", max_length=80, blank=True)
    taken_ref = models.CharField("上传人账号", max_length=64)
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    decided_at = models.DateTimeField("审批时间", null=True, blank=True)
    decided_by = models.CharField("审批人", max_length=80, blank=True)
    reason = models.CharField("原因", max_length=200, blank=True)
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)
    undone_by = models.CharField("撤销人", max_length=80, blank=True)

    class Meta:
        verbose_name = "数据上传"
        verbose_name_plural = "数据上传"
        constraints = [
            models.UniqueConstraint(
                fields=["county_code", "version"], name="exchange_upload_version"
            ),
            models.CheckConstraint(
                condition=Q(state__in=list(flow.STATES), facility__in=list(FACILITIES)),
                name="exchange_upload_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.county_code} {self.version}"


class Comparison(models.Model):
    """Our points beside another platform's list on one day: kept as it was found."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county_code = models.CharField("县（市、区）", max_length=12, db_collation="C")
    name = models.CharField("对方平台", max_length=60)
    layer = models.CharField("图层", max_length=40)
    file_name = models.CharField("文件", max_length=120)
    crs = models.CharField("坐标系", max_length=8)
    metres = models.PositiveIntegerField("位置允许相差（米）")
    here = models.PositiveIntegerField("本平台点数")
    there = models.PositiveIntegerField("对方点数")
    both = models.PositiveIntegerField("对上的点数")
    #: [{kind, layer, town, code, name, words, here, there}]
    rows = models.JSONField("差异")
    #: [{layer, town, here, there, both}]
    counts = models.JSONField("各乡镇点数")
    #: one of the platforms that layers are pushed to; what of it was refused then, and codes
    #: without theirs: [{number, fate, at, words, points}], [{kind, code, count}]
    peer_id = models.UUIDField("对接平台", null=True, blank=True)
    rejects = models.JSONField("未被接收的推送", default=list, blank=True)
    unmapped = models.JSONField("没有对照的代码", default=list, blank=True)
    #: indexes of rows that became corrections
    taken_up = models.JSONField("已转纠错", default=list, blank=True)
    verdict = models.CharField("坐标判断", max_length=400, blank=True)
    likeness = models.CharField("坐标像是", max_length=16, blank=True)
    made_at = models.DateTimeField("对账时间")
    made_by = models.CharField("对账人", max_length=80, blank=True)

    class Meta:
        verbose_name = "数据对账"
        verbose_name_plural = "数据对账"
        indexes = [models.Index(fields=["county_code", "-made_at"], name="exchange_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(metres__gte=1, metres__lte=10_000), name="exchange_metres"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.made_at:%Y-%m-%d}"


class Peer(models.Model):
    """Another platform that reads our layers by a key, and is told what changes in them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county_code = models.CharField("县（市、区）", max_length=12, db_collation="C")
    name = models.CharField("名称", max_length=60)
    #: the key it reads by; its link is the address registered for that key
    key_id = models.UUIDField("平台密钥", unique=True)
    #: the region of the key: what it may read is what it is told
    region_code = models.CharField("区划", max_length=12, db_collation="C")
    #: pushes made so far: each has its number
    pushes = models.PositiveIntegerField("推送次数", default=0)
    looked_at = models.DateTimeField("最近检查变更", null=True, blank=True)
    #: why nothing was pushed then, "" when nothing hindered
    hindrance = models.CharField("没有推送的原因", max_length=120, blank=True)
    #: a collection of its OGC API – Features; "": its list is not fetched
    list_url = models.CharField("清单地址", max_length=500, blank=True)
    list_layer = models.CharField("清单的图层", max_length=40, blank=True)
    list_crs = models.CharField("清单的坐标系", max_length=8, blank=True, default="wgs84")
    list_metres = models.PositiveIntegerField("位置允许相差（米）", default=100)
    list_fetched_at = models.DateTimeField("最近取清单", null=True, blank=True)
    list_fault = models.CharField("没有取到的原因", max_length=300, blank=True)
    list_report = models.UUIDField("最近的对账报告", null=True, blank=True)
    made_at = models.DateTimeField("登记时间")
    made_by = models.CharField("登记人", max_length=80, blank=True)
    ended_at = models.DateTimeField("停用时间", null=True, blank=True)
    reason = models.CharField("停用原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "对接平台"
        verbose_name_plural = "对接平台"

    def __str__(self) -> str:
        return self.name


class Subscription(models.Model):
    """A layer that a platform is told of, and which of its fields."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    peer = models.ForeignKey(Peer, on_delete=models.CASCADE, related_name="+")
    county_code = models.CharField("县（市、区）", max_length=12, db_collation="C")
    layer = models.CharField("图层", max_length=40)
    fields = ArrayField(models.CharField(max_length=40), verbose_name="字段")
    #: stopped ones stay, so that what was told is not told again
    active = models.BooleanField("有效", default=True)

    class Meta:
        verbose_name = "图层订阅"
        verbose_name_plural = "图层订阅"
        constraints = [
            models.UniqueConstraint(fields=["peer", "layer"], name="exchange_layer_once")
        ]

    def __str__(self) -> str:
        return self.layer


class CodeTable(models.Model):
    """Our codes in a platform's words; a version is never altered."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    peer = models.ForeignKey(Peer, on_delete=models.CASCADE, related_name="+")
    county_code = models.CharField("县（市、区）", max_length=12, db_collation="C")
    version = models.PositiveIntegerField("版本")
    #: [[kind, ours, theirs]]
    rows = models.JSONField("代码对照")
    published_at = models.DateTimeField("发布时间")
    published_by = models.CharField("发布人", max_length=80, blank=True)

    class Meta:
        verbose_name = "代码对照表"
        verbose_name_plural = "代码对照表"
        constraints = [
            models.UniqueConstraint(fields=["peer", "version"], name="exchange_table_version")
        ]

    def __str__(self) -> str:
        return f"{self.version}"


class Told(models.Model):
    """What a platform was last told of a point, under which version."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="+")
    county_code = models.CharField("县（市、区）", max_length=12, db_collation="C")
    feature = models.CharField("要素", max_length=64, db_collation="C")
    version = models.PositiveIntegerField("版本")
    #: null: told to be gone
    body = models.JSONField("内容", null=True)

    class Meta:
        verbose_name = "已推送内容"
        verbose_name_plural = "已推送内容"
        constraints = [
            models.UniqueConstraint(fields=["subscription", "feature"], name="exchange_told_once")
        ]

    def __str__(self) -> str:
        return f"{self.feature} {self.version}"


class Push(models.Model):
    """Changes of one layer that were handed over together, and what became of them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    peer = models.ForeignKey(Peer, on_delete=models.CASCADE, related_name="+")
    county_code = models.CharField("县（市、区）", max_length=12, db_collation="C")
    number = models.PositiveIntegerField("序号")
    layer = models.CharField("图层", max_length=40)
    table_version = models.PositiveIntegerField("代码对照版本")
    added = models.PositiveIntegerField("新增")
    changed = models.PositiveIntegerField("变更")
    removed = models.PositiveIntegerField("撤下")
    #: [{id, verb, code, name, version}]
    points = models.JSONField("点位")
    unmapped = models.JSONField("没有对照的代码")
    made_at = models.DateTimeField("推送时间")
    #: as the delivery's, and its last answer
    fate = models.CharField("结果", max_length=10, choices=list(changes.FATES.items()))
    tries = models.PositiveIntegerField("尝试次数", default=0)
    receipt = models.CharField("对方的回答", max_length=300, blank=True)
    #: points that were not taken: [{id, code, reason}]
    refused = models.JSONField("没有接收的点", default=list)
    next_at = models.DateTimeField("下次尝试", null=True, blank=True)
    done_at = models.DateTimeField("完成时间", null=True, blank=True)

    class Meta:
        verbose_name = "图层推送"
        verbose_name_plural = "图层推送"
        constraints = [
            models.UniqueConstraint(fields=["peer", "number"], name="exchange_push_number"),
            models.CheckConstraint(
                condition=Q(fate__in=list(changes.FATES)), name="exchange_push_fate"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"
