"""How stations are graded: schemes with versions, assessments, findings, decisions, appeals."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from yike.rooms.core.refs import new_id
from yike.rooms.places import grade_flow


class GradeScheme(models.Model):
    """One version of a county's standard. Published, only its last day is still written."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county_code = models.CharField("县", max_length=12, db_collation="C")
    name = models.CharField("名称", max_length=100)
    version = models.PositiveSmallIntegerField("版本")
    published = models.BooleanField("已发布", default=False)
    #: levels, full points, grades and criteria: grading.read
    body = models.JSONField("内容", default=dict)
    appeal_days = models.PositiveSmallIntegerField("申诉期限（自然日）", default=15)
    source = models.CharField("依据", max_length=200, blank=True)
    checked_on = models.DateField("最近核对", null=True, blank=True)
    active_from = models.DateField("起", null=True, blank=True)
    active_until = models.DateField("止（不含）", null=True, blank=True)
    demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "等级标准"
        verbose_name_plural = "等级标准"
        ordering = ["name", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["county_code", "name", "version"], name="places_scheme_version_once"
            ),
            models.CheckConstraint(
                condition=Q(published=False) | Q(active_from__isnull=False),
                name="places_scheme_begins",
            ),
            models.CheckConstraint(
                condition=Q(active_until__isnull=True)
                | Q(active_until__gte=models.F("active_from")),
                name="places_scheme_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class GradeAssessment(models.Model):
    """One time a station is graded, from the office's first answer to the county's decision."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    station = models.ForeignKey(
        "places.Station", models.PROTECT, related_name="+", verbose_name="站点"
    )
    scheme = models.ForeignKey(
        GradeScheme, models.PROTECT, related_name="+", verbose_name="等级标准"
    )
    level = models.PositiveSmallIntegerField("按哪一级站点")
    state = models.CharField(
        "状态", max_length=10, choices=list(grade_flow.STATES.items()), default=grade_flow.DRAFT
    )
    #: 1; one more after an appeal that was granted
    round = models.PositiveSmallIntegerField("第几轮复核", default=1)
    #: the numbers of the register as they were when it was handed in
    facts = models.JSONField("登记数字", default=dict)
    begun_at = models.DateTimeField("开始时间")
    begun_by = models.UUIDField("开始人", null=True, blank=True)
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    submitted_by = models.UUIDField("提交人", null=True, blank=True)
    #: why it was sent back last
    return_reason = models.CharField("退回原因", max_length=500, blank=True)
    #: who reviewed or decided: they do not judge again
    judges = ArrayField(models.UUIDField(), default=list, blank=True, verbose_name="经手人")

    class Meta:
        verbose_name = "等级自评"
        verbose_name_plural = "等级自评"
        ordering = ["-begun_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(grade_flow.STATES)), name="places_assessment_state"
            ),
            models.UniqueConstraint(
                fields=["station"],
                condition=Q(state__in=sorted(grade_flow.OPEN)),
                name="places_assessment_one_open",
            ),
        ]
        indexes = [models.Index(fields=["station", "begun_at"], name="places_assessment_station")]

    def __str__(self) -> str:
        return f"{self.station_id} {self.state}"


class GradeAnswer(models.Model):
    """What the office says of one criterion, and what it shows."""

    id = models.BigAutoField(primary_key=True)
    assessment = models.ForeignKey(
        GradeAssessment, models.CASCADE, related_name="+", verbose_name="自评"
    )
    code = models.CharField("指标编号", max_length=20)
    #: null where the number comes from the register
    value = models.PositiveIntegerField("自评", null=True, blank=True)
    note = models.CharField("说明", max_length=500, blank=True)
    file_ids = ArrayField(models.UUIDField(), default=list, blank=True, verbose_name="材料")
    at = models.DateTimeField("时间")
    by = models.UUIDField("填写人", null=True, blank=True)

    class Meta:
        verbose_name = "自评答复"
        verbose_name_plural = "自评答复"
        constraints = [
            models.UniqueConstraint(fields=["assessment", "code"], name="places_answer_once")
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.code}"


class GradeFinding(models.Model):
    """What the county found of one criterion, in one round; the reason where it differs."""

    id = models.BigAutoField(primary_key=True)
    assessment = models.ForeignKey(
        GradeAssessment, models.CASCADE, related_name="+", verbose_name="自评"
    )
    round = models.PositiveSmallIntegerField("第几轮复核")
    code = models.CharField("指标编号", max_length=20)
    value = models.PositiveIntegerField("复核")
    reason = models.CharField("理由", max_length=500, blank=True)
    at = models.DateTimeField("时间")
    by = models.UUIDField("复核人", null=True, blank=True)

    class Meta:
        verbose_name = "复核意见"
        verbose_name_plural = "复核意见"
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "round", "code"], name="places_finding_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.round} {self.code}"


class GradeAward(models.Model):
    """A grade given, refused, lowered or restored: the history behind `Station.grade`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    station = models.ForeignKey(
        "places.Station", models.PROTECT, related_name="+", verbose_name="站点"
    )
    kind = models.CharField(
        "性质", max_length=10, choices=list(grade_flow.KINDS.items()), default="imported"
    )
    grade = models.CharField("等级", max_length=20, blank=True)
    awarded_on = models.DateField("评定日期")
    reason = models.CharField("理由", max_length=500)
    #: of an imported grade: who gave it, by which paper
    source = models.CharField("来源", max_length=200, blank=True)
    assessment = models.ForeignKey(
        GradeAssessment, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="自评",
    )  # fmt: skip
    points = models.PositiveSmallIntegerField("得分", null=True, blank=True)
    certificate = models.CharField("证书文字", max_length=500, blank=True)
    decided_by = models.UUIDField("决定人", null=True, blank=True)
    appeal_until = models.DateField("申诉截止（含）", null=True, blank=True)

    class Meta:
        verbose_name = "等级评定"
        verbose_name_plural = "等级评定"
        ordering = ["-awarded_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=list(grade_flow.KINDS)), name="places_award_kind"
            ),
            models.CheckConstraint(
                condition=Q(kind="imported") | Q(assessment__isnull=False),
                name="places_award_assessed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.station_id} {self.grade}"


class GradeAppeal(models.Model):
    """The office does not agree with a decision; somebody else decides, once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    assessment = models.ForeignKey(
        GradeAssessment, models.CASCADE, related_name="+", verbose_name="自评"
    )
    award = models.OneToOneField(
        GradeAward, models.CASCADE, related_name="+", verbose_name="对哪次决定"
    )
    reason = models.CharField("申诉理由", max_length=2000)
    filed_at = models.DateTimeField("申诉时间")
    filed_by = models.UUIDField("申诉人", null=True, blank=True)
    outcome = models.CharField(
        "结果", max_length=8, choices=list(grade_flow.OUTCOMES.items()), blank=True
    )
    words = models.CharField("决定理由", max_length=2000, blank=True)
    decided_at = models.DateTimeField("决定时间", null=True, blank=True)
    decided_by = models.UUIDField("决定人", null=True, blank=True)

    class Meta:
        verbose_name = "等级申诉"
        verbose_name_plural = "等级申诉"
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=list(grade_flow.OUTCOMES)), name="places_appeal_outcome"
            )
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.outcome}"
