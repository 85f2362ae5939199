"""Bookings: one row for each time somebody had, held or waits for."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yike.rooms.booking import flow, kinds
from yike.rooms.core.refs import new_id

_UNIQUE = ~Q(state=flow.MOVED)


class Booking(models.Model):
    """One person, one slot (none while waiting). Moving leaves this row and makes the next."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reference = models.CharField("预约编号", max_length=20)
    #: four digits said at the door
    code = models.CharField("到场码", max_length=4)
    slot = models.ForeignKey(
        "booking.Slot", models.PROTECT, null=True, related_name="+", verbose_name="时段"
    )
    pattern = models.ForeignKey(
        "booking.Pattern", models.PROTECT, related_name="+", verbose_name="时段设置"
    )
    item_code = models.CharField("服务事项", max_length=40, blank=True)
    kind = models.CharField("预约类别", max_length=12, choices=list(kinds.NAMES.items()))
    org = models.UUIDField("办理机构")
    account_id = models.UUIDField("接待人账号", null=True, blank=True)
    region_code = models.CharField("区划", max_length=12, db_collation="C")
    #: the day of the slot, or the day waited for
    day = models.DateField("日期")
    state = models.CharField("状态", max_length=10, choices=list(flow.STATES.items()))
    #: digest of the secret of the browser that holds the place
    hold_key = models.CharField("占位凭据", max_length=64, blank=True)
    expires_at = models.DateTimeField("占位到期", null=True, blank=True)
    party_id = models.UUIDField("当事人", null=True, blank=True)
    party_mask = models.CharField("当事人（脱敏）", max_length=80, blank=True)
    phone_mask = models.CharField("电话（脱敏）", max_length=40, blank=True)
    phone_index = models.CharField("电话索引", max_length=64, blank=True)
    contact_way = models.CharField("联系方式", max_length=20, blank=True)
    #: hours in which the person may safely be reached ("HH:MM", civil time)
    safe_from = models.CharField("可联系起", max_length=5, blank=True, default="")
    safe_until = models.CharField("可联系止", max_length=5, blank=True, default="")
    note = models.CharField("说明", max_length=200, blank=True)
    #: a matter it comes from, by value
    matter_reference = models.CharField("关联诉求", max_length=20, blank=True)
    door = models.CharField("来源", max_length=10)
    by_account = models.UUIDField("登记人", null=True, blank=True)
    #: the platform that booked, and its number of the request: the same number books once
    peer_id = models.CharField("对接平台", max_length=64, blank=True, default="")
    once = models.CharField("防重键", max_length=64, blank=True, default="")
    moved_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="改期前"
    )
    #: where the person sits while the expert is far away: a terminal or video room of places, by
    #: value; reserved as long as the booking takes its slot
    far_kind = models.CharField(
        "远程点类别", max_length=8, choices=list(kinds.FAR.items()), blank=True, default=""
    )
    far_spot = models.UUIDField("远程点", null=True, blank=True)
    far_name = models.CharField("远程点名称", max_length=200, blank=True, default="")
    far_station = models.UUIDField("远程点所在站点", null=True, blank=True)
    far_region = models.CharField(
        "远程点区划", max_length=12, db_collation="C", blank=True, default=""
    )
    #: a link or a number of a room, as the expert's office told it
    joining = models.CharField("会议号或链接", max_length=200, blank=True, default="")
    #: reason of moving or cancelling, as told to the person
    reason = models.CharField("原因", max_length=200, blank=True)
    made_at = models.DateTimeField("登记时间")
    #: instant of the last deed; the database counts held places by it
    changed_at = models.DateTimeField("变动时间")
    #: the next reminder: null when none is owed
    remind_at = models.DateTimeField("提醒时间", null=True, blank=True)
    demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "预约"
        verbose_name_plural = verbose_name
        constraints = [
            models.UniqueConstraint(
                fields=["peer_id", "once"], condition=~Q(once=""), name="booking_once"
            ),
            models.UniqueConstraint(
                fields=["reference"], condition=_UNIQUE, name="booking_reference_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=list(flow.STATES)), name="booking_booking_state"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[flow.WAITING, flow.LAPSED, flow.CANCELLED])
                | Q(slot__isnull=False),
                name="booking_has_slot",
            ),
            models.CheckConstraint(
                condition=Q(far_spot=None, far_station=None, far_kind="", far_region="")
                | (
                    Q(far_spot__isnull=False, far_station__isnull=False)
                    & Q(far_kind__in=list(kinds.FAR))
                    & ~Q(far_region="")
                ),
                name="booking_far_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state=flow.HELD) | Q(expires_at__isnull=False),
                name="booking_held_expires",
            ),
        ]
        indexes = [
            models.Index(fields=["slot", "state"], name="booking_of_slot"),
            models.Index(fields=["org", "day"], name="booking_org_day"),
            models.Index(fields=["party_id"], name="booking_party"),
            models.Index(fields=["region_code", "day"], name="booking_region_day"),
            models.Index(
                fields=["far_spot", "day"],
                condition=Q(far_spot__isnull=False),
                name="booking_far_spot_day",
            ),
            models.Index(
                fields=["expires_at"], condition=Q(state=flow.HELD), name="booking_expiring"
            ),
            models.Index(
                fields=["remind_at"], condition=Q(remind_at__isnull=False), name="booking_reminding"
            ),
            models.Index(
                fields=["pattern", "day", "made_at"],
                condition=Q(state=flow.WAITING),
                name="booking_line",
            ),
            models.Index(
                fields=["phone_index", "day"],
                condition=Q(state=flow.NO_SHOW),
                name="booking_missed",
            ),
        ]
