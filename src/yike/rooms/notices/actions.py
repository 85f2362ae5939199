"""Telling, marking as read, settling what became of an e-mail, editing words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from yike.engines.seal import seal
from yike.rooms.core import clock, refs
from yike.rooms.core.actor import Actor
from yike.rooms.core.later import later
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound
from yike.rooms.guard import keyring
from yike.rooms.notices import access, events, hours, mail, models, queries, wording
from yike.rooms.notices.faces import Recipient, TemplateFace
from yike.rooms.notices.models import Notice, Receipt, Template
from yike.rooms.people import actions as people_actions
from yike.rooms.people import queries as people_queries
from yike.rooms.people import roles
from yike.rooms.trail import actions as trail_actions

PURPOSE = "notices.address"
_NO_ADDRESS = "邮箱地址不正确"
#: Minutes after which a failed try is repeated; then it has failed.
BACKOFF_MINUTES = (1, 5, 15, 60, 240, 720, 1440)
#: A notice that was taken and never settled: its job was killed while it talked to the server.
LOST_MINUTES = 15


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
) -> None:
    """This will tell somebody something, by inbox and, where allowed, e-mail; part of a deed.

    `facts` fill the template's places; telephone and identity numbers in them are masked. `once`:
    the same key tells once. Fails with ValueError for an unknown template or nobody to tell.
    """
    if not to.has_inbox and not to.email:
        raise ValueError("tell needs an account, an institution, a claim or an e-mail address")
    words = queries.template(template)
    known = wording.masked(dict(facts))
    base = Notice(
        made_at=clock.now(),
        template=words.code,
        template_version=words.version,
        title=wording.one_line(wording.fill(words.title, known), 200),
        words=wording.fill(words.words, known),
        facts=known,
        about=about,
        subject=str(subject),
        region_code=region_code,
        to_account=str(to.account or ""),
        to_org=str(to.org or ""),
        claim_ref=to.claim_ref,
        claim_key=to.claim_key,
    )
    told = [_in_app(base, once)] if to.has_inbox else []
    if mail.is_set_up() and to.takes_mail and (to.email or _has_address(to.party, actor)):
        told.append(_mail(base, to, once))
    Notice.objects.bulk_create(told, ignore_conflicts=True)
    for notice in told:
        if notice.state == models.QUEUED:
            later("notices.send", queue="mail", notice_id=str(notice.id))


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


@transaction.atomic
def take_for_sending(*, notice_id: UUID, now: datetime, actor: Actor) -> mail.Letter | None:
    """This will mark one e-mail as being sent and return it; None when it is not its turn.

    Commit before sending: who finds it taken never sends it again. Outside the safe hours it is put
    off until they begin.
    """
    row = access.outgoing(notice_id)
    if row is None or (row.next_at and row.next_at > now):
        return None
    opens = hours.next_open(now, row.safe_from, row.safe_until)
    if opens > now:
        row.next_at = opens
        row.save(update_fields=["next_at"])
        return None
    if row.address is None and not _ask_address(row, actor):
        row.state, row.done_at, row.receipt = models.FAILED, now, _NO_ADDRESS
        row.save(update_fields=["state", "done_at", "receipt"])
        _say(row, actor)
        return None
    row.state, row.tries, row.taken_at = models.SENDING, row.tries + 1, now
    row.save(update_fields=["state", "tries", "taken_at", "address"])
    return queries.letter_of(row)


@transaction.atomic
def settle(*, notice_id: UUID, outcome: mail.Outcome, now: datetime, actor: Actor) -> str:
    """This will note what became of a taken e-mail; returns its new state.

    Refused for now: queued again with backoff, failed after the eighth try.
    """
    row = access.taken(notice_id)
    if row is None:
        return ""
    row.receipt = wording.one_line(outcome.receipt, 300)
    row.state = outcome.state
    if row.state == models.QUEUED and row.tries > len(BACKOFF_MINUTES):
        row.state = models.FAILED
    if row.state == models.QUEUED:
        row.next_at = now + timedelta(minutes=BACKOFF_MINUTES[row.tries - 1])
    else:
        row.address, row.done_at, row.next_at = None, now, None
    row.save(update_fields=["receipt", "state", "next_at", "address", "done_at"])
    _say(row, actor)
    return row.state


@transaction.atomic
def give_up_lost(*, now: datetime, actor: Actor) -> int:
    """This will mark e-mails taken a quarter of an hour ago and never settled as 结果不明."""
    lost = access.lost(now - timedelta(minutes=LOST_MINUTES))
    for row in lost:
        row.state, row.done_at, row.address = models.UNSURE, now, None
        row.receipt = "发送途中程序中断"
        row.save(update_fields=["state", "done_at", "address", "receipt"])
        _say(row, actor)
    return len(lost)


@transaction.atomic
def edit_template(*, code: str, title: str, words: str, seen: int, actor: Actor) -> TemplateFace:
    """This will give a kind of notice other words, as its next version.

    `seen` is the version that was edited. Refuses with NotAllowed whoever is no director, unknown
    places and empty words with BadInput, and with Clash when somebody else edited it meanwhile.
    """
    if not (actor.has(roles.DIRECTOR) or actor.kind == "system"):
        raise NotAllowed("只有局领导可以修改通知模板。", way_on="请把修改意见告诉局领导。")
    now_used = queries.template(code)
    if now_used.version != seen:
        raise Clash(f"这个模板已被改成第 {now_used.version} 版。", way_on="请看过新版本后再修改。")
    unknown = wording.places_of(title + words) - set(now_used.places)
    if unknown:
        known = "、".join(f"{{{place}}}" for place in now_used.places)
        raise BadInput(
            f"没有这些字段：{'、'.join(sorted(unknown))}。",
            way_on=f"可用的有{known}。",
            field="words",
        )
    if not title.strip() or not words.strip():
        raise BadInput("标题和正文都不能为空。", way_on="请填写后再保存。", field="words")
    face = replace(now_used, version=seen + 1, title=title.strip(), words=words.strip())
    _add_template(face)
    edited = events.TemplateEdited(template=code, version=face.version)
    trail_actions.record(edited, actor=actor)
    return face


@transaction.atomic
def load_templates(*, templates: Sequence[TemplateFace], actor: Actor) -> int:
    """This will add the templates that are not there yet, as version 1; returns how many."""
    there = set(Template.objects.values_list("code", flat=True))
    fresh = [face for face in templates if face.code not in there]
    for face in fresh:
        _add_template(replace(face, version=1))
    return len(fresh)


def _in_app(base: Notice, once: str) -> Notice:
    row = _copy(base)
    row.channel, row.state = models.IN_APP, models.SENT
    row.once = once or None
    return row


def _mail(base: Notice, to: Recipient, once: str) -> Notice:
    """A wrong address fails at once and does not stop the deed that told."""
    row = _copy(base)
    row.channel, row.state = models.EMAIL, models.QUEUED
    row.safe_from, row.safe_until = hours.read(to.safe_from), hours.read(to.safe_until)
    row.once = f"{once}/mail" if once else None
    if not to.email:
        row.to_party = to.party
    elif not _keep_address(row, to.email):
        row.state, row.done_at, row.receipt = models.FAILED, row.made_at, _NO_ADDRESS
    return row


def _has_address(party_id: UUID | None, actor: Actor) -> bool:
    """Whether a party left an e-mail address: told by its mask, nothing is opened.

    Who does not see the party tells by inbox only; that must not stop the deed.
    """
    if party_id is None:
        return False
    try:
        return bool(people_queries.party_face(party_id, actor=actor).email)
    except NotFound:
        return False


def _ask_address(row: Notice, actor: Actor) -> bool:
    if row.to_party is None:
        return False
    address = people_actions.address_for_notice(party_id=row.to_party, actor=actor)
    return _keep_address(row, address)


def _keep_address(row: Notice, address: str) -> bool:
    """Seals a right address into the row; False for a wrong one."""
    try:
        validate_email(address)
    except ValidationError:
        return False
    row.address = seal(keyring.ring(), PURPOSE, address.encode(), row.id.bytes)
    return True


def _copy(base: Notice) -> Notice:
    names = [field.attname for field in Notice._meta.concrete_fields if field.attname != "id"]
    return Notice(id=refs.new_id(), **{name: getattr(base, name) for name in names})


def _say(row: Notice, actor: Actor) -> None:
    """Tries that will be repeated are no news."""
    if row.state == models.SENT:
        event: events.MailSent | events.MailFailed = events.MailSent(
            notice_id=row.id, template=row.template, tries=row.tries, region_code=row.region_code
        )
    elif row.state in {models.FAILED, models.UNSURE}:
        event = events.MailFailed(
            notice_id=row.id,
            template=row.template,
            tries=row.tries,
            outcome=row.state,
            region_code=row.region_code,
        )
    else:
        return
    trail_actions.record(event, actor=actor)


def _add_template(face: TemplateFace) -> None:
    Template.objects.create(
        code=face.code,
        version=face.version,
        title=face.title,
        words=face.words,
        places=list(face.places),
        made_at=clock.now(),
    )
