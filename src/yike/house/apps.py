"""The house as a Django app: wires the switchboard once all rooms are ready."""

from __future__ import annotations

from django.apps import AppConfig


class HouseConfig(AppConfig):
    """Last in the list of apps: every room stands when it wires them."""

    name = "yike.house"
    label = "house"

    def ready(self) -> None:
        """This will wire every event to those who hear it."""
        from yike.house import switchboard

        switchboard.wire()
