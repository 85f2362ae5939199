"""Volunteers' tasks: who signed up, came, was called and rated; hours, incidents, certificates."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yike.rooms.core.refs import new_id
from yike.rooms.providers import volunteers as words
from yike.rooms.providers.models.volunteers import Volunteer, VolunteerTeam


class VolunteerTask(models.Model):
    """What volunteers are wanted for; open to the public while it recruits."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    title = models.CharField("任务", max_length=100)
    what = models.TextField("做什么", max_length=2000)
    region = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", verbose_name="所在区划"
    )
    where = models.CharField("地点", max_length=200)
    lon = models.FloatField("经度", null=True, blank=True)
    lat = models.FloatField("纬度", null=True, blank=True)
    from_at = models.DateTimeField("开始")
    until_at = models.DateTimeField("结束")
    places = models.PositiveSmallIntegerField("需要几人")
    directions = models.JSONField("志愿方向", default=list, blank=True)
    specialties = models.JSONField("业务擅长", default=list, blank=True)
    languages = models.JSONField("语言", default=list, blank=True)
    team = models.ForeignKey(
        VolunteerTeam, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="由哪支队伍承担",
    )  # fmt: skip
    state = models.CharField("状态", max_length=10, choices=list(words.TASK_STATES.items()))
    end_reason = models.CharField("取消原因", max_length=200, blank=True)
    demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "志愿服务任务"
        verbose_name_plural = "志愿服务任务"
        ordering = ["from_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(words.TASK_STATES)), name="providers_vtask_state"
            ),
            models.CheckConstraint(
                condition=Q(until_at__gt=models.F("from_at")), name="providers_vtask_period"
            ),
            models.CheckConstraint(condition=Q(places__gte=1), name="providers_vtask_places"),
        ]

    def __str__(self) -> str:
        return self.title


class VolunteerBrief(models.Model):
    """What only those need who were given the task: the matter it serves, whom it is about."""

    task = models.OneToOneField(
        VolunteerTask, models.CASCADE, primary_key=True, related_name="+", verbose_name="任务"
    )
    matter = models.CharField("工单编号", max_length=20, blank=True)
    words = models.TextField("任务须知", max_length=2000, blank=True)
    client_index = models.CharField("服务对象电话索引", max_length=64, blank=True)

    class Meta:
        verbose_name = "任务须知"
        verbose_name_plural = "任务须知"

    def __str__(self) -> str:
        return f"{self.task_id}"


class VolunteerSignUp(models.Model):
    """One volunteer's part in a task, from signing up to what counts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    task = models.ForeignKey(VolunteerTask, models.CASCADE, related_name="+", verbose_name="任务")
    volunteer = models.ForeignKey(
        Volunteer, models.CASCADE, related_name="+", verbose_name="志愿者"
    )
    state = models.CharField("状态", max_length=10, choices=list(words.SIGN_UPS.items()))
    asked_at = models.DateTimeField("报名时间")
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)
    came_at = models.DateTimeField("签到时间", null=True, blank=True)
    left_at = models.DateTimeField("签退时间", null=True, blank=True)
    #: what counts; and the points it gave by the rules of that day
    minutes = models.PositiveIntegerField("服务分钟", default=0)
    points = models.PositiveIntegerField("积分", default=0)
    rating = models.PositiveSmallIntegerField("服务对象评价", null=True, blank=True)
    rating_words = models.CharField("评价说明", max_length=200, blank=True)
    words = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = "志愿服务报名"
        verbose_name_plural = "志愿服务报名"
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(words.SIGN_UPS)), name="providers_vsign_state"
            ),
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__gte=1, rating__lte=5),
                name="providers_vsign_rating",
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=models.F("came_at")),
                name="providers_vsign_times",
            ),
            models.UniqueConstraint(
                fields=["task", "volunteer"],
                condition=Q(state__in=list(words.LIVE)),
                name="providers_vsign_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.volunteer_id}"


class VolunteerCall(models.Model):
    """A spot call during a task, or afterwards."""

    id = models.BigAutoField(primary_key=True)
    task = models.ForeignKey(VolunteerTask, models.CASCADE, related_name="+", verbose_name="任务")
    called_at = models.DateTimeField("抽查时间")
    caller = models.CharField("抽查人", max_length=60)
    outcome = models.CharField("结果", max_length=10, choices=list(words.CALL_OUTCOMES.items()))
    words = models.CharField("情况", max_length=500, blank=True)

    class Meta:
        verbose_name = "抽查记录"
        verbose_name_plural = "抽查记录"
        ordering = ["called_at", "id"]

    def __str__(self) -> str:
        return f"{self.task_id} {self.outcome}"


class VolunteerIncident(models.Model):
    """Something that went wrong, and what was done about it by when."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    task = models.ForeignKey(VolunteerTask, models.CASCADE, related_name="+", verbose_name="任务")
    volunteer = models.ForeignKey(
        Volunteer, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="志愿者"
    )
    kind = models.CharField("类别", max_length=10, choices=list(words.INCIDENTS.items()))
    happened = models.TextField("发生了什么", max_length=2000)
    noted_at = models.DateTimeField("登记时间")
    due_on = models.DateField("处理期限")
    follow_up = models.TextField("处理情况", max_length=2000, blank=True)
    closed_on = models.DateField("处理完毕", null=True, blank=True)

    class Meta:
        verbose_name = "志愿服务事故"
        verbose_name_plural = "志愿服务事故"
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | ~Q(follow_up=""),
                name="providers_vincident_followed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.kind}"


class VolunteerHonour(models.Model):
    """A name reached by hours served."""

    id = models.BigAutoField(primary_key=True)
    volunteer = models.ForeignKey(
        Volunteer, models.CASCADE, related_name="+", verbose_name="志愿者"
    )
    name = models.CharField("荣誉", max_length=40)
    reached_on = models.DateField("取得日期")

    class Meta:
        verbose_name = "志愿荣誉"
        verbose_name_plural = "志愿荣誉"
        ordering = ["reached_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["volunteer", "name"], name="providers_honour_once"),
        ]

    def __str__(self) -> str:
        return self.name


class VolunteerCertificate(models.Model):
    """What a certificate says, as of its day, found by whoever knows its code."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    #: 16 signs without I, L, O, U: 80 bits, nobody guesses one
    code = models.CharField("验证码", max_length=16, unique=True)
    volunteer = models.ForeignKey(
        Volunteer, models.CASCADE, related_name="+", verbose_name="志愿者"
    )
    holder = models.CharField("姓名", max_length=60)
    county = models.CharField("发证区划", max_length=60)
    minutes = models.PositiveIntegerField("服务分钟")
    services = models.PositiveIntegerField("服务次数")
    points = models.PositiveIntegerField("积分")
    honours = models.JSONField("荣誉", default=list)
    issued_on = models.DateField("发证日期")
    revoked_on = models.DateField("撤销日期", null=True, blank=True)
    revoke_reason = models.CharField("撤销原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "志愿服务证书"
        verbose_name_plural = "志愿服务证书"
        ordering = ["-issued_on", "-id"]

    def __str__(self) -> str:
        return self.code
