"""Signs the cast in as the sign-in page does and prints their sessions as JSON, by role.

Runs as a process of its own with the environment of the house that is measured. Two hundred
phones become real blind indexes, so that a search by phone finds somebody.
"""

from __future__ import annotations

import json
import os

PLAYERS = {
    "officer": "shipu",
    "dispatcher": "paidan",
    "practitioner": "lvshi",
    "director": "juzhang",
}

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yike.house.settings")


def main() -> None:
    """This will sign in and print."""
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.sessions.backends.db import SessionStore

    from yike.demo import cast
    from yike.rooms.core.actor import visitor
    from yike.rooms.people import actions, queries, sealing

    seats = {}
    for role, username in PLAYERS.items():
        signed = actions.sign_in(
            username=username, password=cast.PASSWORD, code="", actor=visitor("desk")
        )
        if signed.outcome != "ok" or signed.account_id is None:
            raise SystemExit(f"{username}: {signed.sentence}")
        session = SessionStore()
        session["account"], session["staff_session"] = (
            str(signed.account_id),
            str(signed.session_id),
        )
        session.create()
        actor = queries.actor_of(signed.account_id, door="desk")
        seats[role] = {
            "session": session.session_key or "",
            "account": str(signed.account_id),
            "org": actor.org if actor else "",
        }
    _give_phones(sealing.phone_index, str(settings.DATABASES["default"]["HOST"]))
    print(json.dumps(seats))


def _give_phones(index, host: str) -> None:  # type: ignore[no-untyped-def]
    import psycopg

    with psycopg.connect(host=host, user="yike_owner", dbname="yike") as owner:
        for number in range(200):
            wanted = index(f"138{number:08d}")
            for table in ("matters_matter", "people_party"):
                owner.execute(
                    f"update {table} set phone_index = %s"
                    " where phone_index = encode(sha256(%s), 'hex')",
                    (wanted, f"phone{number + 1}".encode()),
                )


if __name__ == "__main__":
    main()
