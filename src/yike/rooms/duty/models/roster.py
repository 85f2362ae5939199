"""Rosters and their shifts."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yike.rooms.core.refs import new_id
from yike.rooms.duty import words


class Roster(models.Model):
    """A plan of some weeks for all posts of a county.

    `facts`: what the solver found (objective parts, bound, gap, seconds, status) and, in
    `impossible`, which shifts nobody can stand and why.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county_code = models.CharField("所属县", max_length=12, db_collation="C")
    from_on = models.DateField("起")
    until_on = models.DateField("止（不含）")
    state = models.CharField(
        "状态", max_length=10, choices=list(words.ROSTER_STATES.items()), default="draft"
    )
    work = models.CharField(
        "计算", max_length=10, choices=list(words.WORK_STATES.items()), default="none"
    )
    progress = models.CharField("进度", max_length=200, blank=True)
    facts = models.JSONField("计算结果", default=dict, blank=True)
    #: some day lies beyond the last published holiday notice: plain weekdays were used
    unverified = models.BooleanField("节假日未核实", default=False)
    made_at = models.DateTimeField("生成时间")
    made_by = models.UUIDField("编排人", null=True, blank=True)
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "值班表"
        verbose_name_plural = "值班表"
        ordering = ["-from_on", "-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(words.ROSTER_STATES)), name="duty_roster_state"
            ),
            models.CheckConstraint(
                condition=Q(work__in=list(words.WORK_STATES)), name="duty_roster_work"
            ),
            models.CheckConstraint(
                condition=Q(until_on__gt=F("from_on")), name="duty_roster_period"
            ),
        ]
        indexes = [models.Index(fields=["county_code", "from_on"], name="duty_roster_county")]

    def __str__(self) -> str:
        return f"{self.county_code} {self.from_on}"


#: Shifts of a post that goes on that day: what was published for after its end stands for none.
OF_OPEN_POSTS = Q(post__active_until=None) | Q(day__lt=F("post__active_until"))


class Shift(models.Model):
    """One person, one post, from one instant until another; nobody yet where the person is null.

    `name` is the public name as published. `weight` counts for fairness: hours, nights and
    holidays more. `fixed`: put by hand, the solver leaves it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    roster = models.ForeignKey(Roster, models.PROTECT, related_name="+", verbose_name="值班表")
    post = models.ForeignKey("duty.Post", models.PROTECT, related_name="+", verbose_name="岗位")
    county_code = models.CharField("所属县", max_length=12, db_collation="C")
    day = models.DateField("日期")
    from_at = models.DateTimeField("起")
    until_at = models.DateTimeField("止")
    practitioner_id = models.UUIDField("人员", null=True, blank=True)
    account_id = models.UUIDField("账号", null=True, blank=True)
    name = models.CharField("姓名", max_length=60, blank=True)
    part = models.CharField("班次", max_length=8, choices=list(words.PARTS.items()))
    state = models.CharField(
        "状态", max_length=12, choices=list(words.SHIFT_STATES.items()), default="planned"
    )
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="替班"
    )
    weight = models.FloatField("折算工时", default=0)
    fixed = models.BooleanField("人工指定", default=False)
    #: the roster is published: anybody may know
    public = models.BooleanField("已公布", default=False)
    demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "班次"
        verbose_name_plural = "班次"
        ordering = ["from_at", "post_id", "part", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(part__in=list(words.PARTS)), name="duty_shift_part"),
            models.CheckConstraint(
                condition=Q(state__in=list(words.SHIFT_STATES)), name="duty_shift_state"
            ),
            models.CheckConstraint(
                condition=Q(until_at__gt=F("from_at")), name="duty_shift_period"
            ),
        ]
        indexes = [
            models.Index(fields=["county_code", "from_at"], name="duty_shift_county"),
            models.Index(fields=["practitioner_id", "from_at"], name="duty_shift_person"),
            models.Index(fields=["roster", "day"], name="duty_shift_roster"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.from_at:%m-%d %H:%M}"
