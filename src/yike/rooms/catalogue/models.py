"""What is offered: items with versions, code lists, legal matters and the words that name them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yike.rooms.catalogue import hall_words
from yike.rooms.core.refs import new_id


class Item(models.Model):
    """One version of a service item. An edit closes the old row and writes a new one.

    `verified`: the source was read (evidence F); an item from general knowledge (K) is shown with
    a note until an operator confirms it. `form`: fields that the item needs beyond the common
    intake, as in forms.py.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField("事项编码", max_length=20)
    version = models.PositiveIntegerField("版本", default=1)
    name = models.CharField("名称", max_length=100)
    kind = models.CharField("业务类别", max_length=20)
    mode = models.CharField("服务方式", max_length=20)
    applicants = models.JSONField("服务对象", default=list)
    materials = models.JSONField("材料", default=list)
    limits_text = models.CharField("时限原文", max_length=400, blank=True)
    basis = models.CharField("依据", max_length=400, blank=True)
    fee = models.CharField("收费", max_length=100, blank=True)
    form = models.JSONField("补充表单", default=list, blank=True)
    national_code = models.CharField("国家事项编码", max_length=60, blank=True)
    verified = models.BooleanField("已核对", default=False)
    last_checked_on = models.DateField("最近核对日期")
    active_from = models.DateField("启用日期")
    active_until = models.DateField("停用日期", null=True, blank=True)
    source = models.CharField("来源", max_length=80, blank=True)

    class Meta:
        verbose_name = "服务事项"
        verbose_name_plural = "服务事项"
        ordering = ["code", "version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="catalogue_item_version"),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(active_until__isnull=True),
                name="catalogue_item_one_current",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class ItemLimit(models.Model):
    """One time limit of an item: how much of which unit for which step.

    unit: WD working days, CD calendar days, H hours, M months, Y years, I at once, X counted (the
    note says of what), T only in words (the step says them).
    """

    id = models.BigAutoField(primary_key=True)
    item = models.ForeignKey(Item, models.CASCADE, related_name="+", verbose_name="事项")
    ordinal = models.PositiveSmallIntegerField("序号")
    step = models.CharField("环节", max_length=60)
    number = models.PositiveIntegerField("数值", null=True, blank=True)
    number_until = models.PositiveIntegerField("数值上限", null=True, blank=True)
    unit = models.CharField("单位", max_length=2)
    counted = models.CharField("计数单位", max_length=10, blank=True)
    local = models.BooleanField("本地规定", default=False)
    note = models.CharField("说明", max_length=100, blank=True)

    class Meta:
        verbose_name = "事项时限"
        verbose_name_plural = "事项时限"
        ordering = ["item_id", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["item", "ordinal"], name="catalogue_limit_once"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.step}"


class CodeList(models.Model):
    """A list of codes with its source and whether somebody confirmed it."""

    key = models.CharField("键", max_length=40, primary_key=True)
    name = models.CharField("名称", max_length=60)
    source = models.CharField("来源", max_length=120, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)
    verified = models.BooleanField("已核对", default=False)

    class Meta:
        verbose_name = "代码表"
        verbose_name_plural = "代码表"
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key


class Code(models.Model):
    """One version of one code of a list."""

    id = models.BigAutoField(primary_key=True)
    list = models.ForeignKey(CodeList, models.PROTECT, related_name="+", verbose_name="代码表")
    code = models.CharField("代码", max_length=40)
    version = models.PositiveIntegerField("版本", default=1)
    name = models.CharField("名称", max_length=100)
    ordinal = models.PositiveSmallIntegerField("序号", default=0)
    extra = models.JSONField("附加", default=dict, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)
    verified = models.BooleanField("已核对", default=False)
    active_from = models.DateField("启用日期")
    active_until = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = "代码"
        verbose_name_plural = "代码"
        ordering = ["list_id", "ordinal", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["list", "code", "version"], name="catalogue_code_version"
            ),
            models.UniqueConstraint(
                fields=["list", "code"],
                condition=Q(active_until__isnull=True),
                name="catalogue_code_one_current",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.list_id} {self.code} {self.name}"


class LegalMatter(models.Model):
    """What a demand is about in law: one of 47 categories."""

    code = models.CharField("代码", max_length=4, primary_key=True)
    name = models.CharField("名称", max_length=40)
    cause_part = models.CharField("对应案由部分", max_length=100, blank=True)
    ordinal = models.PositiveSmallIntegerField("序号", default=0)
    active = models.BooleanField("启用", default=True)

    class Meta:
        verbose_name = "法律事务类别"
        verbose_name_plural = "法律事务类别"
        ordering = ["ordinal"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Keyword(models.Model):
    """A word that speaks for a category. `own`: added by this house, not from the code list.

    Weight 0: an office untied it; it is kept so that the next load does not bring it back.
    """

    id = models.BigAutoField(primary_key=True)
    matter = models.ForeignKey(LegalMatter, models.CASCADE, related_name="+", verbose_name="类别")
    word = models.CharField("词", max_length=30)
    weight = models.FloatField("权重", default=1.0)
    own = models.BooleanField("自有", default=False)

    class Meta:
        verbose_name = "类别关键词"
        verbose_name_plural = "类别关键词"
        constraints = [
            models.UniqueConstraint(fields=["matter", "word"], name="catalogue_keyword_once"),
            models.CheckConstraint(
                condition=Q(weight__gte=0, weight__lte=10), name="catalogue_keyword_weight"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.word}"


class ItemHint(models.Model):
    """What leads to an item: a category, or a word that people use."""

    id = models.BigAutoField(primary_key=True)
    item_code = models.CharField("事项编码", max_length=20)
    matter = models.ForeignKey(
        LegalMatter, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="类别"
    )
    word = models.CharField("词", max_length=30, blank=True)
    weight = models.FloatField("权重", default=1.0)

    class Meta:
        verbose_name = "事项线索"
        verbose_name_plural = "事项线索"
        constraints = [
            models.UniqueConstraint(
                fields=["item_code", "matter", "word"],
                nulls_distinct=False,
                name="catalogue_hint_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_code} {self.matter_id or self.word}"


class Offering(models.Model):
    """Who gives an item where: an institution, at a station or in its own house."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    item_code = models.CharField("事项编码", max_length=20)
    institution = models.ForeignKey(
        "providers.Institution", models.PROTECT, related_name="+", verbose_name="机构"
    )
    station = models.ForeignKey(
        "places.Station",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="站点",
    )
    mode = models.CharField("方式", max_length=10)
    note = models.CharField("说明", max_length=200, blank=True)
    active_from = models.DateField("启用日期")
    active_until = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = "事项供给"
        verbose_name_plural = "事项供给"
        constraints = [
            models.UniqueConstraint(
                fields=["item_code", "institution", "station", "mode"],
                condition=Q(active_until__isnull=True),
                nulls_distinct=False,
                name="catalogue_offering_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_code} {self.institution_id}"


class HallItem(models.Model):
    """One item at one hall (行政服务中心、便民服务中心): its window, whether it can be done."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    site = models.ForeignKey(
        "places.PublicSite", models.PROTECT, related_name="+", verbose_name="办事大厅"
    )
    item_code = models.CharField("事项编码", max_length=20)
    status = models.CharField("状态", max_length=8, choices=list(hall_words.STATUSES.items()))
    window = models.CharField("窗口", max_length=60, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    told_on = models.DateField("更新日期")
    label = models.CharField("更新人", max_length=80, blank=True)
    ended_on = models.DateField("撤下日期", null=True, blank=True)

    class Meta:
        verbose_name = "大厅事项"
        verbose_name_plural = "大厅事项"
        constraints = [
            models.UniqueConstraint(
                fields=["site", "item_code"], condition=Q(ended_on__isnull=True),
                name="catalogue_hallitem_once",
            ),
            models.CheckConstraint(
                condition=Q(status__in=list(hall_words.STATUSES)), name="catalogue_hallitem_words"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.site_id} {self.item_code}"
