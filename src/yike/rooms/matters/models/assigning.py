"""Who takes an order: policies, what was decided and why, shares, weights, the other sides."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yike.rooms.core.refs import new_id

#: how a decision came about
WAYS = {
    "best": "按建议第一名",
    "override": "人工改选",
    "fallback": "无人可派，交兜底岗位",
    "nobody": "无人可派，待派单员处理",
}
#: what somebody, or a case, named with a matter is to it
PARTS = {
    "opponent": "对方当事人",
    "co_accused": "同案人（刑事）",
    "case": "刑事案件编号（同案）",
}


class AssignmentPolicy(models.Model):
    """One version of a county's weights and rules for choosing, never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county_code = models.CharField("县", max_length=12, db_collation="C")
    version = models.PositiveIntegerField("版本")
    #: plain values of assignment.Policy
    content = models.JSONField("内容")
    reason = models.CharField("修改原因", max_length=200)
    set_at = models.DateTimeField("设置时间")
    set_by = models.UUIDField("设置人", null=True, blank=True)
    set_label = models.CharField("设置人称呼", max_length=80, blank=True)

    class Meta:
        verbose_name = "指派规则"
        verbose_name_plural = "指派规则"
        constraints = [
            models.UniqueConstraint(
                fields=["county_code", "version"], name="matters_assignmentpolicy_version"
            ),
        ]


class AssignmentRecord(models.Model):
    """One decision: the ranking with its reasons, who was chosen, by whom, and why not the first.

    `top`: [{account, name, org, score, reasons: [{code, sentence, points}]}, …], best first.
    `out`: reason for exclusion → how many. `place`: of the chosen in the ranking; 0 = not in it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(
        "matters.Matter", models.PROTECT, related_name="+", verbose_name="诉求"
    )
    at = models.DateTimeField("时间")
    county_code = models.CharField("县", max_length=12, db_collation="C")
    policy_version = models.PositiveIntegerField("规则版本")
    way = models.CharField("方式", max_length=10, choices=list(WAYS.items()))
    pool = models.PositiveIntegerField("可派人数")
    out = models.JSONField("不能派的人数", default=dict)
    top = models.JSONField("前几名和理由", default=list)
    place = models.PositiveIntegerField("名次", default=0)
    org = models.UUIDField("承办单位", null=True, blank=True)
    account = models.UUIDField("承办人", null=True, blank=True)
    chosen_name = models.CharField("承办人姓名", max_length=60, blank=True)
    override_reason = models.CharField("改选理由", max_length=500, blank=True)
    by_account = models.UUIDField("经办人", null=True, blank=True)
    by_label = models.CharField("经办人称呼", max_length=80, blank=True)

    class Meta:
        verbose_name = "指派记录"
        verbose_name_plural = "指派记录"
        constraints = [
            models.CheckConstraint(
                condition=Q(way__in=list(WAYS)), name="matters_assignmentrecord_way"
            ),
            models.CheckConstraint(
                condition=~Q(way="override") | ~Q(override_reason=""),
                name="matters_assignmentrecord_why",
            ),
        ]
        indexes = [
            models.Index(fields=["county_code", "-at"], name="matters_asgrecord_county"),
        ]


class AssignmentShare(models.Model):
    """How many orders are due to somebody, and how many were got, since a policy began."""

    id = models.BigAutoField(primary_key=True)
    county_code = models.CharField("县", max_length=12, db_collation="C")
    policy_version = models.PositiveIntegerField("规则版本")
    account = models.UUIDField("账号")
    expected = models.FloatField("应接件数", default=0)
    received = models.PositiveIntegerField("已接件数", default=0)

    class Meta:
        verbose_name = "接单份额"
        verbose_name_plural = "接单份额"
        constraints = [
            models.UniqueConstraint(
                fields=["county_code", "policy_version", "account"],
                name="matters_assignmentshare_once",
            ),
            models.CheckConstraint(
                condition=Q(expected__gte=0), name="matters_assignmentshare_sane"
            ),
        ]


class AssignmentWeight(models.Model):
    """Percent of a usual share that somebody is given for a while, by rewards and punishments."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.UUIDField("账号", db_index=True)
    percent = models.PositiveSmallIntegerField("份额（%）")
    active_from = models.DateField("起")
    active_until = models.DateField("止（不含）", null=True, blank=True)
    reason = models.CharField("依据", max_length=200)
    #: the reward or punishment behind it, by value
    source = models.CharField("来源", max_length=60, blank=True, unique=True, null=True)
    set_at = models.DateTimeField("设置时间")

    class Meta:
        verbose_name = "派单权重"
        verbose_name_plural = "派单权重"
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__lte=200), name="matters_assignmentweight_sane"
            ),
            models.CheckConstraint(
                condition=Q(active_until__isnull=True) | Q(active_until__gte=F("active_from")),
                name="matters_assignmentweight_period",
            ),
        ]


class Side(models.Model):
    """The other side, somebody accused in the same case, or that case: by blind indexes only.

    Found, never read: what stands in clear is a mask.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(
        "matters.Matter", models.PROTECT, related_name="+", verbose_name="诉求"
    )
    part = models.CharField("身份", max_length=10, choices=list(PARTS.items()))
    name_mask = models.CharField("掩码", max_length=80)
    name_index = models.CharField("姓名盲索引", max_length=64, blank=True)
    phone_index = models.CharField("电话盲索引", max_length=64, blank=True)
    id_index = models.CharField("证件盲索引", max_length=64, blank=True)
    case_index = models.CharField("案号盲索引", max_length=64, blank=True)
    noted_at = models.DateTimeField("登记时间")
    noted_by = models.UUIDField("登记人", null=True, blank=True)
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)

    class Meta:
        verbose_name = "对方当事人"
        verbose_name_plural = "对方当事人"
        constraints = [
            models.CheckConstraint(condition=Q(part__in=list(PARTS)), name="matters_side_part"),
            models.CheckConstraint(
                condition=~Q(name_index="", phone_index="", id_index="", case_index=""),
                name="matters_side_findable",
            ),
        ]
        indexes = [
            models.Index(
                fields=["phone_index"], condition=~Q(phone_index=""), name="matters_side_phone"
            ),
            models.Index(fields=["id_index"], condition=~Q(id_index=""), name="matters_side_id"),
            models.Index(
                fields=["case_index"], condition=~Q(case_index=""), name="matters_side_case"
            ),
        ]
