"""The outbox: a letter at once when told, and every minute those whose turn has come again."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from yike.rooms.notices import outbox


@app.task(name="notices.send", queue="mail")
def send(notice_id: str) -> None:
    """This will try to send one e-mail."""
    outbox.carry(UUID(notice_id))


@app.periodic(cron="* * * * *")
@app.task(name="notices.outbox", queue="mail", queueing_lock="notices.outbox")
def empty(timestamp: int) -> None:
    """This will try again what waits, also after the process was down."""
    outbox.empty()
