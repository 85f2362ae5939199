"""Another length of a common promise, for some only: a level, a county's own commitment."""

from __future__ import annotations

from django.db import transaction

from yike.rooms.clocks.actions.policy import VersionRef, set_promise
from yike.rooms.clocks.models import Promise
from yike.rooms.core import clock as core_clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, NotFound
from yike.rooms.guard import clean


@transaction.atomic
def set_variant(
    *, of: str, suffix: str, note: str, amount: int, basis: str, actor: Actor
) -> VersionRef:
    """This will make a promise of another length beside a common one, for some only.

    Its code is that of the common one with `.suffix`, its name with `（note）`. It is a local
    commitment, whatever the common one is. Refuses an unknown one (NotFound), a statutory one, and
    no ground (BadInput).
    """
    now = Promise.objects.filter(code=of, active_until=None).first()
    if now is None:
        raise NotFound(f"没有代码为“{of}”的时限。")
    if now.statutory:
        raise BadInput("法定时限不能按层级另设。", field="of")
    why = clean.text(basis, field="basis", most=300, least=4)
    return set_promise(
        code=f"{of}.{suffix}", name=f"{now.name}（{note}）", amount=amount, unit=now.unit,
        calendar_code=now.calendar_id, day_end=now.day_end, near_percent=now.near_percent,
        warn_percent=now.warn_percent, warn_before_minutes=now.warn_before_minutes,
        extend_amount=now.extend_amount, basis=why, active_from=core_clock.today(), actor=actor,
    )  # fmt: skip
