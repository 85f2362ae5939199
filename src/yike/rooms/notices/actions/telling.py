"""Telling somebody something by the channels they can hear, and noting that it was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock, refs
from yike.rooms.core.actor import Actor
from yike.rooms.core.later import later
from yike.rooms.core.refusal import NotFound
from yike.rooms.notices import (
    access,
    addresses,
    events,
    gateway,
    hours,
    mail,
    models,
    queries,
    wording,
)
from yike.rooms.notices.faces import Recipient, TemplateFace
from yike.rooms.notices.models import Notice, Receipt
from yike.rooms.people import queries as people_queries
from yike.rooms.people import roles
from yike.rooms.people.faces import PartyFace
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def tell(
    *,
    to: Recipient,
    template: str,
    facts: Mapping[str, Any],
    about: str,
    subject: str,
    region_code: str,
    actor: Actor,
    once: str = "",
    calendar: bytes = b"",
) -> None:
    """This will tell somebody something, by inbox and, where allowed, e-mail and short message.

    Part of a deed. `facts` fill the template's places; telephone and identity numbers in them are
    masked. `once`: the same key tells once. `calendar`: an iCalendar file for the e-mail. Fails
    with ValueError for an unknown template or nobody to tell.
    """
    if not (to.has_inbox or to.email or to.phone):
        raise ValueError("tell needs an account, an institution, a claim, an e-mail or a telephone")
    words = queries.template(template)
    base = _worded(to, words, wording.masked(dict(facts)))
    base.about, base.subject, base.region_code = about, str(subject), region_code
    told = [_in_app(base, once)] if to.has_inbox else []
    face = _known(to.party, actor) if to.party else None
    if mail.is_set_up() and to.takes_mail and (to.email or (face and face.email)):
        told.append(_outgoing(base, models.EMAIL, to, once))
        addresses.keep_calendar(told[-1], calendar)
    if (
        gateway.is_set_up()
        and words.by_sms
        and to.takes_sms
        and (to.phone or (face and face.phone))
    ):
        told.append(_outgoing(base, models.SMS, to, once))
    Notice.objects.bulk_create(told, ignore_conflicts=True)
    for notice in told:
        if notice.state == models.QUEUED:
            later("notices.send", queue="mail", notice_id=str(notice.id))
    if (to.account or to.org) and queries.listens(template, region_code):
        later("notices.relay", notice_id=str(told[0].id))


@transaction.atomic
def warn_of_emergency(
    *, emergency_id: UUID, account_id: UUID, reason: str, until: datetime, actor: Actor
) -> None:
    """This will tell each security administrator, once, that somebody broke the glass."""
    who = people_queries.account_names([account_id]).get(account_id, "")
    for watcher in people_queries.holders_of(roles.ADMIN_SECURITY):
        tell(
            to=Recipient(account=watcher),
            template="people.emergency",
            facts={"person": who, "reason": reason, "due": f"{until:%m-%d %H:%M}"},
            about="account",
            subject=str(account_id),
            region_code="",
            actor=actor,
            once=f"emergency/{emergency_id}/{watcher}",
        )


@transaction.atomic
def mark_read(*, notice_ids: Sequence[UUID], actor: Actor) -> int:
    """This will mark notices of this actor as read and note who read them; returns how many.

    Others' notices and those read already are passed over: a second click is harmless.
    """
    unread = access.visible_to(actor).filter(id__in=notice_ids, state=models.SENT)
    found = list(unread.order_by("id").select_for_update())
    now = clock.now()
    reader = actor.ref or actor.claim_ref
    Notice.objects.filter(id__in=[row.id for row in found]).update(state=models.READ, done_at=now)
    Receipt.objects.bulk_create(
        [Receipt(notice=row, reader=reader, read_at=now) for row in found], ignore_conflicts=True
    )
    if found:
        trail_actions.record(events.NoticesRead(count=len(found)), actor=actor)
    return len(found)


def _worded(to: Recipient, words: TemplateFace, facts: dict[str, Any]) -> Notice:
    return Notice(
        made_at=clock.now(),
        template=words.code,
        template_version=words.version,
        urgent=words.urgent,
        title=wording.one_line(wording.fill(words.title, facts), 200),
        words=wording.fill(words.words, facts),
        facts=facts,
        to_account=str(to.account or ""),
        to_org=str(to.org or ""),
        claim_ref=to.claim_ref,
        claim_key=to.claim_key,
        answers_to=str(to.answers_to or ""),
        level=to.level,
    )


def _in_app(base: Notice, once: str) -> Notice:
    row = _copy(base)
    row.channel, row.state = models.IN_APP, models.SENT
    row.once = once or None
    return row


def _outgoing(base: Notice, channel: str, to: Recipient, once: str) -> Notice:
    """A wrong address fails at once and does not stop the deed that told."""
    row = _copy(base)
    row.channel, row.state = channel, models.QUEUED
    row.safe_from, row.safe_until = hours.read(to.safe_from), hours.read(to.safe_until)
    row.once = f"{once}/{_MARKS[channel]}" if once else None
    given = to.email if channel == models.EMAIL else to.phone
    if not given:
        row.to_party = to.party
    elif not addresses.keep(row, given):
        row.state, row.done_at, row.receipt = models.FAILED, row.made_at, addresses.WRONG[channel]
    return row


def _known(party_id: UUID, actor: Actor) -> PartyFace | None:
    """What a party left, by its masks: nothing is opened.

    Who does not see the party tells by inbox only; that must not stop the deed.
    """
    try:
        return people_queries.party_face(party_id, actor=actor)
    except NotFound:
        return None


def _copy(base: Notice) -> Notice:
    names = [field.attname for field in Notice._meta.concrete_fields if field.attname != "id"]
    return Notice(id=refs.new_id(), **{name: getattr(base, name) for name in names})


#: channel → how its key ends, so that each channel tells once
_MARKS = {models.EMAIL: "mail", models.SMS: "sms"}
