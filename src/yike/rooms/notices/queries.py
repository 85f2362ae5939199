"""Inboxes, counts, templates, and what the outbox has to send."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from yike.engines.seal import open_
from yike.rooms.core.actor import Actor
from yike.rooms.core.page import Page
from yike.rooms.core.refusal import BadInput
from yike.rooms.guard import keyring
from yike.rooms.notices import access, mail, models, texts
from yike.rooms.notices.faces import NoticeFace, Recipient, TemplateFace
from yike.rooms.notices.models import Notice, Template

PAGE = 30
#: Beyond this, a count is shown as "99+".
MOST_COUNTED = 100
PURPOSE = "notices.address"


def inbox(actor: Actor, *, after: str = "", unread_only: bool = False) -> Page[NoticeFace]:
    """This will return this person's notices, newest first: own, of the institution, of the matter.

    Each address is asked by its own index and the heads are merged, so a page costs the same in a
    full inbox as in an empty one.
    """
    rows: dict[UUID, Notice] = {}
    for way in access.addresses(actor):
        some = Notice.objects.filter(way, channel=models.IN_APP)
        if after:
            some = some.filter(id__lt=_mark(after))
        if unread_only:
            some = some.filter(state=models.SENT)
        rows |= {row.id: row for row in some.order_by("-id")[: PAGE + 1]}
    found = sorted(rows.values(), key=lambda row: row.id, reverse=True)
    more = len(found) > PAGE
    shown = [_face(row) for row in found[:PAGE]]
    return Page(rows=shown, after=str(shown[-1].id) if more else "")


def _mark(after: str) -> UUID:
    try:
        return UUID(after)
    except ValueError:
        raise BadInput("翻页标记不对", way_on="请回到第一页。", field="after") from None


def unread_count(actor: Actor) -> int:
    """This will return how many notices wait to be read; 100 means a hundred or more."""
    unread: set[UUID] = set()
    for way in access.addresses(actor):
        some = Notice.objects.filter(way, channel=models.IN_APP, state=models.SENT)
        unread.update(some.values_list("id", flat=True)[:MOST_COUNTED])
    return min(len(unread), MOST_COUNTED)


def is_told(once: str) -> bool:
    """This will say whether a notice with this key was made."""
    return Notice.objects.filter(once__in=(once, f"{once}/mail")).exists()


def last_told(
    *, to: Recipient, about: str, subject: str, templates: Sequence[str]
) -> datetime | None:
    """This will return when an account or institution last heard of a thing by these templates."""
    rows = Notice.objects.filter(about=about, subject=subject, template__in=templates)
    rows = rows.filter(to_account=str(to.account or ""), to_org=str(to.org or ""))
    return rows.order_by("-made_at").values_list("made_at", flat=True).first()


def template(code: str) -> TemplateFace:
    """This will return the words used now: the newest version, else those of the first set.

    Fails with ValueError for a code that nobody defined.
    """
    row = Template.objects.filter(code=code).order_by("-version").first()
    if row is None:
        if code not in texts.DEFAULTS:
            raise ValueError(f"no notice template {code!r}: add it to notices/texts.py")
        return texts.DEFAULTS[code]
    return TemplateFace(
        code=code, version=row.version, title=row.title, words=row.words, places=tuple(row.places)
    )


def templates() -> list[TemplateFace]:
    """This will return all kinds of notices with the words used now, by code."""
    codes = set(Template.objects.values_list("code", flat=True)) | set(texts.DEFAULTS)
    return [template(code) for code in sorted(codes)]


def due_mail(now: datetime, *, most: int = 200) -> list[UUID]:
    """This will return e-mails whose turn has come, oldest first (for the outbox job)."""
    waiting = Notice.objects.filter(channel=models.EMAIL, state=models.QUEUED)
    ready = waiting.filter(next_at__lte=now) | waiting.filter(next_at=None)
    return list(ready.order_by("id").values_list("id", flat=True)[:most])


def letter_of(row: Notice) -> mail.Letter:
    """This will return an e-mail ready to be sent; the address is opened here and nowhere else."""
    if row.address is None:
        raise ValueError("an e-mail without an address cannot be sent")
    address = open_(keyring.ring(), PURPOSE, bytes(row.address), row.id.bytes).decode()
    site = urlsplit(settings.YIKE.public_url).hostname or "yike.invalid"
    ending = f"\n\n登录查看：{settings.YIKE.public_url}\n本邮件由系统自动发出，请勿直接回复。"
    return mail.Letter(
        to=address,
        sender=settings.DEFAULT_FROM_EMAIL,
        title=row.title,
        words=row.words + ending,
        message_id=f"<{row.id}@{site}>",
    )


def _face(row: Notice) -> NoticeFace:
    return NoticeFace(
        id=row.id,
        made_at=row.made_at,
        title=row.title,
        words=row.words,
        about=row.about,
        subject=row.subject,
        region_code=row.region_code,
        read=row.state == models.READ,
        shared=bool(row.to_org),
    )
