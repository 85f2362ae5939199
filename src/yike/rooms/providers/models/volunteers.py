"""Volunteers: who they are, what they promised, which team they belong to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yike.rooms.core.refs import new_id
from yike.rooms.providers import volunteers as words


class Volunteer(models.Model):
    """One volunteer and where their life stands. Contacts lie sealed beside."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField("姓名", max_length=60)
    kind = models.CharField("职业类别", max_length=2, choices=list(words.KINDS.items()))
    directions = models.JSONField("志愿方向", default=list, blank=True)
    #: codes of legal matters
    specialties = models.JSONField("业务擅长", default=list, blank=True)
    languages = models.JSONField("语言和方言", default=list, blank=True)
    region = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", verbose_name="所在区划"
    )
    #: region codes served; empty: the own town
    areas = models.JSONField("服务区域", default=list, blank=True)
    #: "0m" Monday morning … "6e" Sunday evening
    availability = models.JSONField("有空的时段", default=list, blank=True)
    employer = models.CharField("工作单位", max_length=100, blank=True)
    practitioner = models.ForeignKey(
        "providers.Practitioner", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="名录里的人员",
    )  # fmt: skip
    account_id = models.UUIDField("账号", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=list(words.STATES.items()))
    applied_on = models.DateField("申请日期")
    began_on = models.DateField("开始服务日期", null=True, blank=True)
    ended_on = models.DateField("退出日期", null=True, blank=True)
    end_reason = models.CharField(
        "退出原因", max_length=10, choices=list(words.REASONS.items()), blank=True
    )
    end_words = models.CharField("退出说明", max_length=200, blank=True)
    phone_index = models.CharField("电话索引", max_length=64, blank=True)
    demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "志愿者"
        verbose_name_plural = "志愿者"
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(words.STATES)), name="providers_volunteer_state"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=list(words.ENDED)) | Q(ended_on__isnull=False),
                name="providers_volunteer_ended",
            ),
            models.UniqueConstraint(
                fields=["phone_index"],
                condition=~Q(phone_index="") & ~Q(state__in=list(words.ENDED)),
                name="providers_volunteer_once",
            ),
            models.UniqueConstraint(
                fields=["account_id"],
                condition=Q(account_id__isnull=False) & ~Q(state__in=list(words.ENDED)),
                name="providers_volunteer_account",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class VolunteerContact(models.Model):
    """How to reach a volunteer: sealed, opened for a reason."""

    volunteer = models.OneToOneField(
        Volunteer, models.CASCADE, primary_key=True, related_name="+", verbose_name="志愿者"
    )
    sealed = models.BinaryField("密封的联系方式")
    reach_mask = models.CharField("掩码", max_length=60, blank=True)

    class Meta:
        verbose_name = "志愿者联系方式"
        verbose_name_plural = "志愿者联系方式"

    def __str__(self) -> str:
        return f"{self.volunteer_id}"


class VolunteerUndertaking(models.Model):
    """That a volunteer signed the undertaking of secrecy and conflicts, which text, who saw it."""

    id = models.BigAutoField(primary_key=True)
    volunteer = models.ForeignKey(
        Volunteer, models.CASCADE, related_name="+", verbose_name="志愿者"
    )
    version = models.CharField("承诺书版本", max_length=20)
    signed_on = models.DateField("签署日期")
    noted_by = models.CharField("登记人", max_length=60)
    noted_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "保密和回避承诺"
        verbose_name_plural = "保密和回避承诺"
        ordering = ["-signed_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer", "version"], name="providers_undertaking_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} {self.version}"


class VolunteerTeam(models.Model):
    """A team of one professional field, with a leader."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField("队名", max_length=100)
    field = models.CharField("专业领域", max_length=10, choices=list(words.DIRECTIONS.items()))
    region = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", verbose_name="服务区划"
    )
    active_from = models.DateField("组建日期")
    active_until = models.DateField("撤销日期（不含）", null=True, blank=True)
    end_reason = models.CharField("撤销原因", max_length=200, blank=True)
    demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "志愿者团队"
        verbose_name_plural = "志愿者团队"
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class VolunteerMember(models.Model):
    """One volunteer's time in a team; a change ends a row and begins another."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    team = models.ForeignKey(
        VolunteerTeam, models.CASCADE, related_name="+", verbose_name="志愿者团队"
    )
    volunteer = models.ForeignKey(
        Volunteer, models.CASCADE, related_name="+", verbose_name="志愿者"
    )
    leads = models.BooleanField("队长", default=False)
    from_on = models.DateField("起")
    until_on = models.DateField("止（不含）", null=True, blank=True)
    reason = models.CharField("加入原因", max_length=200, blank=True)
    end_reason = models.CharField("退出原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "志愿者队员"
        verbose_name_plural = "志愿者队员"
        ordering = ["team_id", "from_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "volunteer"],
                condition=Q(until_on__isnull=True),
                name="providers_vmember_once",
            ),
            models.UniqueConstraint(
                fields=["team"],
                condition=Q(until_on__isnull=True, leads=True),
                name="providers_vmember_one_leader",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=models.F("from_on")),
                name="providers_vmember_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team_id} {self.volunteer_id}"


class VolunteerRules(models.Model):
    """A county's rules from a day on: points, honours, probation, the undertaking's text."""

    id = models.BigAutoField(primary_key=True)
    region = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", verbose_name="区划"
    )
    active_from = models.DateField("起")
    points_per_hour = models.PositiveSmallIntegerField("每小时积分")
    points_for_best = models.PositiveSmallIntegerField("非常满意加分")
    probation_tasks = models.PositiveSmallIntegerField("试用期至少服务次数")
    #: pairs of hours and name
    honours = models.JSONField("荣誉等级")
    undertaking_version = models.CharField("承诺书版本", max_length=20)
    undertaking = models.TextField("承诺书全文", max_length=4000)
    source = models.CharField("依据", max_length=200)
    demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "志愿服务规则"
        verbose_name_plural = "志愿服务规则"
        ordering = ["-active_from", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["region", "active_from"], name="providers_vrules_once"),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.active_from}"
