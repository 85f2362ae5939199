"""Check-in: the rules of a county, codes of a post, keys handed out, who came, what was made up."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yike.rooms.core.refs import new_id
from yike.rooms.duty import checkin


class CheckRule(models.Model):
    """What a county lets pass from a day on: one version of it, never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county_code = models.CharField("所属县", max_length=12, db_collation="C")
    active_from = models.DateField("生效日期")
    grace_late = models.PositiveSmallIntegerField("迟到宽限（分钟）")
    grace_early = models.PositiveSmallIntegerField("早退宽限（分钟）")
    opens_before = models.PositiveSmallIntegerField("提前多少分钟可签到")
    closes_after = models.PositiveSmallIntegerField("结束后多少分钟内可签退")
    absent_after = models.PositiveSmallIntegerField("多少分钟未到算缺勤")
    speed_kmh = models.PositiveSmallIntegerField("移动速度上限（公里/小时）")
    same_days = models.PositiveSmallIntegerField("位置几天相同算可疑")
    raw_days = models.PositiveSmallIntegerField("原始定位保存天数")
    offline_hours = models.PositiveSmallIntegerField("离线签到补传时限（小时）")
    code_seconds = models.PositiveSmallIntegerField("现场码更换间隔（秒）")
    make_up_days = models.PositiveSmallIntegerField("几天内可补签")
    watched = models.BooleanField("自动发现缺勤")
    calls_out = models.BooleanField("缺勤自动征集替班")
    made_at = models.DateTimeField("制定时间")
    made_by = models.UUIDField("制定人", null=True, blank=True)

    class Meta:
        verbose_name = "签到规则"
        verbose_name_plural = "签到规则"
        ordering = ["county_code", "-active_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["county_code", "active_from"], name="duty_checkrule_once"
            ),
            models.CheckConstraint(
                condition=Q(code_seconds__gte=15, same_days__gte=2, speed_kmh__gte=1),
                name="duty_checkrule_sane",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.county_code} {self.active_from}"


class PostCode(models.Model):
    """The secret from which a post's codes are made; sealed."""

    post = models.OneToOneField(
        "duty.Post", models.CASCADE, primary_key=True, related_name="+", verbose_name="岗位"
    )
    sealed = models.BinaryField("密钥")
    made_at = models.DateTimeField("生成时间")

    class Meta:
        verbose_name = "岗位签到码"
        verbose_name_plural = "岗位签到码"

    def __str__(self) -> str:
        return f"{self.post_id}"


class CheckKey(models.Model):
    """A key handed to one phone for one shift, with which it signs what it keeps while offline."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    shift = models.ForeignKey("duty.Shift", models.CASCADE, related_name="+", verbose_name="班次")
    account_id = models.UUIDField("账号")
    device = models.CharField("手机", max_length=64)
    sealed = models.BinaryField("密钥")
    handed_at = models.DateTimeField("发出时间")
    told_at = models.DateTimeField("手机时间")
    last_seq = models.PositiveIntegerField("最后序号", default=0)

    class Meta:
        verbose_name = "离线签到密钥"
        verbose_name_plural = "离线签到密钥"
        indexes = [models.Index(fields=["shift", "account_id"], name="duty_checkkey_shift")]

    def __str__(self) -> str:
        return f"{self.shift_id}"


class CheckIn(models.Model):
    """Somebody came or went, or tried to: when by the house's clock, and how near in a band.

    `fix` is the raw position, sealed, and swept after the days the rules set. `told_at` is what the
    phone's clock said; it decides nothing. `minutes` late, or too early away.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    shift = models.ForeignKey("duty.Shift", models.PROTECT, related_name="+", verbose_name="班次")
    post = models.ForeignKey("duty.Post", models.PROTECT, related_name="+", verbose_name="岗位")
    region_code = models.CharField("区划", max_length=12, db_collation="C")
    practitioner_id = models.UUIDField("人员")
    account_id = models.UUIDField("账号", null=True, blank=True)
    direction = models.CharField("方向", max_length=3, choices=list(checkin.DIRECTIONS.items()))
    way = models.CharField("方式", max_length=10, choices=list(checkin.WAYS.items()))
    at = models.DateTimeField("时间")
    received_at = models.DateTimeField("收到时间")
    told_at = models.DateTimeField("手机时间", null=True, blank=True)
    verdict = models.CharField("定位结论", max_length=10, choices=list(checkin.VERDICTS.items()))
    band = models.CharField(
        "距离档", max_length=5, blank=True, choices=list(checkin.BAND_NAMES.items())
    )
    doubts = models.JSONField("存疑", default=list, blank=True)
    timing = models.CharField("时间结论", max_length=8)
    minutes = models.PositiveIntegerField("迟到或早退分钟", default=0)
    state = models.CharField("状态", max_length=10, choices=list(checkin.STATES.items()))
    words = models.CharField("本人说明", max_length=200, blank=True)
    device = models.CharField("手机", max_length=64, blank=True)
    code_window = models.BigIntegerField("签到码序号", null=True, blank=True)
    fix = models.BinaryField("原始定位", null=True, blank=True)
    decided_by = models.UUIDField("核验人", null=True, blank=True)
    decided_at = models.DateTimeField("核验时间", null=True, blank=True)
    note = models.CharField("核验意见", max_length=200, blank=True)
    demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "签到"
        verbose_name_plural = "签到"
        ordering = ["received_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    direction__in=list(checkin.DIRECTIONS),
                    way__in=list(checkin.WAYS),
                    state__in=list(checkin.STATES),
                    verdict__in=list(checkin.VERDICTS),
                ),
                name="duty_checkin_words",
            ),
            models.UniqueConstraint(
                fields=["shift", "direction"],
                condition=Q(state__in=checkin.HOLDING),
                name="duty_checkin_once",
            ),
            models.UniqueConstraint(
                fields=["account_id", "post", "code_window"],
                condition=Q(code_window__gt=0),
                name="duty_checkin_code_once",
            ),
        ]
        indexes = [
            models.Index(fields=["account_id", "received_at"], name="duty_checkin_account"),
            models.Index(fields=["device", "received_at"], name="duty_checkin_device"),
            models.Index(
                fields=["received_at"], condition=Q(fix__isnull=False), name="duty_checkin_raw"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shift_id} {self.direction}"


class CheckMiss(models.Model):
    """Somebody did not come in time: when they were reminded, and when they counted as absent."""

    shift = models.OneToOneField(
        "duty.Shift", models.CASCADE, primary_key=True, related_name="+", verbose_name="班次"
    )
    region_code = models.CharField("区划", max_length=12, db_collation="C")
    reminded_at = models.DateTimeField("提醒时间")
    missed_at = models.DateTimeField("认定缺勤时间", null=True, blank=True)

    class Meta:
        verbose_name = "未签到"
        verbose_name_plural = "未签到"

    def __str__(self) -> str:
        return f"{self.shift_id}"


class MakeUp(models.Model):
    """Somebody was there and could not check in: says when and why, with evidence; decided by
    another."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    shift = models.ForeignKey("duty.Shift", models.PROTECT, related_name="+", verbose_name="班次")
    region_code = models.CharField("区划", max_length=12, db_collation="C")
    practitioner_id = models.UUIDField("人员")
    account_id = models.UUIDField("账号")
    came_at = models.DateTimeField("到岗时间", null=True, blank=True)
    left_at = models.DateTimeField("离岗时间", null=True, blank=True)
    reason = models.CharField("理由", max_length=200)
    state = models.CharField(
        "状态", max_length=10, choices=list(checkin.MAKE_UP_STATES.items()), default="asked"
    )
    asked_at = models.DateTimeField("申请时间")
    decided_by = models.UUIDField("审批人", null=True, blank=True)
    decided_at = models.DateTimeField("审批时间", null=True, blank=True)
    note = models.CharField("审批意见", max_length=200, blank=True)
    demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "补签申请"
        verbose_name_plural = "补签申请"
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(checkin.MAKE_UP_STATES)), name="duty_makeup_state"
            ),
            models.CheckConstraint(
                condition=Q(came_at__isnull=False) | Q(left_at__isnull=False),
                name="duty_makeup_when",
            ),
            models.UniqueConstraint(
                fields=["shift"], condition=Q(state="asked"), name="duty_makeup_one_open"
            ),
        ]
        indexes = [models.Index(fields=["region_code", "state"], name="duty_makeup_region")]

    def __str__(self) -> str:
        return f"{self.shift_id}"
