"""Makes the ground for booking: one office with fresh places of three kinds; prints their pages."""

from __future__ import annotations

import json
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yike.house.settings")


def main() -> None:
    """This will empty the bookings of an earlier run and open as many places as asked."""
    from yike.house import config as house_config
    from yike.house import installing

    installing.prepare(house_config.read())
    import django

    django.setup()
    from datetime import time, timedelta

    import psycopg

    from benchmarks import serving
    from yike.demo import furnish, stage
    from yike.rooms.booking import actions as booking_actions
    from yike.rooms.core import clock
    from yike.rooms.core.actor import system
    from yike.rooms.guard.acting import acting
    from yike.rooms.places import queries as places_queries

    places = int(sys.argv[1])
    dsn = " ".join(f"{word}={value}" for word, value in serving.database().owner_dsn.items())
    with psycopg.connect(f"{dsn} dbname=yike", autocommit=True) as link:
        link.execute("truncate booking_booking, booking_slot, booking_pattern cascade")
    day = clock.today() + timedelta(days=1)
    with acting(system("benchmark")) as actor:
        furnish.everything(actor=actor)
        offices = furnish.place_offices(actor=actor)
        station = places_queries.station_by_code(stage.code("st-centre"))
        assert station is not None
        for kind, minutes, capacity, hours in (
            ("notary", 60, places, 1),
            ("consult", 15, 1, places / 4),
            ("appraisal", 15, 1, places / 4),
        ):
            ends = time(int(7 + hours), round(60 * (hours % 1)))
            booking_actions.set_pattern(
                kind=kind, org=offices["centre"], place_id=station.id,
                weekdays=(day.weekday(),), from_time=time(7), until_time=ends, minutes=minutes,
                capacity=capacity, on_holidays=True, ahead_days=6, lead_minutes=0, actor=actor,
            )  # fmt: skip
    base = f"/{station.id}?day={day.isoformat()}"
    print(json.dumps({k: f"/book/{k}{base}" for k in ("notary", "consult", "appraisal")}))


if __name__ == "__main__":
    main()
