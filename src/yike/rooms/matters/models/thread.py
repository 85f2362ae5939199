"""What is said on a matter: points and answers, messages, notes, papers, the reply, the rating."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from yike.rooms.core.refs import new_id
from yike.rooms.matters import codes


class OfMatter(models.Model):
    """Base: one row about one matter."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(
        "matters.Matter", models.PROTECT, related_name="+", verbose_name="诉求"
    )

    class Meta:
        abstract = True


class Point(OfMatter):
    """One question of the demand; each gets an answer of its own."""

    no = models.SmallIntegerField("序号")
    words = models.CharField("诉求点", max_length=500)
    answer = models.TextField("答复", blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    answered_by = models.UUIDField("答复人", null=True, blank=True)

    class Meta:
        verbose_name = "诉求点"
        verbose_name_plural = "诉求点"
        constraints = [
            models.UniqueConstraint(fields=["matter", "no"], name="matters_point_no"),
        ]


class Note(OfMatter):
    """An internal opinion; shown to staff of its level, or of the office that wrote it."""

    at = models.DateTimeField("时间")
    org = models.UUIDField("单位", null=True, blank=True)
    account = models.UUIDField("人员", null=True, blank=True)
    label = models.CharField("称呼", max_length=80, blank=True)
    level = models.SmallIntegerField("密级", choices=list(codes.LEVELS.items()))
    words = models.TextField("意见")

    class Meta:
        verbose_name = "内部意见"
        verbose_name_plural = "内部意见"


class Message(OfMatter):
    """A message between the citizen and the office."""

    at = models.DateTimeField("时间")
    side = models.CharField(
        "一方", max_length=8, choices=[("citizen", "当事人"), ("office", "单位")]
    )
    org = models.UUIDField("单位", null=True, blank=True)
    label = models.CharField("称呼", max_length=80, blank=True)
    words = models.TextField("内容")

    class Meta:
        verbose_name = "留言"
        verbose_name_plural = "留言"


class Supplement(models.Model):
    """The one notice of missing papers (一次性告知): the primary key makes it one."""

    matter = models.OneToOneField(
        "matters.Matter",
        models.PROTECT,
        primary_key=True,
        related_name="+",
        verbose_name="诉求",
    )
    asked_at = models.DateTimeField("告知时间")
    asked_by = models.UUIDField("告知人", null=True, blank=True)
    papers = ArrayField(models.CharField(max_length=200), verbose_name="材料清单")
    words = models.TextField("说明", blank=True)
    brought_at = models.DateTimeField("补正时间", null=True, blank=True)

    class Meta:
        verbose_name = "补正告知"
        verbose_name_plural = "补正告知"


class Attachment(OfMatter):
    """A paper of the matter; `message` names the message that carried it, if any."""

    file_id = models.UUIDField("材料", db_index=True)
    message = models.ForeignKey(
        Message, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="留言"
    )
    side = models.CharField(
        "一方", max_length=8, choices=[("citizen", "当事人"), ("office", "单位")]
    )
    given_at = models.DateTimeField("提交时间")

    class Meta:
        verbose_name = "附件"
        verbose_name_plural = "附件"
        constraints = [
            models.UniqueConstraint(fields=["file_id"], name="matters_file_once"),
        ]


class Reply(OfMatter):
    """The answer that closes, or the reason of a refusal; a redone matter has two."""

    at = models.DateTimeField("时间")
    org = models.UUIDField("单位", null=True, blank=True)
    account = models.UUIDField("人员", null=True, blank=True)
    label = models.CharField("称呼", max_length=80, blank=True)
    result = models.CharField("结果", max_length=10)
    words = models.TextField("答复")

    class Meta:
        verbose_name = "答复"
        verbose_name_plural = "答复"


class Feedback(OfMatter):
    """Whether the answer helped, in the citizen's words; once for each reply."""

    at = models.DateTimeField("时间")
    helped = models.BooleanField("有帮助")
    words = models.TextField("想说的话", blank=True)

    class Meta:
        verbose_name = "评价"
        verbose_name_plural = "评价"
