"""The room's name to Django."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """通知."""

    name = "yike.rooms.notices"
    label = "notices"
    verbose_name = "通知"

    def ready(self) -> None:
        """This will let Django know the room's checks."""
        from yike.rooms.notices import checks

        checks.announce()
