"""The room's name to Django."""

from django.apps import AppConfig


class GuardConfig(AppConfig):
    """守护."""

    name = "yike.rooms.guard"
    label = "guard"
    verbose_name = "守护"

    def ready(self) -> None:
        """This will let Django know the room's checks."""
        from yike.rooms.guard import checks

        checks.announce()
