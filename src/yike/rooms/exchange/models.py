"""Uploads of points with what each would change, and dated reports of comparing lists."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yike.rooms.core.refs import new_id
from yike.rooms.exchange import flow
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
