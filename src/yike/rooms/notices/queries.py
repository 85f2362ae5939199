"""Inboxes, counts, templates, and what the outbox has to send."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Count, Q

from yike.rooms.core.actor import Actor
from yike.rooms.core.page import Page
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.notices import access, addresses, gateway, link_kinds, mail, models, texts
from yike.rooms.notices.faces import (
    DeliveryFace,
    LinkFace,
    LinkPage,
    NoticeFace,
    ProofFace,
    Recipient,
    TemplateFace,
)
from yike.rooms.notices.models import Delivery, Link, Notice, Template
from yike.rooms.people import roles

PAGE = 30
#: Beyond this, a count is shown as "99+".
MOST_COUNTED = 100


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
        code=code,
        version=row.version,
        title=row.title,
        words=row.words,
        places=tuple(row.places),
        by_sms=row.by_sms,
        urgent=row.urgent,
    )


def templates() -> list[TemplateFace]:
    """This will return all kinds of notices with the words used now, by code."""
    codes = set(Template.objects.values_list("code", flat=True)) | set(texts.DEFAULTS)
    return [template(code) for code in sorted(codes)]


def due_outside(now: datetime, *, most: int = 200) -> list[UUID]:
    """This will return what is to leave the house and whose turn has come, oldest first."""
    waiting = Notice.objects.filter(channel__in=models.OUTGOING, state=models.QUEUED)
    ready = waiting.filter(next_at__lte=now) | waiting.filter(next_at=None)
    return list(ready.order_by("id").values_list("id", flat=True)[:most])


def letter_of(row: Notice) -> mail.Letter:
    """This will return an e-mail ready to be sent; the address is opened here and nowhere else."""
    address = addresses.opened(row)
    site = urlsplit(settings.YIKE.public_url).hostname or "yike.invalid"
    ending = f"\n\n登录查看：{settings.YIKE.public_url}\n本邮件由系统自动发出，请勿直接回复。"
    return mail.Letter(
        to=address,
        sender=settings.DEFAULT_FROM_EMAIL,
        title=row.title,
        words=row.words + ending,
        message_id=f"<{row.id}@{site}>",
        calendar=addresses.calendar_of(row),
    )


def sms_of(row: Notice) -> gateway.Sms:
    """This will return a short message ready to be sent; the number is opened here only."""
    return gateway.Sms(
        to=addresses.opened(row),
        words=row.words,
        template=row.template,
        facts=row.facts,
        mark=str(row.id),
    )


def proofs_of(*, about: str, subject: str) -> tuple[ProofFace, ...]:
    """This will return what became of all that left the house about one thing, newest first.

    Row security shows them to the institution that answers for the thing.
    """
    rows = Notice.objects.filter(about=about, subject=subject, channel__in=models.OUTGOING)
    names, channels = dict(models.STATES), dict(models.CHANNELS)
    return tuple(
        ProofFace(
            channel=channels[row.channel],
            title=row.title,
            state=row.state,
            state_name=names[row.state],
            made_at=row.made_at,
            done_at=row.delivered_at or row.done_at,
            receipt=row.receipt,
            failed=row.state in {models.FAILED, models.UNSURE},
        )
        for row in rows.order_by("-id")[:50]
    )


def listens(template_code: str, region_code: str) -> bool:
    """This will say whether some office's own system listens for a notice to staff there."""
    event = link_kinds.TOLD.get(template_code, ("", ""))[0]
    if not event:
        return False
    with connection.cursor() as cursor:
        cursor.execute("select notices_listens(%s, %s)", (event, region_code))
        found = cursor.fetchone()
    return bool(found and found[0])


def hears(key_id: UUID) -> bool:
    """This will say whether the platform of a key left an address for answers. For the house."""
    return access.link_of_key(key_id) is not None


def due_deliveries(now: datetime, *, most: int = 200) -> list[UUID]:
    """This will return what is to be handed over and whose turn has come, oldest first."""
    waiting = Delivery.objects.filter(state=models.QUEUED, link__state=link_kinds.ON)
    ready = waiting.filter(Q(next_at__lte=now) | Q(next_at=None))
    return list(ready.order_by("id").values_list("id", flat=True)[:most])


def deliveries_about(key_id: UUID, references: Sequence[str]) -> tuple[DeliveryFace, ...]:
    """This will return what the platform of a key was handed about these. For the house."""
    rows = Delivery.objects.filter(link__key_id=key_id, reference__in=list(references))
    return tuple(_delivery_face(row) for row in rows.order_by("id"))


def links(*, actor: Actor) -> tuple[LinkFace, ...]:
    """This will list where other systems are called, those in force first. Administrators only."""
    _only_admins(actor)
    rows = sorted(Link.objects.all(), key=lambda row: (row.state == link_kinds.ENDED, row.name))
    counts = _counts([row.id for row in rows])
    return tuple(_link_face(row, counts) for row in rows)


def link_page(link_id: UUID, *, after: str = "", actor: Actor) -> LinkPage:
    """This will return one link and what was handed over. Administrators only; NotFound."""
    _only_admins(actor)
    row = access.link_for(link_id)
    rows = Delivery.objects.filter(link=row)
    if after:
        rows = rows.filter(id__lt=_mark(after))
    found = list(rows.order_by("-id")[: PAGE + 1])
    shown = found[:PAGE]
    return LinkPage(
        link=_link_face(row, _counts([row.id])),
        deliveries=tuple(_delivery_face(one) for one in shown),
        after=str(shown[-1].id) if len(found) > PAGE else "",
    )


def _only_admins(actor: Actor) -> None:
    if not actor.has(roles.ADMIN_SYSTEM, roles.ADMIN_SECURITY):
        raise NotAllowed("只有系统管理员和安全管理员可以查看对接地址。")


def _counts(ids: Sequence[UUID]) -> dict[tuple[UUID, str], int]:
    rows = Delivery.objects.filter(link__in=ids).values_list("link_id", "state")
    return {(link, state): number for link, state, number in rows.annotate(number=Count("id"))}


def _link_face(row: Link, counts: dict[tuple[UUID, str], int]) -> LinkFace:
    preset = link_kinds.PRESETS[row.preset]
    return LinkFace(
        id=row.id,
        kind=row.kind,
        kind_name=link_kinds.KINDS[row.kind],
        name=row.name,
        preset_name=preset.name,
        host=row.host,
        region_code=row.region_code,
        events=tuple(link_kinds.NAMES[one] for one in row.events),
        roles=tuple(roles.name_of(one) for one in row.roles),
        key_id=row.key_id,
        state=row.state,
        state_name=link_kinds.STATES[row.state],
        break_days=row.break_days,
        failing_since=row.failing_since,
        last_ok_at=row.last_ok_at,
        said=row.said,
        made_at=row.made_at,
        waiting=sum(counts.get((row.id, one), 0) for one in (models.QUEUED, models.SENDING)),
        failed=sum(counts.get((row.id, one), 0) for one in (models.FAILED, models.UNSURE)),
        renews=preset.signed == "standard" and row.state != link_kinds.ENDED,
    )


def _delivery_face(row: Delivery) -> DeliveryFace:
    going = row.state in (models.QUEUED, models.SENDING)
    return DeliveryFace(
        id=row.id,
        event_name=link_kinds.NAMES[row.event],
        title=row.title,
        reference=row.reference,
        made_at=row.made_at,
        state=row.state,
        state_name="已接收" if row.state == models.SENT else dict(models.STATES)[row.state],
        tries=row.tries,
        next_at=row.next_at,
        done_at=row.done_at,
        receipt=row.receipt,
        again=row.sealed is not None and not going,
        refused=tuple(row.refused),
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
