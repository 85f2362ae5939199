"""Speaks SMTP: one letter, one outcome. No tables here; the network is here and nowhere else.

What counts is whether the server may have the letter: before it was handed over a failure is
harmless, afterwards silence is not to be taken for a no.
"""

from __future__ import annotations

import re
import smtplib
from dataclasses import dataclass
from email.encoders import encode_base64
from email.mime.base import MIMEBase
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import BadHeaderError

from yike.rooms.notices import models


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One e-mail, ready to be sent."""

    to: str
    sender: str
    title: str
    words: str
    message_id: str
    #: an iCalendar file (RFC 5545), b"" for none
    calendar: bytes = b""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of a letter or message: its next state, what the server said, its number."""

    state: str
    receipt: str
    reference: str = ""


class _Post(smtplib.SMTP):
    """Notices when the letter has been handed over, and keeps the server's answer."""

    handed_over = False
    answer = ""

    def data(self, msg: Any) -> tuple[int, bytes]:
        """The letter goes out with this; what fails afterwards may have arrived."""
        self.handed_over = True
        code, said = super().data(msg)
        self.answer = f"{code} {said.decode(errors='replace')}"
        return code, said


class _Office(EmailBackend):
    """Django's SMTP with EMAIL_*, over a connection that notices."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """The tracked connection, whatever the settings."""
        return _Post


def is_set_up() -> bool:
    """This will say whether there is a mail server; without one notices stay in the product."""
    return bool(settings.EMAIL_HOST)


def send(letter: Letter) -> Outcome:
    """This will hand one letter to the mail server and say what became of it."""
    office = _Office(fail_silently=False)
    try:
        office.open()
        post = office.connection
    except (OSError, smtplib.SMTPException) as error:
        return Outcome(state=models.QUEUED, receipt=f"连不上邮件服务器：{error}")
    try:
        office.send_messages([_message(letter)])
        return Outcome(state=models.SENT, receipt=getattr(post, "answer", ""))
    except BadHeaderError as error:
        return Outcome(state=models.FAILED, receipt=str(error))
    except (OSError, smtplib.SMTPException) as error:
        return _failed(error, handed_over=getattr(post, "handed_over", False))
    finally:
        _hang_up(office)


def _message(letter: Letter) -> EmailMessage:
    headers = {"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"}
    made = EmailMessage(letter.title, letter.words, letter.sender, [letter.to], headers=headers)
    if letter.calendar:
        made.attach(_file(letter.calendar))
    return made


def _file(calendar: bytes) -> MIMEBase:
    """The method stands in the type too (RFC 6047): else a calendar shows the file and no more."""
    found = re.search(rb"^METHOD:([A-Z]+)", calendar, re.MULTILINE)
    method = found[1].decode() if found else "PUBLISH"
    part = MIMEBase("text", "calendar", charset="utf-8", method=method)
    part.set_payload(calendar)
    encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename="yike.ics")
    return part


def _failed(error: Exception, *, handed_over: bool) -> Outcome:
    """A server that answers has decided: 4xx for now, 5xx for good. Silence is judged by when."""
    code = _code(error)
    if code:
        state = models.QUEUED if 400 <= code < 500 else models.FAILED
        return Outcome(state=state, receipt=str(error))
    state = models.UNSURE if handed_over else models.QUEUED
    return Outcome(state=state, receipt=f"连接中断：{error}")


def _code(error: Exception) -> int:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max((int(code) for code, _ in error.recipients.values()), default=0)
    return int(error.smtp_code) if isinstance(error, smtplib.SMTPResponseException) else 0


def _hang_up(office: EmailBackend) -> None:
    """The letter's fate is known already: a rude goodbye changes nothing."""
    try:
        office.close()
    except (OSError, smtplib.SMTPException):
        office.connection = None
