"""Files: what is known of them. The content lies sealed on disk."""

from __future__ import annotations

from django.db import models

from yike.rooms.core import refs


class File(models.Model):
    """One paper, photo or recording."""

    id = models.UUIDField(primary_key=True, default=refs.new_id, editable=False)
    kept_at = models.DateTimeField("存入时间")
    name = models.CharField("文件名", max_length=120)
    media_type = models.CharField("类型", max_length=100)
    #: bytes of the content as kept (pictures are drawn anew)
    size = models.IntegerField("字节数")
    #: SM3 of the content as kept, hex
    digest = models.CharField("摘要", max_length=64)
    #: where it lies below FILES_DIR: random, tells nothing
    token = models.CharField("存放处", max_length=32, unique=True)
    level = models.SmallIntegerField("密级", default=1)
    #: its own, below which it never goes; `level` also follows what it is attached to
    own_level = models.SmallIntegerField("自身密级", default=1)
    #: draft key or matter it is meant for, until attached
    claim = models.CharField("归属凭据", max_length=80)
    owner_kind = models.CharField("提交人类别", max_length=10)
    owner_ref = models.CharField("提交人", max_length=64, blank=True)
    owner_key = models.CharField("提交人凭据", max_length=80, blank=True)
    #: what it is attached to; empty while loose
    about = models.CharField("所属类别", max_length=40, blank=True)
    subject = models.CharField("所属对象", max_length=64, blank=True)

    class Meta:
        verbose_name = "材料"
        verbose_name_plural = verbose_name
        indexes = [
            models.Index(fields=["about", "subject", "id"], name="files_file_subject"),
            models.Index(
                fields=["claim", "id"], condition=models.Q(about=""), name="files_file_loose"
            ),
            models.Index(fields=["kept_at"], condition=models.Q(about=""), name="files_file_old"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(size__gt=0), name="files_file_whole"),
            models.CheckConstraint(
                condition=models.Q(level__gte=0, level__lte=3)
                & models.Q(level__gte=models.F("own_level")),
                name="files_file_level",
            ),
            models.CheckConstraint(
                condition=models.Q(about="", subject="")
                | ~models.Q(about="") & ~models.Q(subject=""),
                name="files_file_belongs",
            ),
        ]
