"""Makes the ground for measuring: tables, reference data, offices, a key; prints them as JSON.

Runs as a process of its own with the environment of the house that is measured.
"""

from __future__ import annotations

import json
import os

#: one key a client: a key may knock 6,000 times a minute
KEYS = 16

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yike.house.settings")


def main() -> None:
    """This will prepare the database, open the county's offices, and give out API keys."""
    from yike.house import config as house_config
    from yike.house import installing

    installing.prepare(house_config.read())
    import django

    django.setup()
    from yike.demo import cast, furnish
    from yike.rooms.core.actor import system
    from yike.rooms.guard.acting import acting
    from yike.rooms.people import actions as people_actions

    with acting(system("benchmark")) as actor:
        furnish.everything(actor=actor)
        keys = [
            people_actions.make_api_key(
                name="benchmark", region_code=cast.COUNTY, per_minute=6000, actor=actor
            ).key
            for _ in range(KEYS)
        ]
    print(json.dumps({"keys": keys, "villages": furnish.villages()}))


if __name__ == "__main__":
    main()
