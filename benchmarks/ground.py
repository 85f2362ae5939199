"""Makes the ground for measuring: tables, reference data, offices, a key; prints them as JSON.

Runs as a process of its own with the environment of the house that is measured.
"""

from __future__ import annotations

import json
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yike.house.settings")


def main() -> None:
    """This will prepare the database, open the county's offices, and give out one API key."""
    from yike.house import config as house_config
    from yike.house import database, firststart

    config = house_config.read()
    database.make_private(config)
    database.prepare(config)
    import django

    django.setup()
    firststart.foreground(config)
    from yike.demo import cast
    from yike.rooms.core.actor import system
    from yike.rooms.guard.acting import acting
    from yike.rooms.regions import queries as regions_queries

    with acting(system("benchmark")) as actor:
        key = cast.open_ground(actor=actor)
        villages = regions_queries.villages_of(f"{config.county}000000")
    print(json.dumps({"key": key, "villages": [village.code for village in villages]}))


if __name__ == "__main__":
    main()
