"""What becomes of a notice that leaves the house: taken, handed over, received or lost."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from yike.rooms.core.actor import Actor
from yike.rooms.core.event import Event
from yike.rooms.core.refusal import NotAllowed
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
from yike.rooms.notices.actions.telling import tell
from yike.rooms.notices.faces import Recipient
from yike.rooms.notices.models import Notice
from yike.rooms.trail import actions as trail_actions

#: Minutes after which a failed try is repeated; then it has failed.
BACKOFF_MINUTES = (1, 5, 15, 60, 240, 720, 1440)
#: A notice that was taken and never settled: its job was killed while it talked to the server.
LOST_MINUTES = 15


@transaction.atomic
def take_for_sending(
    *, notice_id: UUID, now: datetime, actor: Actor
) -> mail.Letter | gateway.Sms | None:
    """This will mark one notice as being sent and return it; None when it is not its turn.

    Commit before sending: who finds it taken never sends it again. Outside the safe hours, and a
    short message that is not urgent outside the gateway's hours, it is put off until they begin.
    """
    row = access.outgoing(notice_id)
    if row is None or (row.next_at and row.next_at > now):
        return None
    opens = _opens(row, now)
    if opens > now:
        row.next_at = opens
        row.save(update_fields=["next_at"])
        return None
    if row.address is None and not addresses.ask(row, actor):
        _end(row, models.FAILED, addresses.WRONG[row.channel], now, actor)
        return None
    row.state, row.tries, row.taken_at = models.SENDING, row.tries + 1, now
    row.save(update_fields=["state", "tries", "taken_at", "address"])
    return queries.sms_of(row) if row.channel == models.SMS else queries.letter_of(row)


@transaction.atomic
def settle(*, notice_id: UUID, outcome: mail.Outcome, now: datetime, actor: Actor) -> str:
    """This will note what became of a taken notice; returns its new state.

    Refused for now: queued again with backoff, failed after the eighth try.
    """
    row = access.taken(notice_id)
    if row is None:
        return ""
    state = outcome.state
    if state == models.QUEUED and row.tries > len(BACKOFF_MINUTES):
        state = models.FAILED
    if state == models.QUEUED:
        row.state, row.receipt = state, wording.one_line(outcome.receipt, 300)
        row.next_at = now + timedelta(minutes=BACKOFF_MINUTES[row.tries - 1])
        row.save(update_fields=["receipt", "state", "next_at"])
    else:
        row.gateway_ref = outcome.reference[:120]
        _end(row, state, outcome.receipt, now, actor)
    return state


@transaction.atomic
def give_up_lost(*, now: datetime, actor: Actor) -> int:
    """This will mark what was taken a quarter of an hour ago and never settled as 结果不明."""
    lost = access.lost(now - timedelta(minutes=LOST_MINUTES))
    for row in lost:
        _end(row, models.UNSURE, "发送途中程序中断", now, actor)
    return len(lost)


@transaction.atomic
def take_receipt(*, mark: str, delivered: bool, said: str = "", at: datetime, actor: Actor) -> bool:
    """This will note what the gateway heard from the telephone; True when a message was found.

    `mark`: the gateway's number of the message, or ours. A receipt that comes twice changes
    nothing; one that comes for a message of unknown fate settles it. The house only.
    """
    if actor.kind != "system":
        raise NotAllowed("只有系统可以登记短信回执")
    row = access.handed_over(mark)
    if row is None:
        return False
    if row.state == models.DELIVERED or (row.state == models.FAILED and not delivered):
        return True
    row.delivered_at = at if delivered else None
    words = said or ("手机已收到" if delivered else "手机没有收到")
    _end(row, models.DELIVERED if delivered else models.FAILED, words, at, actor)
    return True


def _opens(row: Notice, now: datetime) -> datetime:
    """When this person may next be reached by this channel."""
    opens = hours.next_open(now, row.safe_from, row.safe_until)
    if row.channel != models.SMS or row.urgent or not gateway.is_set_up():
        return opens
    quiet = gateway.adapter()
    return max(opens, hours.next_open(opens, quiet.open_from, quiet.open_until))


def _end(row: Notice, state: str, receipt: str, now: datetime, actor: Actor) -> None:
    """It is not tried again: the address goes, the proof stays, the office hears of failure."""
    row.state, row.done_at, row.receipt = state, now, wording.one_line(receipt, 300)
    row.address, row.calendar, row.next_at = None, None, None
    row.save(
        update_fields=[
            "state", "done_at", "receipt", "address", "calendar", "next_at", "gateway_ref",
            "delivered_at",
        ]
    )  # fmt: skip
    _say(row, actor)
    if state in {models.FAILED, models.UNSURE} and row.answers_to:
        _warn_office(row, actor)


def _warn_office(row: Notice, actor: Actor) -> None:
    """Who answers for the thing hears that its words did not arrive, and takes up the telephone."""
    tell(
        to=Recipient(org=UUID(row.answers_to)),
        template="notice.failed",
        facts=row.facts | {"channel": dict(models.CHANNELS)[row.channel], "about_what": row.title},
        about=row.about,
        subject=row.subject,
        region_code=row.region_code,
        once=f"{row.id}/failed",
        actor=actor,
    )


def _say(row: Notice, actor: Actor) -> None:
    """Tries that will be repeated are no news."""
    told: dict[str, Any] = {
        "notice_id": row.id,
        "template": row.template,
        "tries": row.tries,
        "region_code": row.region_code,
    }
    if row.state in {models.FAILED, models.UNSURE}:
        told["outcome"] = row.state
    trail_actions.record(_KINDS[row.channel, row.state](**told), actor=actor)


_KINDS: dict[tuple[str, str], type[Event]] = {
    (models.EMAIL, models.SENT): events.MailSent,
    (models.EMAIL, models.FAILED): events.MailFailed,
    (models.EMAIL, models.UNSURE): events.MailFailed,
    (models.SMS, models.SENT): events.SmsSent,
    (models.SMS, models.DELIVERED): events.SmsDelivered,
    (models.SMS, models.FAILED): events.SmsFailed,
    (models.SMS, models.UNSURE): events.SmsFailed,
}
