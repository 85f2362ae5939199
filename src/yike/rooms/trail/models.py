"""Entries and their seals."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One sentence: who did what to what, when, through which door."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField("时间")
    #: transaction that wrote it, filled by the database
    xid = models.BigIntegerField("事务号")
    kind = models.CharField("事件", max_length=80)
    about = models.CharField("对象类别", max_length=40, blank=True)
    subject = models.CharField("对象", max_length=64, blank=True)
    region_code = models.CharField("区划", max_length=12, blank=True, db_collation="C")
    actor_kind = models.CharField("行为人类别", max_length=10)
    actor_ref = models.CharField("行为人", max_length=64, blank=True)
    actor_label = models.CharField("行为人称呼", max_length=80, blank=True)
    actor_org = models.CharField("行为人机构", max_length=64, blank=True)
    door = models.CharField("入口", max_length=20, blank=True)
    request_id = models.CharField("请求", max_length=40, blank=True)
    #: canonical JSON of the event's facts, exactly the bytes that are sealed
    body = models.TextField("内容")

    class Meta:
        verbose_name = "留痕"
        verbose_name_plural = verbose_name
        indexes = [
            models.Index(fields=["about", "subject", "id"], name="trail_entry_subject"),
            models.Index(fields=["at", "id"], name="trail_entry_at"),
            models.Index(fields=["kind", "at", "id"], name="trail_entry_kind"),
            models.Index(fields=["actor_ref", "at", "id"], name="trail_entry_actor"),
        ]


class Seal(models.Model):
    """The link of one entry in the chain: SM3 over the previous digest and the entry."""

    seq = models.BigIntegerField("序号", primary_key=True)
    entry_id = models.BigIntegerField("留痕", unique=True)
    digest = models.BinaryField("摘要", max_length=32)

    class Meta:
        verbose_name = "封印"
        verbose_name_plural = verbose_name


class Barrier(models.Model):
    """How far sealing may go once the writers named here have ended: one row."""

    id = models.SmallIntegerField(primary_key=True)
    upto = models.BigIntegerField("留痕上限")
    #: virtual transaction numbers, with spaces between
    waits = models.TextField("所等事务", blank=True)

    class Meta:
        verbose_name = "封印界限"
        verbose_name_plural = verbose_name
