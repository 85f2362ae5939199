"""Secret calendar addresses of those who receive people."""

from __future__ import annotations

from django.db import models

from yike.rooms.core.refs import new_id


class Feed(models.Model):
    """One address a phone's calendar subscribes to; only its digest is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    digest = models.CharField("凭据摘要", max_length=64, unique=True)
    account_id = models.UUIDField("账号")
    made_at = models.DateTimeField("生成时间")
    revoked_at = models.DateTimeField("停用时间", null=True, blank=True)

    class Meta:
        verbose_name = "预约日历订阅"
        verbose_name_plural = verbose_name
