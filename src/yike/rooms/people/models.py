"""Accounts, what they may do, the sessions they hold, other platforms' keys, and sealed parties."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from yike.rooms.core.refs import new_id
from yike.rooms.people import roles


class Account(models.Model):
    """Somebody who can sign in. Colleagues of the county see this row; secrets are apart."""

    id = models.UUIDField("账号编号", primary_key=True, default=new_id)
    username = models.CharField("用户名", max_length=40, unique=True, db_collation="C")
    display_name = models.CharField("姓名", max_length=40)
    active = models.BooleanField("启用", default=True)
    demo = models.BooleanField("演示数据", default=False)
    created_at = models.DateTimeField("开设时间")
    created_by = models.CharField("开设人", max_length=64)

    class Meta:
        verbose_name = "账号"
        verbose_name_plural = verbose_name
        constraints = [
            models.CheckConstraint(
                condition=Q(username__regex=r"^[a-z0-9][a-z0-9._-]{1,39}$"),
                name="people_account_username",
            )
        ]


class Secret(models.Model):
    """What proves that somebody is the holder of an account. Only sign-in reads it."""

    account = models.OneToOneField(
        "people.Account", models.CASCADE, primary_key=True, related_name="+", verbose_name="账号"
    )
    password = models.CharField("密码散列", max_length=200)
    must_change = models.BooleanField("须修改密码", default=True)
    password_at = models.DateTimeField("密码设置时间")
    session_version = models.PositiveIntegerField("会话版本", default=1)
    totp = models.BinaryField("动态口令密钥（密封）", null=True)
    totp_enrolled_at = models.DateTimeField("动态口令启用时间", null=True)
    #: the last 30-second step whose code was taken: no code is taken twice
    totp_step = models.BigIntegerField("已用口令步", default=0)
    recovery = ArrayField(models.CharField(max_length=64), default=list, verbose_name="恢复码散列")
    last_sign_in_at = models.DateTimeField("上次登录", null=True)

    class Meta:
        verbose_name = "登录凭据"
        verbose_name_plural = verbose_name


class Attempt(models.Model):
    """Failed sign-ins of one typed user name, real or not: a stranger cannot tell which exist."""

    who = models.CharField("用户名散列", max_length=64, primary_key=True, db_collation="C")
    failed = models.PositiveIntegerField("连续失败次数", default=0)
    failed_at = models.DateTimeField("上次失败")
    locked_until = models.DateTimeField("锁定至", null=True)

    class Meta:
        verbose_name = "登录失败"
        verbose_name_plural = verbose_name


class Grant(models.Model):
    """A role in an institution and region for a time, given by somebody else."""

    id = models.UUIDField("授权编号", primary_key=True, default=new_id)
    account = models.ForeignKey(
        "people.Account", models.CASCADE, related_name="+", verbose_name="账号"
    )
    role = models.CharField("角色", max_length=20, choices=roles.CHOICES)
    org = models.UUIDField("机构", null=True, db_index=True)
    region_code = models.CharField("区划", max_length=12, blank=True, db_collation="C")
    level = models.PositiveSmallIntegerField("密级", default=1)
    active_from = models.DateTimeField("生效")
    active_until = models.DateTimeField("失效", null=True)
    granted_by = models.CharField("授权人", max_length=64)
    reason = models.CharField("理由", max_length=200, blank=True)
    ended_by = models.CharField("收回人", max_length=64, blank=True)
    #: security found it still needed; each time is an entry of the trail, here stands the last
    confirmed_at = models.DateTimeField("复核时间", null=True)
    confirmed_by = models.CharField("复核人", max_length=64, blank=True)

    class Meta:
        verbose_name = "授权"
        verbose_name_plural = verbose_name
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=list(roles.ROLES)), name="people_grant_role"
            ),
            models.CheckConstraint(condition=Q(level__lte=3), name="people_grant_level"),
            models.CheckConstraint(
                condition=Q(active_until=None) | Q(active_until__gte=models.F("active_from")),
                name="people_grant_period",
            ),
            models.UniqueConstraint(
                fields=["account", "role"],
                condition=Q(active_until=None),
                name="people_grant_once",
            ),
        ]
        indexes = [models.Index(fields=["region_code", "role"], name="people_grant_region")]


class Emergency(models.Model):
    """A broken glass: somebody saw private matters of their region for an hour, and said why."""

    id = models.UUIDField("应急编号", primary_key=True, default=new_id)
    account = models.ForeignKey(
        "people.Account", models.CASCADE, related_name="+", verbose_name="账号"
    )
    reason = models.CharField("理由", max_length=200)
    started_at = models.DateTimeField("开始时间")
    until = models.DateTimeField("结束时间")
    reviewed_at = models.DateTimeField("复核时间", null=True)
    reviewed_by = models.CharField("复核人", max_length=64, blank=True)
    review = models.CharField("复核意见", max_length=200, blank=True)

    class Meta:
        verbose_name = "应急查看"
        verbose_name_plural = verbose_name


class AccountSession(models.Model):
    """One signed-in browser: ends by sign-out, by resting too long, or with a new password."""

    id = models.UUIDField("会话编号", primary_key=True, default=new_id)
    account = models.ForeignKey(
        "people.Account", models.CASCADE, related_name="+", verbose_name="账号"
    )
    version = models.PositiveIntegerField("会话版本")
    started_at = models.DateTimeField("登录时间")
    seen_at = models.DateTimeField("最近活动")
    ended_at = models.DateTimeField("结束时间", null=True)
    address = models.CharField("来源（脱敏）", max_length=40, blank=True)
    door = models.CharField("入口", max_length=20, blank=True)

    class Meta:
        verbose_name = "登录会话"
        verbose_name_plural = verbose_name


class ApiKey(models.Model):
    """Another platform that may open and follow matters. Only the digest of its key is kept."""

    id = models.UUIDField("密钥编号", primary_key=True, default=new_id)
    name = models.CharField("平台名称", max_length=60)
    prefix = models.CharField("密钥前缀", max_length=12, unique=True, db_collation="C")
    digest = models.BinaryField("密钥摘要", max_length=32)
    org = models.UUIDField("机构", null=True)
    region_code = models.CharField("区划", max_length=12, db_collation="C")
    scopes = ArrayField(models.CharField(max_length=40), default=list, verbose_name="权限范围")
    per_minute = models.PositiveIntegerField("每分钟次数", default=60)
    #: empty = from everywhere
    networks = ArrayField(models.CharField(max_length=49), default=list, verbose_name="来源网络")
    active = models.BooleanField("启用", default=True)
    active_from = models.DateTimeField("生效")
    active_until = models.DateTimeField("失效", null=True)
    created_by = models.CharField("开设人", max_length=64)
    demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "平台密钥"
        verbose_name_plural = verbose_name


class Device(models.Model):
    """A kiosk or window computer that holds a certificate of the house."""

    id = models.UUIDField("设备编号", primary_key=True, default=new_id)
    name = models.CharField("设备名称", max_length=60)
    org = models.UUIDField("所在机构", null=True)
    station = models.UUIDField("所在站点", null=True)
    #: SHA-256 of the certificate's DER, 64 hexadecimal signs
    fingerprint = models.CharField("证书指纹", max_length=64, unique=True, db_collation="C")
    serial = models.CharField("证书序列号", max_length=40, unique=True, db_collation="C")
    valid_from = models.DateTimeField("有效期起")
    valid_until = models.DateTimeField("有效期止")
    created_by = models.CharField("登记人", max_length=64)
    revoked_at = models.DateTimeField("吊销时间", null=True)
    revoked_by = models.CharField("吊销人", max_length=64, blank=True)
    revoked_reason = models.CharField("吊销原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "设备"
        verbose_name_plural = verbose_name


class Party(models.Model):
    """Whom a matter is about, as told that time: sealed, with masks to show and indexes to find."""

    id = models.UUIDField("当事人编号", primary_key=True, default=new_id)
    kind = models.CharField(
        "类别", max_length=10, choices=[("person", "个人"), ("company", "单位")]
    )
    #: SM4-GCM envelope of a JSON object: name, phone, id_number, uscc, email, on_behalf_of,
    #: contact_note
    sealed = models.BinaryField("身份信息（密封）")
    key_version = models.PositiveIntegerField("密钥版本", db_index=True)
    phone_index = models.CharField("电话盲索引", max_length=64, blank=True, db_collation="C")
    id_index = models.CharField("证件盲索引", max_length=64, blank=True, db_collation="C")
    id_type = models.CharField("证件类型", max_length=3, blank=True)
    name_mask = models.CharField("姓名（脱敏）", max_length=20)
    phone_mask = models.CharField("电话（脱敏）", max_length=30, blank=True)
    id_mask = models.CharField("证件（脱敏）", max_length=40, blank=True)
    email_mask = models.CharField("邮箱（脱敏）", max_length=260, blank=True)
    behalf_mask = models.CharField("代何人（脱敏）", max_length=20, blank=True)
    #: whether how to reach them safely was told; the words are sealed
    contact_noted = models.BooleanField("有联系须知", default=False)
    birth_year = models.PositiveSmallIntegerField("出生年份", null=True)
    categories = ArrayField(models.CharField(max_length=20), default=list, verbose_name="人群")
    agreed = models.CharField("已同意的告知书版本", max_length=12, blank=True, db_collation="C")
    agreed_at = models.DateTimeField("同意时间", null=True)
    created_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "当事人"
        verbose_name_plural = verbose_name
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["person", "company"]), name="people_party_kind"
            )
        ]
        indexes = [
            models.Index(
                fields=["phone_index"], condition=~Q(phone_index=""), name="people_party_phone"
            ),
            models.Index(fields=["id_index"], condition=~Q(id_index=""), name="people_party_id"),
        ]
