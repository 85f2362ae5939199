"""The room's name to Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """人员."""

    name = "yike.rooms.people"
    label = "people"
    verbose_name = "人员"

    def ready(self) -> None:
        """This will let Django know the room's checks."""
        from yike.rooms.people import checks

        checks.announce()
