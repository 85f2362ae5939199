"""One rating for one matter, the invitation to it, and what the rated may reply."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from yike.rooms.core.refs import new_id
from yike.rooms.quality import codes


class Invitation(models.Model):
    """That a matter was answered and may be rated; of the token only a digest is kept.

    `served_*`: who served, frozen when it was made; none of them may rate.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(
        "matters.Matter", models.PROTECT, related_name="+", verbose_name="诉求"
    )
    digest = models.CharField("令牌摘要", max_length=64, unique=True)
    made_at = models.DateTimeField("邀请时间")
    expires_at = models.DateTimeField("失效时间")
    used_at = models.DateTimeField("使用时间", null=True, blank=True)
    #: who printed or showed the link, and from which address (keyed digest)
    made_by = models.UUIDField("出示人", null=True, blank=True)
    address = models.CharField("出示地址摘要", max_length=64, blank=True)
    served_orgs = ArrayField(models.UUIDField(), verbose_name="服务单位", default=list)
    served_accounts = ArrayField(models.UUIDField(), verbose_name="服务人员", default=list)
    served_phones = ArrayField(
        models.CharField(max_length=64), verbose_name="服务人员电话盲索引", default=list
    )

    class Meta:
        verbose_name = "评价邀请"
        verbose_name_plural = "评价邀请"
        indexes = [models.Index(fields=["matter", "made_at"], name="quality_invitation_matter")]


class Rating(models.Model):
    """The one rating of a matter. `level` stays as it was given; `again_*` is said after a redo."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.OneToOneField(
        "matters.Matter", models.PROTECT, related_name="+", verbose_name="诉求"
    )
    region_code = models.CharField("区划", max_length=12, db_collation="C")
    secrecy = models.SmallIntegerField("密级", default=0)
    category = models.CharField("事项类型", max_length=8, blank=True)
    #: whose answer is rated
    org = models.UUIDField("被评单位", null=True, blank=True)
    account = models.UUIDField("被评人员", null=True, blank=True)
    first_org = models.UUIDField("首问单位", null=True, blank=True)
    level = models.SmallIntegerField("满意度", choices=list(codes.LEVELS.items()))
    reasons = ArrayField(models.CharField(max_length=12), verbose_name="原因", default=list)
    words = models.TextField("想说的话", blank=True)
    #: the citizen's own word on what it cost, where it was given
    said_visits = models.SmallIntegerField("自己说来过几次", null=True, blank=True)
    said_fen = models.BigIntegerField("自己说付了多少（分）", null=True, blank=True)
    #: the rated are not told which matter it was
    anonymous = models.BooleanField("不告诉被评人是谁", default=False)
    channel = models.CharField("渠道", max_length=8, choices=list(codes.CHANNELS.items()))
    #: who filled it in for the citizen
    given_by = models.UUIDField("代填人", null=True, blank=True)
    answered_at = models.DateTimeField("答复时间")
    rated_at = models.DateTimeField("评价时间")
    address = models.CharField("来源地址摘要", max_length=64, blank=True)
    flags = ArrayField(models.CharField(max_length=16), verbose_name="疑点", default=list)
    standing = models.CharField(
        "是否计入", max_length=8, choices=list(codes.STANDINGS.items()), default="counted"
    )
    standing_reason = models.CharField("不计入的理由", max_length=500, blank=True)
    standing_by = models.UUIDField("核实人", null=True, blank=True)
    again_level = models.SmallIntegerField("重办后满意度", null=True, blank=True)
    again_words = models.TextField("重办后想说的话", blank=True)
    again_at = models.DateTimeField("重办后评价时间", null=True, blank=True)
    demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "评价"
        verbose_name_plural = "评价"
        constraints = [
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=5)
                & (Q(again_level__isnull=True) | Q(again_level__gte=1, again_level__lte=5)),
                name="quality_rating_level",
            ),
            models.CheckConstraint(
                condition=Q(level__gte=3) | Q(reasons__len__gte=1),
                name="quality_bad_has_reason",
            ),
            models.CheckConstraint(
                condition=(Q(said_visits=None) | Q(said_visits__gte=0))
                & (Q(said_fen=None) | Q(said_fen__gte=0)),
                name="quality_rating_effort",
            ),
            models.CheckConstraint(
                condition=Q(standing__in=list(codes.STANDINGS)), name="quality_rating_standing"
            ),
        ]
        indexes = [
            models.Index(fields=["org", "rated_at"], name="quality_rating_org"),
            models.Index(fields=["account", "rated_at"], name="quality_rating_account"),
            models.Index(fields=["region_code", "rated_at"], name="quality_rating_region"),
            models.Index(
                fields=["address", "rated_at"],
                condition=~Q(address=""),
                name="quality_rating_address",
            ),
            models.Index(fields=["rated_at"], condition=Q(level__lte=2), name="quality_rating_bad"),
        ]


class RatingReply(models.Model):
    """What the rated office or person says to a rating: once (答辩权)."""

    rating = models.OneToOneField(
        Rating, models.PROTECT, primary_key=True, related_name="+", verbose_name="评价"
    )
    org = models.UUIDField("单位", null=True, blank=True)
    account = models.UUIDField("人员", null=True, blank=True)
    at = models.DateTimeField("时间")
    words = models.TextField("说明")
    #: asks that it be examined whether the rating counts
    appeals = models.BooleanField("申请核实", default=False)

    class Meta:
        verbose_name = "被评人说明"
        verbose_name_plural = "被评人说明"
