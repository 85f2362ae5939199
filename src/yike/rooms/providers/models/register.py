"""Institutions and those who serve. Public, but for the private contacts of persons."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yike.rooms.core.refs import new_id
from yike.rooms.providers import kinds


class Institution(models.Model):
    """A body that serves: a bureau, an office, a firm, a committee.

    `handles_orders`: orders may be given to it. `pool`: it takes what nobody else can take (one
    active pool per region).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField("编码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=100)
    kind = models.CharField("类别", max_length=24, choices=list(kinds.INSTITUTION_KINDS.items()))
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="上级机构"
    )
    region = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", verbose_name="所在或管辖区划"
    )
    address = models.CharField("地址", max_length=200, blank=True)
    phone = models.CharField("公开电话", max_length=40, blank=True)
    #: where it stands in WGS84, and the system the numbers were told in; none: nobody told
    lon = models.FloatField("经度（WGS84）", null=True, blank=True)
    lat = models.FloatField("纬度（WGS84）", null=True, blank=True)
    point_crs = models.CharField("位置原来的坐标系", max_length=8, blank=True, default="")
    #: as it publishes them
    hours = models.CharField("开放时间", max_length=100, blank=True, default="")
    #: region codes served; empty: its own region
    areas = models.JSONField("服务区域", default=list, blank=True)
    #: orders it can carry at once; 0: nobody said
    capacity = models.PositiveSmallIntegerField("同时承办上限", default=0)
    handles_orders = models.BooleanField("承办工单", default=False)
    pool = models.BooleanField("县级兜底", default=False)
    active_from = models.DateField("启用日期")
    active_until = models.DateField("停用日期", null=True, blank=True)
    close_reason = models.CharField("停用原因", max_length=200, blank=True)
    demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "机构"
        verbose_name_plural = "机构"
        ordering = ["region_id", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=list(kinds.INSTITUTION_KINDS)), name="providers_inst_kind"
            ),
            models.CheckConstraint(
                condition=Q(active_until__isnull=True)
                | Q(active_until__gte=models.F("active_from")),
                name="providers_inst_period",
            ),
            models.CheckConstraint(
                condition=~Q(parent=models.F("id")), name="providers_inst_not_own_parent"
            ),
            models.CheckConstraint(
                condition=Q(lon__isnull=True, lat__isnull=True)
                | Q(lon__range=(-180, 180), lat__range=(-90, 90)),
                name="providers_inst_point",
            ),
            models.UniqueConstraint(
                fields=["region"],
                condition=Q(pool=True, active_until__isnull=True),
                name="providers_one_pool_per_region",
            ),
            models.UniqueConstraint(
                fields=["uscc"],
                condition=~Q(uscc="") & Q(active_until__isnull=True),
                name="providers_uscc_once",
            ),
        ]
        indexes = [models.Index(fields=["kind", "region"], name="providers_inst_kind_region")]

    def __str__(self) -> str:
        return self.name


class Practitioner(models.Model):
    """A person who serves, as the public may know them. The account is linked by id only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField("姓名", max_length=60)
    kind = models.CharField("资源类别", max_length=2, choices=list(kinds.RESOURCE_KINDS.items()))
    title = models.CharField("职务", max_length=60, blank=True)
    licence_no = models.CharField("执业证号", max_length=40, blank=True)
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="+", verbose_name="所在机构"
    )
    account_id = models.UUIDField("账号", null=True, blank=True)
    #: codes of legal matters (A01…) or of service items
    specialties = models.JSONField("擅长事项", default=list, blank=True)
    languages = models.JSONField("语言和方言", default=list, blank=True)
    #: region codes served; empty: the region of the institution
    areas = models.JSONField("服务区域", default=list, blank=True)
    #: orders carried at once; 0: nobody said
    capacity = models.PositiveSmallIntegerField("同时承办上限", default=0)
    undertaking_needed = models.BooleanField("须签服务承诺书", default=False)
    undertaking_on = models.DateField("承诺书签署日期", null=True, blank=True)
    suspended_from = models.DateField("暂停服务自", null=True, blank=True)
    #: exclusive; empty while nobody knows until when
    suspended_until = models.DateField("恢复服务日期", null=True, blank=True)
    suspend_reason = models.CharField("暂停原因", max_length=200, blank=True)
    contact_class = models.CharField(
        "联系方式公开级别",
        max_length=12,
        choices=list(kinds.CONTACT_CLASSES.items()),
        default="institution",
    )
    active_from = models.DateField("启用日期")
    active_until = models.DateField("停用日期", null=True, blank=True)
    close_reason = models.CharField("停用原因", max_length=200, blank=True)
    demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "法律服务人员"
        verbose_name_plural = "法律服务人员"
        ordering = ["institution_id", "name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=list(kinds.RESOURCE_KINDS)), name="providers_pract_kind"
            ),
            models.CheckConstraint(
                condition=Q(active_until__isnull=True)
                | Q(active_until__gte=models.F("active_from")),
                name="providers_pract_period",
            ),
            models.CheckConstraint(
                condition=Q(suspended_from__isnull=True, suspended_until__isnull=True)
                | Q(suspended_until__isnull=True, suspended_from__isnull=False)
                | Q(suspended_until__gte=models.F("suspended_from")),
                name="providers_pract_suspended",
            ),
            models.UniqueConstraint(
                fields=["licence_no", "kind"],
                condition=~Q(licence_no="") & Q(active_until__isnull=True),
                name="providers_licence_once",
            ),
            models.UniqueConstraint(
                fields=["account_id"],
                condition=Q(account_id__isnull=False, active_until__isnull=True),
                name="providers_account_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Contact(models.Model):
    """How to reach a practitioner: in clear only what they agreed to publish, the rest sealed."""

    practitioner = models.OneToOneField(
        Practitioner, models.CASCADE, primary_key=True, related_name="+", verbose_name="人员"
    )
    public = models.BooleanField("公开", default=False)
    phone = models.CharField("电话", max_length=40, blank=True)
    email = models.CharField("邮箱", max_length=100, blank=True)
    #: telephone and e-mail of whoever did not publish them
    sealed = models.BinaryField("密封的联系方式", null=True, blank=True)
    #: what colleagues see without opening it: 138****5678
    reach_mask = models.CharField("掩码", max_length=60, blank=True)

    class Meta:
        verbose_name = "人员联系方式"
        verbose_name_plural = "人员联系方式"

    def __str__(self) -> str:
        return f"{self.practitioner_id}"


class Credential(models.Model):
    """A licence of an institution or a practitioner, and when it was last checked."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="机构"
    )
    practitioner = models.ForeignKey(
        Practitioner, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="人员"
    )
    kind = models.CharField("证照名称", max_length=60)
    number = models.CharField("证照编号", max_length=60)
    issuer = models.CharField("发证机关", max_length=100, blank=True)
    valid_from = models.DateField("有效期起")
    valid_until = models.DateField("有效期止（不含）", null=True, blank=True)
    verified_on = models.DateField("核验日期", null=True, blank=True)
    #: without it, valid on the day, nobody may serve
    needed = models.BooleanField("执业必备", default=True)
    #: of 30, 7, 1 and 0 days before its end: the last one that people were told of
    told_days = models.SmallIntegerField("已提醒档", null=True, blank=True)

    class Meta:
        verbose_name = "证照"
        verbose_name_plural = "证照"
        constraints = [
            models.CheckConstraint(
                condition=Q(institution__isnull=False, practitioner__isnull=True)
                | Q(institution__isnull=True, practitioner__isnull=False),
                name="providers_credential_of_one",
            ),
            models.UniqueConstraint(
                fields=["kind", "number"], name="providers_credential_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Supply(models.Model):
    """Which of the ten services an institution gives, and how."""

    id = models.BigAutoField(primary_key=True)
    institution = models.ForeignKey(
        Institution, models.CASCADE, related_name="+", verbose_name="机构"
    )
    service = models.CharField("服务", max_length=4, choices=list(kinds.SERVICES.items()))
    mode = models.CharField("方式", max_length=10, choices=list(kinds.MODES.items()))
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = "服务供给"
        verbose_name_plural = "服务供给"
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "service", "mode"], name="providers_supply_once"
            ),
            models.CheckConstraint(
                condition=Q(service__in=list(kinds.SERVICES), mode__in=list(kinds.MODES)),
                name="providers_supply_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.service} {self.mode}"
