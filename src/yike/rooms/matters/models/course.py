"""What happens on an order's way beside its state: returns, help, more time, review, redoing."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yike.rooms.matters import codes
from yike.rooms.matters.flow import CAUSES
from yike.rooms.matters.models.thread import OfMatter

DECISIONS = {"": "待审", "refused": "驳回", "sent_on": "同意，另派", "bound": "县中心裁定"}


class Return(OfMatter):
    """One giving back (退单) and what was decided on it."""

    no = models.SmallIntegerField("第几次")
    from_org = models.UUIDField("退单单位")
    by = models.UUIDField("退单人", null=True, blank=True)
    at = models.DateTimeField("退单时间")
    reason = models.CharField("原因", max_length=500)
    reviewer_org = models.UUIDField("审核单位")
    decision = models.CharField(
        "结论", max_length=10, choices=list(DECISIONS.items()), blank=True, default=""
    )
    decided_at = models.DateTimeField("审核时间", null=True, blank=True)
    decided_by = models.UUIDField("审核人", null=True, blank=True)
    to_org = models.UUIDField("确定承办单位", null=True, blank=True)
    words = models.CharField("审核意见", max_length=500, blank=True)

    class Meta:
        verbose_name = "退单"
        verbose_name_plural = "退单"
        constraints = [
            models.UniqueConstraint(fields=["matter", "no"], name="matters_return_no"),
        ]


class Joint(OfMatter):
    """An office asked to help (会办), its opinion, and when the help ended."""

    org = models.UUIDField("会办单位")
    asked_at = models.DateTimeField("请求时间")
    asked_by = models.UUIDField("请求人", null=True, blank=True)
    reason = models.CharField("请求事由", max_length=500)
    opinion = models.TextField("会办意见", blank=True)
    given_label = models.CharField("意见人", max_length=80, blank=True)
    given_at = models.DateTimeField("意见时间", null=True, blank=True)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)

    class Meta:
        verbose_name = "会办"
        verbose_name_plural = "会办"
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "org"], condition=Q(ended_at=None), name="matters_joint_open"
            ),
        ]


class Extension(OfMatter):
    """The one asking for more time of a promise, and the answer to it."""

    clock = models.UUIDField("时限", unique=True)
    amount = models.PositiveSmallIntegerField("延长数量")
    length = models.CharField("延长", max_length=20)
    reason = models.CharField("原因", max_length=500)
    asked_at = models.DateTimeField("申请时间")
    asked_by = models.UUIDField("申请人", null=True, blank=True)
    granted = models.BooleanField("同意", null=True, blank=True)
    decided_at = models.DateTimeField("审批时间", null=True, blank=True)
    decided_by = models.UUIDField("审批人", null=True, blank=True)
    words = models.CharField("审批意见", max_length=500, blank=True)
    due_before = models.DateTimeField("原承诺时间")
    due_after = models.DateTimeField("新承诺时间", null=True, blank=True)

    class Meta:
        verbose_name = "延期申请"
        verbose_name_plural = "延期申请"


class Suspension(OfMatter):
    """One stretch in which an order stands still (挂起)."""

    cause = models.CharField("原因类别", max_length=12, choices=list(CAUSES.items()))
    reason = models.CharField("说明", max_length=500)
    from_at = models.DateTimeField("挂起时间")
    until_on = models.DateField("预计恢复日期")
    by = models.UUIDField("挂起人", null=True, blank=True)
    ended_at = models.DateTimeField("恢复时间", null=True, blank=True)

    class Meta:
        verbose_name = "挂起"
        verbose_name_plural = "挂起"
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(ended_at=None), name="matters_suspension_open"
            ),
        ]


class ReplyDraft(OfMatter):
    """An answer that waits to be reviewed before it goes out (审核)."""

    result = models.CharField("办理结果", max_length=10, choices=list(codes.RESULTS.items()))
    words = models.TextField("答复稿")
    others = models.TextField("给其他当事人的答复稿", blank=True)
    org = models.UUIDField("起草单位", null=True, blank=True)
    by = models.UUIDField("起草人", null=True, blank=True)
    label = models.CharField("起草人称呼", max_length=80, blank=True)
    at = models.DateTimeField("送审时间")
    approved = models.BooleanField("通过", null=True, blank=True)
    decided_at = models.DateTimeField("审核时间", null=True, blank=True)
    decided_by = models.UUIDField("审核人", null=True, blank=True)
    decided_label = models.CharField("审核人称呼", max_length=80, blank=True)
    remark = models.CharField("审核意见", max_length=500, blank=True)

    class Meta:
        verbose_name = "答复稿"
        verbose_name_plural = "答复稿"
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(decided_at=None), name="matters_replydraft_open"
            ),
        ]


class Redo(OfMatter):
    """One doing again, tied to the order and answer that were not good enough (退回重办)."""

    no = models.SmallIntegerField("第几次")
    order_no = models.CharField("重办工单号", max_length=28)
    at = models.DateTimeField("退回时间")
    cause = models.CharField(
        "由谁提出", max_length=8, choices=[("citizen", "当事人"), ("ordered", "审核或监督")]
    )
    reason = models.CharField("原因", max_length=500)
    by = models.UUIDField("退回人", null=True, blank=True)
    org = models.UUIDField("原承办单位", null=True, blank=True)
    answerer = models.UUIDField("原答复人", null=True, blank=True)
    answered_at = models.DateTimeField("原答复时间", null=True, blank=True)
    result = models.CharField("原办理结果", max_length=10, blank=True)

    class Meta:
        verbose_name = "重办"
        verbose_name_plural = "重办"
        constraints = [
            models.UniqueConstraint(fields=["matter", "no"], name="matters_redo_no"),
        ]
        indexes = [models.Index(fields=["at"], name="matters_redo_at")]


class Supervision(OfMatter):
    """An order watched from above (督办): what is wanted by when, and what was reported."""

    no = models.SmallIntegerField("第几次")
    at = models.DateTimeField("督办时间")
    by = models.UUIDField("督办人", null=True, blank=True)
    label = models.CharField("督办人称呼", max_length=80, blank=True)
    words = models.CharField("督办要求", max_length=500)
    due_on = models.DateField("要求反馈日期")
    report = models.TextField("反馈", blank=True)
    reported_at = models.DateTimeField("反馈时间", null=True, blank=True)
    reported_label = models.CharField("反馈人", max_length=80, blank=True)

    class Meta:
        verbose_name = "督办"
        verbose_name_plural = "督办"
        constraints = [
            models.UniqueConstraint(fields=["matter", "no"], name="matters_supervision_no"),
        ]


class TypeChange(OfMatter):
    """A demand type changed after intake (投诉改咨询): looked at again by a supervisor."""

    at = models.DateTimeField("时间")
    before = models.CharField("原诉求类型", max_length=1, choices=list(codes.DEMAND_TYPES.items()))
    after = models.CharField("新诉求类型", max_length=1, choices=list(codes.DEMAND_TYPES.items()))
    reason = models.CharField("原因", max_length=500)
    by = models.UUIDField("修改人", null=True, blank=True)
    label = models.CharField("修改人称呼", max_length=80, blank=True)
    org = models.UUIDField("修改单位", null=True, blank=True)

    class Meta:
        verbose_name = "诉求类型修改"
        verbose_name_plural = "诉求类型修改"
        indexes = [models.Index(fields=["at"], name="matters_typechange_at")]
