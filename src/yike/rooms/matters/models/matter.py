"""The matter itself: one demand, one state, one holder."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from yike.rooms.core.actor import CONFIDENTIAL
from yike.rooms.core.refs import new_id
from yike.rooms.matters import codes, flow

_OPEN = Q(state__in=sorted(flow.OPEN))


class Matter(models.Model):
    """A demand from the first word to the last. `state` is changed in deed.py only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reference = models.CharField("编号", max_length=15, unique=True)
    order_no = models.CharField("工单号", max_length=24, null=True, blank=True, unique=True)
    #: digest of door, actor and the form's key: the same key never opens twice
    key = models.CharField("幂等键", max_length=64, unique=True)
    #: digest of what was told, so that a key used for something else is noticed
    told_digest = models.CharField("内容摘要", max_length=64)

    state = models.CharField("状态", max_length=2, choices=list(flow.STATES.items()))
    turn = models.CharField("等待方", max_length=8, choices=list(flow.TURNS.items()))
    version = models.IntegerField("版本", default=1)

    door = models.CharField("入口", max_length=10)
    channel = models.CharField("渠道", max_length=2, choices=list(codes.CHANNELS.items()))
    line = models.CharField("拨打号码", max_length=5, blank=True)
    demand_type = models.CharField(
        "诉求类型", max_length=1, choices=list(codes.DEMAND_TYPES.items())
    )
    category = models.CharField("事项类型", max_length=8, blank=True)
    item_code = models.CharField("服务事项", max_length=40, blank=True)
    title = models.CharField("标题", max_length=60)
    text = models.TextField("诉求内容")
    urgency = models.SmallIntegerField("紧急程度", choices=list(codes.URGENCIES.items()))
    level = models.SmallIntegerField("密级", choices=list(codes.LEVELS.items()))
    region_code = models.CharField("区划", max_length=12, db_collation="C")
    town_code = models.CharField("乡镇", max_length=12, db_collation="C")

    holder_org = models.UUIDField("承办单位", null=True, blank=True)
    holder_account = models.UUIDField("承办人", null=True, blank=True)
    #: 首问负责: who received it first; stays
    first_org = models.UUIDField("首问单位", null=True, blank=True)
    first_account = models.UUIDField("首问人员", null=True, blank=True)
    peer_id = models.CharField("对接平台", max_length=64, blank=True)
    peer_ref = models.CharField("对方编号", max_length=64, blank=True)
    why_routed = models.CharField("派单理由", max_length=200, blank=True)
    unrouted = models.BooleanField("兜底派单", default=False)
    returns = models.SmallIntegerField("退回次数", default=0)
    reopened = models.BooleanField("重新办理", default=False)
    redos = models.SmallIntegerField("重办次数", default=0)
    #: version of the county's policy that it began with; 0: the table as it stands
    flow_version = models.IntegerField("流程版本", default=0)
    #: office of another county to which it is offered
    offered_org = models.UUIDField("拟接收单位", null=True, blank=True)
    resume_on = models.DateField("预计恢复日期", null=True, blank=True)
    held_days = models.SmallIntegerField("已挂起天数", default=0)
    hurries = models.SmallIntegerField("催办次数", default=0)
    hurried_at = models.DateTimeField("当事人催办时间", null=True, blank=True)
    #: demands merged into this one, and whether one of them is of another person
    members = models.SmallIntegerField("并入件数", default=0)
    others = models.BooleanField("并有其他当事人", default=False)

    party = models.ForeignKey(
        "people.Party",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="当事人",
    )
    party_mask = models.CharField("当事人称呼", max_length=60, blank=True)
    phone_index = models.CharField("电话盲索引", max_length=64, blank=True, db_index=True)
    id_index = models.CharField("证件盲索引", max_length=64, blank=True)
    relation = models.CharField("关系", max_length=30, blank=True)
    contact_way = models.CharField("联系方式", max_length=60, blank=True)
    safe_from = models.CharField("方便联系起", max_length=5, blank=True)
    safe_until = models.CharField("方便联系止", max_length=5, blank=True)
    needs = ArrayField(models.CharField(max_length=12), verbose_name="特殊需要", default=list)
    person_categories = ArrayField(
        models.CharField(max_length=12), verbose_name="人员类别", default=list
    )

    #: answers to the item's own form as [label, words], as they were asked that day
    answers = models.JSONField("表单答案", default=list)

    opened_at = models.DateTimeField("受理时间")
    signed_at = models.DateTimeField("签收时间", null=True, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)
    result = models.CharField("办理结果", max_length=10, blank=True)
    answerer = models.UUIDField("答复人", null=True, blank=True)
    minutes = models.IntegerField("用时分钟", null=True, blank=True)

    finish_clock = models.UUIDField("办结时限", null=True, blank=True)
    sign_clock = models.UUIDField("签收时限", null=True, blank=True)
    promise_code = models.CharField("承诺", max_length=40, blank=True)
    promise_name = models.CharField("承诺名称", max_length=60, blank=True)
    #: due instant of the finish promise; null while the clock waits for papers
    due_at = models.DateTimeField("承诺时间", null=True, blank=True)
    #: when it turns yellow, and orange
    near_at = models.DateTimeField("黄色预警时间", null=True, blank=True)
    warn_at = models.DateTimeField("提醒时间", null=True, blank=True)
    #: the finish promise was broken; stays
    broken = models.BooleanField("超期", default=False)
    sign_broken = models.BooleanField("签收超期", default=False)

    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="来源诉求"
    )
    #: the order of which this is a part (子工单)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="主工单"
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="并入的主件"
    )
    demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "诉求"
        verbose_name_plural = "诉求"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(flow.STATES)), name="matters_matter_state"
            ),
            models.CheckConstraint(
                condition=Q(turn__in=list(flow.TURNS)), name="matters_matter_turn"
            ),
            models.CheckConstraint(
                condition=~_OPEN | Q(holder_org__isnull=False), name="matters_open_has_holder"
            ),
            models.CheckConstraint(
                condition=Q(level__gte=0, level__lte=3, urgency__gte=0, urgency__lte=2),
                name="matters_matter_marks",
            ),
        ]
        indexes = [
            # what waits for an office, in the order it is shown
            models.Index(
                "holder_org",
                models.F("urgency").desc(),
                "due_at",
                "id",
                condition=_OPEN,
                name="matters_waiting",
            ),
            models.Index(
                fields=["region_code", "due_at"], condition=_OPEN, name="matters_open_region"
            ),
            models.Index(fields=["town_code", "opened_at"], name="matters_town_day"),
            models.Index(
                fields=["opened_at"],
                include=["region_code", "level", "parent"],
                name="matters_opened",
            ),
            models.Index(
                fields=["opened_at"],
                condition=Q(level__gte=CONFIDENTIAL),
                name="matters_guarded_opened",
            ),
            models.Index(
                fields=["answered_at"],
                condition=Q(level__gte=CONFIDENTIAL),
                name="matters_guarded_answered",
            ),
            models.Index(fields=["closed_at"], name="matters_closed"),
            models.Index(
                fields=["answered_at"],
                include=["region_code", "level", "parent"],
                condition=Q(answered_at__isnull=False),
                name="matters_answered",
            ),
            models.Index(fields=["category", "opened_at"], name="matters_kind_day"),
            models.Index(fields=["id_index"], condition=~Q(id_index=""), name="matters_id_index"),
            models.Index(fields=["peer_id"], condition=~Q(peer_id=""), name="matters_peer"),
            models.Index(
                fields=["resume_on"],
                condition=Q(resume_on__isnull=False),
                name="matters_resume_on",
            ),
            models.Index(
                fields=["holder_account"],
                condition=Q(holder_account__isnull=False) & _OPEN,
                name="matters_carried",
            ),
            models.Index(
                fields=["offered_org"],
                condition=Q(offered_org__isnull=False),
                name="matters_offered",
            ),
            models.Index(fields=["finish_clock"], name="matters_finish_clock"),
            models.Index(fields=["sign_clock"], name="matters_sign_clock"),
        ]


class Unsealed(models.Model):
    """Words of a matter that earlier versions kept in clear: waiting to be sealed, then gone.

    A migration cannot seal, it has no keys: it moves them here, out of everybody's sight, and the
    next start seals them (actions.seal_leftovers).
    """

    matter = models.OneToOneField(
        "matters.Matter",
        models.PROTECT,
        primary_key=True,
        related_name="+",
        verbose_name="诉求",
    )
    on_behalf_of = models.CharField("代何人", max_length=60, blank=True)
    contact_note = models.CharField("联系须知", max_length=200, blank=True)

    class Meta:
        verbose_name = "待密封的旧内容"
        verbose_name_plural = "待密封的旧内容"
