"""Points, questionnaires, periods with their frame, codes, and sheets without any name."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from yike.rooms.core.refs import new_id
from yike.rooms.observation import flow, scoring


class Point(models.Model):
    """An observation point: at a station or public place that was told to be one, or its own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county_code = models.CharField("县（市、区）", max_length=12, db_collation="C")
    region = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", verbose_name="所在区划"
    )
    station = models.ForeignKey(
        "places.Station", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="站点",
    )  # fmt: skip
    site = models.ForeignKey(
        "places.PublicSite", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="公共场所",
    )  # fmt: skip
    name = models.CharField("名称", max_length=80)
    address = models.CharField("地址", max_length=200, blank=True)
    phone = models.CharField("电话", max_length=40, blank=True)
    #: whose window staff and officers ask there
    institution = models.ForeignKey(
        "providers.Institution", models.PROTECT, related_name="+", verbose_name="责任单位"
    )
    ended_on = models.DateField("撤销日期", null=True, blank=True)
    demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "观测点"
        verbose_name_plural = "观测点"
        ordering = ["region_id", "name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(station__isnull=True) | Q(site__isnull=True),
                name="observation_point_host",
            ),
            models.UniqueConstraint(
                fields=["county_code", "name"], condition=Q(ended_on__isnull=True),
                name="observation_point_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class Questionnaire(models.Model):
    """One version of a questionnaire; published, it never changes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county_code = models.CharField("县（市、区）", max_length=12, db_collation="C")
    #: the versions of one questionnaire share it
    family = models.UUIDField("问卷")
    version = models.PositiveSmallIntegerField("版本", default=1)
    title = models.CharField("名称", max_length=80)
    intro = models.CharField("开头说明", max_length=500, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=list(flow.QUESTIONNAIRE.items()), default=flow.DRAFT
    )
    published_on = models.DateField("发布日期", null=True, blank=True)
    demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "问卷"
        verbose_name_plural = "问卷"
        ordering = ["title", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["family", "version"], name="observation_questionnaire_version"
            ),
            models.CheckConstraint(
                condition=Q(state__in=list(flow.QUESTIONNAIRE)),
                name="observation_questionnaire_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.version}"


class Question(models.Model):
    """One question. The source of law is what the office states, unverified until checked."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    questionnaire = models.ForeignKey(
        Questionnaire, models.CASCADE, related_name="+", verbose_name="问卷"
    )
    no = models.PositiveSmallIntegerField("序号")
    kind = models.CharField("题型", max_length=8, choices=list(scoring.KINDS.items()))
    words = models.CharField("题目", max_length=300)
    dimension = models.CharField("维度", max_length=30, blank=True)
    weight = models.PositiveSmallIntegerField("权重", default=0)
    options = models.JSONField("选项", default=list, blank=True)
    right = models.JSONField("得分的选项", default=list, blank=True)
    knowledge = models.BooleanField("知识题", default=False)
    source = models.CharField("法律出处", max_length=200, blank=True)
    written_by = models.UUIDField("拟题人", null=True, blank=True)
    verified_on = models.DateField("核对日期", null=True, blank=True)
    verified_label = models.CharField("核对人", max_length=80, blank=True)

    class Meta:
        verbose_name = "题目"
        verbose_name_plural = "题目"
        ordering = ["questionnaire_id", "no"]
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "no"], name="observation_question_no"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=list(scoring.KINDS), weight__lte=scoring.MOST_WEIGHT
                ),
                name="observation_question_words",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.no} {self.words}"


class Wave(models.Model):
    """One period of asking: which questionnaire, whom the frame counts, from when until when."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county_code = models.CharField("县（市、区）", max_length=12, db_collation="C")
    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="+", verbose_name="问卷"
    )
    name = models.CharField("名称", max_length=80)
    unit = models.CharField("样本单位", max_length=8, choices=list(flow.UNITS.items()))
    whom = models.CharField("问的是谁", max_length=200)
    #: where the planned numbers come from
    source = models.CharField("样本框来源", max_length=200)
    from_on = models.DateField("开始日期")
    last_on = models.DateField("最后一天")
    least = models.PositiveSmallIntegerField("至少多少份才出指数")
    state = models.CharField(
        "状态", max_length=8, choices=list(flow.WAVE.items()), default=flow.DRAFT
    )
    closed_on = models.DateField("关闭日期", null=True, blank=True)
    demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "观测期"
        verbose_name_plural = "观测期"
        ordering = ["-from_on", "name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["county_code", "name"], name="observation_wave_name"),
            models.CheckConstraint(
                condition=Q(state__in=list(flow.WAVE), unit__in=list(flow.UNITS))
                & Q(last_on__gte=F("from_on")),
                name="observation_wave_words",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Stratum(models.Model):
    """One layer of the frame: an age band, a group."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="+", verbose_name="观测期")
    no = models.PositiveSmallIntegerField("序号")
    age = models.CharField("年龄段", max_length=40, blank=True)
    group = models.CharField("群体", max_length=40, blank=True)

    class Meta:
        verbose_name = "样本层"
        verbose_name_plural = "样本层"
        ordering = ["wave_id", "no"]
        constraints = [
            models.UniqueConstraint(fields=["wave", "no"], name="observation_stratum_no")
        ]

    def __str__(self) -> str:
        return "，".join(part for part in (self.age, self.group) if part)


class Quota(models.Model):
    """How many of a layer are to answer at a point."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    stratum = models.ForeignKey(Stratum, models.CASCADE, related_name="+", verbose_name="样本层")
    point = models.ForeignKey(Point, models.PROTECT, related_name="+", verbose_name="观测点")
    planned = models.PositiveIntegerField("计划数")

    class Meta:
        verbose_name = "计划样本"
        verbose_name_plural = "计划样本"
        ordering = ["point_id", "stratum_id"]
        constraints = [
            models.UniqueConstraint(fields=["stratum", "point"], name="observation_quota_once")
        ]

    def __str__(self) -> str:
        return f"{self.point_id} {self.stratum_id} {self.planned}"


class AnswerCode(models.Model):
    """One invitation: good for one sheet. Whose it is, nobody asks; what was said is not here."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    stratum = models.ForeignKey(Stratum, models.PROTECT, related_name="+", verbose_name="样本层")
    point = models.ForeignKey(Point, models.PROTECT, related_name="+", verbose_name="观测点")
    way = models.CharField("方式", max_length=8, choices=list(flow.WAYS.items()))
    serial = models.PositiveIntegerField("编号")
    digest = models.CharField("答卷码摘要", max_length=64, unique=True)
    made_on = models.DateField("发出日期")
    expires_on = models.DateField("有效到")
    used_on = models.DateField("答卷日期", null=True, blank=True)
    spoilt_on = models.DateField("作废日期", null=True, blank=True)

    class Meta:
        verbose_name = "答卷码"
        verbose_name_plural = "答卷码"
        ordering = ["point_id", "serial"]
        constraints = [
            models.CheckConstraint(
                condition=Q(way__in=list(flow.WAYS))
                & (Q(used_on__isnull=True) | Q(spoilt_on__isnull=True)),
                name="observation_code_words",
            )
        ]

    def __str__(self) -> str:
        return str(self.serial)


class AnswerSheet(models.Model):
    """What somebody answered. Its id tells no time and no code: nobody can say whose it is."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    stratum = models.ForeignKey(Stratum, models.PROTECT, related_name="+", verbose_name="样本层")
    point = models.ForeignKey(Point, models.PROTECT, related_name="+", verbose_name="观测点")
    way = models.CharField("方式", max_length=8, choices=list(flow.WAYS.items()))
    #: number of the question → what was answered
    answers = models.JSONField("回答")

    class Meta:
        verbose_name = "答卷"
        verbose_name_plural = "答卷"
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.id)


class IndexFigure(models.Model):
    """One figure of a closed period, as it was then; never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="+", verbose_name="观测期")
    point = models.ForeignKey(Point, models.PROTECT, related_name="+", verbose_name="观测点")
    #: "" is the whole
    dimension = models.CharField("维度", max_length=30, blank=True)
    answers = models.PositiveIntegerField("答卷数")
    value = models.FloatField("指数", null=True, blank=True)
    error = models.FloatField("标准误", null=True, blank=True)
    free = models.PositiveIntegerField("自由度", default=0)
    why = models.CharField("说明", max_length=8, blank=True)

    class Meta:
        verbose_name = "观测指数"
        verbose_name_plural = "观测指数"
        ordering = ["wave_id", "point_id", "dimension"]
        constraints = [
            models.UniqueConstraint(
                fields=["wave", "point", "dimension"], name="observation_figure_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.dimension} {self.value}"
